"""Counting what was decided in a period: one query for each figure, whatever the number of cases."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from engine import feel
from engine.clock import end_of, start_of
from engine.record_kinds import RecordKind
from engine.store.schema import facts, record

#: What the source of a fact begins with where a person corrected it.
CORRECTION = "correction: "
#: Values that say nothing.
_NOTHING = (feel.dump(None), feel.dump(""), feel.dump([]))


def count_entries(connection: Connection, council_id: str, kind: RecordKind, first: date, last: date) -> int:
    """How many entries of this kind the council's records got from `first` to `last`, both included."""
    query = select(func.count()).where(
        record.c.council_id == council_id, record.c.kind == kind, record.c.at >= start_of(first),
        record.c.at < end_of(last),
    )  # fmt: skip
    return int(connection.execute(query).scalar_one())


def count_facts(
    connection: Connection, council_id: str, name: str, first: date, last: date, *, value: feel.Value = None,
    is_dated_by_value: bool = False,
) -> int:  # fmt: skip
    """How many times the fact was told from `first` to `last`, both included, with `value` (None: with any that says
    something).

    What was undone does not count, and what was corrected counts as the correction says, on the day of what it
    corrects. Something told later than it happened counts on the day on which it happened; with `is_dated_by_value`
    on the day that is the fact's value.
    """
    corrected, later = facts.alias(), facts.alias()
    is_corrected = (
        select(later.c.number)
        .where(
            later.c.case_id == facts.c.case_id, later.c.supersedes == facts.c.number,
            later.c.source.startswith(CORRECTION), later.c.undone_at.is_(None),
        )
        .exists()
    )  # fmt: skip
    before = and_(
        corrected.c.case_id == facts.c.case_id, corrected.c.number == facts.c.supersedes,
        facts.c.source.startswith(CORRECTION),
    )  # fmt: skip
    if is_dated_by_value:
        day: ColumnElement[bool] = facts.c.value.between(feel.dump(first), feel.dump(last))
    else:
        happened_on = func.coalesce(facts.c.happened_on, corrected.c.happened_on)
        recorded_at = func.coalesce(corrected.c.recorded_at, facts.c.recorded_at)
        day = or_(
            happened_on.between(first, last),
            and_(happened_on.is_(None), recorded_at >= start_of(first), recorded_at < end_of(last)),
        )
    says = facts.c.value.not_in(_NOTHING) if value is None else facts.c.value == feel.dump(feel.from_json(value))
    query = (
        select(func.count())
        .select_from(facts.outerjoin(corrected, before))
        .where(
            facts.c.council_id == council_id, facts.c.name == name, facts.c.undone_at.is_(None), says, day,
            ~is_corrected,
        )
    )  # fmt: skip
    return int(connection.execute(query).scalar_one())
