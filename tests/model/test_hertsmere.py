"""Hertsmere stands on the model procedure: what is its own, what it takes over, and what it is told by, as ever."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.diagram import ElementKind, EventKind
from engine.variants import Variant, load_variant

ROOT = Path(__file__).parents[2]
DECISION = ROOT / "docs" / "decisions" / "0010-hertsmere-extends-the-model.md"
CATCHING = (ElementKind.START, ElementKind.BOUNDARY, ElementKind.CATCH)
#: Programs send these, so that none may come or go unseen.
TOLD = {
    "action_delayed", "appeal", "attempt", "change_appeal_decider", "further_application", "immediate_risk",
    "lead_agency_changes", "pass_on", "review_again", "service_complaint", "update_request", "withdraw",
    "withdraw_further_review",
}  # fmt: skip


@pytest.fixture(scope="module")
def hertsmere() -> Variant:
    return load_variant(ROOT / "bpmn" / "hertsmere", root=ROOT / "bpmn")


def test_each_file_of_its_own_has_its_reason_in_the_decision(hertsmere: Variant) -> None:
    _, _, table = DECISION.read_text().partition("| what is its own | why |")
    rows = [line for line in table.partition("\n\n")[0].splitlines() if line.startswith("| `")]
    told = [name for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[1])]
    own = [file for file, folder in hertsmere.origin.items() if folder == "hertsmere" and "scenarios/" not in file]
    assert sorted(told) == sorted(own)


def test_what_is_said_to_be_taken_over_is_the_models(hertsmere: Variant) -> None:
    table = DECISION.read_text().partition("| what | why it is taken over |")[2].partition("| what is its own")[0]
    told = {name for name in re.findall(r"`([a-z_/]+\.[a-z]+)`", table) if not name.startswith("letters.")}
    assert told == {
        file
        for file, folder in hertsmere.origin.items()
        if folder == "model" and file.endswith((".bpmn", ".dmn", ".form", ".md"))
    }


def test_no_message_begins_or_interrupts_what_the_document_does_not_have(hertsmere: Variant) -> None:
    caught = {
        element.event.name
        for element in hertsmere.elements
        if element.event is not None and element.event.kind is EventKind.MESSAGE and element.kind in CATCHING
    }
    assert caught == TOLD


def test_the_guards_of_the_act_stand_before_its_letters_too_and_as_the_base_gives_them(hertsmere: Variant) -> None:
    guards = {guard.name: guard for guard in hertsmere.settings.guards}
    model = load_variant(ROOT / "bpmn" / "model", root=ROOT / "bpmn")
    for given in model.settings.guards:
        if given.is_of_the_act:
            here = guards[given.name]
            assert (here.when, here.unless, here.clause) == (given.when, given.unless, given.clause)
            assert given.letters <= here.letters
            assert given.facts <= here.facts
    assert "CT3" in guards["second_person_agrees"].letters
    assert "unsuitable" in guards["bodies_have_the_application"].letters


def test_a_letter_of_the_model_is_signed_by_the_point_of_contact(hertsmere: Variant) -> None:
    assert hertsmere.origin[hertsmere.letters["update"].file] == "model"
    assert "csio_name" in hertsmere.settings.letter_conditions["contact_person"]
