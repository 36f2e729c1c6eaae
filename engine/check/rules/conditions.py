"""A gateway that decides says by what: a condition on each way out but the default, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import error, warning
from engine.check.named_ways import Labels, changed_over, labels_of
from engine.check.policy import Policy, place_of, quoted
from engine.check.rule import Rule
from engine.diagram import Element, ElementKind, Flow, Process
from engine.diagram.allow_list import ACTIVITIES
from engine.problems import Problem

DECIDING = frozenset({ElementKind.EXCLUSIVE, ElementKind.INCLUSIVE})


def look(policy: Policy) -> Iterator[Problem]:
    labels = labels_of(list(policy.folder.forms.values())) if policy.folder is not None else {}
    for file, process in policy.drawn:
        for element in process.elements.values():
            flows = [process.flows[flow] for flow in element.outgoing]
            if element.kind is ElementKind.UNSUPPORTED:
                continue
            asks = any(flow.condition is not None for flow in flows)
            if element.kind in ACTIVITIES and len(flows) > 1 and (asks or element.default_flow is not None):
                yield from _of_activity(file, element, flows, process)
            elif element.kind not in DECIDING:
                for flow in flows:
                    if flow.condition is not None:
                        yield error(
                            place_of(file, flow),
                            f"{_way(flow, process)} has a condition, and {quoted(element)} is no gateway that decides. "
                            "Draw an exclusive gateway and put the condition on a flow behind it.",
                        )
            elif len(flows) == 1 and flows[0].condition is not None:
                yield error(
                    place_of(file, flows[0]),
                    f"{_way(flows[0], process)} has a condition and is the only way out of {quoted(element)}. Draw the "
                    "way for when it is not true, or take the condition out.",
                )
            elif len(flows) > 1:
                yield from _of_gateway(file, element, flows, process)
                yield from _of_names(file, element, flows, labels)


def _of_activity(file: str, element: Element, flows: list[Flow], process: Process) -> Iterator[Problem]:
    """Behind an activity a way without a condition is always taken, and a default only where no condition is true."""
    default = next((flow for flow in flows if flow.id == element.default_flow), None)
    others = [flow for flow in flows if flow is not default]
    if default is not None and default.condition is None and any(flow.condition is None for flow in others):
        yield error(
            place_of(file, default),
            f"{_way(default, process)} is the default of {quoted(element)} and is never taken: another way out of it "
            "has no condition and always is. Write its condition, or take the default out.",
        )
    yield from _of_default(file, element, flows, process)


def _of_default(file: str, element: Element, flows: list[Flow], process: Process) -> Iterator[Problem]:
    for flow in flows:
        if flow.id == element.default_flow and flow.condition is not None:
            yield error(
                place_of(file, flow),
                f"{_way(flow, process)} is the default of {quoted(element)} and has a condition, which nobody would "
                "look at. Take the condition out, or choose another default.",
            )
    if element.default_flow is None and all(flow.condition is not None for flow in flows):
        yield warning(
            place_of(file, element),
            f"{quoted(element)} has no default flow: where none of its conditions is true, the case stops there. Make "
            "one of its flows the default.",
        )


def _of_gateway(file: str, element: Element, flows: list[Flow], process: Process) -> Iterator[Problem]:
    for flow in flows:
        if flow.id != element.default_flow and flow.condition is None:
            yield error(
                place_of(file, flow),
                f"{_way(flow, process)} has no condition. Write when it is taken, or make it the default flow of "
                f"{quoted(element)}.",
            )
    yield from _of_default(file, element, flows, process)


def _of_names(file: str, element: Element, flows: list[Flow], labels: Labels) -> Iterator[Problem]:
    for flow, other, choice in changed_over(flows, labels):
        yield warning(
            place_of(file, flow),
            f"The way “{flow.name}” out of {quoted(element)} is taken where {_asked(flow)}, and it is the way "
            f"“{other.name}” that is taken where it is “{choice}”. Change the two conditions over, or the names.",
        )


def _asked(flow: Flow) -> str:
    return (flow.condition or "").removeprefix("=").strip()


def _way(flow: Flow, process: Process) -> str:
    if flow.name:
        return f"The way “{flow.name}”"
    target = process.elements.get(flow.target)
    return f"The way to {quoted(target)}" if target is not None else f"The flow {flow.id}"


RULE = Rule(name="conditions", summary="Each way out of a deciding gateway but its default has a condition.", look=look)
