"""The page of absences, and the tasks of who is away in their deputy's inbox."""

from __future__ import annotations

from datetime import timedelta

from engine.casework.tasks.completion import claim_task
from tests.webui.inbox.builders import open_cases, open_tasks
from tests.webui.inbox.test_tasks import page, rows_of, text_of
from tests.webui.office import Web

AWAY = {
    "first_day-day": "3", "first_day-month": "3", "first_day-year": "2026",
    "last_day-day": "6", "last_day-month": "march", "last_day-year": "2026", "deputy": "Officer 2",
}  # fmt: skip


def test_the_deputy_finds_the_absent_person_s_tasks_among_their_own_between_the_days(web: Web) -> None:
    (reference,) = open_cases(web, "Zoë Hill")
    claim_task(web.office, open_tasks(web, reference)[0].task_id, by="Officer 1")
    assert web.client_of("Officer 1").post("/absences", data=AWAY).status_code == 302
    assert rows_of(page(web, "Officer 2")) == []
    web.clock.advance(timedelta(days=1))
    said = page(web, "Officer 2")
    assert "You stand in for Officer 1 today" in text_of(said)
    assert "Officer 1 (you stand in)" in rows_of(said)[0]
    assert "Officer 1 is away from Tuesday 3 March 2026 to Friday 6 March 2026 now You stand in." in text_of(
        page(web, "Officer 2", "/absences")
    )
    web.clock.advance(timedelta(days=4))
    assert rows_of(page(web, "Officer 2")) == []


def test_a_manager_says_that_somebody_else_is_away_and_that_they_are_back(web: Web) -> None:
    manager = web.client_of("Community Safety Manager")
    assert manager.post("/absences", data={**AWAY, "person": "Officer 1"}).status_code == 302
    assert "Set by Community Safety Manager." in text_of(page(web, "Officer 1", "/absences"))
    assert web.client_of("Officer 2").post("/absences/1/end").status_code == 403
    assert manager.post("/absences/1/end").status_code == 302
    assert "You are away" not in text_of(page(web, "Officer 1", "/absences"))
    assert manager.post("/absences/1/end").status_code == 404  # it is gone


def test_who_manages_nobody_is_not_asked_who_is_away_and_cannot_say_it_of_others(web: Web) -> None:
    assert "Who is away" not in page(web, "Officer 1", "/absences")
    assert web.client_of("Officer 1").post("/absences", data={**AWAY, "person": "Officer 2"}).status_code == 403


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(web: Web) -> None:
    answer = web.client_of("Officer 1").post(
        "/absences", data={**AWAY, "first_day-day": "31", "first_day-month": "2", "deputy": ""}
    )
    said = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert '<a href="#first_day-day">The day must be a real day, like 27 3 2026.</a>' in said
    assert '<a href="#deputy">Select who stands in.</a>' in said
    assert 'value="31"' in said
    late = web.client_of("Officer 1").post("/absences", data={**AWAY, "last_day-day": "2"})
    assert "The last day must be the same as or after the first day." in late.get_data(as_text=True)
