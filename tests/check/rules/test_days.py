from __future__ import annotations

from typing import Any

from engine.check import Finding
from engine.check.rules.days import RULE
from tests.check.builders import about, folder, form, plain, together


def _day(key: str = "application_date", subtype: str = "date", **properties: str) -> dict[str, Any]:
    return {
        "type": "datetime", "subtype": subtype, "key": key, "dateLabel": "Day", "id": f"field_{key}",
        "properties": properties,
    }  # fmt: skip


def _found(*asked: dict[str, Any]) -> list[Finding]:
    return together(RULE, folder(plain(), forms__application_form=form("application", *asked)))


def test_a_day_that_may_be_any_is_pointed_out() -> None:
    for subtype in ("date", "datetime"):
        (finding,) = _found(_day(subtype=subtype))
        assert about([finding]) == [("field_application_date", "warning")]
        assert "“Day”" in finding.sentence


def test_a_day_with_a_first_or_a_last_day_is_left_alone() -> None:
    for properties in ({"max": "=today()"}, {"min": "=case.opened_on"}, {"min": "=[today(), application_date]"}):
        assert _found(_day(**properties)) == []


def test_a_time_of_day_is_no_day() -> None:
    assert _found(_day(subtype="time")) == []


def test_a_day_in_a_list_is_looked_at_and_reads_the_entry_first() -> None:
    entries = [_day("incident_on"), _day("reported_on", min="=incident_on")]
    asked = {"type": "dynamiclist", "path": "reports", "id": "list", "label": "Reports", "components": entries}
    assert about(_found(asked)) == [("field_incident_on", "warning")]


def test_what_a_day_is_held_against_has_to_be_known() -> None:
    said = {"=aplication_date": "Is “application_date” meant?", "=case.opend_on": "“case.opend_on”"}
    for written, words in said.items():
        (finding,) = _found(_day(max=written))
        assert about([finding]) == [("field_application_date", "error")]
        assert words in finding.sentence


def test_no_limit_runs_before_there_is_a_case() -> None:
    (finding,) = _found(_day(max='=due("acknowledge")'))
    assert "none runs before there is a case" in finding.sentence
