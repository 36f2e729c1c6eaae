"""`restates`: a clause of the council's says what one of the base's says, so what carries that out carries it out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from engine.errors import EngineError
from engine.variants.folder import POLICY_FILE, SCENARIOS
from engine.variants.overlay.edits import Edit
from engine.variants.overlay.sheet import Sheet
from engine.variants.overlay.xml_files import TableInFile, named, read_tree, written
from engine.variants.policy import CONFLICTS, RESTATES, clause_tables, is_of_the_act, restated_by, without_clauses

#: What names clauses wherever it stands: the property of what is drawn or asked, the annotation of a row.
_CLAUSE = "clause"
_LIST = re.compile(r"^(\s*clauses\s*=\s*\[)([^\]]*)(?=\])", re.MULTILINE)
_IN_A_FORM = re.compile(r'("clause"\s*:\s*")([^"]*)(?=")')
_QUOTED = re.compile(r'"([^"]*)"')

#: Clauses as they are cited, separated by commas or blanks, in the council's words.
Cite = Callable[[str], str]


def lay_citations(sheet: Sheet, own_files: Mapping[str, bytes], own_clauses: Mapping[str, Any], folder: str) -> None:
    """Have all that is inherited cite the folder's own clauses where they restate those of the base."""
    restated: dict[str, list[str]] = {}
    known = {clause for clause, _ in clause_tables(sheet.clauses)} - {
        clause for clause, _ in clause_tables(own_clauses)
    }
    for clause, table in clause_tables(own_clauses):
        for other in restated_by(table):
            if is_of_the_act(other):
                sheet.complain(
                    f"{clause}, {RESTATES}",
                    f"{other} is the Act's, and no clause stands for it. Name both where something carries both out.",
                    POLICY_FILE,
                )
            elif other in known:
                restated.setdefault(other, []).append(clause)
            else:
                sheet.complain(
                    f"{clause}, {RESTATES}", f"No folder below has a clause {other}. Check its id.", POLICY_FILE
                )
    if not restated:
        return

    def cite(text: str) -> str:
        clauses = [clause for cited in text.replace(",", " ").split() for clause in restated.get(cited, [cited])]
        return ", ".join(dict.fromkeys(clauses))

    for file in [file for file in sheet.files if file not in own_files]:
        sheet.files[file] = _cited(file, sheet.files[file], cite)
    sheet.settings = _cited_settings(sheet.settings, cite)
    sheet.clauses = _with_cited_conflicts(without_clauses(sheet.clauses, restated), cite)
    sheet.edits += [
        Edit(folder=folder, key=f"{clause}, {RESTATES}", sentence=f"{other} is said by {clause}.", file=POLICY_FILE)
        for other, clauses in restated.items()
        for clause in clauses
    ]


def _cited(file: str, data: bytes, cite: Cite) -> bytes:
    if file.endswith((".bpmn", ".dmn")):
        return _cited_tree(file, data, cite)
    if file.endswith(".form"):
        return _substituted(data, _IN_A_FORM, cite)
    if file.endswith(".md") or (file.startswith(SCENARIOS) and file.endswith(".toml")):
        return _substituted(data, _LIST, lambda text: ", ".join(_one_by_one(text, cite)))
    return data


def _cited_tree(file: str, data: bytes, cite: Cite) -> bytes:
    try:
        root = read_tree(data, name=file)
    except EngineError:  # whoever reads the file says so
        return data
    changed = False
    for each in named(root, "property"):
        if each.get("name") == _CLAUSE and cite(each.get("value", "")) != ", ".join(_parts(each.get("value", ""))):
            each.set("value", cite(each.get("value", "")))
            changed = True
    for element in named(root, "decisionTable"):
        table = TableInFile(element)
        for row in table.rows:
            said = table.annotation(row, _CLAUSE)
            if cite(said) != ", ".join(_parts(said)):
                table.write_annotation(row, _CLAUSE, cite(said))
                changed = True
    return written(root) if changed else data


def _substituted(data: bytes, pattern: re.Pattern[str], cite: Cite) -> bytes:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    return pattern.sub(lambda found: found[1] + cite(found[2]), text).encode()


def _one_by_one(text: str, cite: Cite) -> list[str]:
    clauses = [clause for quoted in _QUOTED.findall(text) for clause in _parts(cite(quoted))]
    return [f'"{clause}"' for clause in dict.fromkeys(clauses)]


def _parts(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _cited_settings(table: Mapping[str, Any], cite: Cite) -> dict[str, Any]:
    cited: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            cited[key] = _cited_settings(value, cite)
        elif key == _CLAUSE and isinstance(value, str):
            cited[key] = cite(value)
        elif key == "clauses" and isinstance(value, list):
            cited[key] = _parts(cite(" ".join(str(each) for each in value)))
        else:
            cited[key] = value
    return cited


def _with_cited_conflicts(clauses: dict[str, Any], cite: Cite) -> dict[str, Any]:
    """The clauses with conflicts that are about the council's own where those restate the base's."""
    told = clauses.get(CONFLICTS)
    if not isinstance(told, list):
        return clauses
    return {**clauses, CONFLICTS: [_cited_settings(each, cite) if isinstance(each, Mapping) else each for each in told]}
