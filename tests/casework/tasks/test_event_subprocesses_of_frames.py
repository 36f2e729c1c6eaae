"""The event sub-process of a time frame waits for its day, moves with its deadline, and hears that it changes: of an
embedded sub-process, and of the process itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from engine.casework.cases.corrections import correct_fact
from engine.casework.tasks.deadlines import extend_deadline
from engine.casework.tasks.undo import undo_completion
from engine.clock import NEVER
from engine.store import Database
from engine.variants import Variant
from tests.casework.builders import Play, chain_of, process, user, variant_of
from tests.casework.tasks.test_deadlines import LIMITS
from tests.casework.tasks.test_frames import DUE_ON, FRAME, FROM_A_DAY, LATER, days, fires_at, frame_id

CHANGED = '<bpmn:message id="message_changed" name="deadline_changed"/>'
HEARS = '<bpmn:messageEventDefinition id="heard" messageRef="message_changed"/>'
DAY = '<bpmn:timerEventDefinition id="day"><bpmn:timeDate>=due("decide")</bpmn:timeDate></bpmn:timerEventDefinition>'


def beside(event: str) -> str:
    return (
        '<bpmn:subProcess id="late" name="Late" triggeredByEvent="true">'
        f'<bpmn:startEvent id="passed" name="The day has passed" isInterrupting="false">{event}</bpmn:startEvent>'
        + user("say_when") + '<bpmn:endEvent id="said"/>' + chain_of("passed", "say_when", "said")
        + "</bpmn:subProcess>"
    )  # fmt: skip


def of_process(event: str) -> str:
    return process(
        FRAME + '<bpmn:startEvent id="begin"/>' + user("first") + user("second") + '<bpmn:endEvent id="done"/>'
        + chain_of("begin", "first", "second", "done") + beside(event)
    )  # fmt: skip


def of_subprocess(event: str) -> str:
    return process(
        f'<bpmn:startEvent id="begin"/><bpmn:subProcess id="part" name="The part">{FRAME}<bpmn:startEvent id="begins"/>'
        + user("first") + user("second") + '<bpmn:endEvent id="over"/>' + chain_of("begins", "first", "second", "over")
        + beside(event) + '</bpmn:subProcess><bpmn:endEvent id="done"/>' + chain_of("begin", "part", "done")
    )  # fmt: skip


Place = Callable[[str], str]
PLACES: list[Place] = [of_process, of_subprocess]


def variant(body: str, limits: bytes = LIMITS) -> Variant:
    return variant_of(body, definitions=CHANGED, files={"time_limits.dmn": limits})


@pytest.mark.parametrize("place", PLACES)
def test_it_begins_when_the_day_has_passed(database: Database, place: Place) -> None:
    play = Play(database, variant(place(DAY)))
    assert (days(play), fires_at(play)) == ([(DUE_ON, "open")], date(2026, 3, 23))
    play.wait(days=21)
    assert play.open() == ["first", "say_when"]


@pytest.mark.parametrize("place", PLACES)
def test_it_moves_with_the_deadline_of_its_frame(database: Database, place: Place) -> None:
    play = Play(database, variant(place(DAY)))
    extend_deadline(play.office, frame_id(play), until=LATER, reason="the school holidays", by="Officer 1")
    assert days(play) == [(LATER, "open")]
    play.wait(days=39)
    assert play.open() == ["first"]
    play.wait(days=1)
    assert play.open() == ["first", "say_when"]


@pytest.mark.parametrize("place", PLACES)
def test_it_waits_for_the_fact_from_which_the_frame_counts(database: Database, place: Place) -> None:
    play = Play(database, variant(place(DAY), FROM_A_DAY))
    assert (days(play), fires_at(play)) == ([(None, "open")], NEVER.date())
    play.complete("first", {"told_on": "2026-03-05"})
    assert (days(play), fires_at(play)) == ([(date(2026, 3, 25), "open")], date(2026, 3, 26))
    correct_fact(play.office, play.reference, "told_on", "2026-03-04", reason="a slip", by="Officer 1")
    assert (days(play), fires_at(play)) == ([(date(2026, 3, 24), "open")], date(2026, 3, 25))


@pytest.mark.parametrize("place", PLACES)
def test_it_hears_that_the_deadline_has_changed(database: Database, place: Place) -> None:
    play = Play(database, variant(place(HEARS)))
    extend_deadline(play.office, frame_id(play), until=LATER, reason="the school holidays", by="Officer 1")
    assert play.open() == ["first", "say_when"]


@pytest.mark.parametrize("place", PLACES)
def test_a_completion_that_ended_its_level_can_be_undone_and_it_waits_again(database: Database, place: Place) -> None:
    play = Play(database, variant(place(DAY)))
    play.complete("first")
    second = play.task_id("second")
    play.complete("second")
    assert play.case().status == "closed"
    undo_completion(play.office, second, reason="a slip", by="Officer 1")
    play.wait(days=21)
    assert play.open() == ["say_when", "second"]
