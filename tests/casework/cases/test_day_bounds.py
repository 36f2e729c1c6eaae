"""A day is held to what the forms say of it when a case is opened and when the day is corrected."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from engine import feel
from engine.bootstrap import build_simulation_office
from engine.casework.cases.corrections import correct_fact
from engine.casework.cases.intake import open_case
from engine.errors import BadInputError, FormAnswersError
from engine.model import Subject
from engine.store import cases, facts
from tests.casework.cases.test_told_later import HERTSMERE, VARIANTS, agreed, at

APPLICATION = json.loads((VARIANTS / "hertsmere" / "scenarios" / "application.json").read_text())


@pytest.mark.parametrize(
    ("path", "days", "said"),
    [
        ("", {"application_date": "2027-02-28"}, "in the future"),
        ("reports[1].incident_on", {"incident_on": "2062-02-01", "reported_on": "2062-02-02"}, "in the future"),
        ("reports[1].reported_on", {"incident_on": "2026-02-03", "reported_on": "2026-02-02"}, "before “When did it"),
    ],
)  # fmt: skip
def test_an_application_with_a_day_that_cannot_be_is_refused(path: str, days: dict[str, Any], said: str) -> None:
    office = build_simulation_office()
    at(office, date(2026, 3, 1), awake=False)
    answers = deepcopy(APPLICATION)
    (answers["reports"][0] if path else answers).update(days)
    with pytest.raises(FormAnswersError) as refusal:
        open_case(office, HERTSMERE, answers, by="Officer 1")
    assert said in dict(refusal.value.problems)[path or "application_date"]


def correct(name: str, day: str, item: str = "") -> None:
    office, reference = agreed()
    correct_fact(office, reference, name, day, reason="misread", by="Officer 1", item_id=item)


@pytest.mark.parametrize(
    ("name", "day", "item", "said"),
    [
        ("panel_held_on", "2026-06-01", "", "in the future"),
        ("reported_on", "2025-11-09", "reports-1", "before “When did it"),
        ("incident_on", "2025-11-12", "reports-1", "“When was it reported?” is Tuesday 11 November 2025"),
        ("application_date", "2026-04-02", "", "which is before “When was the application made?”"),
        ("due_on", "2026-03-31", "actions-1", "in the past"),  # it was agreed on 1 April
    ],
)
def test_a_day_is_not_corrected_to_one_that_cannot_be(name: str, day: str, item: str, said: str) -> None:
    with pytest.raises(BadInputError, match=said.replace("?", r"\?")):
        correct(name, day, item)


def test_a_day_that_had_to_be_to_come_is_held_to_the_day_on_which_it_was_told() -> None:
    correct("due_on", "2026-04-02", "actions-1")  # it has passed by now, and was to come when it was agreed


def test_an_uncertain_day_is_put_right_and_an_exact_one_found_to_be_uncertain() -> None:
    office, reference = agreed()

    def told(day: str) -> dict[str, Any]:
        correct_fact(office, reference, "incident_on", day, reason="x", by="Officer 1", item_id="reports-1")
        with office.database.read() as connection:
            case_id = cases.find_case(connection, reference).case_id
            known = facts.current_facts(connection, case_id, Subject.of_item("reports-1"))
            return {row.name: feel.load(row.value) for row in known if row.name.startswith("incident_on")}

    assert told("about 5 November 2025") == {
        "incident_on": date(2025, 11, 12),
        "incident_on_from": date(2025, 10, 29),
        "incident_on_about": "about 5 November 2025",
    }
    assert told("2025-11-09") == {
        "incident_on": date(2025, 11, 9),
        "incident_on_from": None,
        "incident_on_about": None,
    }
