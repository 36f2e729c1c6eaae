"""What is published is counted from decisions: each time one is made, as corrected, on the day it was made."""

from __future__ import annotations

from datetime import date

import pytest

from engine.casework.cases.corrections import correct_fact
from engine.casework.cases.intake import open_case
from engine.casework.overview.figures import count_figures
from engine.casework.tasks.undo import undo_completion
from engine.errors import BadInputError
from engine.store import Database
from engine.variants import Variant
from tests.casework.builders import SETTINGS, Play, flow, process, user, variant_of
from tests.statements import counted

FIGURES = """
[figures.applications]
label = "Applications"
record = "application received"
[figures.not_met]
label = "Not met"
fact = "met"
value = false
clauses = ["L104.9"]
[figures.reviews]
label = "Reviews"
fact = "held_on"
counted_on = "value"
[figures.recommended]
label = "Recommendations"
fact = "recommendations"
"""
#: Decide again and again.
BODY = (
    '<bpmn:startEvent id="begin"/><bpmn:exclusiveGateway id="again"/><bpmn:endEvent id="done"/>'
    + user(
        "decide",
        more='<zeebe:properties><zeebe:property name="happened_on" value="decided_on"/></zeebe:properties>',
    )
    + '<bpmn:exclusiveGateway id="enough" default="enough_to_again"/>'
    + flow("begin", "again")
    + flow("again", "decide")
    + flow("decide", "enough")
    + flow("enough", "again")
    + flow("enough", "done", "=over = true")
)
FORM = b"""{"type": "default", "id": "decide", "schemaVersion": 18, "components": [
 {"type": "checkbox", "key": "met", "label": "Met?", "id": "a"},
 {"type": "datetime", "subtype": "date", "key": "held_on", "dateLabel": "Held", "id": "b"},
 {"type": "datetime", "subtype": "date", "key": "decided_on", "dateLabel": "Decided", "id": "c"},
 {"type": "textarea", "key": "recommendations", "label": "What is recommended?", "id": "d"}]}"""
AGAIN = process(BODY.replace("<zeebe:assign", '<zeebe:formDefinition formId="decide"/><zeebe:assign'))
VARIANT = variant_of(
    AGAIN,
    files={"variant.toml": (SETTINGS + FIGURES).encode(), "forms/decide.form": FORM},
)
MARCH = {"first": date(2026, 3, 1), "last": date(2026, 3, 31)}


@pytest.fixture
def play(database: Database) -> Play:
    return Play(database, VARIANT)


def figures(play: Play, variant: Variant = VARIANT, **period: date) -> dict[str, int]:
    counts = count_figures(play.office, variant, **{**MARCH, **period})
    return {each.figure.id: each.count for each in counts}


def test_each_figure_is_counted_by_itself(play: Play) -> None:
    assert figures(play) == {"applications": 1, "not_met": 0, "reviews": 0, "recommended": 0}
    play.complete("decide", {"met": True, "held_on": "2026-03-20", "recommendations": "Call every week."})
    assert figures(play) == {"applications": 1, "not_met": 0, "reviews": 1, "recommended": 1}


def test_the_same_decided_again_is_another_decision(play: Play) -> None:
    play.complete("decide", {"met": False})
    play.complete("decide", {"met": False})
    assert figures(play)["not_met"] == 2


def test_what_is_answered_with_nothing_is_no_recommendation(play: Play) -> None:
    play.complete("decide", {"met": True, "recommendations": ""})
    assert figures(play)["recommended"] == 0


def test_a_correction_counts_instead_of_what_it_corrects_and_on_that_day(play: Play) -> None:
    play.complete("decide", {"met": False})
    play.wait(days=40)
    correct_fact(play.office, play.reference, "met", True, reason="Misread.", by="Officer 1")
    assert figures(play)["not_met"] == 0
    correct_fact(play.office, play.reference, "met", False, reason="Not at all.", by="Officer 1")
    assert figures(play, last=date(2026, 4, 30))["not_met"] == 1


def test_a_correction_of_a_decision_of_march_counts_in_march(play: Play) -> None:
    play.complete("decide", {"met": True})
    play.wait(days=40)
    correct_fact(play.office, play.reference, "met", False, reason="Misread.", by="Officer 1")
    assert figures(play)["not_met"] == 1
    assert figures(play, first=date(2026, 4, 1), last=date(2026, 4, 30))["not_met"] == 0


def test_what_was_undone_never_was(play: Play) -> None:
    task = play.task_id("decide")
    play.complete("decide", {"met": False})
    undo_completion(play.office, task, reason="The wrong case.", by="Officer 1")
    assert figures(play)["not_met"] == 0
    play.complete("decide", {"met": False})
    assert figures(play)["not_met"] == 1


def test_a_decision_counts_on_the_day_it_was_made_and_a_review_on_the_day_it_was_held(play: Play) -> None:
    play.wait(days=35)  # April
    play.complete("decide", {"met": False, "decided_on": "2026-03-31", "held_on": "2026-03-30"})
    assert figures(play) == {"applications": 1, "not_met": 1, "reviews": 1, "recommended": 0}
    assert figures(play, first=date(2026, 4, 1), last=date(2026, 4, 30))["reviews"] == 0


def test_a_period_holds_its_first_and_its_last_day_in_london(play: Play) -> None:
    assert figures(play, first=date(2026, 3, 2), last=date(2026, 3, 2))["applications"] == 1
    assert figures(play, first=date(2026, 3, 3))["applications"] == 0
    assert figures(play, last=date(2026, 3, 1))["applications"] == 0
    with pytest.raises(BadInputError, match="before it begins"):
        figures(play, first=date(2026, 4, 1))


def test_another_councils_cases_are_not_counted_and_the_queries_do_not_grow_with_the_cases(play: Play) -> None:
    settings = VARIANT.files["variant.toml"].replace(b'"T"', b'"O"')
    other = Variant.from_files({**VARIANT.files, "variant.toml": settings}, "other_council")
    open_case(play.office, other, {}, by="the applicant")
    assert figures(play)["applications"] == 1
    for _ in range(3):
        open_case(play.office, VARIANT, {}, by="the applicant")
    with counted(play.office.database) as statements:
        assert figures(play)["applications"] == 4
    assert len([each for each in statements if " facts" in each or " record" in each]) == 4


def test_a_variant_that_counts_nothing_says_so(database: Database) -> None:
    plain = variant_of(process(BODY))
    with pytest.raises(BadInputError, match=r"\[figures\]"):
        count_figures(Play(database, plain).office, plain, **MARCH)
