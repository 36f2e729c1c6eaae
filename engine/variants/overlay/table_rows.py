"""`[[rows]]`: rows of a council's own in a decision table of the base."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.errors import BadInputError, EngineError
from engine.variants.overlay.edits import Edit
from engine.variants.overlay.sheet import Sheet
from engine.variants.overlay.xml_files import TableInFile, read_tree, written

KEY = "rows"
_LIKE = 'decision = "where_to_go", id = "vexatious", inputs = [\'"vexatious"\'], outputs = [\'"…"\'], clause = "D11"'
_KNOWN = {"decision", "id", "inputs", "outputs", "clause", "before"}


def lay_rows(sheet: Sheet, told: Any, folder: str) -> None:
    """Put the rows of `[[rows]]` into the sheet's tables: at the end, or before the row that one names."""
    if not isinstance(told, list) or not all(isinstance(each, Mapping) for each in told):
        sheet.complain(f"[[{KEY}]]", f"Write each as a table of its own: {_LIKE}.")
        return
    for each in told:
        place = f"[[{KEY}]] {each.get('decision', '')}.{each.get('id', '')}"[:80]
        try:
            file = _put(sheet, each)
        except EngineError as problem:
            sheet.complain(place, str(problem))
        else:
            sentence = f"“{each['decision']}” has a row of its own: {', '.join(each['inputs'])} → {each['outputs'][0]}."
            sheet.edits.append(Edit(folder=folder, key=place, sentence=sentence, file=file, element_id=str(each["id"])))


def _put(sheet: Sheet, told: Mapping[str, Any]) -> str:
    """The file that holds the table. Raises BadInputError where the row says too little, or there is no such table."""
    texts = [told.get(key) for key in ("inputs", "outputs")]
    if (
        set(told) - _KNOWN
        or not all(isinstance(told.get(key), str) and told[key] for key in ("decision", "id"))
        or not all(isinstance(told.get(key, ""), str) for key in ("clause", "before"))
        or told.get("outputs") == []
        or not all(isinstance(cells, list) and all(isinstance(cell, str) for cell in cells) for cells in texts)
    ):
        raise BadInputError(f"Write {_LIKE}; and before, where it does not stand at the end.")
    for file in [file for file in sheet.files if file.endswith(".dmn")]:
        root = read_tree(sheet.files[file], name=file)
        table = TableInFile.of_decision(root, told["decision"])
        if table is not None:
            table.add_row(
                told["id"], told["inputs"], told["outputs"], told.get("clause", ""), before=told.get("before")
            )
            sheet.files[file] = written(root)
            return file
    raise BadInputError(f"There is no decision table “{told['decision']}”. Check its id.")
