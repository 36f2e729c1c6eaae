"""The figures that are published (L104.9), beside those of the same period a year before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from engine.casework.overview.figures import count_figures
from engine.casework.step.office import Office
from engine.variants import Figure, Variant
from engine.variants.policy import Clause

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    figure: Figure
    clauses: tuple[Clause, ...]
    count: int
    year_before: int


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
