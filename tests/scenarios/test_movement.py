"""The clock goes on, and what is due on the way happens then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine.bootstrap import build_simulation_office
from engine.casework.cases.intake import open_case
from engine.casework.step.office import Office
from engine.scenarios import movement
from engine.store import cases, record
from tests.casework.builders import START_AT, flow, process, timer, user, variant_of

VARIANT = variant_of(
    process(
        '<bpmn:startEvent id="start"/>'
        + user("ask", boundary=timer("remind", on="ask", after="PT48H"))
        + '<bpmn:endEvent id="end"/><bpmn:endEvent id="reminded"/>'
        + flow("start", "ask")
        + flow("ask", "end")
        + flow("remind", "reminded")
    )
)


def a_case() -> tuple[Office, str]:
    office = build_simulation_office()
    movement.go_to(office, START_AT)
    return office, open_case(office, VARIANT, {}, by="the applicant")


def test_what_is_due_on_the_way_happens_at_its_moment() -> None:
    office, reference = a_case()
    seen: list[datetime] = []

    movement.go_to(office, START_AT + timedelta(days=5), rested=lambda: seen.append(office.clock.now()))

    assert seen == [START_AT + timedelta(days=2)]
    assert office.clock.now() == START_AT + timedelta(days=5)
    with office.database.read() as connection:
        entries = record.entries_of(connection, cases.find_case(connection, reference).case_id)
    assert [entry.at for entry in entries if entry.kind == "timer fired"] == seen


def test_what_cannot_be_done_does_not_hold_up_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    office, _ = a_case()
    monkeypatch.setattr(movement, "fire_due_timers", lambda _office: 0)  # as it logs and leaves a case it cannot move

    movement.go_to(office, datetime(2026, 4, 1, tzinfo=UTC))

    assert office.clock.now() == datetime(2026, 4, 1, tzinfo=UTC)
