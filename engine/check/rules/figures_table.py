"""The table of the figures has lines that somebody counts or enters, by areas and limits that there are."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import Place, error, warning
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.check.suggestions import meant
from engine.problems import Problem
from engine.variants import SETTINGS_FILE


def look(policy: Policy) -> Iterator[Problem]:
    place = policy.place_in_settings()
    for sentence in (*_of_lines(policy), *_of_footnotes(policy), *_of_areas(policy), *_of_limits(policy)):
        yield error(place, sentence)
    yield from _of_councils(policy)


def _of_lines(policy: Policy) -> Iterator[str]:
    """A line that is nobody's would be published without a number."""
    settings = policy.variant.settings
    known = {figure.id for figure in settings.figures}
    if policy.publishing is None and any(area.figures_of for area in settings.areas):
        return
    known |= {each.figure for each in settings.entered_figures if each.figure}
    for published in (policy.publishing or {}).values():
        known |= published or frozenset()
    for name in settings.figures_table.figures:
        if name not in known:
            yield (
                f"[figures_table.figures] has a line “{name}”, which nobody counts or enters: no figure under "
                f"[figures] has that id, no council of [[areas]] publishes it, and no [[entered_figures]] is of it. "
                f"{meant(name, sorted(known))}"
            )


def _of_footnotes(policy: Policy) -> Iterator[str]:
    about = {clause for conflict in policy.variant.conflicts for clause in conflict.clauses}
    for clause in policy.variant.settings.figures_table.footnotes:
        if clause not in about:
            yield (
                f"[figures_table] has a footnote on “{clause}”, about which policy.toml lists no conflict. "
                f"{meant(clause, sorted(about))}"
            )


def _of_areas(policy: Policy) -> Iterator[str]:
    """A number of an area that there is not would stand in no line."""
    settings = policy.variant.settings
    areas = sorted(area.id for area in settings.areas)
    for figure in settings.figures:
        if figure.by_area and not areas:
            yield f"[figures.{figure.id}] is by area, and there are no [[areas]]. Write them, or take by_area out."
    for entered in settings.entered_figures:
        named = {area for numbers in entered.by_year.values() for area in numbers} - {"", *areas}
        for area in sorted(named):
            yield f"[[entered_figures]] “{entered.label}” has a number of the area “{area}”. {meant(area, areas)}"


def _of_limits(policy: Policy) -> Iterator[str]:
    limits = sorted(policy.variant.limits)
    for figure in policy.variant.settings.figures:
        for late in (each.late for each in figure.counts if each.late and each.late not in limits):
            yield f"[figures.{figure.id}] counts what is late by the limit “{late}”. {meant(late, limits)}"


def _of_councils(policy: Policy) -> Iterator[Problem]:
    """What a council beside does not publish is not taken; nor are there numbers of one that is not there."""
    if policy.publishing is None:
        return
    for area in policy.variant.settings.areas:
        place = Place(file=SETTINGS_FILE, element_id=f"areas.{area.id}", element_name=area.name)
        if not area.figures_of:
            continue
        if area.figures_of not in policy.publishing:
            yield warning(
                place,
                f"Its figures are to be those of “{area.figures_of}”, and no such folder stands beside this one. "
                f"{meant(area.figures_of, sorted(policy.others), otherwise='Take figures_of out and enter them.')}",
            )
        elif policy.publishing[area.figures_of] is None:
            yield warning(
                place,
                f"Its figures are to be those of “{area.figures_of}”, which publishes none, so that none is taken. "
                "It writes public = true under [figures_table]; or take figures_of out and enter them.",
            )


RULE = Rule(
    name="figures-table",
    summary="Each line of the published table of figures is counted or entered, by areas and limits that there are.",
    look=look, needs_variant=True,
)  # fmt: skip
