"""Told on one day and entered on a later one: what counts is the day on which it was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from engine.bootstrap import build_simulation_office
from engine.casework.background.jobs import work_ready_jobs
from engine.casework.background.timers import fire_due_timers
from engine.casework.cases.corrections import correct_fact
from engine.casework.step.office import Office
from engine.casework.tasks.completion import complete_task
from engine.clock import SettableClock
from engine.errors import FormAnswersError
from engine.model import TaskId
from engine.scenarios import play, scenarios_of
from engine.scenarios.scenario import Scenario
from engine.store import cases, record, tasks
from engine.store.letters import letters_of
from engine.variants import load_variant

VARIANTS = Path(__file__).parents[3] / "bpmn"
HERTSMERE = load_variant(VARIANTS / "hertsmere", root=VARIANTS)
#: The action is agreed for 1 May 2026, so that the line manager hears of it when 22 May has passed
(AN_ACTION,) = [s for s in scenarios_of(HERTSMERE) if s.title.startswith("An action unfinished for 22 days")]
TO_LINE_MANAGER = "escalation-line-manager"


def until(day: date) -> Scenario:
    """The worked example, up to what is done before that day."""
    return replace(AN_ACTION, steps=tuple(step for step in AN_ACTION.steps if step.at.date() < day))


def agreed() -> tuple[Office, str]:
    """The action is agreed and its day has not yet come."""
    office = build_simulation_office()
    outcome = play(until(date(2026, 5, 1)), HERTSMERE, office)
    assert outcome.is_right
    assert outcome.reference is not None
    return office, outcome.reference


def work(office: Office) -> None:
    while fire_due_timers(office) or work_ready_jobs(office):
        pass


def at(office: Office, day: date, *, awake: bool = True) -> None:
    """It is noon of that day; `awake`: what was due until then has happened."""
    assert isinstance(office.clock, SettableClock)
    office.clock.set(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    if awake:
        work(office)


def the_action(office: Office, reference: str) -> TaskId:
    with office.database.read() as connection:
        (task,) = [t for t in tasks.open_tasks(connection, reference=reference) if t.element_id == "carry_out_action"]
    return task.task_id


def done_on(office: Office, reference: str, day: date) -> None:
    answers = {"action_outcome": "done", "action_done_on": day.isoformat(), "action_result": "The notice is served."}
    complete_task(office, the_action(office, reference), answers, by="Neighbourhood Inspector")


def letters(office: Office, reference: str) -> list[str]:
    """About the action, in their order."""
    with office.database.read() as connection:
        sent = letters_of(connection, cases.find_case(connection, reference).case_id)
    return [document.letter for document in sent if document.letter.startswith(("action", "escalation"))]


def entries(office: Office, reference: str, kind: str) -> list[Mapping[str, Any]]:
    with office.database.read() as connection:
        found = record.entries_of(connection, cases.find_case(connection, reference).case_id)
    return [entry.content for entry in found if entry.kind == kind and entry.content is not None]


NOTE = "rung taken before the news came"


def test_an_action_told_on_day_20_and_entered_on_day_25_keeps_the_rung_taken_with_a_note_and_takes_no_further() -> None:
    office, reference = agreed()
    at(office, date(2026, 5, 26))
    assert letters(office, reference) == ["action-late", TO_LINE_MANAGER]
    done_on(office, reference, date(2026, 5, 21))
    (note,) = entries(office, reference, NOTE)
    assert (note["rung"], note["happened_on"]) == (1, "2026-05-21")
    (completed,) = [c for c in entries(office, reference, "task completed") if c["element_id"] == "carry_out_action"]
    assert completed["happened_on"] == "2026-05-21"
    at(office, date(2026, 12, 24))
    assert letters(office, reference) == ["action-late", TO_LINE_MANAGER]


@pytest.mark.parametrize(("day", "notes"), [(date(2026, 5, 22), 1), (date(2026, 5, 23), 0)])
def test_a_rung_was_taken_rightly_if_it_was_done_after_the_last_day(day: date, notes: int) -> None:
    office, reference = agreed()
    at(office, date(2026, 5, 26))
    done_on(office, reference, day)
    assert len(entries(office, reference, NOTE)) == notes


def test_a_rung_that_is_due_when_the_news_is_entered_is_not_taken_any_more() -> None:
    office, reference = agreed()
    at(office, date(2026, 5, 20))
    at(office, date(2026, 5, 26), awake=False)
    done_on(office, reference, date(2026, 5, 21))
    work(office)
    assert letters(office, reference) == ["action-late"]
    assert entries(office, reference, NOTE) == []


def test_nothing_has_been_done_on_a_day_still_to_come() -> None:
    office, reference = agreed()
    at(office, date(2026, 5, 20))
    with pytest.raises(FormAnswersError, match="Thursday 21 May 2026, which is in the future") as refusal:
        done_on(office, reference, date(2026, 5, 21))
    assert [path for path, _ in refusal.value.problems] == ["action_done_on"]
    done_on(office, reference, date(2026, 5, 20))


def test_a_day_corrected_later_moves_the_ladder_and_what_was_sent_stays_sent() -> None:
    office, reference = agreed()
    at(office, date(2026, 5, 5))
    correct_fact(office, reference, "due_on", "2026-05-20", reason="misread", by="Officer 1", item_id="actions-1")
    work(office)
    assert letters(office, reference) == ["action-late"]
    at(office, date(2026, 6, 10))
    assert letters(office, reference) == ["action-late"]
    at(office, date(2026, 6, 11))  # more than three weeks after 20 May
    assert letters(office, reference) == ["action-late", TO_LINE_MANAGER]


def not_viable_on(office: Office, reference: str, day: date) -> None:
    answers = {"action_outcome": "not_viable", "action_done_on": day.isoformat(), "action_result": "Nobody is there."}
    complete_task(office, the_action(office, reference), answers, by="Neighbourhood Inspector")


def due_on(office: Office, reference: str, element: str) -> list[date | None]:
    with office.database.read() as connection:
        return [t.due_on for t in tasks.open_tasks(connection, reference=reference) if t.element_id == element]


def test_a_rung_taken_before_it_was_entered_that_the_action_is_not_viable_was_taken_rightly() -> None:
    office, reference = agreed()
    at(office, date(2026, 5, 26))
    not_viable_on(office, reference, date(2026, 5, 21))  # nothing is agreed instead, so the action was outstanding
    assert entries(office, reference, NOTE) == []


def test_a_day_corrected_while_something_else_is_to_be_agreed_moves_that_task_and_the_ladder() -> None:
    office, reference = agreed()
    at(office, date(2026, 5, 5))
    not_viable_on(office, reference, date(2026, 5, 5))
    assert due_on(office, reference, "agree_instead") == [date(2026, 5, 1)]
    correct_fact(office, reference, "due_on", "2026-05-20", reason="misread", by="Officer 1", item_id="actions-1")
    work(office)
    assert due_on(office, reference, "agree_instead") == [date(2026, 5, 20)]
    at(office, date(2026, 6, 10))
    assert letters(office, reference) == ["action-late"]
    at(office, date(2026, 6, 11))
    assert letters(office, reference) == ["action-late", TO_LINE_MANAGER]
