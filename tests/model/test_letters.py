"""The model's letters, as whoever gets them reads them: what they say is so, and nothing that is owed is missing."""

from __future__ import annotations

import re
from pathlib import Path

from engine.bootstrap import build_simulation_office
from engine.casework.applications.applicant import case_for_applicant
from engine.casework.copies.case_file import read_case_file
from engine.scenarios import Scenario, play
from engine.variants import Variant, load_variant
from tests.councils.test_derby_city import DERBY
from tests.councils.test_derby_city import SCENARIOS as DERBYS
from tests.councils.test_selby import SCENARIOS as SELBYS
from tests.councils.test_selby import SELBY
from tests.model.test_model import EXAMPLIA, SCENARIOS, VARIANTS, council_that_says

OF_EXAMPLIA = {each.name: each for each in SCENARIOS}
OF_DERBY = {each.name: each for each in DERBYS}
OF_SELBY = {each.name: each for each in SELBYS}


def letters_of(scenario: Scenario, letter: str, council: Variant = EXAMPLIA) -> dict[str, str]:
    """What each person read in the last letter of this id that the scenario sends them, on one line."""
    office = build_simulation_office()
    outcome = play(scenario, council, office)
    assert outcome.is_right, outcome.misses
    file = read_case_file(office, outcome.reference or "")
    return {each.recipient: " ".join(each.text.split()) for each in file.letters if each.letter == letter}


def test_who_is_told_met_by_an_appeal_reads_all_that_met_owes_the_victim() -> None:
    text = letters_of(OF_EXAMPLIA["36_appeal_allowed"], "met")["Ms A"]

    assert "The appeal against the earlier decision is allowed" in text
    assert "The harm was not weighed. The decision was taken on appeal." in text
    assert "is your single point of contact" in text
    assert "How you are heard" in text
    assert "Victim Support" in text
    assert "We contact you by 17 April 2026" in text
    assert "The panel meets by 8 May 2026" in text


def test_who_is_told_met_by_another_organisation_reads_who_decided() -> None:
    text = next(iter(letters_of(OF_DERBY["12_appeal_goes_to_the_commissioner"], "met", DERBY).values()))

    assert "The first report was made in time. The decision was taken on appeal, by " in text
    assert "We have considered the application" not in text
    assert "The panel meets by 7 July 2022, with a chair" in text  # forty working days from 10 May


def test_no_letter_names_a_day_for_the_panel_that_is_over(tmp_path: Path) -> None:
    lines = '[limits]\n"panel" = "5 days after received_on"\n'
    council = load_variant(council_that_says(tmp_path, lines), root=VARIANTS)

    assert "The panel meets, with a chair" in letters_of(OF_EXAMPLIA["36_appeal_allowed"], "met", council)["Ms A"]


def test_a_victim_who_asks_is_answered_alone_and_the_applicants_page_says_nothing_of_it() -> None:
    office = build_simulation_office()
    outcome = play(OF_EXAMPLIA["50_victim_asks_and_complains"], EXAMPLIA, office)
    letters = read_case_file(office, outcome.reference or "").letters
    answers = [
        (each.recipient, each.channel, each.letter) for each in letters if each.letter.startswith(("up", "comp"))
    ]
    code = next(found[1] for each in letters if (found := re.search(r"this code: ([A-Z0-9-]+)", each.text)))
    page = case_for_applicant(office, EXAMPLIA.id, outcome.reference or "", code)

    assert answers == [
        ("Ms V", "email", "update"), ("Ms V", "email", "complaint_routed"), ("Councillor C", "email", "update"),
    ]  # fmt: skip
    assert [code in each.text for each in letters if each.letter == "update"] == [False, True]
    assert [stage.words for stage in page.stages if "question" in stage.words or "complaint" in stage.words] == [
        "We answer your question how the case stands"
    ]


def test_who_is_told_that_the_victim_does_not_agree_is_not_told_that_somebody_spoke_with_them() -> None:
    text = letters_of(OF_EXAMPLIA["06_third_party_refused"], "no_consent")["Councillor C"]

    assert "We have asked that person, as we do wherever we can." in text
    assert "spoken" not in text
    assert "could not" not in text


def test_a_victim_who_is_not_invited_reads_why() -> None:
    invited_no_more = letters_of(OF_EXAMPLIA["41_second_panel"], "not_invited")["Ms A"]
    not_reached = letters_of(OF_EXAMPLIA["33_goes_on_without_the_victim"], "not_invited")["Ms A"]

    assert "She does not wish to come a second time." in invited_no_more
    assert "Before the plan is final, we ask you" in invited_no_more
    assert "She could not be reached." in not_reached
    assert "Before the plan is final" not in not_reached  # nobody is shown a draft without a word of hers


def test_a_rejected_application_is_promised_no_more_than_the_procedure_does() -> None:
    text = letters_of(OF_DERBY["08_rejected_with_two"], "not_suitable", DERBY)["Ms D"]

    assert "We think that your application is vexatious." in text
    assert "look at ways" not in text  # D6: only where the threshold is not met
    assert "also without a review: Derbyshire Victim Services" in text


def test_who_is_passed_on_is_promised_nothing_of_what_the_other_council_does() -> None:
    text = letters_of(OF_EXAMPLIA["12_passed_on_to_another_council"], "told_passed_on")["Ms A"]

    assert "they have the application. If you do not hear from them, ring us on" in text
    assert "in touch" not in text
    assert "weeks" not in text


def test_the_next_word_is_meant_for_a_day_on_which_the_task_is_there_and_only_until_the_panel_decides() -> None:
    text = letters_of(OF_SELBY["09_kept_updated"], "progress", SELBY)["Ms S"]

    assert "Unless the panel has decided before, we mean to write to you again on 11 April 2022." in text
    assert "at the latest" not in text
