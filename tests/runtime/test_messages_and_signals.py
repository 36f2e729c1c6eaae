"""Messages and signals between the processes of a case, and from the world."""

from __future__ import annotations

import pytest

from engine.errors import NobodyWaitsError
from tests.runtime.play import Case
from tests.runtime.sketch import (
    boundary,
    call,
    catch,
    end,
    parallel,
    receive,
    start,
    sub,
    throw,
    user,
    wire,
)


def test_a_message_that_a_diagram_throws_reaches_the_one_who_waits() -> None:
    case = Case(
        start()
        + parallel("split")
        + user("act")
        + throw("say", "message", "news")
        + end()
        + catch("hear", "message", "news")
        + user("heard")
        + end("e2")
        + wire("start split act say end", "split hear heard e2")
    )
    case.complete("act")
    assert case.open() == ["heard"]


def test_a_message_end_event_starts_the_process_of_that_name() -> None:
    case = Case(
        start() + end("end", "message", "review") + wire("start end"),
        further=start("fs", "message", "review") + user("review_it") + end("fe") + wire("fs review_it fe"),
    )
    assert case.open() == ["review_it"]
    assert not case.is_closed
    case.complete("review_it")
    assert case.is_closed


def test_a_thrown_message_for_which_nobody_waits_is_an_incident_and_is_delivered_on_retry() -> None:
    case = Case(
        start()
        + parallel("split")
        + throw("say", "message", "news")
        + end()
        + user("act")
        + catch("hear", "message", "news")
        + user("heard")
        + end("e2")
        + wire("start split say end", "split act hear heard e2")
    )
    assert case.stuck() == ["say"]
    case.complete("act")
    assert case.open() == []
    case.retry()
    assert case.open() == ["heard"]


def test_a_message_that_nobody_waits_for_is_refused_and_says_what_can_be_told() -> None:
    case = Case(start() + receive("hear", "news") + end() + wire("start hear end"))
    before = case.record()
    with pytest.raises(NobodyWaitsError, match="It can be told: news"):
        case.tell("olds")
    assert case.record() == before
    case.tell("news", weather="fine")
    assert case.is_closed
    assert case.facts()["weather"] == "fine"


def test_a_message_starts_another_process_while_the_main_one_runs() -> None:
    case = Case(
        start() + user("act") + end() + wire("start act end"),
        appeal=start("as", "message", "appeal") + user("hear_appeal") + end("ae") + wire("as hear_appeal ae"),
    )
    case.tell("appeal", grounds="new facts")
    case.tell("appeal")
    assert case.open() == ["act", "hear_appeal", "hear_appeal"]
    case.complete("act")
    case.complete("hear_appeal")
    assert not case.is_closed
    case.complete("hear_appeal")
    assert case.is_closed
    case.tell("appeal")
    assert not case.is_closed
    assert case.told("case reopened") != []


def test_a_message_event_may_map_what_it_brings_to_a_fact_of_another_name() -> None:
    case = Case(
        start() + catch("hear", "message", "news", outputs={"last_heard": "=weather"}) + end() + wire("start hear end")
    )
    case.tell("news", weather="fine")
    assert case.facts() == {"weather": "fine", "last_heard": "fine"}


def test_a_signal_is_heard_by_every_instance_that_waits_and_by_its_thrower() -> None:
    child = (
        start("cs")
        + user("inside")
        + boundary("heard", "inside", "signal", "alarm")
        + user("child_after")
        + end("ce")
        + end("ce2")
        + wire("cs inside ce", "heard child_after ce2")
    )
    case = Case(
        start()
        + parallel("split")
        + user("act")
        + throw("shout", "signal", "alarm")
        + end()
        + catch("hear", "signal", "alarm")
        + user("main_after")
        + end("e2")
        + call("each", over="=[1,2,3]")
        + end("e3")
        + wire("start split act shout end", "split hear main_after e2", "split each e3"),
        child=child,
        also=start("als", "signal", "alarm") + user("also_after") + end("ale") + wire("als also_after ale"),
    )
    assert case.open() == ["act", "inside", "inside", "inside"]
    case.complete("act")
    assert case.open() == ["also_after", "child_after", "child_after", "child_after", "main_after"]
    assert case.told("signal")[0]["heard"] == 5


def test_a_signal_that_nobody_hears_is_recorded_and_the_flow_goes_on() -> None:
    case = Case(start() + throw("shout", "signal", "alarm") + end() + wire("start shout end"))
    assert case.is_closed
    assert case.told("signal")[0]["heard"] == 0


def test_a_signal_reaches_a_boundary_event_of_its_own_sub_process() -> None:
    case = Case(
        start()
        + sub("inside", start("s") + throw("shout", "signal", "alarm") + user("act") + end("e") + wire("s shout act e"))
        + boundary("heard", "inside", "signal", "alarm")
        + user("after")
        + end()
        + end("e2")
        + wire("start inside end", "heard after e2")
    )
    assert case.open() == ["after"]
