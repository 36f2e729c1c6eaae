"""Terminate end events and withdrawal: what they take with them."""

from __future__ import annotations

from tests.runtime.play import Case
from tests.runtime.sketch import (
    boundary,
    call,
    catch,
    end,
    parallel,
    service,
    start,
    sub,
    user,
    wire,
)

CHILD = start("cs") + user("inside") + end("ce") + wire("cs inside ce")


def test_a_terminate_end_event_ends_its_process_and_all_its_children() -> None:
    case = Case(
        start()
        + parallel("p")
        + user("stop")
        + end("end", "terminate")
        + user("beside")
        + end("e2")
        + call("calls", over="=[1,2]")
        + end("e3")
        + sub("box", start("s") + user("deep") + end("e") + wire("s deep e"))
        + end("e4")
        + wire("start p stop end", "p beside e2", "p calls e3", "p box e4"),
        child=CHILD,
    )
    assert case.open() == ["beside", "deep", "inside", "inside", "stop"]
    case.complete("stop")
    assert case.open() == []
    assert case.statuses() == ["cancelled", "cancelled"]
    assert case.is_closed


def test_a_terminate_end_event_in_a_sub_process_ends_only_that() -> None:
    inner = (
        start("s")
        + parallel("p")
        + user("stop")
        + end("e", "terminate")
        + user("beside")
        + end("e3")
        + wire("s p stop e", "p beside e3")
    )
    case = Case(start() + sub("inside", inner) + user("after") + end() + wire("start inside after end"))
    case.complete("stop")
    assert case.open() == ["after"]


def test_a_terminate_end_event_in_a_child_ends_only_the_child() -> None:
    child = start("cs") + parallel("p") + user("stop") + end("ce", "terminate") + user("beside") + end("ce2")
    child += wire("cs p stop ce", "p beside ce2")
    case = Case(start() + call("calls") + user("after") + end() + wire("start calls after end"), child=child)
    case.complete("stop")
    assert case.open() == ["after"]
    assert case.statuses() == ["completed"]


def test_a_terminate_that_comes_before_a_brother_has_begun_leaves_no_trace_of_it() -> None:
    case = Case(
        start()
        + parallel("a_split")
        + end("b_stop", "terminate")
        + user("c_act")
        + end()
        + wire("start a_split b_stop", "a_split c_act end")
    )
    assert case.is_closed
    assert case.told("task created") == case.told("task cancelled") == []


def test_a_withdrawal_cancels_everything_below_in_children_too() -> None:
    grandchild = start("gs") + service("post", "sleeps") + end("ge") + wire("gs post ge")
    child = start("cs") + parallel("p") + user("inside") + call("deeper", "grandchild") + catch("wait", "timer", "P9D")
    child += catch("hear", "message", "answer") + parallel("j") + end("ce")
    child += wire("cs p inside j ce", "p deeper j", "p wait j", "p hear j")
    case = Case(
        start()
        + sub("all", start("s") + call("calls", "child", over="=[1,2]") + end("e") + wire("s calls e"))
        + boundary("withdrawn", "all", "message", "withdraw")
        + user("confirm")
        + end()
        + end("e2")
        + wire("start all end", "withdrawn confirm e2"),
        child=child,
        grandchild=grandchild,
    )
    assert case.open() == ["inside", "inside"]
    assert case.stuck() == ["post", "post"]
    case.tell("withdraw")
    assert case.open() == ["confirm"]
    assert case.stuck() == []
    assert case.can_be_told() == []
    assert case.statuses("child") == case.statuses("grandchild") == ["cancelled", "cancelled"]
    case.wait(days=30)
    case.complete("confirm")
    assert case.is_closed
    assert case.is_record_whole()


def test_a_message_boundary_takes_fifty_children_with_it() -> None:
    case = Case(
        start()
        + call("calls", over="=for i in 1..50 return i")
        + boundary("withdrawn", "calls", "message", "withdraw")
        + end()
        + end("e2")
        + wire("start calls end", "withdrawn e2"),
        child=CHILD,
    )
    assert len(case.open()) == 50
    case.complete("inside")
    case.tell("withdraw")
    assert case.open() == []
    assert sorted(case.statuses()) == ["cancelled"] * 49 + ["completed"]
    assert case.is_closed
