"""A plan with the numbers that the case has given out for it, and what can be told of it then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from engine.casework.migration.came import Came
from engine.casework.migration.plan import CasePlan, InstancePlan
from engine.runtime import Token


def numbered(plan: CasePlan, numbers: Mapping[int, int]) -> CasePlan:
    """The plan with the numbers that the tokens of new sub-processes have got."""

    def of(number: int | None) -> int | None:
        return numbers.get(number, number) if number is not None else None

    def renumbered(token: Token) -> Token:
        return replace(token, number=of(token.number) or 0, scope=of(token.scope))

    instances = [
        InstancePlan(
            number=each.number,
            process=each.process,
            tokens={token.number: token for token in map(renumbered, each.tokens.values())},
            opened=[numbers[placeholder] for placeholder in each.opened],
            ended=each.ended,
            armed=[replace(event, scope=of(event.scope), host=of(event.host)) for event in each.armed],
            became=each.became,
            fresh=each.fresh,
            is_cut_short=each.is_cut_short,
        )
        for each in plan.instances
    ]
    return replace(plan, instances=tuple(instances))


def came_to(plan: CasePlan, came: Came) -> Mapping[int, datetime]:
    """Since when what events wait beside is there; a new sub-process, since the first came that stands in it."""
    found: dict[int, datetime] = {}
    for each in plan.instances:
        hosts = {event.host or event.gate for event in each.armed} | {each.number}
        found |= {host: came.since(host) for host in hosts if host is not None}
        for number in reversed(each.opened):
            inside = [token.number for token in each.tokens.values() if token.scope == number]
            found[number] = min(found.get(held) or came.since(held) for held in inside)
    return found


def opened(plan: InstancePlan) -> list[str]:
    """What the new sub-processes are called."""
    return [plan.process.elements[plan.tokens[number].element_id].label for number in plan.opened]


def renamed(plan: CasePlan) -> tuple[tuple[str, str], ...]:
    """What bears another name: (was, is)."""
    pairs = (pair for each in plan.instances for pair in each.became.values())
    return tuple(dict.fromkeys((was.label, now.label) for was, now in pairs if was.label != now.label))
