"""Each timer's time can be read, and a cycle stands only where it may repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from engine import feel
from engine.check.finding import error
from engine.check.policy import Policy, quoted
from engine.check.rule import Rule
from engine.diagram import Element, ElementKind, EventKind, TimerKind
from engine.errors import FeelError
from engine.problems import Problem

_CYCLE = re.compile(r"R([0-9]{0,6})/(P.+)")


def look(policy: Policy) -> Iterator[Problem]:
    for element, _, place in policy.elements():
        event = element.event
        if event is None or event.kind is not EventKind.TIMER or event.timer is None or event.expression is None:
            continue
        if event.timer is TimerKind.CYCLE and not _may_repeat(element):
            yield error(
                place,
                f"{quoted(element)} repeats, and only a boundary event that does not interrupt may. Write a date or a"
                " duration instead.",
            )
        elif not event.expression.startswith("=") and (sentence := _unreadable(element, event.timer, event.expression)):
            yield error(place, sentence)


def _may_repeat(element: Element) -> bool:
    return element.kind is ElementKind.BOUNDARY and not element.is_interrupting


def _unreadable(element: Element, timer: TimerKind, text: str) -> str | None:
    """What is wrong with a time that is written out rather than computed."""
    if timer is TimerKind.DATE:
        if isinstance(_temporal(text), date | datetime):
            return None
        return (
            f"{quoted(element)} waits until “{text[:60]}”, which is no date. Write one like 2026-05-05, or an"
            ' expression like =due("acknowledge").'
        )
    if timer is TimerKind.DURATION:
        if isinstance(_temporal(text), timedelta | feel.YearsMonthsDuration):
            return None
        return (
            f"{quoted(element)} waits for “{text[:60]}”, which is no duration. Write one like P14D, or better a date:"
            ' =due("…").'
        )
    cycle = _CYCLE.fullmatch(text)
    if cycle is not None and isinstance(_temporal(cycle.group(2)), timedelta | feel.YearsMonthsDuration):
        return None
    return f"{quoted(element)} repeats by “{text[:60]}”, which is no cycle. Write one like R3/P7D."


def _temporal(text: str) -> object:
    try:
        return feel.evaluate('@"' + text.replace("\\", "").replace('"', "") + '"')
    except FeelError:
        return None


RULE = Rule(
    name="timers",
    summary="Each timer's time can be read, and only a boundary event that does not interrupt repeats.",
    look=look,
)
