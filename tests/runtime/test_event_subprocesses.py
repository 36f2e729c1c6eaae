"""Event sub-processes, in a process and in embedded sub-processes, interrupting or not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.errors import DiagramNotRunnableError, NobodyWaitsError
from tests.runtime.play import Case
from tests.runtime.sketch import (
    boundary,
    call,
    catch,
    end,
    event_start,
    event_sub,
    parallel,
    service,
    start,
    sub,
    throw,
    user,
    wire,
)

# A message start, and an end event that throws: the world's way to throw a signal into a case.
RING = start("ring_s", "message", "ring") + end("ring_e", "signal", "alarm") + wire("ring_s ring_e")
TRIGGERS = {
    "timer": ("P3D", lambda case: case.wait(days=3)),
    "message": ("news", lambda case: case.tell("news")),
    "signal": ("alarm", lambda case: case.tell("ring")),
}


def event_part(kind: str, what: str, n: str = "", *, interrupting: bool = True) -> str:
    """An event sub-process with one task in it; `n` tells its elements from those of another."""
    begun = event_start(f"heard{n}", kind, what, interrupting=interrupting)
    body = begun + user(f"answer{n}") + end(f"answered{n}") + wire(f"heard{n} answer{n} answered{n}")
    return event_sub(f"esp{n}", body)


MAIN = start() + user("work") + end() + wire("start work end")


def in_process(part: str) -> Case:
    return Case(MAIN + part, ring=RING)


def in_subprocess(part: str) -> Case:
    inside = start("s") + user("work") + end("e") + wire("s work e") + part
    return Case(start() + sub("stage", inside) + user("after") + end() + wire("start stage after end"), ring=RING)


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_an_interrupting_one_ends_the_process_and_closes_it(trigger: str) -> None:
    what, happen = TRIGGERS[trigger]
    case = in_process(event_part(trigger, what))
    happen(case)
    assert case.open() == ["answer"]
    assert case.can_be_told() == ["ring"], "what began it does not begin it twice"
    case.complete("answer")
    assert case.is_closed
    assert case.stuck() == []
    assert case.is_record_whole()


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_an_interrupting_one_ends_the_sub_process_and_the_flow_goes_on_behind_it(trigger: str) -> None:
    what, happen = TRIGGERS[trigger]
    case = in_subprocess(event_part(trigger, what))
    happen(case)
    assert case.open() == ["answer"]
    case.complete("answer")
    assert case.open() == ["after"]
    assert case.can_be_told() == ["ring"], "with its level it waits no more"
    case.complete("after")
    assert case.is_closed


@pytest.mark.parametrize("trigger", ["message", "signal"])
@pytest.mark.parametrize("place", [in_process, in_subprocess])
def test_one_that_does_not_interrupt_begins_each_time_and_the_level_waits_for_all(
    place: Callable[[str], Case], trigger: str
) -> None:
    what, happen = TRIGGERS[trigger]
    case = place(event_part(trigger, what, interrupting=False))
    happen(case)
    happen(case)
    assert case.open() == ["answer", "answer", "work"]
    case.complete("work")
    assert case.open() == ["answer", "answer"]
    case.complete("answer")
    happen(case)
    assert case.open() == ["answer", "answer"], "as long as one of them runs, the level is not over"
    case.complete("answer")
    case.complete("answer")
    assert case.open() == ([] if place is in_process else ["after"])
    assert case.is_closed is (place is in_process)


def test_a_cycle_begins_one_each_time_it_comes_round() -> None:
    case = in_process(event_part("timer", "R2/P7D", interrupting=False))
    case.wait(days=7)
    assert case.open() == ["answer", "work"]
    case.wait(days=7)
    assert case.open() == ["answer", "answer", "work"]
    case.wait(days=7)
    assert case.open() == ["answer", "answer", "work"]


def test_a_day_that_has_passed_begins_it_once() -> None:
    case = in_process(event_part("timer", "P7D", interrupting=False))
    case.wait(days=30)
    assert case.open() == ["answer", "work"]


def test_of_two_timers_at_the_same_moment_the_interrupting_one_beside_the_level_comes_first() -> None:
    main = start() + catch("later", "timer", "P7D") + user("after") + end() + wire("start later after end")
    case = Case(main + event_part("timer", "P7D"))
    case.wait(days=7)
    assert case.open() == ["answer"]
    assert case.stuck() == []


def test_a_level_that_ends_in_the_step_in_which_it_begins_leaves_nothing_that_waits() -> None:
    case = Case(start() + end() + wire("start end") + event_part("timer", "P7D"))
    assert case.is_closed
    case.wait(days=8)
    assert case.open() == []


def test_a_level_that_is_over_waits_for_nothing_of_it() -> None:
    case = in_process(event_part("timer", "P7D"))
    case.complete("work")
    assert case.is_closed
    case.wait(days=8)
    assert case.open() == []


def test_what_comes_with_the_message_is_known_and_its_condition_and_form_are_asked() -> None:
    begun = event_start("heard", "message", "news", allowed_when="=ready", refused_because="Not before it is ready.")
    part = event_sub("esp", begun + user("answer") + end("answered") + wire("heard answer answered"))
    case = Case(MAIN + part, answers={"ready": False})
    with pytest.raises(NobodyWaitsError, match="Not before it is ready"):
        case.tell("news", why="late")
    case.correct("ready", True)
    case.tell("news", why="late")
    assert case.open() == ["answer"]
    assert case.facts()["why"] == "late"


def test_outputs_of_its_start_become_facts() -> None:
    begun = event_start("heard", "message", "news", outputs={"reason": "=why"})
    case = Case(MAIN + event_sub("esp", begun + user("answer") + end("answered") + wire("heard answer answered")))
    case.tell("news", why="late")
    assert case.facts()["reason"] == "late"


def test_an_error_on_the_level_ends_it_and_begins_its_event_sub_process() -> None:
    inside = start("s") + parallel("p") + user("a") + user("b") + end("lost", "error", "lost") + end("e")
    inside += wire("s p a lost", "p b e") + event_part("error", "lost")
    case = Case(
        start()
        + sub("stage", inside)
        + boundary("border", "stage", "error", "lost")
        + user("after")
        + user("caught")
        + end()
        + end("e2")
        + wire("start stage after end", "border caught e2")
    )
    case.complete("a")
    assert case.open() == ["answer"], "before the boundary event of the sub-process, and b has ended"
    case.complete("answer")
    assert case.open() == ["after"]


def test_the_fault_of_a_handler_begins_one_in_the_process() -> None:
    main = start() + service("work_it", inputs={"fault": "lost"}) + end() + wire("start work_it end")
    case = Case(main + event_part("error", ""))
    case.work()
    assert case.open() == ["answer"]
    assert case.stuck() == []


def test_an_error_in_an_event_sub_process_goes_outward() -> None:
    begun = event_start("heard", "message", "news")
    part = event_sub("esp", begun + end("lost", "error", "lost") + wire("heard lost"))
    inside = start("s") + user("work") + end("e") + wire("s work e") + part + event_part("error", "lost", "2")
    case = Case(
        start()
        + sub("stage", inside)
        + boundary("border", "stage", "error", "lost")
        + user("after")
        + user("caught")
        + end()
        + end("e2")
        + wire("start stage after end", "border caught e2")
    )
    case.tell("news")
    assert case.open() == ["caught"], "its level has been interrupted, so nothing there waits to begin any more"


@pytest.mark.parametrize("interrupting", [True, False])
def test_an_escalation_begins_one_and_interrupts_or_not(interrupting: bool) -> None:
    inside = start("s") + throw("shout", "escalation", "late") + user("work") + end("e") + wire("s shout work e")
    case = Case(
        start()
        + sub("stage", inside + event_part("escalation", "late", interrupting=interrupting))
        + end()
        + wire("start stage end")
    )
    assert case.open() == (["answer"] if interrupting else ["answer", "work"])
    for each in case.open():
        case.complete(each)
    assert case.is_closed


def test_what_a_called_process_does_not_catch_begins_one_in_the_process_that_calls_it() -> None:
    child = start("cs") + end("lost", "error", "lost") + wire("cs lost")
    case = Case(start() + call("host") + end() + wire("start host end") + event_part("error", "lost"), child=child)
    assert case.open() == ["answer"]
    assert case.statuses() == ["cancelled"]


def test_one_stands_in_another() -> None:
    inner = event_sub(
        "inner", event_start("told", "message", "more") + user("more_work") + end("done") + wire("told more_work done")
    )
    begun = event_start("heard", "message", "news", interrupting=False)
    part = event_sub("esp", begun + user("answer") + end("answered") + wire("heard answer answered") + inner)
    case = Case(MAIN + part)
    assert case.can_be_told() == ["news"]
    case.tell("news")
    assert case.can_be_told() == ["more", "news"]
    case.tell("more")
    assert case.open() == ["more_work", "work"]
    assert case.can_be_told() == ["news"]
    case.complete("more_work")
    case.complete("work")
    assert case.is_closed


def test_an_interrupting_one_ends_those_that_do_not() -> None:
    aside = event_sub(
        "aside",
        event_start("told", "message", "more", interrupting=False) + user("more_work") + end("done"),
        wire("told more_work done"),
    )
    case = Case(MAIN + aside + event_part("message", "news"))
    case.tell("more")
    assert case.open() == ["more_work", "work"]
    case.tell("news")
    assert case.open() == ["answer"]
    assert case.can_be_told() == []


def test_a_terminate_end_in_one_ends_it_alone() -> None:
    begun = event_start("heard", "message", "news", interrupting=False)
    part = event_sub("esp", begun + user("answer") + end("stop", "terminate") + wire("heard answer stop"))
    case = Case(MAIN + part)
    case.tell("news")
    case.complete("answer")
    assert case.open() == ["work"]
    case.complete("work")
    assert case.is_closed


def test_a_join_that_waits_for_ever_is_an_incident_though_an_event_could_still_come() -> None:
    body = start() + user("a") + parallel("j") + end() + wire("start a j end", "c j")
    body += start("s2", "message", "other") + user("c") + wire("s2 c")
    case = Case(body + event_part("message", "news"))
    case.complete("a")
    assert case.stuck() == ["j"]
    case.tell("news")
    assert case.open() == ["answer"]
    assert case.stuck() == []


def test_the_case_closes_as_the_end_of_its_event_sub_process_says() -> None:
    begun = event_start("heard", "message", "news")
    part = event_sub("esp", begun + end("withdrawn", closes_as="Withdrawn") + wire("heard withdrawn"))
    case = Case(MAIN + part)
    case.tell("news")
    assert case.is_closed
    (ended,) = case.told("process ended")
    assert ended["ended_as"] == "Withdrawn"


def test_a_timer_that_cannot_be_read_is_an_incident_that_can_be_retried_or_left() -> None:
    case = Case(MAIN + event_part("timer", "=date(day_told)"))
    assert case.stuck() == ["heard"]
    case.resolve()
    assert case.stuck() == []
    case.complete("work")
    assert case.is_closed


HOSTILE = {
    "begins by nothing": event_part("none", ""),
    "has no start": event_sub("esp", user("answer") + end("answered") + wire("answer answered")),
    "has two starts": event_sub("esp", event_start("a", "message", "one") + event_start("b", "message", "two")),
    "interrupts not, by an error": event_part("error", "lost", interrupting=False),
    "repeats and interrupts": event_part("timer", "R3/P7D"),
    "has a way in": event_part("message", "news") + wire("work esp"),
    "has an event on its border": event_part("message", "news") + boundary("on_it", "esp", "timer", "P3D"),
}


@pytest.mark.parametrize("drawn", HOSTILE)
def test_what_cannot_be_meant_is_refused(drawn: str) -> None:
    with pytest.raises(DiagramNotRunnableError):
        Case(MAIN + HOSTILE[drawn])
