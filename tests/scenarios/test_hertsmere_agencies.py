"""What Hertsmere's papers and record say of agencies that answer, are answered for, or keep silent."""

from __future__ import annotations

import pytest

from engine.bootstrap import build_simulation_office
from engine.casework.cases.corrections import correct_fact
from engine.casework.copies.case_file import CaseFile, read_case_file
from engine.errors import BadInputError
from engine.scenarios import play
from tests.scenarios.shown_clauses import HERTSMERE, SCENARIOS


def file_of(scenario: str) -> CaseFile:
    office = build_simulation_office()
    outcome = play(SCENARIOS[scenario], HERTSMERE, office)
    assert outcome.is_right, outcome.misses
    return read_case_file(office, outcome.reference or "")


def letters_said(scenario: str, letter: str) -> list[str]:
    """The texts of the letters of this id that the scenario sends."""
    return [each.text for each in file_of(scenario).letters if each.letter == letter]


def test_the_papers_say_that_the_panel_meets_without_an_answer() -> None:
    said = letters_said("170_police_never_answer", "panel-papers")
    assert said
    for text in said:
        assert "Hertfordshire Constabulary: asked on 12 March 2026, reminded on 17 March 2026" in text
        assert "the panel meets without its answer" in text


def test_the_papers_say_what_an_agency_answered_and_when() -> None:
    (text, *_) = letters_said("11_action_22_days", "panel-papers")
    assert (
        "Hertfordshire Constabulary: answered on 13 March 2026. Reports that it had: Three calls about noise." in text
    )


def test_the_record_says_who_entered_an_answer_for_whom_and_when_it_came() -> None:
    history = file_of("171_csio_enters_an_answer").history
    entered = next(entry.sentence for entry in history if entry.sentence.startswith("Officer 1, entering it"))
    assert "did “Answer the request” (Hertfordshire Constabulary)" in entered
    assert "done on 13 March 2026" in entered


def test_each_relevant_body_gets_the_application_itself_and_the_case_says_since_when() -> None:
    file = file_of("174_victim_invited_by_video")
    sent = [letter for letter in file.letters if letter.letter == "relevant-bodies"]
    bodies = [agency for agency in HERTSMERE.settings.agencies if agency.is_relevant_body]
    assert [(each.recipient, each.address) for each in sent] == [(body.name, body.email) for body in bodies]
    for letter in sent:
        assert "Somebody in the flat above, with a red car." in letter.text
        assert "9 January 2026, told to the police, number 41/0000/26: Shouting and banging" in letter.text
    told = {fact.item_id: fact.value for fact in file.facts if fact.name == "body_told_on"}
    assert told == {f"bodies_told-{number}": "2026-03-03" for number in range(1, len(bodies) + 1)}


def test_who_is_invited_gets_the_meeting_into_their_calendar_moved_and_taken_back() -> None:
    said = [entry.sentence for entry in file_of("179_invited_with_a_time").history if "handed over" in entry.sentence]
    for who in ("Community Safety Manager", "Panel Chair", "Ms A"):
        theirs = [sentence for sentence in said if f"for {who} handed over" in sentence]
        assert ["Invitation" in sentence for sentence in theirs] == [True, True, False], who


def test_a_correction_cannot_say_for_the_police_what_their_form_does_not_offer() -> None:
    office = build_simulation_office()
    outcome = play(SCENARIOS["172_who_must_answer"], HERTSMERE, office)
    with pytest.raises(BadInputError, match="A body that exercises public functions"):
        correct_fact(
            office, outcome.reference or "", "refusal_ground", "no_public_functions", reason="They rang.",
            by="Officer 1", item_id="agencies-1",
        )  # fmt: skip
