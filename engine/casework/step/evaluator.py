"""FEEL from one process instance at one moment, with `due("…")` and the calendar's functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from engine import feel
from engine.calendar import DueDate
from engine.casework.step.scope import Scope
from engine.casework.step.versions import Version
from engine.clock import LONDON, local_date
from engine.diagram.model import IoMapping
from engine.errors import LimitNotFoundError, StartUnknownError
from engine.feel import Value


class Evaluator:
    """Evaluates expressions in a scope. `due_dates` keeps every deadline that `due` computed, the last one last."""

    def __init__(self, version: Version, scope: Scope, now: datetime) -> None:
        self._version = version
        self.scope = scope
        self.now = now.astimezone(LONDON)
        self.functions = {**version.functions, "due": self.due}
        self.due_dates: list[DueDate] = []
        self.asked_for_none = False  #: whether a limit was asked for that is switched off
        self.lacks_start = False  #: whether a limit was asked for that counts from what is not known yet

    def at(self, now: datetime) -> Evaluator:
        """The same, at another moment."""
        return Evaluator(self._version, self.scope, now)

    def value(self, text: str) -> Value:
        """The value of a modeller's field: FEEL where it starts with “=”, otherwise the text itself."""
        return self.feel(text[1:]) if text.startswith("=") else text

    def feel(self, expression: str) -> Value:
        return feel.parse(expression).evaluate(self.scope, now=self.now, functions=self.functions)

    def text(self, text: str | None) -> str | None:
        """The value of a field that names something: blank and null are None."""
        value = None if text is None else self.value(text)
        return str(value) if value is not None and str(value).strip() else None

    def mapped(self, mappings: Iterable[IoMapping], *, onto_known: bool = False) -> dict[str, Value]:
        """What mappings give, by name. Of a target with dots (`victim.name`) the entry: of what other mappings give
        under the name, or else, `onto_known`, of what is known under it."""
        given: dict[str, Value] = {}
        for mapping in mappings:
            value = self.value(mapping.source)
            name, *entries = mapping.target.split(".")
            known = given.get(name, self.scope.get(name) if onto_known and entries else None)
            given[name] = _with_entry(known, entries, value)
        return given

    def with_values(self, extra: Mapping[str, Any]) -> Evaluator:
        return Evaluator(self._version, self.scope.with_values(extra), self.now)

    def due(self, limit: Value, start: Value = None) -> date | None:
        """The last day of a limit of time_limits.dmn, counted from its own fact or from `start`; null where the limit
        is switched off, so that nothing is due by it.

        Raises LimitNotFoundError, or StartUnknownError while the fact it counts from is not known.
        """
        row = self._version.variant.limits.get(limit) if isinstance(limit, str) else None
        if row is None and limit in self._version.variant.limits_switched_off:
            self.asked_for_none = True
            return None
        if row is None:
            raise LimitNotFoundError(str(limit))
        if start is None:
            start = self.feel(row.counted_from)
        if isinstance(start, datetime):
            start = local_date(start)
        if not isinstance(start, date):
            self.lacks_start = True
            raise StartUnknownError(row.limit.name, row.counted_from)
        due_date = self._version.calendar.due(row.limit, start)
        self.due_dates.append(due_date)
        return due_date.due_on

    def due_date_of(self, day: date) -> DueDate | None:
        """The deadline that the expression just evaluated stands on, where its value is that deadline's day."""
        if self.due_dates and self.due_dates[-1].due_on == day:
            return self.due_dates[-1]
        return None


def _with_entry(known: Value, entries: Sequence[str], value: Value) -> Value:
    """`known` with the value in it, along the names of its entries; what is no context gives way to one."""
    if not entries:
        return value
    held = known if isinstance(known, dict) else {}
    return {**held, entries[0]: _with_entry(held.get(entries[0]), entries[1:], value)}
