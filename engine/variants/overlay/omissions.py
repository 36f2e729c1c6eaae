"""`without`: what a folder does not take over, each named by its kind and its name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engine.errors import BadInputError, EngineError
from engine.variants.folder import POLICY_FILE, SCENARIOS, SETTINGS_FILE
from engine.variants.kinds_of_files import names_in
from engine.variants.limits import DECISION
from engine.variants.overlay.acts_tables import require_no_acts_table
from engine.variants.overlay.components import take_out
from engine.variants.overlay.edits import Edit
from engine.variants.overlay.named_lists import IDENTITIES
from engine.variants.overlay.sheet import Sheet
from engine.variants.overlay.xml_files import TableInFile, inside, named, read_tree, text_of, written
from engine.variants.policy import CONFLICTS, clause_tables, is_of_the_act, without_clauses
from engine.variants.translated_files import in_other_languages

KEY = "without"
#: What a base asks of its councils.
_FOR_COUNCILS = frozenset({"left_to_councils", "suggested"})

#: Takes something of this name out of the sheet. Raises BadInputError, or KeyError where there is nothing of the name.
Leave = Callable[[Sheet, str], None]


def lay_without(sheet: Sheet, told: Any, folder: str) -> None:
    """Take out of the sheet, which holds only what is inherited, what `told` names."""
    if not isinstance(told, list) or not all(isinstance(each, str) for each in told):
        sheet.complain(KEY, f'Write it as a list: {KEY} = ["letters.CT6", "limits.appeal", "agencies.pcc"].')
        return
    for each in told:
        kind, _, name = each.partition(".")
        before = dict(sheet.files)
        try:
            if kind in _KINDS:
                _KINDS[kind](sheet, name)
            else:
                _settings(sheet, each)
        except KeyError:
            sheet.complain(
                f"{KEY} “{each[:60]}”",
                f"Nothing of this name is inherited. Write a kind ({', '.join(sorted(_KINDS))}, or a table of "
                "variant.toml), a dot, and the id.",
            )
        except EngineError as problem:
            sheet.complain(f"{KEY} “{each[:60]}”", str(problem))
        else:
            what = f"{kind} “{name}”" if name else kind
            sentence = f"It does without {what}."
            changed = next((file for file, data in sheet.files.items() if before[file] is not data), "")
            sheet.edits.append(Edit(folder=folder, key=f"{KEY} “{each}”", sentence=sentence, file=changed))


def _file(sheet: Sheet, name: str) -> None:
    if name in (SETTINGS_FILE, POLICY_FILE):
        raise BadInputError(
            f"{name} is taken over line by line. Name what of it is left out, such as “figures.appeals”."
        )
    require_no_acts_table(sheet.settings, name, sheet.files[name])
    for file in (name, *in_other_languages(sheet.files, name)):
        del sheet.files[file], sheet.origin[file]


def _examples(sheet: Sheet, name: str) -> None:
    """The worked example of this name; without one all of them, of a procedure that goes another way from the start."""
    of_all = [file for file in sheet.files if file.startswith(SCENARIOS)]
    for file in [f"{SCENARIOS}{name}.toml"] if name else of_all:
        _file(sheet, file)


def _in_place(place: str, ending: str) -> Leave:
    return lambda sheet, name: _file(sheet, f"{place}{name}{ending}")


def _process(sheet: Sheet, name: str) -> None:
    for file, root in _trees(sheet, ".bpmn"):
        processes = [each.get("id") for each in named(root, "process")]
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
    for file in names_in(sheet.files, "letters/", ".md"):
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
    written_as = json.dumps(name, ensure_ascii=False)
    _take_row(sheet, DECISION, lambda row: [text_of(cell) for cell in inside(row, "inputEntry")] == [written_as])


def _take_row(sheet: Sheet, decision: str, is_meant: Callable[[Any], bool]) -> None:
    for file, root in _trees(sheet, ".dmn"):
        table = TableInFile.of_decision(root, decision)
        meant = None if table is None else next(filter(is_meant, table.rows), None)
        if table is not None and meant is not None:
            require_no_acts_table(sheet.settings, file, sheet.files[file])
            table.take_out(meant)
            sheet.files[file] = written(root)
            return
    raise KeyError(decision)


def _trees(sheet: Sheet, ending: str) -> Iterator[tuple[str, Any]]:
    """The files with this ending that can be read; whoever reads the others says so."""
    for file in [file for file in sheet.files if file.endswith(ending)]:
        try:
            yield file, read_tree(sheet.files[file], name=file)
        except EngineError:
            continue


def _question(sheet: Sheet, name: str) -> None:
    form, _, key = name.partition(".")
    take_out(sheet, form, key)


def _clause(sheet: Sheet, name: str) -> None:
    """Written whole or in parts: `["M6.1"]` or `[M6.1]`."""
    if is_of_the_act(name):
        raise BadInputError("This clause is the Act's, and no council can do without it. Take the line out.")
    if name not in (clause for clause, _ in clause_tables(sheet.clauses)):
        raise KeyError(name)
    sheet.clauses = without_clauses(sheet.clauses, {name})


def _conflict(sheet: Sheet, name: str) -> None:
    """Those about the clauses named, joined by +."""
    listed = sheet.clauses.get(CONFLICTS)
    conflicts = listed if isinstance(listed, list) else []
    left = [each for each in conflicts if not isinstance(each, Mapping) or _joined(each.get("clauses")) != name]
    if len(left) == len(conflicts):
        raise KeyError(name)
    sheet.clauses[CONFLICTS] = left


def _joined(clauses: object) -> str:
    return "+".join(map(str, clauses)) if isinstance(clauses, list) else ""


def _settings(sheet: Sheet, name: str) -> None:
    """A table, an entry of one, or an entry of a list of named things of variant.toml."""
    *path, last = name.split(".")
    table: Any = sheet.settings
    for key in path[:-1] if path and path[-1] in IDENTITIES else path:
        _refuse_the_acts(table, inside_too=False)
        table = table.get(key)
        if not isinstance(table, Mapping):
            raise KeyError(name)
    if path and path[-1] in IDENTITIES and isinstance(table.get(path[-1]), list):
        entries, identity = table[path[-1]], IDENTITIES[path[-1]]
        left = [entry for entry in entries if not isinstance(entry, Mapping) or entry.get(identity) != last]
        if len(left) == len(entries):
            raise KeyError(name)
        table[path[-1]] = left
        return
    if _FOR_COUNCILS.intersection([*path, last]):
        raise BadInputError("This is what the base asks of its councils, and none of them can take it back.")
    _refuse_the_acts(table, inside_too=False)
    _refuse_the_acts(table[last], inside_too=True)
    del table[last]


def _refuse_the_acts(value: Any, *, inside_too: bool) -> None:
    """Raises BadInputError for a guard, figure or the like that carries a clause of the Act, whole or in part."""
    if not isinstance(value, Mapping):
        return
    clauses = value.get("clauses")
    named_here = [value.get("clause"), *(clauses if isinstance(clauses, list) else ())]
    if any(is_of_the_act(clause) for clause in named_here):
        raise BadInputError("This holds the Act, and no council can do without it. Take the line out.")
    for inner in value.values() if inside_too else ():
        _refuse_the_acts(inner, inside_too=True)


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
    "scenarios": _examples,
}
