"""Event-based gateways: the first event wins, and its rivals are gone."""

from __future__ import annotations

from tests.runtime.play import Case
from tests.runtime.sketch import (
    boundary,
    catch,
    end,
    event_gateway,
    exclusive,
    receive,
    start,
    sub,
    user,
    wire,
)

EVENTS = (
    start()
    + event_gateway("wait")
    + catch("day", "timer", "P3D")
    + catch("answer", "message", "answered")
    + catch("alarm", "signal", "alarm")
    + receive("letter", "letter_came")
    + user("after_day")
    + user("after_answer")
    + user("after_alarm")
    + user("after_letter")
    + exclusive("merge")
    + end()
    + wire(
        "start wait day after_day merge end",
        "wait answer after_answer merge",
        "wait alarm after_alarm merge",
        "wait letter after_letter merge",
    )
)
ALARM = start("a_start", "message", "sound") + end("a_end", "signal", "alarm") + wire("a_start a_end")


def test_the_first_event_behind_an_event_based_gateway_wins_the_timer() -> None:
    case = Case(EVENTS, alarm=ALARM)
    case.wait(days=3)
    assert case.open() == ["after_day"]
    assert case.can_be_told() == ["sound"]


def test_the_first_event_behind_an_event_based_gateway_wins_the_message() -> None:
    case = Case(EVENTS, alarm=ALARM)
    case.tell("answered")
    case.wait(days=4)
    assert case.open() == ["after_answer"]


def test_the_first_event_behind_an_event_based_gateway_wins_the_receive_task() -> None:
    case = Case(EVENTS, alarm=ALARM)
    case.tell("letter_came")
    case.wait(days=4)
    assert case.open() == ["after_letter"]


def test_the_first_event_behind_an_event_based_gateway_wins_the_signal() -> None:
    case = Case(EVENTS, alarm=ALARM)
    case.tell("sound")
    assert case.open() == ["after_alarm"]
    case.wait(days=4)
    assert case.open() == ["after_alarm"]
    case.complete("after_alarm")
    assert case.is_closed


def test_events_behind_a_gateway_are_gone_with_the_sub_process_that_holds_them() -> None:
    inner = start("s") + event_gateway("wait") + catch("day", "timer", "P3D") + catch("answer", "message", "answered")
    inner += end("e1") + end("e2") + wire("s wait day e1", "wait answer e2")
    case = Case(
        start()
        + sub("inside", inner)
        + boundary("stop", "inside", "message", "withdraw")
        + user("after")
        + end()
        + end("end2")
        + wire("start inside end", "stop after end2")
    )
    case.tell("withdraw")
    assert case.open() == ["after"]
    assert case.can_be_told() == []
    case.wait(days=4)
    case.complete("after")
    assert case.is_closed
