"""`without`: what a folder does not take over, each named by its kind and its name."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from engine.errors import BadInputError, EngineError
from engine.variants.folder import SCENARIOS
from engine.variants.limits import DECISION
from engine.variants.overlay.components import take_out
from engine.variants.overlay.edits import Edit
from engine.variants.overlay.named_lists import IDENTITIES
from engine.variants.overlay.sheet import Sheet
from engine.variants.overlay.xml_files import TableInFile, inside, named, read_tree, text_of, written
from engine.variants.policy import CONFLICTS

KEY = "without"

#: Takes something of this name out of the sheet. Raises BadInputError, or KeyError where there is none.
Leave = Callable[[Sheet, str], None]


def lay_without(sheet: Sheet, told: Any, folder: str) -> None:
    """Take out of the sheet, which holds only what is inherited, what `told` names."""
    if not isinstance(told, list) or not all(isinstance(each, str) for each in told):
        sheet.complain(KEY, f'Write it as a list: {KEY} = ["letters.CT6", "limits.appeal", "agencies.pcc"].')
        return
    for each in told:
        kind, dot, name = each.partition(".")
        try:
            if each == "scenarios":
                _examples(sheet)
            else:
                (_KINDS[kind] if dot and kind in _KINDS else _settings)(sheet, name if dot and kind in _KINDS else each)
        except KeyError:
            sheet.complain(
                f"{KEY} “{each[:60]}”",
                f"Nothing of this name is inherited. Write a kind ({', '.join(sorted(_KINDS))}, or a table of "
                "variant.toml), a dot, and the id.",
            )
        except EngineError as problem:
            sheet.complain(f"{KEY} “{each[:60]}”", str(problem))
        else:
            sheet.edits.append(Edit(folder=folder, key=KEY, sentence=f"It does without {kind} “{name or kind}”."))


def _file(sheet: Sheet, name: str) -> None:
    del sheet.files[name], sheet.origin[name]


def _examples(sheet: Sheet) -> None:
    """All worked examples, of a procedure that goes another way from the start."""
    for file in [file for file in sheet.files if file.startswith(SCENARIOS)]:
        _file(sheet, file)


def _in_place(place: str, ending: str) -> Leave:
    return lambda sheet, name: _file(sheet, f"{place}{name}{ending}")


def _process(sheet: Sheet, name: str) -> None:
    for file in [file for file in sheet.files if file.endswith(".bpmn")]:
        processes = [each.get("id") for each in named(read_tree(sheet.files[file], name=file), "process")]
        if processes == [name]:
            _file(sheet, file)
            return
        if name in processes:
            raise BadInputError(
                f"{file} holds other processes too. Copy it into the folder and take the process out there."
            )
    raise KeyError(name)


def _letter(sheet: Sheet, name: str) -> None:
    """The letter with this id, which need not be the file's name."""
    for file in [file for file in sheet.files if file.startswith("letters/")]:
        lines = sheet.files[file].decode("utf-8", "replace").splitlines()
        if f'id = "{name}"' in (line.strip() for line in lines):
            _file(sheet, file)
            return
    raise KeyError(name)


def _row(sheet: Sheet, name: str) -> None:
    """The row with this id, of the decision before the dot."""
    decision, _, row_id = name.partition(".")
    _take_row(sheet, decision, lambda row: row.get("id") == row_id)


def _limit(sheet: Sheet, name: str) -> None:
    _take_row(
        sheet, DECISION, lambda row: text_of(inside(row, "inputEntry")[0]) == json.dumps(name, ensure_ascii=False)
    )


def _take_row(sheet: Sheet, decision: str, is_meant: Callable[[Any], bool]) -> None:
    for file in [file for file in sheet.files if file.endswith(".dmn")]:
        root = read_tree(sheet.files[file], name=file)
        table = TableInFile.of_decision(root, decision)
        meant = None if table is None else next(filter(is_meant, table.rows), None)
        if table is not None and meant is not None:
            table.take_out(meant)
            sheet.files[file] = written(root)
            return
    raise KeyError(decision)


def _question(sheet: Sheet, name: str) -> None:
    form, _, key = name.partition(".")
    take_out(sheet, form, key)


def _clause(sheet: Sheet, name: str) -> None:
    """Written whole or in parts: `["M6.1"]` or `[M6.1]`."""
    table, rest = sheet.clauses, name
    while rest not in table:
        head, dot, rest = rest.partition(".")
        if not dot:
            raise KeyError(name)
        table = table[head]
    del table[rest]


def _conflict(sheet: Sheet, name: str) -> None:
    """Those about the clauses named, joined by +."""
    listed = sheet.clauses.get(CONFLICTS, [])
    left = [each for each in listed if "+".join(each.get("clauses", [])) != name]
    if len(left) == len(listed):
        raise KeyError(name)
    sheet.clauses[CONFLICTS] = left


def _settings(sheet: Sheet, name: str) -> None:
    """A table, an entry of one, or an entry of a list of named things of variant.toml."""
    table: Any = sheet.settings
    *path, last = name.split(".")
    for key in path:
        if key in IDENTITIES and isinstance(table.get(key), list):
            left = [entry for entry in table[key] if entry.get(IDENTITIES[key]) != last]
            if len(left) == len(table[key]):
                raise KeyError(name)
            table[key] = left
            return
        if not isinstance(table.get(key), Mapping):
            raise KeyError(name)
        table = table[key]
    guard = table.get(last)
    if path == ["guards"] and isinstance(guard, Mapping) and str(guard.get("clause", "")).startswith("L"):
        raise BadInputError("This guard holds the Act, and no council can do without it. Take the line out.")
    del table[last]


_KINDS: Mapping[str, Leave] = {
    "clauses": _clause,
    "conflicts": _conflict,
    "files": _file,
    "forms": _in_place("forms/", ".form"),
    "letters": _letter,
    "limits": _limit,
    "pages": _in_place("pages/", ".md"),
    "processes": _process,
    "questions": _question,
    "rows": _row,
    "scenarios": _in_place(SCENARIOS, ".toml"),
}
