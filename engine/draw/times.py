"""The times of a drawing in words: `=due("minutes")` is “5 working days after the day of the panel”."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

from engine import feel
from engine.calendar import Counting, Unit
from engine.errors import FeelError, FeelLimitError
from engine.feel import YearsMonthsDuration, syntax
from engine.variants import LimitRow, amount_of_limit
from engine.words import amount_in_words, listed

#: What a policy owner cannot read off an expression at a glance is said to be worked out, with its limits by name.
_WORKED_OUT = "a day that is worked out"
_BEGINS = "the day on which this begins"


class TimesInWords:
    """By the limits of a policy, and by what its forms call the facts that they ask for."""

    def __init__(self, limits: Mapping[str, LimitRow], labels: Mapping[str, str]) -> None:
        self._limits = limits
        self._labels = labels

    def day(self, written: str) -> tuple[str, ...]:
        """What a due date, or a timer's day, can come to, each in words; () where nothing is due.

        `written` is as it stands in the file, with its leading "=" where it is FEEL.
        """
        return _distinct(self._of(node, self._due) for node in self._read(written))

    def limits_in(self, written: str) -> tuple[LimitRow, ...]:
        """The limits by one of which the day comes, where nothing else has a part in it."""
        rows = [self._row(node) for whole in self._read(written) for node in _alternatives(whole)]
        return tuple(row for row in rows if row is not None)

    def _read(self, written: str) -> tuple[syntax.Node, ...]:
        try:
            return (feel.parse(written.removeprefix("=")).node,) if written.startswith("=") else ()
        except (FeelError, FeelLimitError):  # which the check says
            return ()

    def _of(self, node: syntax.Node, say: Callable[[syntax.Node], str]) -> Iterable[str]:
        return (said for each in _alternatives(node) if (said := say(each)))

    def _due(self, node: syntax.Node) -> str:
        name = _limit_named(node)
        if name is not None and isinstance(node, syntax.Invocation):
            row = self._limits.get(name)
            given = " or ".join(self._starts(node.arguments[1:]))
            return "" if row is None else limit_in_words(row, given or self._from(row))
        label = self._labels.get(node.name) if isinstance(node, syntax.Name) else None
        return f"the day under “{label}”" if label else self._start(node)

    def _from(self, row: LimitRow) -> str:
        """From which day a limit counts: as its row says in words, else as far as its expression can be told."""
        if row.limit.counted_from != row.counted_from:
            return row.limit.counted_from
        said = " or ".join(self._starts(self._read(f"={row.counted_from}")))
        return said if said and _WORKED_OUT not in said else row.counted_from

    def _starts(self, nodes: tuple[syntax.Node, ...]) -> Iterable[str]:
        return _distinct(self._of(node, self._start) for node in nodes)

    def _start(self, node: syntax.Node) -> str:
        """A day that is not counted, or from which is counted."""
        match node:
            case syntax.Name(name=name):
                return f"the day {name.replace('_', ' ').removesuffix(' on')}"
            case syntax.Invocation(function=syntax.Name(name="today")):
                return _BEGINS
            case syntax.Invocation(
                function=syntax.Name(name="max"), arguments=(syntax.Filter(base=syntax.ListOf(items=days)),)
            ) if all(isinstance(day, syntax.Name) for day in days):
                return f"the later of {listed([self._start(day) for day in days])}"
            case syntax.Arithmetic(first=first, rest=(("-", syntax.Invocation() as span),)):
                day, amount = self._start(first), _constant_span(span)
                return f"{amount} earlier than {day}" if amount and day != _WORKED_OUT else _WORKED_OUT
            case _ if _limit_named(node) is not None:
                return self._due(node)
        return _WORKED_OUT

    def _row(self, node: syntax.Node) -> LimitRow | None:
        return self._limits.get(_limit_named(node) or "")


def limit_in_words(row: LimitRow, start: str) -> str:
    """`more than 3 weeks after the day on which the action is due`; `start` is the day from which it counts."""
    counting = row.limit.counting
    after = Counting.AFTER if counting is Counting.MORE_THAN else counting
    if row.limit.unit is Unit.MEETINGS and row.limit.amount == 1:
        at = "on or after" if counting is Counting.BEGINNING_WITH else after
        return f"the {'last' if counting is Counting.BEFORE else 'first'} listed meeting {at} {start}"
    return f"{amount_of_limit(row)} {after} {start}"


def _constant_span(node: syntax.Invocation) -> str:
    """`1 day` of duration("P1D"); "" of any other call."""
    match node:
        case syntax.Invocation(
            function=syntax.Name(name="duration"), arguments=(syntax.Literal(value=str(written)),), names=None
        ):
            return span_in_words(written)
    return ""


def span_in_words(written: str) -> str:
    """A length of time: `3 days` of P3D or =duration("P3D"); what is not so simple stands as it is written."""
    try:
        value = feel.evaluate(written[1:] if written.startswith("=") else f'duration("{written}")')
    except (FeelError, FeelLimitError):
        return written
    match value:
        case YearsMonthsDuration(months=months):
            return amount_in_words(months, "months")
        case timedelta() if value == timedelta(days=value.days):
            return amount_in_words(value.days, "days")
        case timedelta() if not value % timedelta(hours=1):
            return amount_in_words(value // timedelta(hours=1), "hours")
    return written


def _alternatives(node: syntax.Node) -> Iterable[syntax.Node]:
    """What an expression can come to: both ways of each `if`, but for null."""
    match node:
        case syntax.If(then=then, otherwise=otherwise):
            yield from _alternatives(then)
            yield from _alternatives(otherwise)
        case syntax.Literal(value=None):
            return
        case _:
            yield node


def _limit_named(node: syntax.Node) -> str | None:
    """The limit of a call such as due("minutes")."""
    match node:
        case syntax.Invocation(
            function=syntax.Name(name="due"), arguments=(syntax.Literal(value=str(name)), *_), names=None
        ):
            return name
    return None


def _distinct(found: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for several in found for each in several))
