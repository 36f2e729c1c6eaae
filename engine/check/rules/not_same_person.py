"""`not_same_person_as` names other user tasks of the case."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import error
from engine.check.policy import Policy, quoted
from engine.check.rule import Rule
from engine.check.suggestions import meant
from engine.diagram import ElementKind
from engine.problems import Problem


def look(policy: Policy) -> Iterator[Problem]:
    tasks = {element.id for element, _, _ in policy.elements() if element.kind is ElementKind.USER}
    tasks |= policy.variant.untold
    for element, _, place in policy.elements():
        for other in element.properties.get("not_same_person_as", "").replace(",", " ").split():
            if other == element.id:
                yield error(place, f"{quoted(element)} names itself in not_same_person_as. Take it out.")
            elif other not in tasks:
                hint = meant(other, list(tasks), otherwise="Write the id of a user task.")
                yield error(
                    place,
                    f"{quoted(element)} may not be done by who did “{other}”, and no user task has this id. {hint}",
                )


RULE = Rule(
    name="not-same-person",
    summary="Whoever may not do a task is named by the ids of user tasks that there are.",
    look=look,
    needs_variant=True,
)
