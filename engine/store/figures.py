"""What was told in the cases that a figure may count: one query, whatever the number of cases."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from engine import feel
from engine.clock import end_of, start_of
from engine.record_kinds import RecordKind
from engine.store.rows import columns_of, rows_of
from engine.store.schema import cases, facts, record

#: What the source of a fact begins with where a person corrected it.
CORRECTION = "correction: "


@dataclass(frozen=True, kw_only=True, slots=True)
class FactOfFigure:
    """Something that a case was told, as it was told."""

    case_id: int
    reference: str
    title: str  #: what people know the case by
    number: int
    collection: str  #: "" for the case itself
    item_id: str  #: "" for the case itself
    name: str
    value: str  #: as FEEL writes it
    happened_on: date | None  #: where it was told later than it happened
    recorded_at: datetime
    source: str
    supersedes: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryOfFigure:
    """An entry of the record of a case."""

    case_id: int
    reference: str
    title: str  #: what people know the case by
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Touched:
    """Of which cases is read: those of a council in which something falls into a period, both days included."""

    council_id: str
    first: date
    last: date
    names: Collection[str]  #: facts, by the day on which they were told or happened, or that is their value
    kind: RecordKind | None  #: and entries of the record of this kind

    def includes(self, case_id: ColumnElement[int]) -> ColumnElement[bool]:
        told = and_(facts.c.recorded_at >= start_of(self.first), facts.c.recorded_at < end_of(self.last))
        value = facts.c.value.between(feel.dump(self.first), feel.dump(self.last))
        by_fact = select(facts.c.case_id).where(
            facts.c.council_id == self.council_id,
            facts.c.name.in_(list(self.names)),
            facts.c.undone_at.is_(None),
            or_(told, facts.c.happened_on.between(self.first, self.last), value),
        )
        by_entry = select(record.c.case_id).where(
            record.c.council_id == self.council_id,
            record.c.kind == self.kind,
            record.c.at >= start_of(self.first),
            record.c.at < end_of(self.last),
        )
        chosen = [case_id.in_(by_fact)] if self.names else []
        return or_(*chosen, case_id.in_(by_entry)) if self.kind is not None else or_(*chosen)


_OF_CASE = {"reference": cases.c.reference, "title": cases.c.title}
_FACTS = (
    select(*columns_of(FactOfFigure, facts, **_OF_CASE))
    .select_from(facts.join(cases, cases.c.case_id == facts.c.case_id))
    .where(facts.c.undone_at.is_(None))
    .order_by(facts.c.case_id, facts.c.number)
)
_ENTRIES = (
    select(*columns_of(EntryOfFigure, record, **_OF_CASE))
    .select_from(record.join(cases, cases.c.case_id == record.c.case_id))
    .order_by(record.c.case_id, record.c.seq)
)


def facts_of_figure(connection: Connection, touched: Touched, names: Collection[str]) -> list[FactOfFigure]:
    """All that these cases were ever told under these names, as it was told, without what was undone."""
    query = _FACTS.where(
        facts.c.council_id == touched.council_id, facts.c.name.in_(list(names)), touched.includes(facts.c.case_id)
    )
    return rows_of(FactOfFigure, connection.execute(query))


def entries_of_figure(connection: Connection, touched: Touched) -> list[EntryOfFigure]:
    """The entries of the kind in the records of these cases, in their order."""
    query = _ENTRIES.where(
        record.c.council_id == touched.council_id, record.c.kind == touched.kind, touched.includes(record.c.case_id)
    )
    return rows_of(EntryOfFigure, connection.execute(query))
