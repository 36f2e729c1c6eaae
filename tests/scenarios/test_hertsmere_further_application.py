"""After a further application the case has one contact: whoever is named last, wherever it is read."""

from __future__ import annotations

from engine import feel
from engine.bootstrap import build_simulation_office
from engine.casework.applications.applicant import case_for_applicant
from engine.model import ACCESS_CODE
from engine.scenarios import play
from engine.store import cases, facts
from engine.store.letters import letters_of
from tests.scenarios.shown_clauses import HERTSMERE, SCENARIOS

#: Officer 1 was the contact at first; the further application of June is acknowledged by naming Officer 2.
APPEALED = SCENARIOS["122_decision_on_the_further_application_is_appealed_against"]


def test_the_applicants_page_and_letters_name_the_contact_of_now() -> None:
    office = build_simulation_office()
    outcome = play(APPEALED, HERTSMERE, office)
    assert outcome.is_right
    assert outcome.reference is not None
    with office.database.read() as connection:
        case = cases.find_case(connection, outcome.reference)
        code = feel.load(facts.current_named(connection, case.case_id, [ACCESS_CODE])[0].value)
        letters = {letter.letter: letter.text for letter in letters_of(connection, case.case_id)}
    assert case_for_applicant(office, case.council_id, outcome.reference, code).contact.name == "Officer 2"
    assert "Officer 2" in letters["CT3b"]  # the appeal has no contact of its own
    assert "Officer 1" not in letters["CT3b"]
