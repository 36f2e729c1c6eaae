"""Who does a task is drawn: its lane bears the name of its team."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import error, warning
from engine.check.policy import Policy, quoted
from engine.check.rule import Rule
from engine.check.suggestions import listed
from engine.diagram import ElementKind
from engine.problems import Problem


def look(policy: Policy) -> Iterator[Problem]:
    names = policy.variant.settings.team_names
    for element, process, place in policy.elements():
        if element.kind is not ElementKind.USER:
            continue
        team = element.candidate_groups or ""
        if not process.lanes:
            yield warning(
                place,
                f"{quoted(element)} stands in no lane, so the picture does not say who does it. Draw a lane for each"
                " team.",
            )
        elif element.lane is None:
            yield warning(place, f"{quoted(element)} stands in no lane. Move it into the lane of its team.")
        elif team in names and element.lane != names[team]:
            yield error(
                place,
                f"{quoted(element)} stands in the lane “{element.lane}” and goes into the inbox of “{names[team]}”. "
                "Move it into that lane, or choose the lane's team as its candidate group.",
            )
        elif team.startswith("=") and element.lane not in names.values():
            yield error(
                place,
                f"{quoted(element)} stands in the lane “{element.lane}”, and no team has this name. Teams are:"
                f" {listed(list(names.values()))}.",
            )


RULE = Rule(name="lanes", summary="A task's lane bears the name of its team.", look=look, needs_variant=True)
