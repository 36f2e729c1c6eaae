"""A case for which nobody applied: its own form and references, no applicant, in no figure of applications."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from typing import Any

import pytest

from engine.bootstrap import build_simulation_office
from engine.casework.applications.applicant import case_for_applicant
from engine.casework.cases.intake import open_case
from engine.casework.overview.figures import count_figures
from engine.casework.step.office import Office
from engine.clock import SettableClock
from engine.errors import AccessRefusedError, BadInputError, NotAllowedError
from engine.model import ACCESS_CODE, CASE
from engine.store import cases, facts, record
from engine.variants import load_variant
from engine.variants.settings_reader import read_settings
from tests.house.checkout import ROOT

BPMN = ROOT / "bpmn"
COVENTRY = load_variant(BPMN / "coventry", root=BPMN)
REPORT: dict[str, Any] = {
    "ombudsman_reference": "21 000 098",
    "report_received_on": "2022-04-11",
    "remedy_about": "An email was misdated.",
    "remedy_actions": [
        {
            "remedy_kind": "apology", "remedy_action": "Apologise.", "remedy_owner": "Officer 1",
            "remedy_team": "community_safety", "remedy_due_on": "2022-05-09",
        }
    ],
}  # fmt: skip


@pytest.fixture
def office() -> Office:
    office = build_simulation_office()
    assert isinstance(office.clock, SettableClock)
    office.clock.set(datetime(2022, 4, 11, 9, tzinfo=UTC))
    return office


def application() -> dict[str, Any]:
    told = tomllib.loads((BPMN / "coventry/scenarios/05_one_hate_incident.toml").read_text(encoding="utf-8"))
    answers: dict[str, Any] = told["application"]["answers"]
    return answers


def begin(office: Office, *, by: str = "Officer 1", start: str = "remedy") -> str:
    return open_case(office, COVENTRY, REPORT, by=by, start=start)


def test_it_has_a_series_of_references_of_its_own(office: Office) -> None:
    assert begin(office) == "COVR-2022-0001"
    assert open_case(office, COVENTRY, application(), by="the applicant") == "COV-2022-0001"
    assert begin(office) == "COVR-2022-0002"


def test_it_is_never_counted_as_an_application(office: Office) -> None:
    begin(office)
    assert figures(office) == {0}
    open_case(office, COVENTRY, application(), by="the applicant")
    assert figures(office) == {0, 1}


def figures(office: Office) -> set[int]:
    counted = count_figures(office, COVENTRY, first=date(2021, 1, 1), last=date(2022, 12, 31))
    return {len(each.cases) for each in counted}


def test_it_has_no_applicant_and_so_no_page_of_one(office: Office) -> None:
    reference = begin(office)
    with office.database.read() as connection:
        case = cases.find_case(connection, reference, COVENTRY.id)
        assert ACCESS_CODE not in {fact.name for fact in facts.current_facts(connection, case.case_id, CASE)}
        first = next(iter(record.entries_of(connection, case.case_id)))
    assert (first.kind, first.content["word"], first.content["by"]) == ("case begun", "Remedy", "Officer 1")
    with pytest.raises(AccessRefusedError):
        case_for_applicant(office, COVENTRY.id, reference, "AAAA-AAAA-AAAA")


@pytest.mark.parametrize("by", ["the applicant", "Sergeant 1"])
def test_only_its_teams_may_begin_it(office: Office, by: str) -> None:
    with pytest.raises(NotAllowedError):
        begin(office, by=by)


def test_a_start_that_there_is_not_is_named_with_those_there_are(office: Office) -> None:
    with pytest.raises(BadInputError, match="begins no case with “remdy”"):
        begin(office, start="remdy")


def test_what_is_wrong_in_the_folder_is_said() -> None:
    _, sentences = read_settings(
        {
            "name": "X",
            "starts": {
                "one": {"process": "p", "word": "One", "series": "R"},
                "two": {"process": "p", "word": "Two", "series": "R", "teams": ["t"]},
                "three": {"process": "p", "word": "Three", "series": "r1", "teams": ["t"]},
            },
        }
    )
    said = " ".join(sentences)
    assert "[starts.one]: “teams” is missing: nobody may begin such a case." in said
    assert "The series “R” is that of “one” already." in said
    assert "“series” is “r1”, which cannot be used." in said
