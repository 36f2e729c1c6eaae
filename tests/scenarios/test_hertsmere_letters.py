"""Hertsmere's letters, as whoever gets them reads them: whose application and whose appeal it is, and what happened."""

from __future__ import annotations

import pytest

from engine.bootstrap import build_simulation_office
from engine.casework.copies.case_file import read_case_file
from engine.scenarios import play
from tests.scenarios.shown_clauses import HERTSMERE, SCENARIOS


def letters_of(scenario: str, letter: str) -> dict[str, str]:
    """What each person read in the last letter of this id that the scenario sends them, on one line."""
    office = build_simulation_office()
    outcome = play(SCENARIOS[scenario], HERTSMERE, office)
    assert outcome.is_right, outcome.misses
    file = read_case_file(office, outcome.reference or "")
    return {each.recipient: " ".join(each.text.split()) for each in file.letters if each.letter == letter}


@pytest.mark.parametrize("letter", ["CT1", "CT4"])
def test_who_never_applied_is_spoken_to_and_not_thanked(letter: str) -> None:
    text = letters_of("200_frightened_victim_who_never_applied", letter)["Ms A"]

    assert "to safeguard you." in text
    assert "You did not have to apply for it." in text
    assert "Thank you for your application" not in text
    assert "to safeguard Ms A" not in text


def test_the_bodies_read_that_nobody_applied_for_a_case_that_a_senior_manager_raised() -> None:
    text = letters_of("200_frightened_victim_who_never_applied", "relevant-bodies")["Hertfordshire Constabulary"]

    assert "to safeguard a victim; nobody applied for it" in text
    assert "Who applies" not in text


def test_the_bodies_read_that_an_anonymous_applicant_wishes_to_stay_so() -> None:
    text = letters_of("21_unsuitable_anonymous", "relevant-bodies")["Hertfordshire Constabulary"]

    assert "Who applies wishes to stay anonymous." in text


def test_who_gives_no_name_is_not_called_by_what_they_are() -> None:
    text = letters_of("21_unsuitable_anonymous", "unsuitable")["The applicant"]

    assert "Dear Sir or Madam Thank you for your request" in text


def test_a_victim_who_appeals_reads_of_her_appeal_and_alone_reads_her_grounds() -> None:
    told = letters_of("201_victim_appeals_herself", "CT3b")

    assert "We received your appeal" in told["Ms V"]
    assert "The neighbour stood beside me" in told["Ms V"]
    assert "We received an appeal in the case of Ms V" in told["Mr H"]
    assert "The neighbour stood beside me" not in told["Mr H"]


def test_where_the_victim_is_asked_first_no_letter_says_that_the_case_is_reviewed_already() -> None:
    told = letters_of("119_consent_given_again_after_the_threshold", "appeal-allowed")

    assert "Before the case is reviewed we ask you whether you agree to it" in told["Ms V"]
    assert "we ask the person for whom you apply" in told["Councillor G"]
    for text in told.values():
        assert "the case is now reviewed" not in text
        assert "25 March 2026" not in text  # no day is promised for what waits for an agreement


def test_an_appeal_allowed_at_once_says_that_the_case_is_reviewed_and_by_when_the_victim_is_contacted() -> None:
    text = letters_of("16_appeal_allowed", "appeal-allowed")["Ms A"]

    assert "It is allowed: the case is now reviewed." in text
    assert "We contact you by 23 April 2026, by phone if we can." in text


def test_a_victim_who_withdrew_and_who_applied_for_her_read_different_letters() -> None:
    told = letters_of("42_victim_withdraws_consent", "withdrawal")

    assert "You told us that you do not wish the review to go on." in told["Ms V"]
    assert "If you change your mind" in told["Ms V"]
    assert "This is for the person concerned to decide." in told["Councillor G"]
    assert "Your application is withdrawn" not in told["Councillor G"]  # he withdrew nothing


def test_a_victim_hears_that_whoever_applied_has_withdrawn_and_how_it_can_go_on() -> None:
    text = letters_of("151_victim_of_a_third_party_is_told_of_a_withdrawal", "withdrawal")["Ms V"]

    assert "Somebody applied for it on your behalf on 2 March 2026." in text
    assert "Whoever applied on your behalf does not wish it to go on." in text


def test_who_was_not_reached_has_withdrawn_nothing() -> None:
    text = letters_of("15_victim_not_reached", "withdrawal")["Ms A"]

    assert "We have tried to reach you about the ASB case review HBC-2026-0001, and could not." in text
    assert "is withdrawn" not in text


def test_a_review_that_an_appeal_began_is_closed_as_what_it_is() -> None:
    text = letters_of("the-whole-story", "closed")["The Applicant"]

    assert "that was taken up on 16 April 2026 is completed" in text
    assert "further review" not in text


def test_a_review_without_actions_is_not_closed_with_a_word_about_them() -> None:
    assert "Every action" not in letters_of("17_appeal_dismissed", "closed")["Ms A"]


def test_a_victim_who_comes_by_video_is_not_asked_to_the_office_first() -> None:
    text = letters_of("174_victim_invited_by_video", "panel-invitation")["Ms A"]

    assert "You take part by video" in text
    assert "If you would rather come in person, it is at Civic Offices." in text


def test_a_further_review_is_withdrawn_by_its_day() -> None:
    text = letters_of("118_two_further_reviews_at_once", "withdrawal")["Ms A"]

    assert "HBC-2026-0001, taken up again on 11 May 2026, is withdrawn" in text
    assert "Anything else that is open in the case goes on." in text


def test_the_draft_and_the_outcome_tell_a_victim_of_each_action_by_its_day() -> None:
    draft = letters_of("200_frightened_victim_who_never_applied", "draft-plan")["Ms A"]
    outcome = letters_of("200_frightened_victim_who_never_applied", "outcome")["Ms A"]

    assert "By 1 May 2026: Serve a community protection notice." in draft
    assert "By 1 May 2026: See that the visitors stay away." in outcome
    assert "community protection notice" not in outcome  # what the draft said is changed, not told beside it
