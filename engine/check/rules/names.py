"""Everything that a person meets has a name that a person would say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.check.finding import warning
from engine.check.policy import Policy, place_of, quoted
from engine.check.rule import Rule
from engine.diagram import ElementKind
from engine.problems import Problem

_DECIDING = frozenset({ElementKind.EXCLUSIVE, ElementKind.INCLUSIVE})
_MECHANICAL = re.compile(r"(Activity|Event|Gateway|Task|Flow|StartEvent|EndEvent)_[0-9a-z]{6,9}")


def look(policy: Policy) -> Iterator[Problem]:
    for element, process, place in policy.drawn_elements():
        is_split = element.kind in _DECIDING and len(element.outgoing) > 1
        if not element.name and (is_split or element.kind not in _GATEWAYS):
            what = (
                "Write what is decided there, as a question"
                if is_split
                else "Write what is done or has happened, in a policy owner's words"
            )
            yield warning(place, f"The {element.kind} {element.id} has no name. {what}.")
        if _MECHANICAL.fullmatch(element.id):
            yield warning(
                place,
                f"{quoted(element)} has the id {element.id}, by which scenarios and the record call it. Give it one of"
                " words, such as decide_threshold.",
            )
        if is_split:
            for flow_id in element.outgoing:
                flow = process.flows[flow_id]
                if not flow.name and flow.id != element.default_flow:
                    yield warning(
                        place, f"A way out of {quoted(element)} has no name. Write its answer on it, such as “Yes”."
                    )
    for file, process in policy.drawn:
        if not process.name:
            yield warning(
                place_of(file, process), f"The process {process.id} has no name. Give it one, such as “Case review”."
            )
        for lane in process.lanes:
            if not lane.name:
                yield warning(place_of(file, lane), "A lane has no name. Give it the name of its team.")


_GATEWAYS = _DECIDING | {ElementKind.PARALLEL, ElementKind.EVENT_GATEWAY}

RULE = Rule(name="names", summary="Everything that a person meets has a name.", look=look)
