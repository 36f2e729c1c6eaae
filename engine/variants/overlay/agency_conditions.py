"""`joins_when` of an agency: rows of the table that says which agencies join by themselves."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from engine import feel
from engine.errors import BadInputError, EngineError
from engine.variants.overlay.edits import Edit
from engine.variants.overlay.sheet import Sheet
from engine.variants.overlay.xml_files import TableInFile, read_tree, written

KEY = "joins_when"
#: The id of the decision that holds a row for each such agency.
DECISION = "joining_agencies"


def lay_joining(sheet: Sheet, folders: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    """Write a row for each agency of the settings, as they are in the end, that joins by itself.

    `folders`: each folder's name with its own settings, the oldest first; the last that says when is told of it.
    """
    said = {agency: folder for folder, settings in folders for agency in _joining(settings)}
    for agency, told in _joining(sheet.settings).items():
        place = f"[[agencies]] {agency} {KEY}"[:80]
        try:
            file = _put(sheet, agency, told)
        except EngineError as problem:
            sheet.complain(place, str(problem))
            continue
        sentence = f"“{told.get('name', agency)}” joins by itself where {told[KEY].removeprefix('=').strip()}."
        folder = said.get(agency, "")
        sheet.edits.append(Edit(folder=folder, key=place, sentence=sentence, file=file, element_id=_row_id(agency)))


def _joining(settings: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The agencies that say when they join, by their ids."""
    agencies = settings.get("agencies")
    return {
        each["id"]: each
        for each in (agencies if isinstance(agencies, list) else [])
        if isinstance(each, Mapping) and isinstance(each.get("id"), str)
        if isinstance(each.get(KEY), str) and each[KEY].strip()
    }


def _put(sheet: Sheet, agency: str, told: Mapping[str, Any]) -> str:
    """The file of the table. Raises EngineError where the condition cannot be read, or there is no such table."""
    condition = told[KEY].removeprefix("=").strip()
    feel.parse(condition)
    for file in [file for file in sheet.files if file.endswith(".dmn") and DECISION.encode() in sheet.files[file]]:
        root = read_tree(sheet.files[file], name=file)
        table = TableInFile.of_decision(root, DECISION)
        if table is not None:
            clause = told.get("clause")
            cells = [condition], [json.dumps(agency)]
            table.add_row(_row_id(agency), *cells, clause if isinstance(clause, str) else "", before=None)
            sheet.files[file] = written(root)
            return file
    raise BadInputError(
        f"There is no decision table “{DECISION}” that asks whether it joins. Take {KEY} out, or build on the model."
    )


def _row_id(agency: str) -> str:
    return f"joins_{agency}"
