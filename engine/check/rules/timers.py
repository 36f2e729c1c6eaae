"""Each timer's time can be read, and a cycle stands only where it may repeat."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import error
from engine.check.policy import Policy, quoted
from engine.check.rule import Rule
from engine.check.values.needs import wrong_moment
from engine.diagram import Element, EventKind, TimerKind
from engine.problems import Problem

_NO = {TimerKind.DATE: "no date", TimerKind.DURATION: "no duration", TimerKind.CYCLE: "no cycle that can run"}


def look(policy: Policy) -> Iterator[Problem]:
    for element, _, place in policy.elements():
        event = element.event
        if event is None or event.kind is not EventKind.TIMER or event.timer is None or event.expression is None:
            continue
        if event.timer is TimerKind.CYCLE and not element.may_happen_again:
            yield error(
                place,
                f"{quoted(element)} repeats, and only what does not interrupt may: a boundary event, or the start of"
                " an event sub-process. Write a date or a duration instead.",
            )
        elif not event.expression.startswith("=") and (sentence := _unreadable(element, event.timer, event.expression)):
            yield error(place, sentence)


def _unreadable(element: Element, timer: TimerKind, text: str) -> str | None:
    """What is wrong with a time that is written out rather than computed."""
    wrong = wrong_moment(text, timer)
    if wrong is None:
        return None
    how = {TimerKind.DATE: "waits until", TimerKind.DURATION: "waits for", TimerKind.CYCLE: "repeats by"}[timer]
    return f"{quoted(element)} {how} “{text[:60]}”, which is {_NO[timer]}. {wrong}"


RULE = Rule(
    name="timers",
    summary="Each timer's time can be read, and only what waits beside something and does not interrupt repeats.",
    look=look,
)
