"""Guards that no worked example can show, because the drawing never comes near them: with the drawing or a setting
changed, or a fact corrected in between, they hold all the same. And what a letter says of what counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.bootstrap import build_simulation_office
from engine.casework.background.sweep import bring_up_to_date
from engine.casework.cases.corrections import correct_fact
from engine.casework.step.office import Office
from engine.clauses import Carrier, CarrierKind
from engine.model import CaseStatus
from engine.scenarios import play
from engine.scenarios.movement import open_tasks, take_step
from engine.store import cases
from engine.store.incidents import open_incidents
from engine.store.letters import letters_of
from engine.toml import read_toml, write_toml
from engine.variants import Variant
from tests.scenarios.removal import without
from tests.scenarios.shown_clauses import HERTSMERE, NOT_REACHED, SCENARIOS


def played(name: str, *, steps: int | None = None, variant: Variant = HERTSMERE) -> tuple[Office, str, list[str]]:
    """The scenario up to a step: the office, the case, and what did not come out as it says."""
    scenario = SCENARIOS[name]
    office = build_simulation_office()
    outcome = play(replace(scenario, steps=scenario.steps[:steps]), variant, office)
    assert outcome.reference is not None
    return office, outcome.reference, [miss.sentence for miss in outcome.misses]


def drawn_without(element_id: str) -> Variant:
    file = next(file for file, diagram in HERTSMERE.diagrams.items() if any(
        element_id in process.elements for process in diagram.processes.values()
    ))  # fmt: skip
    return without(HERTSMERE, Carrier(kind=CarrierKind.ELEMENT, file=file, id=element_id, name=element_id, clauses=()))


def without_delegation() -> Variant:
    table = dict(read_toml(HERTSMERE.files["variant.toml"], name="variant.toml"))
    del table["delegation"]
    return Variant.from_files({**HERTSMERE.files, "variant.toml": write_toml(table).encode()}, HERTSMERE.id)


@pytest.mark.parametrize(
    ("name", "variant", "words"),
    [
        ("107_second_person_agrees", drawn_without("is_second_person_needed"), "(L104.4c)"),
        ("24_unsuitable_service_only", drawn_without("tell_bodies"), "(L104.3)"),
        ("02_just_not_met_day_31", without_delegation(), "(L104.1b)"),
    ],
)
def test_a_way_round_that_somebody_draws_is_held_back(name: str, variant: Variant, words: str) -> None:
    office, reference, misses = played(name, variant=variant)
    assert any(words in sentence for sentence in misses)
    with office.database.read() as connection:
        assert cases.find_case(connection, reference).status == CaseStatus.OPEN


def test_without_a_delegation_the_bodies_are_named() -> None:
    *_, misses = played("108_bodies_took_part_in_the_decision", variant=without_delegation())
    assert misses == []


def test_a_case_does_not_close_without_a_review_when_its_reports_are_put_right_after_the_decision() -> None:
    """L104.1: the second person is still to look at it, and the report was about the right address after all."""
    name = "19_report_shown_to_be_wrong"
    office, reference, misses = played(name, steps=-1)
    assert misses == []
    correct_fact(
        office, reference, "confirmed", "confirmed", reason="It was the right one.", by="Officer 1", item_id="reports-1"
    )
    assert [task.element_id for task in open_tasks(office, reference)] == ["look_again"]
    take_step(office, reference, SCENARIOS[name].steps[-1])
    bring_up_to_date(office)
    with office.database.read() as connection:
        case = cases.find_case(connection, reference)
        [incident] = open_incidents(connection, case_id=case.case_id)
    assert case.status == CaseStatus.OPEN
    assert "no review" in incident.message
    assert "(L104.1)" in incident.message


def test_the_guards_that_no_example_shows_are_those_that_are_shown_here() -> None:
    assert {f"variant.toml#{guard.name}" for guard in HERTSMERE.settings.guards} > NOT_REACHED


def test_the_letter_says_of_one_incident_told_to_three_bodies_that_it_counts_once() -> None:
    office, reference, misses = played("105_one_incident_three_bodies")
    assert misses == []
    with office.database.read() as connection:
        case = cases.find_case(connection, reference)
        [text] = [each.text for each in letters_of(connection, case.case_id) if each.letter == "CT3"]
    told = [line for line in text.splitlines() if "Reported to" in line]
    assert told[0].endswith("of 1 February 2026: it counts")
    assert [line.partition("of 1 February 2026: ")[2] for line in told[1:]] == [
        "the same incident as the first; counts once"
    ] * 2
