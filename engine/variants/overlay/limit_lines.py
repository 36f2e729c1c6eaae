"""`[limits]`: other numbers than the base's, a line each, written into its table of time limits."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from engine.calendar import Counting, Limit, Unit
from engine.errors import BadInputError, EngineError
from engine.variants.limits import COLUMNS, DECISION, LIMITS_FILE, OFF, LimitRow
from engine.variants.overlay.edits import Edit
from engine.variants.overlay.sheet import Sheet
from engine.variants.overlay.xml_files import TableInFile, canonical, inside, read_tree, text_of, written

KEY = "limits"
#: Switches a limit off: nothing is due by it, and no timer waits for it.
NONE = "none"

_PHRASE = re.compile(
    r"(?P<more>more than )?(?P<amount>[0-9]{1,6}) (?P<unit>working days?|days?|weeks?|months?|years?|meetings?)"
    r"(?: (?P<counting>after|beginning with|before) (?P<start>\S.*))?"
)
_OUTPUT = re.compile(r"<(?:\w+:)?outputEntry\b[^>]*>\s*<(?:\w+:)?text>(?P<cell>[^<]*)</")
_LIKE = "40 working days after completed_on"
_NOTES = {"clauses": "clause", "reading": "reading", "counted_from": "counted from"}


@dataclass(frozen=True, kw_only=True, slots=True)
class LimitLine:
    """What a line says: the cells of the row by column, as FEEL writes them, and the notes beside it by heading.

    A column that it does not name stays as the row has it.
    """

    cells: Mapping[str, str]
    notes: Mapping[str, str]


def lay_limits(sheet: Sheet, told: Any, folder: str) -> None:
    """Write what `[limits]` tells into the sheet's table of time limits."""
    place = f"[{KEY}]"
    if not isinstance(told, Mapping):
        sheet.complain(place, f'Write it as a table, a limit and its words a line: "panel" = "{_LIKE}".')
        return
    try:
        root = read_tree(sheet.files.get(LIMITS_FILE, b""), name=LIMITS_FILE)
    except EngineError as problem:
        sheet.complain(place, f"There is no {LIMITS_FILE} whose rows it could change: {problem}")
        return
    table = TableInFile.of_decision(root, DECISION)
    rows = {} if table is None else {_limit_of(row): row for row in table.rows}
    for name, value in told.items():
        key = f'{place} "{name[:60]}"'
        if table is None or name not in rows:
            there_are = ", ".join(f"“{each}”" for each in rows)
            sheet.complain(key, f"There is no such limit to change. There are: {there_are}.")
            continue
        try:
            line = read_line(value)
        except BadInputError as problem:
            sheet.complain(key, str(problem))
            continue
        row = rows[name]
        cells = {column: table.output(row, column) for column in COLUMNS}
        if cells["amount"].strip() == OFF and line.cells["amount"] != OFF and "counted_from" not in line.cells:
            sheet.complain(key, f"The base has no such limit: say from when it is counted too, such as “{_LIKE}”.")
            continue
        _write(table, row, line)
        sheet.edits.append(
            Edit(
                folder=folder, key=key, file=LIMITS_FILE, element_id=row.get("id", ""),
                sentence=f"“{name}” is {_words({**cells, **line.cells})} instead of {_words(cells)}.",
            )
        )  # fmt: skip
    sheet.files[LIMITS_FILE] = written(root)


def with_limit(data: bytes, row: LimitRow, line: LimitLine) -> bytes:
    """A file of time limits with other cells in this row, all else as it is written.

    Raises BadInputError where it is written so that this cannot be done, XmlRefusedError where it cannot be read.
    """
    root = read_tree(data, name=LIMITS_FILE)
    table = TableInFile.of_decision(root, DECISION)
    found = next((each for each in table.rows if each.get("id") == row.rule_id), None) if table is not None else None
    if table is None or found is None:
        raise BadInputError(f"There is no limit “{row.limit.name[:60]}” in {LIMITS_FILE}.")
    for column, text in line.cells.items():
        table.write_output(found, column, text)
    text = _with_cells(data.decode("utf-8-sig"), row.rule_id, table.outputs, line.cells)
    if canonical(text.encode(), name=LIMITS_FILE) != canonical(written(root), name=LIMITS_FILE):
        raise BadInputError(f"{LIMITS_FILE} is written so that this row cannot be changed by itself. Edit the table.")
    return text.encode()


def _with_cells(text: str, rule_id: str, columns: Sequence[str], cells: Mapping[str, str]) -> str:
    """The text with these cells, by column, in the row of this id: nothing else of it is written anew."""
    row = re.search(rf'<(?P<rule>(?:\w+:)?rule)\s[^>]*\bid="{re.escape(rule_id)}".*?</(?P=rule)>', text, re.DOTALL)
    entries = list(_OUTPUT.finditer(text, row.start(), row.end())) if row is not None else []
    for column, entry in reversed(list(zip(columns, entries, strict=False))):
        if column in cells:
            text = text[: entry.start("cell")] + escape(cells[column], quote=False) + text[entry.end("cell") :]
    return text


def _write(table: TableInFile, row: Any, line: LimitLine) -> None:
    for column, text in line.cells.items():
        table.write_output(row, column, text)
    for heading, text in line.notes.items():
        table.write_annotation(row, heading, text)


def read_line(value: Any) -> LimitLine:
    """A line of `[limits]`: its words, or a table with them (`is`), `clauses`, `reading` and `counted_from` in words.

    Raises BadInputError where it says no limit.
    """
    told = value if isinstance(value, Mapping) else {"is": value}
    words = told.get("is")
    if set(told) - {"is", *_NOTES} or not isinstance(words, str):
        raise BadInputError(f'Write "{_LIKE}", or {{ is = "{_LIKE}", clauses = ["D7"], reading = "…" }}.')
    notes = {_NOTES[key]: _note(told[key]) for key in _NOTES if key in told}
    if words.strip() == NONE:
        return LimitLine(cells={"amount": OFF}, notes=notes)
    found = _PHRASE.fullmatch(" ".join(words.split()))
    if found is None or (found["more"] and found["counting"] not in (None, Counting.AFTER)):
        raise BadInputError(
            f"“{words[:60]}” is no limit. Write a number, a unit, how it is counted and from what, such as "
            f'"{_LIKE}", "5 working days before panel_planned_on" or "more than 3 weeks after due_on"; "40 working '
            f'days" alone, to count as the base does; or "{NONE}".'
        )
    cells = {"amount": found["amount"], "unit": _quoted(Unit(found["unit"].removesuffix("s") + "s"))}
    if found["more"]:
        cells["counting"] = _quoted(Counting.MORE_THAN)
    # What the base's row says in words of its number, and of the day that it counts from, is of another than this one.
    if found["start"] is None:  # counted as the base counts it
        return LimitLine(cells=cells, notes={"reading": "", **notes})
    cells = {"counting": _quoted(Counting(found["counting"])), "counted_from": _quoted(found["start"]), **cells}
    return LimitLine(cells=cells, notes={"counted from": "", "reading": "", **notes})


def take_out_limits(sheet: Sheet, names: Collection[str]) -> None:
    """Take the rows of these limits out of the sheet's table of time limits."""
    if not names or LIMITS_FILE not in sheet.files:
        return
    try:
        root = read_tree(sheet.files[LIMITS_FILE], name=LIMITS_FILE)
    except EngineError:  # whoever reads the table says so
        return
    table = TableInFile.of_decision(root, DECISION)
    for row in table.rows if table is not None else ():
        if table is not None and _limit_of(row) in names:
            table.take_out(row)
    sheet.files[LIMITS_FILE] = written(root)


def line_of_limit(row: LimitRow) -> str:
    """The words in which a line of `[limits]` says what the row says."""
    return _words(dict(zip(COLUMNS, _cells(row), strict=True)))


def amount_of_limit(row: LimitRow) -> str:
    """The number alone, as a line of `[limits]` says it: “14 working days”, “more than 3 weeks”."""
    limit = row.limit
    more = f"{Counting.MORE_THAN} " if limit.counting == Counting.MORE_THAN else ""
    return f"{more}{limit.amount} {limit.unit.removesuffix('s') if limit.amount == 1 else limit.unit}"


def row_of_line(line: LimitLine, *, name: str, over: LimitRow | None) -> LimitRow | None:
    """The limit that a line says over a row of the base; None where it switches it off.

    Raises BadInputError where it says a number alone and `over` is no limit to count it as.
    """
    if line.cells["amount"] == OFF:
        return None
    if over is None and "counted_from" not in line.cells:
        raise BadInputError(f"The base has no such limit: say from when it is counted too, such as “{_LIKE}”.")
    said = {column: text.strip('"') for column, text in line.cells.items()}
    before = {} if over is None else dict(zip(COLUMNS, _cells(over), strict=True))
    cells = {**before, **said}
    limit = Limit(
        name=name,
        amount=int(cells["amount"]),
        unit=Unit.read(cells["unit"]),
        counting=Counting.read(cells["counting"]),
        counted_from=cells["counted_from"],
        clauses=over.clauses if over is not None else (),
    )
    return LimitRow(limit=limit, counted_from=cells["counted_from"], clauses=limit.clauses, note="", rule_id="")


def _cells(row: LimitRow) -> tuple[str, str, str, str]:
    return str(row.limit.amount), row.limit.unit, row.limit.counting, row.counted_from


def _note(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    if isinstance(value, str):
        return value.strip()
    raise BadInputError('Write clauses as a list, clauses = ["D7"], and reading and counted_from as texts.')


def _limit_of(row: Any) -> str:
    entries = inside(row, "inputEntry")
    return text_of(entries[0]).strip('"') if entries else ""


def _words(cells: Mapping[str, str]) -> str:
    if cells["amount"] == OFF:
        return NONE
    amount, unit, counting, start = (cells[column].strip('"') for column in COLUMNS)
    unit = unit.removesuffix("s") if amount == "1" else unit
    if counting == Counting.MORE_THAN:
        return f"{counting} {amount} {unit} {Counting.AFTER} {start}"
    return f"{amount} {unit} {counting} {start}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
