"""What a case was told over time: each time with what was corrected in it since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from engine import feel
from engine.clock import local_date
from engine.model import CASE, Subject
from engine.store.figures import CORRECTION, FactOfFigure


@dataclass(frozen=True, kw_only=True, slots=True)
class PastFact:
    """Something that was told once."""

    subject: Subject
    number: int | None  #: of the fact; None for an entry of the record, which tells of the case
    at: datetime  #: when it was told first
    source: str  #: "task HBC-2026-0001.17", "message appeal", …
    told_on: date  #: the day on which it was told or, where that was said, happened
    value: feel.Value  #: as the last correction says


class FactHistory:
    """All that one case was told, from its facts in the order of their numbers."""

    def __init__(self, rows: Iterable[FactOfFigure]) -> None:
        self._told: dict[str, list[PastFact]] = {}
        corrections: dict[int, FactOfFigure] = {}
        first: list[FactOfFigure] = []
        for row in rows:
            if row.source.startswith(CORRECTION) and row.supersedes is not None:
                corrections[row.supersedes] = row
            else:
                first.append(row)
        for row in first:
            last = row
            while last.number in corrections:
                last = corrections[last.number]
            fact = PastFact(
                subject=Subject(collection=row.collection, item_id=row.item_id),
                number=row.number,
                at=row.recorded_at,
                source=row.source,
                told_on=row.happened_on or local_date(row.recorded_at),
                value=feel.load(last.value),
            )
            self._told.setdefault(row.name, []).append(fact)

    def of(self, name: str) -> list[PastFact]:
        """Each time this name was told, of the case and of items in it, the earliest first."""
        return self._told.get(name, [])

    def known_with(self, told: PastFact, names: Iterable[str]) -> Mapping[str, feel.Value]:
        """What was known when this was told, or told with it: of its item or, where that says nothing, of the case.
        With what was corrected since.
        """
        found: dict[str, feel.Value] = {}
        for name in names:
            for subject in (CASE, told.subject):
                last = _last_before([each for each in self.of(name) if each.subject == subject], told)
                if last is not None:
                    found[name] = last.value
        return found


def _last_before(facts: list[PastFact], told: PastFact) -> PastFact | None:
    """The one that held when `told` was told: the one told with it, else the last before. An entry of the record was
    made with the first of its moment, because a clock that is held still has several steps in one."""
    if told.number is None:
        together = [each for each in facts if each.at == told.at][:1]
        earlier = [each for each in facts if each.at < told.at]
    else:
        together = [each for each in facts if (each.at, each.source) == (told.at, told.source)]
        earlier = [each for each in facts if each.number is not None and each.number < told.number]
    return next(reversed(together or earlier), None)
