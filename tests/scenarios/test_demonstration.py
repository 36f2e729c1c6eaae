"""A demonstration: cases in all stages, made by playing the variant's scenarios up to now."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.bootstrap import build_simulation_office
from engine.casework.background.verification import verify_records
from engine.casework.step.office import Office
from engine.casework.words.ladders import ladders_of
from engine.clock import local_date
from engine.model import CaseStatus, TaskStatus
from engine.scenarios import populate
from engine.scenarios.movement import label
from engine.store import cases, incidents, jobs, tasks, timers
from engine.variants import Variant, load_variant
from tests.casework.builders import SETTINGS, diagram, flow, process, user

VARIANTS = Path(__file__).parents[2] / "bpmn"
HERTSMERE = load_variant(VARIANTS / "hertsmere", root=VARIANTS)
NOW = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)  # a Wednesday


@pytest.fixture(scope="module")
def told() -> list[str]:
    return []


@pytest.fixture(scope="module")
def shown(told: list[str]) -> Office:
    office = build_simulation_office()
    populate(office, [(HERTSMERE, 30)], until=NOW, tell=told.append)
    return office


def test_of_thirty_cases_a_good_quarter_has_ended_in_different_ways(shown: Office) -> None:
    with shown.database.read() as connection:
        rows = cases.all_cases(connection)

    assert Counter(row.status for row in rows) == {CaseStatus.OPEN: 22, CaseStatus.CLOSED: 8}
    assert {row.closed_as for row in rows} >= {
        "Threshold not met",
        "Not suitable for a case review",
        "Withdrawn",
        "Review completed",
        "Appeal dismissed",
    }


def test_the_open_cases_stand_in_all_stages(shown: Office) -> None:
    with shown.database.read() as connection:
        open_now = tasks.open_tasks(connection)

    assert {task.element_id for task in open_now} >= {
        "acknowledge_application",
        "confirm_reports",
        "decide_threshold",
        "answer_request",
        "contact_victim",
        "decide_invitation",
        "arrange_panel",
        "hold_panel",
        "tell_outcome",
        "circulate_minutes",
        "carry_out_action",
        "arrange_appeal",
        "hear_appeal",
        "tell_appeal_outcome",
        "consider_request",
    }


def test_ladders_stand_at_each_rung(shown: Office) -> None:
    with shown.database.read() as connection:
        ladders = [
            ladder for row in cases.all_cases(connection) for ladder in ladders_of(connection, row.case_id, HERTSMERE)
        ]
    taken = {ladder.taken.number for ladder in ladders if ladder.taken and ladder.status is TaskStatus.OPEN}

    assert taken == {1, 2, 3}


def test_some_tasks_are_late_by_days_and_some_by_weeks_and_most_are_not(shown: Office) -> None:
    with shown.database.read() as connection:
        days = [(task.due_on - local_date(NOW)).days for task in tasks.open_tasks(connection) if task.due_on]

    assert any(-7 <= left < 0 for left in days)
    assert any(left < -14 for left in days)
    assert sum(0 <= left <= 7 for left in days) >= 3
    assert sum(left < 0 for left in days) < len(days) / 2


def test_staff_have_tasks_of_their_own_and_leave_others_to_the_team(shown: Office) -> None:
    with shown.database.read() as connection:
        claims = Counter(task.claimed_by for task in tasks.open_tasks(connection))

    assert claims["Officer 1"] >= 3
    assert claims[None] > claims["Officer 1"]


def test_nothing_is_stuck_and_nothing_is_due_that_has_not_happened(shown: Office) -> None:
    with shown.database.read() as connection:
        assert not incidents.open_incidents(connection)
        assert jobs.next_job_at(connection) is None
        following = timers.next_timer_at(connection)

    assert following is not None
    assert following > NOW
    assert shown.clock.now() == NOW


def test_references_follow_the_days_of_the_applications(shown: Office, told: list[str]) -> None:
    with shown.database.read() as connection:
        rows = cases.all_cases(connection)

    assert [row.reference for row in rows] == sorted(row.reference for row in rows)
    assert [row.opened_at for row in rows] == sorted(row.opened_at for row in rows)
    assert (NOW - rows[0].opened_at).days > 120
    assert (NOW - rows[-1].opened_at).days < 5
    assert len(told) == 30
    assert told[0].startswith(f"1 of 30: {rows[0].reference}, received on ")


def test_each_record_verifies_and_replays(shown: Office) -> None:
    assert verify_records(shown, replay=True) == (30, [])


def test_it_is_the_same_each_time() -> None:
    def labels() -> list[tuple[str, str, object]]:
        office = build_simulation_office()
        populate(office, [(HERTSMERE, 8)], until=NOW, tell=lambda _: None)
        with office.database.read() as connection:
            return [(task.task_id.reference, label(task), task.due_on) for task in tasks.open_tasks(connection)]

    first = labels()
    assert first
    assert first == labels()


def small(*scenarios: str) -> Variant:
    """First `ask`, then `answer`."""
    body = '<bpmn:startEvent id="start"/>' + user("ask") + user("answer") + '<bpmn:endEvent id="end"/>'
    flows = flow("start", "ask") + flow("ask", "answer") + flow("answer", "end")
    files = {f"scenarios/{number}.toml": text.encode() for number, text in enumerate(scenarios)}
    drawn = diagram(process(body + flows))
    return Variant.from_files({"variant.toml": SETTINGS.encode(), "main.bpmn": drawn, **files}, "test_council")


APPLICATION = "[application]\nat = 2026-03-02T10:00:00\n"


def step(day: int, task: str, more: str = "") -> str:
    return f'[[step]]\non = 2026-03-{day:02}\nby = "Officer 1"\ntask = "{task}"\n{more}'


def open_tasks_of(variant: Variant, number: int) -> list[str]:
    office = build_simulation_office()
    references = populate(office, [(variant, number)], until=NOW, tell=lambda _: None)
    assert len(references) == number
    with office.database.read() as connection:
        return sorted(task.element_id for task in tasks.open_tasks(connection))


def test_a_variant_of_its_own_is_shown_with_its_own_scenarios() -> None:
    assert open_tasks_of(small(APPLICATION + step(3, "ask") + step(10, "answer")), 2) == ["answer", "ask"]


def test_a_step_that_is_to_be_refused_is_left_out() -> None:
    refused = step(3, "answer", 'refused = "no open task"\n')

    assert open_tasks_of(small(APPLICATION + refused + step(4, "ask") + step(10, "answer")), 2) == ["answer", "ask"]


def test_a_case_that_cannot_go_on_stops_there_and_the_others_go_on() -> None:
    wrong = APPLICATION + step(3, "answer") + step(4, "ask") + step(10, "answer")
    right = APPLICATION + step(3, "ask") + step(10, "answer")

    # with the wrong one alone every case stays at its first task
    assert open_tasks_of(small(wrong), 2) == ["ask", "ask"]
    assert "answer" in open_tasks_of(small(wrong, right), 6)


def test_a_variant_without_scenarios_has_no_cases_to_show() -> None:
    assert populate(build_simulation_office(), [(small(), 30)], until=NOW, tell=lambda _: None) == []


def test_two_councils_are_shown_side_by_side() -> None:
    office, told = build_simulation_office(), []
    derby = load_variant(VARIANTS / "derby_city", root=VARIANTS)
    references = populate(office, [(HERTSMERE, 4), (derby, 4)], until=NOW, tell=told.append)
    with office.database.read() as connection:
        rows = cases.all_cases(connection)

    assert Counter(row.council_id for row in rows) == {"hertsmere": 4, "derby_city": 4}
    assert {row.reference[:3] for row in rows if row.council_id == "derby_city"} == {"DER"}
    assert references == [row.reference for row in sorted(rows, key=lambda row: row.opened_at)]
    assert told[-1].startswith("8 of 8: ")
    assert not [row for row in rows if row.opened_at > NOW]
