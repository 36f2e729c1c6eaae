"""The figures that are published (L104.9): each counted by itself from what was decided; they need not add up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter

from engine import feel
from engine.calendar.periods import months_after
from engine.casework.overview.fact_history import FactHistory, PastFact
from engine.casework.overview.names import Names
from engine.casework.step.office import SYSTEM, Office
from engine.clock import LONDON, local_date
from engine.errors import BadInputError
from engine.model import CASE
from engine.store import Connection
from engine.store.explanations import explained_or_reported
from engine.store.figures import EntryOfFigure, FactOfFigure, Touched, entries_of_figure, facts_of_figure
from engine.store.overview.promises import late_by_promise
from engine.variants import Countable, Figure, Variant
from engine.variants.policy import Clause

_DAY = timedelta(days=1)
#: Values that say nothing.
_NOTHING = (feel.dump(None), feel.dump(""), feel.dump([]))


@dataclass(frozen=True, kw_only=True, slots=True)
class CountedCase:
    """One of a number: what is counted, and the day on which it counts."""

    day: date
    reference: str  #: "" for what has no case: an entry of the log of second reports
    title: str  #: what people know the case by
    item: str  #: what people call the item in the case, or the entry, that it is about; "" for the case itself
    area: str = ""  #: id of the area in which it counts, where its figure says by which fact

    @property
    def words(self) -> str:
        """As a line names it."""
        return ", ".join(each for each in (self.reference, self.item) if each)

    def to_json(self) -> dict[str, object]:
        return {"case": self.reference, "day": self.day.isoformat(), "about": self.item}


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    figure: Figure
    count: int
    cases: tuple[CountedCase, ...]  #: by their days; none of another council's, of which only the number is known

    @classmethod
    def of(cls, figure: Figure, cases: Iterable[CountedCase]) -> Counted:
        found = tuple(cases)
        return cls(figure=figure, count=len(found), cases=found)

    def between(self, first: date, last: date) -> Counted:
        return Counted.of(self.figure, (case for case in self.cases if first <= case.day <= last))

    def in_area(self, area: str) -> Counted:
        return Counted.of(self.figure, (case for case in self.cases if case.area == area))

    def outside(self, areas: Collection[str]) -> Counted:
        return Counted.of(self.figure, (case for case in self.cases if case.area not in areas))

    def without_names(self) -> Counted:
        """With the days that count, and nothing by which a case could be known."""
        return replace(
            self, cases=tuple(CountedCase(day=case.day, reference="", title="", item="") for case in self.cases)
        )

    def number_alone(self) -> Counted:
        """Without its cases, for those who may know the number and no more."""
        return replace(self, cases=())

    def to_json(self, *, with_cases: bool = False) -> dict[str, object]:
        cases = {"cases": [case.to_json() for case in self.cases]} if with_cases else {}
        return {
            "figure": self.figure.id, "label": self.figure.label, "count": self.count,
            "clauses": list(self.figure.clauses), **cases,
        }  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    figure: Figure
    clauses: tuple[Clause, ...]
    cases: tuple[CountedCase, ...]  #: by their days
    year_before: int

    @property
    def count(self) -> int:
        return len(self.cases)


def count_figures(
    office: Office, variant: Variant, *, first: date, last: date, figures: Sequence[Figure] | None = None
) -> tuple[Counted, ...]:
    """The variant's figures, or those of them in `figures`, for the cases of its council, from `first` to `last`, both
    days included.

    At most two queries for each thing that a figure counts. Raises BadInputError where the period ends before it
    begins, or the variant counts nothing.
    """
    if last < first:
        raise BadInputError(f"The period ends on {last.isoformat()}, before it begins. Give the earlier day first.")
    if figures is None and not variant.settings.figures:
        raise BadInputError(f"{variant.name} counts nothing. Write its figures under [figures] in variant.toml.")
    with office.database.read() as connection:
        count = _Count(office, connection, variant, first, last)
        wanted = variant.settings.figures if figures is None else figures
        return tuple(Counted.of(figure, count.of(figure)) for figure in wanted)


def published_figures(office: Office, variant: Variant, *, first: date, last: date) -> tuple[Published, ...]:
    """The variant's figures from `first` to `last`, both included; none where it counts nothing.

    Raises BadInputError where the period ends before it begins.
    """
    if not variant.settings.figures:
        return ()
    now = count_figures(office, variant, first=first, last=last)
    first_before, last_before = year_before(first, last)
    before = count_figures(office, variant, first=first_before, last=last_before)
    return tuple(
        Published(
            figure=each.figure,
            clauses=tuple(
                variant.policy.get(clause, Clause(id=clause, text="", source="")) for clause in each.figure.clauses
            ),
            cases=each.cases,
            year_before=earlier.count,
        )
        for each, earlier in zip(now, before, strict=True)
    )


def year_before(first: date, last: date) -> tuple[date, date]:
    """The same period a year before; where it ends with February, to the end of February."""
    return months_after(first, -12), months_after(last + _DAY, -12) - _DAY


class _Count:
    """What is counted of one council in one period."""

    def __init__(self, office: Office, connection: Connection, variant: Variant, first: date, last: date) -> None:
        self._connection = connection
        self._council_id = variant.id
        self._log = variant.settings.explanations
        self._first = first
        self._last = last
        self._now = office.clock.now().astimezone(LONDON)
        self._functions = office.versions.put(variant).functions
        self._names = Names(office, connection, variant)

    def of(self, figure: Figure) -> tuple[CountedCase, ...]:
        found = [case for what in figure.counts for case in self._of(what, figure.by_area)]
        return tuple(sorted(found, key=lambda case: (case.day, case.reference)))

    def _of(self, what: Countable, by_area: str) -> Iterator[CountedCase]:
        if what.explanations:
            yield from self._logged(what)
            return
        if what.late:
            yield from self._late(what.late)
            return
        dating = {what.fact, what.dated_by} - {""}
        names = dating | (feel.parse(what.when).names if what.when else frozenset()) | ({by_area} - {""})
        touched = Touched(
            council_id=self._council_id, first=self._first, last=self._last, names=dating, kind=what.record
        )
        rows = facts_of_figure(self._connection, touched, names) if names else []
        told = {case_id: list(of_case) for case_id, of_case in groupby(rows, attrgetter("case_id"))}
        if what.record is not None:
            for entry in entries_of_figure(self._connection, touched):
                known = FactHistory(told.get(entry.case_id, []))
                made = PastFact(
                    subject=CASE, number=None, at=entry.at, source="", told_on=local_date(entry.at), value=None
                )
                yield from self._counted(what, entry, known, [made], by_area)
            return
        for of_case in told.values():
            known = FactHistory(of_case)
            said = (told for told in known.of(what.fact) if _says(told, what))
            yield from self._counted(what, of_case[0], known, said, by_area)

    def _late(self, limit_name: str) -> Iterator[CountedCase]:
        """What was not done by the day that was promised, on the day after it."""
        found = late_by_promise(
            self._connection, self._council_id, limit_name, not_people=SYSTEM,
            first=self._first - _DAY, last=min(self._last, local_date(self._now)) - _DAY, today=local_date(self._now),
        )  # fmt: skip
        for row in found:
            item = self._names.item(row.collection, row.item_id)
            yield CountedCase(day=row.promised_on + _DAY, reference=row.reference, title=row.title, item=item)

    def _logged(self, what: Countable) -> Iterator[CountedCase]:
        """Those of the log of second reports, also where what it said of them was erased."""
        if self._log is None or what.explanations not in self._log.days:
            return
        by = "explained_on" if what.explanations == self._log.explained_on else "reported_on"
        rows = explained_or_reported(self._connection, self._council_id, by=by, first=self._first, last=self._last)
        for row in rows:
            day = row.explained_on if by == "explained_on" else row.reported_on
            if day is not None:
                yield CountedCase(day=day, reference="", title="", item=f"second report {row.entry}")

    def _counted(
        self,
        what: Countable,
        case: FactOfFigure | EntryOfFigure,
        known: FactHistory,
        found: Iterable[PastFact],
        by_area: str,
    ) -> Iterator[CountedCase]:
        for fact in found:
            day = _day(fact, what, known)
            if self._first <= day <= self._last and self._is_meant(fact, what, known):
                item = self._names.item(fact.subject.collection, fact.subject.item_id)
                area = known.known_with(fact, [by_area]).get(by_area) if by_area else None
                yield CountedCase(
                    day=day, reference=case.reference, title=case.title, item=item,
                    area=area if isinstance(area, str) else "",
                )  # fmt: skip

    def _is_meant(self, fact: PastFact, what: Countable, known: FactHistory) -> bool:
        if not what.when:
            return True
        condition = feel.parse(what.when)
        scope = known.known_with(fact, condition.names)
        return condition.evaluate(scope, now=self._now, functions=self._functions) is True


def _says(fact: PastFact, what: Countable) -> bool:
    """Whether it says what counts. As text, because Python holds true and 1 to be equal."""
    said = feel.dump(fact.value)
    return said not in _NOTHING if what.value is None else said == feel.dump(feel.from_json(what.value))


def _day(fact: PastFact, what: Countable, known: FactHistory) -> date:
    """The day on which it counts; where no day is known, the one on which it was told."""
    value = fact.value if what.is_dated_by_value else None
    if what.dated_by:
        value = known.known_with(fact, [what.dated_by]).get(what.dated_by)
    if isinstance(value, datetime):
        return local_date(value)
    return value if isinstance(value, date) else fact.told_on
