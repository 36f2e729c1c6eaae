"""Processes that begin by time: in each case, counted from its opening or from its facts, as long as it is open."""

from __future__ import annotations

import pytest

from engine.casework.pages.case.diagrams import read_diagrams
from engine.casework.pages.case.viewpoint import Looker
from engine.casework.tasks.undo import undo_completion
from engine.errors import DiagramNotRunnableError
from tests.runtime.play import Case
from tests.runtime.sketch import end, event_start, event_sub, start, user, wire

MAIN = start() + user("work") + end() + wire("start work end")
LONG = start() + user("work") + user("more_work") + end() + wire("start work more_work end")


def begun_by(time: str) -> str:
    return start("is_time", "timer", time) + user("look") + end("looked") + wire("is_time look looked")


def test_it_begins_at_its_time_counted_from_when_the_case_was_opened() -> None:
    case = Case(MAIN, review=begun_by("P10D"))
    assert case.statuses("review") == ["running"]
    case.wait(days=9)
    assert case.open() == ["work"]
    case.wait(days=1)
    assert case.open() == ["look", "work"]
    case.complete("work")
    assert not case.is_closed, "it runs now, as any other process of the case"
    case.complete("look")
    assert case.is_closed
    assert case.is_record_whole()


def test_the_case_closes_without_waiting_for_it_and_then_it_does_not_begin() -> None:
    case = Case(MAIN, review=begun_by("P10D"))
    case.complete("work")
    assert case.is_closed
    assert case.statuses("review") == ["cancelled"]
    case.wait(days=11)
    assert case.open() == []


def test_a_cycle_begins_one_each_time_and_each_runs_by_itself() -> None:
    case = Case(MAIN, review=begun_by("R2/P10D"))
    case.wait(days=10)
    assert case.open() == ["look", "work"]
    case.wait(days=10)
    assert case.open() == ["look", "look", "work"]
    case.wait(days=10)
    assert case.open() == ["look", "look", "work"]
    assert case.statuses("review") == ["running", "running"]
    case.complete("work")
    case.complete("look")
    case.complete("look")
    assert case.is_closed


def test_a_cycle_without_end_goes_on_as_long_as_the_case() -> None:
    case = Case(MAIN, review=begun_by("R/P10D"))
    for _ in range(3):
        case.wait(days=10)
        case.complete("look")
    case.complete("work")
    assert case.is_closed
    assert case.statuses("review") == ["completed"] * 3 + ["cancelled"]


def test_a_day_that_is_a_fact_is_waited_for_until_it_is_told_and_moves_when_it_is_put_right() -> None:
    case = Case(LONG, review=begun_by("=agreed_on"))
    assert case.stuck() == []
    case.complete("work", {"agreed_on": "2026-03-10"})
    case.correct("agreed_on", "2026-03-12")
    case.wait(days=10)
    assert case.open() == ["more_work"], "that day is not over yet"
    case.wait(days=1)
    assert case.open() == ["look", "more_work"]


def test_a_completion_that_closed_the_case_is_undone_and_it_waits_again() -> None:
    case = Case(MAIN, review=begun_by("P10D"))
    work = case.task_id("work")
    case.complete("work")
    undo_completion(case.office, work, reason="a slip", by="Officer 1")
    assert case.statuses("review") == ["running"]
    case.wait(days=10)
    assert case.open() == ["look", "work"]


def test_one_that_cannot_be_read_is_an_incident_and_holds_no_case_open() -> None:
    case = Case(MAIN, review=begun_by('="soon"'))
    assert case.stuck() == ["is_time"]
    case.complete("work")
    assert case.is_closed
    assert case.stuck() == []


def test_resolved_by_hand_it_begins() -> None:
    case = Case(MAIN, review=begun_by('="soon"'))
    case.resolve()
    assert case.open() == ["look", "work"]


def test_its_event_sub_processes_wait_from_when_it_begins() -> None:
    part = event_sub("esp", event_start("heard", "message", "news") + end("told") + wire("heard told"))
    case = Case(MAIN, review=begun_by("P10D") + part)
    assert case.can_be_told() == []
    case.wait(days=10)
    assert case.can_be_told() == ["news"]
    case.tell("news")
    assert case.open() == ["work"]


def test_the_page_shows_what_is_done_now_first_and_the_other_as_waiting() -> None:
    case = Case(MAIN, review=begun_by("P10D"))
    looker = Looker(name="Officer 1", teams=frozenset({"team"}))
    page = read_diagrams(case.office, case.reference, looker, council_id="test_council")
    assert page.chosen is not None
    assert page.chosen.process_id == "main"
    assert [(each.process_id, each.has_begun) for each in page.instances] == [("main", True), ("review", False)]


def test_one_that_is_a_time_frame_is_refused() -> None:
    frame = '<bpmn:extensionElements><zeebe:properties><zeebe:property name="due_date" value="=today()"/>'
    with pytest.raises(DiagramNotRunnableError, match="time frame"):
        Case(MAIN, review=f"{frame}</zeebe:properties></bpmn:extensionElements>" + begun_by("P10D"))
