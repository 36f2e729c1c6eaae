"""Boundary events sit on activities that wait, and an error always interrupts."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import error
from engine.check.policy import Policy, quoted
from engine.check.rule import Rule
from engine.diagram import Element, ElementKind, EventKind
from engine.problems import Problem

HOSTS = frozenset(
    {
        *(ElementKind.USER, ElementKind.SERVICE, ElementKind.SEND, ElementKind.RECEIVE),
        *(ElementKind.CALL, ElementKind.SUBPROCESS),
    }
)


def look(policy: Policy) -> Iterator[Problem]:
    for element, process, place in policy.elements():
        if element.kind is not ElementKind.BOUNDARY:
            continue
        host = process.elements.get(element.attached_to or "")
        # a missing host is said by the allow-list
        if host is not None and ((sentence := _unfit(element, host)) or (sentence := _never_caught(element, host))):
            yield error(place, sentence)
        kind = element.event.kind if element.event is not None else None
        if kind is EventKind.ERROR and not element.is_interrupting:
            yield error(
                place,
                f"{quoted(element)} catches an error and does not interrupt. Make it interrupting: what failed has"
                " ended.",
            )
        if (
            kind is EventKind.ESCALATION
            and element.attached_to
            and _twin(element, process.boundaries[element.attached_to])
        ):
            yield error(
                place,
                f"{quoted(element)} catches the same escalation as another event on its border. Take one of them out.",
            )
        if kind is EventKind.ERROR and element.attached_to and _twin(element, process.boundaries[element.attached_to]):
            yield error(
                place, f"{quoted(element)} catches the same error as another event on its border. Take one of them out."
            )


def _unfit(element: Element, host: Element) -> str | None:
    if host.is_event_subprocess:
        return (
            f"{quoted(element)} sits on the event sub-process {quoted(host)}. Put what is inside into an embedded "
            "sub-process, and draw it on the border of that."
        )
    if host.kind in HOSTS or host.kind is ElementKind.UNSUPPORTED:
        return None
    if host.kind in (ElementKind.SCRIPT, ElementKind.RULE, ElementKind.PLAIN):
        return (
            f"{quoted(element)} sits on the {host.what} {quoted(host)}, which is done at once and never waits. Take the"
            " event off, or make the task a service task."
        )
    return (
        f"{quoted(element)} sits on the {host.kind} {quoted(host)}. Draw it on the border of a task, call activity or"
        " sub-process."
    )


def _never_caught(element: Element, host: Element) -> str | None:
    """An error or escalation on a task that throws none."""
    kind = element.event.kind if element.event is not None else EventKind.NONE
    if kind is EventKind.ESCALATION and host.kind not in (ElementKind.CALL, ElementKind.SUBPROCESS):
        return (
            f"{quoted(element)} waits for an escalation of {quoted(host)}, and a {host.kind} throws none. Draw it on a"
            " call activity or sub-process."
        )
    if kind is EventKind.ERROR and host.kind in (ElementKind.USER, ElementKind.RECEIVE):
        return (
            f"{quoted(element)} waits for an error of {quoted(host)}, and a {host.kind} throws none. Draw an exclusive "
            "gateway behind it instead."
        )
    return None


def _twin(element: Element, others: tuple[Element, ...]) -> bool:
    """Whether an earlier event on the same border catches the same."""
    for other in others:
        if other is element:
            return False
        if (
            other.event is not None
            and element.event is not None
            and (other.event.kind, other.event.code) == (element.event.kind, element.event.code)
        ):
            return True
    return False


RULE = Rule(
    name="boundary-events", summary="Boundary events sit on activities that wait, and catch what can come.", look=look
)
