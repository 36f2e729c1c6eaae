"""Floors: what a limit or a number of a council is held against, and who would be turned away below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from engine.calendar import Calendar
from engine.errors import BadInputError, EngineError
from engine.variants.limits import LimitRow
from engine.variants.overlay.limit_lines import read_line, row_of_line
from engine.variants.tables import TomlTable
from engine.words import day_in_words, listed

LIMITS = "limits."
#: Days from which both are counted: two years, one of them with a 29 February.
_FIRST, _LAST = date(2027, 1, 1), date(2028, 12, 31)


@dataclass(frozen=True, kw_only=True, slots=True)
class Floor:
    """What a setting is held against. Where neither `least` nor `most` is known, `sentence` says all there is."""

    setting: str  #: `limits.NAME`, or keys of variant.toml joined by dots
    clause: str  #: where it stands: of the Act or the guidance
    sentence: str  #: what it asks for, in words
    least: LimitRow | None = None  #: what the limit may not fall short of; None: no number is known
    words: str = ""  #: `least` as a line says it
    most: int | None = None  #: what the number may not exceed
    who: str = ""  #: who is turned away by a shorter limit: "an application"
    until: str = ""  #: the fact whose day the limit bounds

    @property
    def beside(self) -> str:
        """The floor in one line, as it stands beside a question."""
        value = self.words or ("" if self.most is None else f"at most {self.most}")
        return f"{value} ({self.clause}): {self.sentence}" if value else f"{self.sentence.rstrip('.')} ({self.clause})."


@dataclass(frozen=True, kw_only=True, slots=True)
class TurnedAway:
    """Somebody whom the floor lets in and a limit does not."""

    counted: tuple[tuple[str, date], ...]  #: the days of the facts that both are counted from, earliest first
    last_day: date  #: by the floor
    limit_ends: date  #: by the limit
    who: str  #: "an application"

    @property
    def words(self) -> str:
        """“With incident on 1 January 2027, a complaint of 31 January 2027 would be turned away: …”"""
        days = listed([f"{name.replace('_', ' ')} {day_in_words(day)}" for name, day in self.counted])
        return (
            f"With {days}, {self.who} of {day_in_words(self.last_day)} would be turned away: the floor takes it, and "
            f"this limit ends on {day_in_words(self.limit_ends)}."
        )


def read_floors(table: TomlTable) -> tuple[Floor, ...]:
    """The floors of `[floors]`, in its order."""
    found = []
    for setting, told in table.rest().items():
        inner = TomlTable(told if isinstance(told, Mapping) else {}, f'[floors."{setting[:60]}"]', table.sentences)
        most = inner.take("most")
        if most is not None and type(most) is not int:
            inner.complain("“most” is no whole number. Write most = 3.")
            most = None
        words = inner.text("least")
        floor = Floor(
            setting=setting,
            clause=inner.text("clause", required=True),
            sentence=inner.text("sentence", required=True),
            least=_limit(setting, words, inner),
            words=words,
            most=most,
            who=inner.text("who"),
            until=inner.text("until"),
        )
        inner.refuse_the_rest()
        if floor.clause and floor.sentence:
            found.append(floor)
    return tuple(found)


def turned_away(row: LimitRow, floor: Floor, floors: tuple[Floor, ...], calendar: Calendar) -> TurnedAway | None:
    """Somebody whom `floor` lets in and the limit of `row` does not; None where the limit turns nobody away.

    Raises BadInputError where the two are counted from days of which nobody can say how they lie to each other.
    """
    least = floor.least
    if least is None:
        return None
    try:
        for counted in _days(row.counted_from, least.counted_from, floors, calendar):
            by_floor = calendar.due(least.limit, counted[least.counted_from]).due_on
            by_limit = calendar.due(row.limit, counted[row.counted_from]).due_on
            if by_limit < by_floor:
                days = tuple(sorted(counted.items(), key=lambda each: each[1]))
                return TurnedAway(
                    counted=days,
                    last_day=by_floor,
                    limit_ends=by_limit,
                    who=floor.who or "whoever comes on the last day",
                )
    except BadInputError:
        raise
    except EngineError as problem:
        raise BadInputError(str(problem)) from None
    return None


def _days(own: str, theirs: str, floors: tuple[Floor, ...], calendar: Calendar) -> Iterator[dict[str, date]]:
    """Days to count from. Where the limit begins with another fact than the floor, the latter is as late as the floor
    between the two lets it be."""
    between = next((f.least for f in floors if f.until == theirs and f.least and f.least.counted_from == own), None)
    if own != theirs and between is None:
        raise BadInputError(f"It counts from {own}, the floor from {theirs}: which of them comes first is not known.")
    for number in range((_LAST - _FIRST).days + 1):
        day = _FIRST + timedelta(days=number)
        yield {theirs: day if between is None else calendar.due(between.limit, day).due_on, own: day}


def _limit(setting: str, words: str, table: TomlTable) -> LimitRow | None:
    if not words:
        return None
    try:
        return row_of_line(read_line(words), name=setting.removeprefix(LIMITS), over=None)
    except EngineError:
        table.complain("“least” is no limit. Write a line as in [limits], with what it is counted from.")
        return None
