"""A number that was published before the system is of a year that has begun, and of a figure that there is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.check.finding import error
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.check.suggestions import meant
from engine.problems import Problem


def look(policy: Policy) -> Iterator[Problem]:
    settings = policy.variant.settings
    figures = {figure.id for figure in settings.figures} | set(settings.figures_table.figures)
    month, day = settings.year_begins
    for entered in settings.entered_figures:
        for year in sorted(entered.by_year):
            if policy.today is not None and (year > policy.today.year or date(year, month, day) > policy.today):
                yield error(
                    policy.place_in_settings(),
                    f"[[entered_figures]] “{entered.label}” has a number of {year}, a year that has not begun. Check "
                    "the year.",
                )
        if entered.figure and entered.figure not in figures:
            yield error(
                policy.place_in_settings(),
                f"[[entered_figures]] “{entered.label}” counts what the figure {entered.figure} counts, and there is "
                f"none of that id under [figures] or [figures_table.figures]. {meant(entered.figure, sorted(figures))}",
            )


RULE = Rule(
    name="entered-years",
    summary="A number that was published before the system is of a year that has begun, and of a figure that there is.",
    look=look, needs_variant=True,
)  # fmt: skip
