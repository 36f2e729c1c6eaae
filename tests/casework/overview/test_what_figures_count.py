"""What a figure counts and on which day: several things, days of other facts, conditions, facts of items."""

from __future__ import annotations

from datetime import date

import pytest

from engine.casework.cases.corrections import correct_fact
from engine.casework.cases.intake import open_case
from engine.casework.overview.figures import CountedCase, count_figures
from engine.casework.tasks.undo import undo_completion
from engine.store import Database
from tests.casework.builders import SETTINGS, Play, variant_of
from tests.casework.overview.test_figures import AGAIN
from tests.statements import counted

FIGURES = """
[figures.applications]
label = "Applications"
record = "application received"
counted_on = "received_on"
when = 'role != "manager"'
[[figures.applications.also]]
fact = "applied_again_on"
counted_on = "value"
[figures.reviews]
label = "Reviews"
fact = "outcome"
counted_on = "held_on"
[figures.appeals]
label = "Appeals"
fact = "grounds"
counted_on = "appealed_on"
when = 'body = "council"'
"""
FORM = b"""{"type": "default", "id": "decide", "schemaVersion": 18, "components": [
 {"type": "textfield", "key": "outcome", "label": "What came out?", "id": "a"},
 {"type": "textfield", "key": "role", "label": "Who applies?", "id": "b"},
 {"type": "datetime", "subtype": "date", "key": "held_on", "dateLabel": "Held", "id": "c"},
 {"type": "datetime", "subtype": "date", "key": "received_on", "dateLabel": "Received", "id": "d"},
 {"type": "datetime", "subtype": "date", "key": "applied_again_on", "dateLabel": "Applied again", "id": "e"},
 {"type": "textfield", "key": "body", "label": "Who hears appeals?", "id": "f"},
 {"type": "dynamiclist", "path": "appeals", "id": "g", "components": [
  {"type": "textfield", "key": "grounds", "label": "Grounds", "id": "h"},
  {"type": "textfield", "key": "body", "label": "Who hears it?", "id": "i"},
  {"type": "datetime", "subtype": "date", "key": "appealed_on", "dateLabel": "Appealed", "id": "j"}]}]}"""
#: The application asks what each decision asks; when it happened is not said.
START = (
    '<bpmn:startEvent id="begin"><bpmn:extensionElements><zeebe:formDefinition formId="decide"/>'
    "</bpmn:extensionElements></bpmn:startEvent>"
)
WITH_FORM = AGAIN.replace('<bpmn:startEvent id="begin"/>', START).replace("happened_on", "x")
WITH_ITEMS = SETTINGS.replace("[items]", '[items]\nappeals = "appeal"')
VARIANT = variant_of(WITH_FORM, files={"variant.toml": (WITH_ITEMS + FIGURES).encode(), "forms/decide.form": FORM})


@pytest.fixture
def play(database: Database) -> Play:
    return Play(database, VARIANT)


def apply(play: Play, **answers: str) -> str:
    """Another case, opened with these facts."""
    play.reference = open_case(play.office, VARIANT, answers, by="the applicant")
    play.work()
    return play.reference


def of(play: Play, figure: str, first: date = date(2026, 1, 1), last: date = date(2026, 12, 31)) -> list[CountedCase]:
    (found,) = (
        each for each in count_figures(play.office, VARIANT, first=first, last=last) if each.figure.id == figure
    )
    return list(found.cases)


def days(play: Play, figure: str) -> list[str]:
    return [case.day.isoformat() for case in of(play, figure)]


def test_an_application_counts_on_the_day_it_was_received_as_it_was_told_with_it(play: Play) -> None:
    assert days(play, "applications") == ["2026-03-02"]  # no day of receipt is known: the day it was entered
    reference = apply(play, received_on="2026-02-27")
    assert days(play, "applications") == ["2026-02-27", "2026-03-02"]
    assert of(play, "applications")[0].reference == reference
    assert len(of(play, "applications", first=date(2026, 2, 27), last=date(2026, 2, 27))) == 1
    assert len(of(play, "applications", first=date(2026, 3, 2))) == 1
    # told anew later, it is the day of something else; corrected, it is this one's
    play.complete("decide", {"received_on": "2026-06-08", "applied_again_on": "2026-06-08"})
    assert days(play, "applications") == ["2026-02-27", "2026-03-02", "2026-06-08"]


def test_a_corrected_day_counts_as_corrected(play: Play) -> None:
    reference = apply(play, received_on="2026-02-27")
    play.wait(days=40)
    correct_fact(play.office, reference, "received_on", "2026-02-20", reason="Misread.", by="Officer 1")
    correct_fact(play.office, reference, "received_on", "2026-01-20", reason="Misread again.", by="Officer 1")
    assert days(play, "applications") == ["2026-01-20", "2026-03-02"]
    assert of(play, "applications", first=date(2026, 2, 1), last=date(2026, 2, 28)) == []


def test_what_does_not_meet_the_condition_does_not_count(play: Play) -> None:
    apply(play, role="manager")
    assert len(of(play, "applications")) == 1
    play.complete("decide", {"role": "victim"})  # later, of something else
    assert len(of(play, "applications")) == 1
    apply(play, role="victim")
    assert len(of(play, "applications")) == 2


def test_a_review_counts_once_on_the_day_of_the_meeting_at_which_it_came_out(play: Play) -> None:
    play.complete("decide", {"held_on": "2026-03-01"})  # nothing came out of it
    play.complete("decide", {"held_on": "2026-03-09"})
    assert days(play, "reviews") == []
    play.complete("decide", {"outcome": "a plan"})
    play.complete("decide", {"held_on": "2026-05-04"})
    assert days(play, "reviews") == ["2026-03-09"]
    play.complete("decide", {"outcome": "a plan"})
    assert days(play, "reviews") == ["2026-03-09", "2026-05-04"]


def test_what_was_undone_does_not_count_and_dates_nothing(play: Play) -> None:
    play.complete("decide", {"held_on": "2026-03-01"})
    task = play.task_id("decide")
    play.complete("decide", {"held_on": "2026-03-09", "outcome": "a plan"})
    undo_completion(play.office, task, reason="The wrong case.", by="Officer 1")
    assert days(play, "reviews") == []
    play.complete("decide", {"outcome": "a plan"})
    assert days(play, "reviews") == ["2026-03-01"]


def test_items_count_each_by_what_is_known_of_them_and_else_of_the_case(play: Play) -> None:
    appeals = [
        {"grounds": "late", "appealed_on": "2026-03-05"},
        {"grounds": "wrong", "appealed_on": "2026-04-06", "body": "commissioner"},
        {"grounds": "wrong", "appealed_on": "2026-04-07", "body": "council"},
    ]
    play.complete("decide", {"body": "council", "appeals": appeals})
    assert [(case.day.isoformat(), case.item) for case in of(play, "appeals")] == [
        ("2026-03-05", "appeal 1"),
        ("2026-04-07", "appeal 3"),
    ]


def test_the_queries_do_not_grow_with_the_cases(play: Play) -> None:
    with counted(play.office.database) as few:
        assert len(of(play, "applications")) == 1
    for _ in range(4):
        apply(play, received_on="2026-02-27", role="victim")
        play.complete("decide", {"held_on": "2026-03-01", "outcome": "a plan"})
    with counted(play.office.database) as many:
        assert len(of(play, "applications")) == 5
    assert len(many) == len(few)
