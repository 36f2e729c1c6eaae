"""Boundary events on every activity that waits, interrupting or not."""

from __future__ import annotations

import pytest

from tests.runtime.play import Case
from tests.runtime.sketch import (
    boundary,
    call,
    end,
    exclusive,
    parallel,
    receive,
    send,
    service,
    start,
    sub,
    user,
    wire,
)

# A message start, and an end event that throws: the world's way to throw a signal into a case.
RING = start("ring_s", "message", "ring") + end("ring_e", "signal", "alarm") + wire("ring_s ring_e")


ACTIVITIES = {
    "user": user("host"),
    "service": service("host", "sleeps"),  # no such handler: its job is parked, and its element waits
    "send": send("host", "sleeps"),
    "receive": receive("host", "nothing_comes"),
    "call": call("host"),
    "sub": sub("host", start("s") + user("within") + end("e") + wire("s within e")),
}
CHILD = start("cs") + user("inside") + end("ce") + wire("cs inside ce")
TRIGGERS = {
    "timer": ("P3D", lambda case: case.wait(days=3)),
    "message": ("news", lambda case: case.tell("news")),
    "signal": ("alarm", lambda case: case.tell("ring")),
}


@pytest.mark.parametrize("trigger", TRIGGERS)
@pytest.mark.parametrize("activity", ACTIVITIES)
def test_an_interrupting_boundary_event_ends_its_activity_and_all_below(activity: str, trigger: str) -> None:
    what, happen = TRIGGERS[trigger]
    case = Case(
        start()
        + ACTIVITIES[activity]
        + boundary("on_it", "host", trigger, what)
        + user("after")
        + end()
        + end("e2")
        + wire("start host end", "on_it after e2"),
        child=CHILD,
        ring=RING,
    )
    happen(case)
    assert case.open() == ["after"]
    assert case.stuck() == []
    assert case.can_be_told() == ["ring"]
    case.complete("after")
    assert case.is_closed
    assert set(case.statuses()) <= {"cancelled"}


@pytest.mark.parametrize("trigger", ["message", "signal"])
@pytest.mark.parametrize("activity", ACTIVITIES)
def test_a_boundary_event_that_does_not_interrupt_fires_each_time(activity: str, trigger: str) -> None:
    what, happen = TRIGGERS[trigger]
    case = Case(
        start()
        + ACTIVITIES[activity]
        + boundary("on_it", "host", trigger, what, interrupting=False)
        + user("after")
        + end()
        + end("e2")
        + wire("start host end", "on_it after e2"),
        child=CHILD,
        ring=RING,
    )
    before = case.open()
    happen(case)
    happen(case)
    assert sorted([*before, "after", "after"]) == case.open()


def test_two_tokens_in_one_sub_process_do_not_touch_each_other() -> None:
    inner = start("s") + parallel("p") + user("a") + user("b") + parallel("j") + end("e") + wire("s p a j e", "p b j")
    case = Case(
        start()
        + parallel("twice")
        + exclusive("merge")
        + sub("inside", inner)
        + boundary("stop", "inside", "error", "lost")
        + user("after")
        + end()
        + end("e2")
        + wire("start twice merge inside after end", "stop e2")
        + "".join(['<bpmn:sequenceFlow id="second" sourceRef="twice" targetRef="merge"/>'])
    )
    assert case.open() == ["a", "a", "b", "b"]
    first, second = (task.task_id for task in case.tasks() if task.element_id == "a")
    case.complete("a")
    case.complete("a")
    assert case.open() == ["b", "b"]
    case.complete("b")
    assert case.open() == ["after", "b"]
    case.complete("b")
    assert case.open() == ["after", "after"]
    assert first != second
