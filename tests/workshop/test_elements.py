"""What is said of an element of a diagram to whoever edits it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.casework.cases.intake import open_case
from engine.casework.step.office import Office
from engine.scenarios import scenarios_of
from engine.variants import Variant
from engine.workshop import draft_in
from engine.workshop.elements import elements_said
from engine.workshop.examples import play_kept
from tests.statements import counted
from tests.workshop.folder import COUNCIL, EXAMPLE, new_phone, put

FILE = "application.bpmn"


@pytest.fixture
def variant(root: Path) -> Variant:
    return draft_in(COUNCIL, root).variant


def test_clauses_deadlines_and_letters_are_said_as_the_drawing_says_them(office: Office, variant: Variant) -> None:
    said = elements_said(office, variant, FILE)
    assert said["acknowledge_application"].to_json() == {
        "clauses": ["H11.1"],
        "deadlines": ["Due: 2 working days after the application date"],
        "letters": [],
        "examples": [],
        "examplesNote": "The worked examples were not played yet.",
        "openCases": 0,
    }
    assert said["send_ct1"].letters == ("“We have received your application” (CT1)",)
    assert set(said) == {e.id for e in variant.elements if variant.process_file[e.process_id] == FILE}


def test_the_examples_that_go_through_it_are_named_once_they_were_played(
    office: Office, root: Path, variant: Variant
) -> None:
    play_kept(office, variant, lambda _: None)
    said = elements_said(office, variant, FILE)
    assert [each.name for each in said["send_ct4"].examples] == [EXAMPLE]
    assert said["send_ct4"].examples_note == ""
    assert said["send_ct3"].examples == ()
    new_phone(root)
    edited = draft_in(COUNCIL, root).variant
    assert elements_said(office, edited, FILE)["send_ct4"].examples == ()
    as_before = elements_said(office, edited, FILE, before=variant)["send_ct4"]
    assert (
        as_before.examples_note
        == "As they go through it in the policy in force: none was played on the draft as it is."
    )
    assert [each.name for each in as_before.examples] == [EXAMPLE]


def test_open_cases_that_stand_on_it_are_counted_whichever_version_they_run_by(
    office: Office, root: Path, variant: Variant
) -> None:
    put(office, root, despite="They are known.")
    application = scenarios_of(variant)[0].application
    for _ in range(2):
        open_case(office, variant, application, by="the applicant")
    new_phone(root)
    edited = draft_in(COUNCIL, root).variant
    said = elements_said(office, edited, FILE)
    assert said["acknowledge_application"].open_cases == 2
    assert said["confirm_reports"].open_cases == 0
    assert elements_said(office, edited, "case_review.bpmn")["decide_on_application"].open_cases == 2


def test_there_is_no_query_for_each_element(office: Office, variant: Variant) -> None:
    with counted(office.database) as asked:
        elements_said(office, variant, FILE)
    assert len(asked) == 3
