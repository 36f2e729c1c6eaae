"""The figures that are published (L104.9): each counted by itself from what was decided; they need not add up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from engine.casework.step.office import Office
from engine.errors import BadInputError
from engine.store import Connection
from engine.store.figures import count_entries, count_facts
from engine.variants import Figure, Variant
from engine.variants.policy import Clause

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    figure: Figure
    count: int

    def to_json(self) -> dict[str, object]:
        return {
            "figure": self.figure.id, "label": self.figure.label, "count": self.count,
            "clauses": list(self.figure.clauses),
        }  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    figure: Figure
    clauses: tuple[Clause, ...]
    count: int
    year_before: int


def count_figures(office: Office, variant: Variant, *, first: date, last: date) -> tuple[Counted, ...]:
    """The variant's figures for the cases of its council, from `first` to `last`, both days included.

    Raises BadInputError where the period ends before it begins, or the variant counts nothing.
    """
    if last < first:
        raise BadInputError(f"The period ends on {last.isoformat()}, before it begins. Give the earlier day first.")
    if not variant.settings.figures:
        raise BadInputError(f"{variant.name} counts nothing. Write its figures under [figures] in variant.toml.")
    with office.database.read() as connection:
        return tuple(
            Counted(figure=figure, count=_count(connection, variant.id, figure, first, last))
            for figure in variant.settings.figures
        )


def published_figures(office: Office, variant: Variant, *, first: date, last: date) -> tuple[Published, ...]:
    """The variant's figures from `first` to `last`, both included; none where it counts nothing.

    Two queries for each figure. Raises BadInputError where the period ends before it begins.
    """
    if not variant.settings.figures:
        return ()
    now = count_figures(office, variant, first=first, last=last)
    year_before = variant.calendar.months_after
    # a year before the day after, so that a period that ends with February has all of it
    before = count_figures(office, variant, first=year_before(first, -12), last=year_before(last + _DAY, -12) - _DAY)
    return tuple(
        Published(
            figure=each.figure,
            clauses=tuple(
                variant.policy.get(clause, Clause(id=clause, text="", source="")) for clause in each.figure.clauses
            ),
            count=each.count,
            year_before=earlier.count,
        )
        for each, earlier in zip(now, before, strict=True)
    )


def _count(connection: Connection, council_id: str, figure: Figure, first: date, last: date) -> int:
    if figure.record:
        return count_entries(connection, council_id, figure.record, first, last)
    return count_facts(
        connection, council_id, figure.fact, first, last, value=figure.value,
        is_dated_by_value=figure.is_dated_by_value,
    )  # fmt: skip
