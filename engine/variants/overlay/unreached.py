"""What a folder takes over and nothing in it leads to: a process that none calls and no message begins, the forms and
letters that no diagram that stays asks for, and the limits that only what goes asks for.

So a council holds of a slot the process that runs in it, and of what it draws itself not the part of the base as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from engine.errors import EngineError
from engine.variants.overlay.components import facts_of_form, tree_of_form
from engine.variants.overlay.letters_named import letters_named
from engine.variants.overlay.limit_lines import take_out_limits
from engine.variants.overlay.sheet import Sheet
from engine.variants.overlay.slots import SLOTS, limits_of, told_in
from engine.variants.overlay.xml_files import inside, named, read_tree

_WORD = re.compile(r"\w+")
_LETTER_ID = re.compile(r'^id\s*=\s*"([^"]+)"', re.MULTILINE)


def drop_unreached(sheet: Sheet, files: Mapping[str, bytes], settings: Mapping[str, Any]) -> None:
    """Take the diagrams of such processes out of the sheet, and the forms, letters and limits that are left over.

    `files` and `settings` are the folder's own: what it draws stays, and whoever ships slots keeps all that can stand
    in them.
    """
    if SLOTS in settings:
        return
    try:
        _drop(
            sheet,
            files,
            sheet.settings.get("main_process"),
            _begun_by_staff(sheet.settings),
            _form_of_log(sheet.settings),
        )
    except EngineError:  # whoever reads the file says so; what leads where is not known meanwhile
        return


def _begun_by_staff(settings: Mapping[str, Any]) -> list[str]:
    """The processes with which a case begins for which nobody applies (`[starts]`)."""
    starts = settings.get("starts")
    told = starts.values() if isinstance(starts, Mapping) else ()
    return [str(start.get("process")) for start in told if isinstance(start, Mapping)]


def _form_of_log(settings: Mapping[str, Any]) -> str | None:
    """The form of the log of second reports (`[explanations]`), as in forms/ID; None where none is kept."""
    log = settings.get("explanations")
    return f"forms/{log.get('form')}" if isinstance(log, Mapping) and log.get("kept") is True else None


def _drop(
    sheet: Sheet, files: Mapping[str, bytes], main: Any, begun_by_staff: list[str], form_of_log: str | None
) -> None:
    """Raises XmlRefusedError for a file that cannot be read."""
    drawn = [file for file in sheet.files if file.endswith((".bpmn", ".dmn"))]
    trees = {file: read_tree(sheet.files[file], name=file) for file in drawn}
    diagrams = {file: _Diagram(tree) for file, tree in trees.items() if file.endswith(".bpmn")}
    if not isinstance(main, str) or not any(main in each.calls for each in diagrams.values()):
        return
    waiting = [main, *begun_by_staff]
    waiting += [process for file, each in diagrams.items() for process in (each.calls if file in files else each.begun)]
    reached: set[str] = set()
    while waiting:
        process = waiting.pop()
        if process not in reached:
            reached.add(process)
            waiting += [called for each in diagrams.values() for called in each.calls.get(process, ())]
    told: set[str] = set()
    limits: set[str] = set()
    for file, each in diagrams.items():
        if file not in files and not reached & each.calls.keys():
            data = sheet.files.pop(file)
            told |= told_in(data, file)
            limits |= limits_of(data)
            del sheet.origin[file], trees[file]
    asked = {None, form_of_log, *(name for tree in trees.values() for name in _named_in(tree))}
    for place in ("forms/", "letters/"):  # the forms first: those that stay may name letters
        for file in [each for each in sheet.files if each.startswith(place) and each not in files]:
            if _known_as(file, sheet.files[file]) not in asked:
                told |= facts_of_form(sheet.files.pop(file))
                del sheet.origin[file]
        forms = [data for file, data in sheet.files.items() if file.startswith("forms/")]
        asked |= {f"letters/{each}" for each in letters_named(trees.values(), forms)}
    take_out_limits(sheet, limits.difference(*map(limits_of, sheet.files.values())))
    sheet.untold |= told & _read_by_what_is_inherited(sheet, files)


def _named_in(tree: Any) -> Iterator[str]:
    """What a diagram or table can name forms by, as in forms/ID."""
    for definition in named(tree, "formDefinition"):
        yield f"forms/{definition.get('formId')}"
    for shown in named(tree, "property"):
        if shown.get("name") == "form":
            yield f"forms/{shown.get('value')}"


def _read_by_what_is_inherited(sheet: Sheet, files: Mapping[str, bytes]) -> set[str]:
    """The words in what is taken over: it may read what only a process tells that the council does not have."""
    texts = [_text(data) for file, data in sheet.files.items() if file not in files]
    return set(_WORD.findall("\n".join([*texts, repr(sheet.settings)])))


def _known_as(file: str, data: bytes) -> str | None:
    """forms/ID or letters/ID of what the file holds; None where it holds neither or says no id."""
    if file.startswith("forms/"):
        found = (tree_of_form(data) or {}).get("id")
        return f"forms/{found}" if found else None
    if file.startswith("letters/"):
        match = _LETTER_ID.search(_text(data))
        return f"letters/{match[1]}" if match is not None else None
    return None


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


class _Diagram:
    """Which processes a diagram holds."""

    def __init__(self, tree: Any) -> None:
        processes = list(named(tree, "process"))
        #: process → the processes that it calls
        self.calls = {
            each.get("id", ""): [call.get("processId", "") for call in named(each, "calledElement")]
            for each in processes
        }
        #: those that a message, a timer or the like begins
        self.begun = [each.get("id", "") for each in processes if any(map(_waits, inside(each, "startEvent")))]


def _waits(start: Any) -> bool:
    """Whether the start event waits for something to happen, such as a message."""
    return any(str(child.tag).endswith("EventDefinition") for child in start.iterchildren("{*}*"))
