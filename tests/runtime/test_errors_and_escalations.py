"""Errors and escalations: caught by the innermost border that catches them, then outward."""

from __future__ import annotations

from tests.runtime.play import Case
from tests.runtime.sketch import (
    boundary,
    call,
    end,
    parallel,
    send,
    service,
    start,
    sub,
    throw,
    user,
    wire,
)


def _failing(code: str) -> str:
    return start("s") + user("act") + end("e", "error", code) + wire("s act e")


def test_an_error_end_event_is_caught_on_the_border_of_its_sub_process() -> None:
    case = Case(
        start()
        + sub("inside", _failing("lost"))
        + boundary("caught", "inside", "error", "lost")
        + user("after")
        + end()
        + end("e2")
        + wire("start inside end", "caught after e2")
    )
    case.complete("act")
    assert case.open() == ["after"]


def test_an_error_cancels_whatever_else_runs_in_its_sub_process() -> None:
    inner = start("s") + parallel("p") + user("act") + user("beside") + end("e", "error", "lost") + end("e3")
    inner += wire("s p act e", "p beside e3")
    case = Case(
        start()
        + sub("inside", inner)
        + boundary("caught", "inside", "error", "lost")
        + user("after")
        + end()
        + end("e2")
        + wire("start inside end", "caught after e2")
    )
    case.complete("act")
    assert case.open() == ["after"]


def test_an_error_passes_borders_that_catch_others_until_one_catches_it() -> None:
    inner = sub(
        "b",
        sub("c", _failing("lost"))
        + boundary("c_other", "c", "error", "other")
        + start("bs")
        + end("be")
        + end("bo")
        + wire("bs c be", "c_other bo"),
    )
    case = Case(
        start()
        + sub(
            "a",
            inner,
            boundary("b_any_other", "b", "error", "another"),
            start("as"),
            end("ae"),
            end("ao"),
            wire("as b ae", "b_any_other ao"),
        )
        + boundary("caught", "a", "error", "lost")
        + user("after")
        + end()
        + end("e2")
        + wire("start a end", "caught after e2")
    )
    case.complete("act")
    assert case.open() == ["after"]


def test_of_two_borders_the_one_that_names_the_code_catches_it() -> None:
    case = Case(
        start()
        + sub("inside", _failing("lost"))
        + boundary("any", "inside", "error")
        + boundary("named", "inside", "error", "lost")
        + user("after_any")
        + user("after_named")
        + end()
        + end("e2")
        + end("e3")
        + wire("start inside end", "any after_any e2", "named after_named e3")
    )
    case.complete("act")
    assert case.open() == ["after_named"]


def test_an_error_of_a_child_inside_a_sub_process_goes_outward_past_what_does_not_catch_it() -> None:
    failing = start("ds") + user("act") + end("de", "error", "lost") + wire("ds act de")
    child = start("cs") + sub("deep", failing) + boundary("deep_other", "deep", "error", "other") + end("ce")
    child += end("ce2") + wire("cs deep ce", "deep_other ce2")
    middle = (
        start("ms")
        + call("inner", "child")
        + boundary("inner_other", "inner", "error", "other")
        + end("me")
        + end("me2")
    )
    middle += wire("ms inner me", "inner_other me2")
    case = Case(
        start()
        + sub("around", start("s") + call("outer", "middle") + end("e") + wire("s outer e"))
        + boundary("caught", "around", "error", "lost")
        + user("after")
        + end()
        + end("e2")
        + wire("start around end", "caught after e2"),
        middle=middle,
        child=child,
    )
    case.complete("act")
    assert case.open() == ["after"]
    assert case.statuses("child") == case.statuses("middle") == ["cancelled"]


def test_an_error_that_nothing_catches_parks_and_the_rest_of_the_case_goes_on() -> None:
    case = Case(
        start()
        + parallel("p")
        + call("calls")
        + user("beside")
        + parallel("j")
        + end()
        + wire("start p calls j end", "p beside j"),
        child=_failing("lost"),
    )
    case.complete("act")
    assert case.stuck() == ["e"]
    assert "fault “lost”" in case.told("incident")[0]["message"]
    case.complete("beside")
    case.resolve()
    assert case.is_closed


def test_a_business_fault_of_a_handler_is_caught_on_the_border_of_its_task() -> None:
    case = Case(
        start()
        + service("post", inputs={"fault": "lost"})
        + boundary("caught", "post", "error", "lost")
        + user("after")
        + end()
        + end("e2")
        + wire("start post end", "caught after e2")
    )
    assert case.open() == ["after"]
    assert case.told("business fault")[0]["code"] == "lost"


def test_a_business_fault_goes_outward_to_the_call_activity_of_the_parent() -> None:
    case = Case(
        start()
        + call("calls")
        + boundary("caught", "calls", "error", "lost")
        + user("after")
        + end()
        + end("e2")
        + wire("start calls end", "caught after e2"),
        child=start("cs") + send("post", inputs={"fault": "lost"}) + end("ce") + wire("cs post ce"),
    )
    assert case.open() == ["after"]
    assert case.statuses() == ["cancelled"]


def test_a_business_fault_that_nothing_catches_parks_the_job() -> None:
    case = Case(
        start() + service("post", inputs={"fault": "lost"}) + user("after") + end() + wire("start post after end")
    )
    assert case.stuck() == ["post"]
    case.resolve()
    assert case.open() == ["after"]


def _escalating(times: int = 1, code: str = "up") -> str:
    throws = [f"throw_{n}" for n in range(times)]
    return (
        start("s")
        + "".join(throw(each, "escalation", code) for each in throws)
        + user("act")
        + end("e")
        + wire(f"s {' '.join(throws)} act e")
    )


def test_an_escalation_that_does_not_interrupt_is_caught_each_time() -> None:
    case = Case(
        start()
        + sub("inside", _escalating(3))
        + boundary("caught", "inside", "escalation", "up", interrupting=False)
        + user("after")
        + end()
        + end("e2")
        + wire("start inside end", "caught after e2")
    )
    assert case.open() == ["act", "after", "after", "after"]


def test_an_escalation_that_interrupts_ends_its_own_thrower() -> None:
    case = Case(
        start()
        + sub("inside", _escalating(3))
        + boundary("caught", "inside", "escalation", "up")
        + user("after")
        + end()
        + end("e2")
        + wire("start inside end", "caught after e2")
    )
    assert case.open() == ["after"]
    case.complete("after")
    assert case.is_closed


def test_an_interrupting_escalation_of_a_child_ends_the_child_and_its_brothers() -> None:
    case = Case(
        start()
        + call("calls", over="=[1,2,3]")
        + boundary("caught", "calls", "escalation", "up")
        + user("after")
        + end()
        + end("e2")
        + wire("start calls end", "caught after e2"),
        child=start("cs")
        + user("first")
        + throw("t", "escalation", "up")
        + user("act")
        + end("ce")
        + wire("cs first t act ce"),
    )
    case.complete("first")
    assert case.open() == ["after"]
    assert case.statuses() == ["cancelled"] * 3
    case.complete("after")
    assert case.is_closed


def test_an_escalation_end_event_of_a_child_is_caught_and_the_child_ends() -> None:
    case = Case(
        start()
        + call("calls")
        + boundary("caught", "calls", "escalation", "up", interrupting=False)
        + user("after")
        + end()
        + end("e2")
        + wire("start calls end", "caught after e2"),
        child=start("cs") + end("ce", "escalation", "up") + wire("cs ce"),
    )
    assert case.open() == ["after"]
    assert case.statuses() == ["completed"]
    case.complete("after")
    assert case.is_closed


def test_an_escalation_that_nothing_catches_is_recorded_and_the_flow_goes_on() -> None:
    case = Case(start() + call("calls") + end() + wire("start calls end"), child=_escalating())
    assert case.open() == ["act"]
    assert case.told("escalation not caught")[0]["code"] == "up"
