"""The time limits of a variant: the rows of the one table in its time_limits.dmn, read as they are written."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from engine.calendar import Counting, Limit, Unit
from engine.dmn import DecisionRule, Definitions
from engine.errors import BadInputError
from engine.problems import Problem, Thing, ThingKind

LIMITS_FILE = "time_limits.dmn"
DECISION = "time_limits"
#: The output columns, each a text or a number written into its cell.
COLUMNS = ("amount", "unit", "counting", "counted_from")

#: The amount of a limit that is switched off: nothing is due by it.
OFF = "null"

_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
_WHOLE = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, kw_only=True, slots=True)
class LimitRow:
    """A row of time_limits.dmn."""

    limit: Limit
    counted_from: str  #: FEEL over the case's facts: "application_date"
    clauses: tuple[str, ...]
    note: str  #: how a loose clause is read; "" where it says nothing
    rule_id: str  #: id of the row in the file


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The rows of a table of time limits."""

    rows: Mapping[str, LimitRow]  #: by name
    switched_off: frozenset[str] = frozenset()  #: the names of those by which nothing is due


def read_limits(definitions: Definitions) -> tuple[Limits, list[Problem]]:
    """The limits, and what is wrong with the table."""
    decision = definitions.decisions.get(DECISION)
    table = decision.table if decision else None
    if table is None:
        sentence = f"There is no decision table with the id “{DECISION}”. Give the table this id."
        return Limits(rows={}), [Problem(file=LIMITS_FILE, sentence=sentence)]
    missing = [column for column in COLUMNS if column not in {output.name for output in table.outputs}]
    if missing or len(table.inputs) != 1:
        sentence = f"The table needs one input, the limit's name, and the outputs {', '.join(COLUMNS)}."
        return Limits(rows={}), [
            Problem(file=LIMITS_FILE, element_id=DECISION, element_name=table.name, sentence=sentence)
        ]
    limits: dict[str, LimitRow] = {}
    off: set[str] = set()
    problems = []
    for rule in table.rules:
        name = ""
        try:
            cells = {output.name: entry.text for output, entry in zip(table.outputs, rule.output_entries, strict=False)}
            name = _text(rule.input_entries[0].text, "limit")
            if name in limits or name in off:
                raise BadInputError(f"The limit “{name}” has two rows. Take one out.")
            if cells["amount"].strip() == OFF:
                off.add(name)
            else:
                limits[name] = _read_row(name, cells, rule)
        except BadInputError as error:
            problems.append(
                Problem(
                    file=LIMITS_FILE,
                    element_id=rule.rule_id,
                    element_name=f"row {rule.number}",
                    sentence=str(error),
                    loses=Thing(kind=ThingKind.LIMIT, name=name) if name and name not in limits else None,
                )
            )
    return Limits(rows=limits, switched_off=frozenset(off)), problems


def _read_row(name: str, cells: Mapping[str, str], rule: DecisionRule) -> LimitRow:
    amount = cells["amount"].strip()
    if not _WHOLE.fullmatch(amount):
        raise BadInputError(
            f"The limit “{name}” has the amount {amount[:40] or 'of an empty cell'}. Write a whole number."
        )
    counted_from = _text(cells["counted_from"], "counted_from")
    notes = {heading.casefold(): text for heading, text in rule.annotations.items()}
    clauses = tuple(notes.get("clause", "").replace(",", " ").split())
    note = notes.get("reading", "").strip()
    limit = Limit(
        name=name,
        amount=int(amount),
        unit=Unit.read(_text(cells["unit"], "unit")),
        counting=Counting.read(_text(cells["counting"], "counting")),
        counted_from=notes.get("counted from", "").strip() or _in_words(counted_from),
        clauses=clauses,
        note=note or None,
    )
    return LimitRow(limit=limit, counted_from=counted_from, clauses=clauses, note=note, rule_id=rule.rule_id)


def _text(cell: str, column: str) -> str:
    """The text that a cell holds between its quotation marks."""
    written = cell.strip()
    if _TEXT.fullmatch(written):
        try:
            text = json.loads(written)  # of a literal's escapes, FEEL and JSON share those that anybody writes here
        except ValueError:
            text = ""
        if isinstance(text, str) and text.strip():
            return text.strip()
    raise BadInputError(f"The column “{column}” holds {written[:60] or 'nothing'}. Write one text in quotation marks.")


def _in_words(expression: str) -> str:
    """A plain fact's name as people read it; a longer expression stands as it is."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", expression):
        return expression
    words = expression.replace("_", " ")
    return f"the day {words.removesuffix(' on')}" if words.endswith(" on") else f"the {words}"
