"""One decision being made: names, expressions and calls, with what is worth telling afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from time import thread_time
from typing import Any

from engine.dmn.explanation import TableExplanation
from engine.dmn.model import AllowedValues, CellTests, Formula
from engine.dmn.shown_values import in_words
from engine.dmn.types import TypeTable, allowed_refusal
from engine.errors import DmnError, FeelError

Functions = Mapping[str, Callable[..., Any]]

#: Most calls of functions written in boxes during one decision.
MAX_CALLS = 10_000
#: Most computing time of one decision with all it requires, in seconds. Each expression is bounded by counted work;
#: this bounds a file that holds thousands of long ones. It is the thread's own computing time and not the clock's, so
#: a busy machine refuses no decision: a real one takes thousandths of a second.
MAX_SECONDS = 5.0
#: After so many expressions the time is looked at.
_ASKS_EVERY = 8
#: Deepest calls of functions written in boxes inside each other, of one that calls itself too.
MAX_CALL_DEPTH = 30


class BoxScope(Mapping[str, Any]):
    """Names of a box, then those around it."""

    __slots__ = ("_outer", "_values")

    def __init__(self, values: Mapping[str, Any], outer: Mapping[str, Any]) -> None:
        self._values = values
        self._outer = outer

    def __getitem__(self, name: str) -> Any:
        return self._values[name] if name in self._values else self._outer[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._values
        yield from (name for name in self._outer if name not in self._values)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Evaluation:
    """What boxes share while one decision is made."""

    def __init__(
        self, *, types: TypeTable, now: datetime | None, functions: Functions | None, is_strict: bool = True
    ) -> None:
        self.types = types
        self._is_strict = is_strict
        self.tables: list[TableExplanation] = []
        self._now = now
        self._functions = functions
        self._notes: dict[str, None] = {}
        self._calls = 0
        self._depth = 0
        self._expressions = 0
        self._ends = thread_time() + MAX_SECONDS

    def value(self, formula: Formula, scope: Mapping[str, Any], where: str) -> Any:
        """The value of an expression; `where` names its place for an error."""
        self._require_time(where)
        try:
            return formula.parsed.evaluate(scope, now=self._now, functions=self._functions, warn=self._note)
        except FeelError as error:
            raise DmnError(f"{where}: “{_short(formula.text)}” cannot be computed. {error}") from None

    def matches(self, tests: CellTests, value: Any, scope: Mapping[str, Any], place: tuple[str, int, str]) -> bool:
        """Whether a cell accepts a value; `place` is its table's name, its rule's number and its column's label."""
        self._require_time(place)
        try:
            return tests.parsed.matches(value, scope, now=self._now, functions=self._functions)
        except FeelError as error:
            raise DmnError(f"{_in_words(place)}: “{_short(tests.text)}” cannot be computed. {error}") from None

    def fit(
        self, value: Any, type_name: str | None, subject: str, *, allowed: AllowedValues | None = None, where: str = ""
    ) -> Any:
        """The value as its declared type wants it; a misfit where it does not conform.

        `subject` and `where` are what stands before and behind the value in a sentence: “The input “x” is”.
        """
        refused = self.types.refusal(value, type_name)
        if refused is not None:
            value, refused = self.types.fit(value, type_name)
        if refused is None and allowed is not None:
            refused = allowed_refusal(value, allowed)
        if refused is None:
            return value
        return self.misfit(f"{subject} {in_words(value)}{where}; it must be {refused}.")

    def misfit(self, sentence: str) -> None:
        """What does not conform is null for the standard (10.3.2.9.4), with a note; a strict evaluation stops at it."""
        if self._is_strict:
            raise DmnError(sentence)
        self._note(sentence)

    def call(self, name: str, run: Callable[[], Any]) -> Any:
        """Run a function's body, within the bounds on calls."""
        self._calls += 1
        if self._calls > MAX_CALLS:
            raise DmnError(f"“{name}” and others are called more than {MAX_CALLS:,} times. Make the decision smaller.")
        if self._depth >= MAX_CALL_DEPTH:
            raise DmnError(f"“{name}” is called more than {MAX_CALL_DEPTH} calls deep. Make the decision flatter.")
        self._depth += 1
        try:
            return run()
        finally:
            self._depth -= 1

    def take_tables(self) -> tuple[TableExplanation, ...]:
        """The tables completed since the last time this was asked."""
        taken, self.tables = tuple(self.tables), []
        return taken

    def take_notes(self) -> tuple[str, ...]:
        """Why something was null since the last time this was asked."""
        taken, self._notes = tuple(self._notes), {}
        return taken

    def put_back(self, tables: Iterable[TableExplanation], notes: Iterable[str]) -> None:
        """Tables and notes that were taken for decisions made on the way count for whoever asked for these."""
        self.tables.extend(tables)
        self._notes |= dict.fromkeys(notes)

    def _require_time(self, where: str | tuple[str, int, str]) -> None:
        # asking takes longer than computing most expressions
        self._expressions += 1
        if self._expressions % _ASKS_EVERY == 0 and thread_time() > self._ends:
            raise DmnError(
                f"{_in_words(where)}: the decision takes more than {MAX_SECONDS:g} seconds. Make it smaller."
            )

    def _note(self, sentence: str) -> None:
        self._notes[sentence] = None


def _in_words(place: str | tuple[str, int, str]) -> str:
    """Where an expression stands; a cell's place is put into words only where somebody reads them."""
    return place if isinstance(place, str) else "“{}”, rule {}, {}".format(*place)


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}..."
