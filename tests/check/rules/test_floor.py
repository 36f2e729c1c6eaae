from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from engine.check.rules.floor import RULE
from engine.dmn import Definitions
from engine.variants import Variant
from tests.check.builders import SETTINGS, Drawing, decision, folder, form, plain, together

_GUARD = """[guards.act]
before = { facts = ["threshold_met"] }
when = "threshold_met = false"
unless = "floor != true"
sentence = "Three reports bind."
clause = "L104.4"
"""
_FLOOR = SETTINGS + _GUARD
_REPORTS = {
    "type": "dynamiclist", "path": "reports", "label": "Reports", "id": "l",
    "components": [
        {"type": "datetime", "subtype": "date", "key": "incident_on", "dateLabel": "Incident", "id": "i"},
        {"type": "datetime", "subtype": "date", "key": "reported_on", "dateLabel": "Reported", "id": "r"},
    ],
}  # fmt: skip
_FELT = {
    "type": "radio", "key": "action_felt", "label": "Felt", "id": "e",
    "values": [{"label": "Yes", "value": "yes"}, {"label": "No", "value": "no"}],
}  # fmt: skip
_MET = {"type": "checkbox", "key": "threshold_met", "label": "Met", "id": "m"}


def _deciding(table: str, settings: str = _FLOOR, met: str = "count(reports) >= 3") -> Variant:
    drawing = Drawing().start(form="application").decide("propose", "threshold", "proposal")
    drawing.user("confirm", form="confirm").end().flow("received", "propose", "confirm", "closed")
    return folder(
        drawing,
        settings=settings,
        floor_dmn=decision("floor", met, reads="reports"),
        threshold_dmn=decision("threshold", table, reads="reports"),
        forms__application_form=form("application", _REPORTS, _FELT),
        forms__confirm_form=form("confirm", _MET),
    )


def test_a_table_that_takes_what_the_act_takes_is_left_alone() -> None:
    assert together(RULE, _deciding("count(reports) >= 3")) == []
    assert together(RULE, _deciding("count(reports) >= 2")) == []


def test_a_table_that_asks_for_more_reports_is_shown_with_a_case() -> None:
    (finding,) = together(RULE, _deciding("count(reports) >= 4"))
    assert (finding.file, finding.severity) == ("threshold.dmn", "warning")
    assert "With 3 reports (incident on 10 March 2026, reported on 10 March 2026), the Act's" in finding.sentence


def test_a_table_that_asks_for_more_than_the_act_is_shown_with_the_answer() -> None:
    findings = together(RULE, _deciding('count(reports) >= 3 and action_felt = "no"'))
    assert [finding.severity for finding in findings] == ["warning"]
    assert 'action_felt = "yes"' in findings[0].sentence


def test_a_table_with_a_shorter_period_is_shown() -> None:
    """Days that lie inside six months and outside five are tried."""
    table = 'count(reports[reported_on > date("2025-10-10")]) >= 3'
    assert len(together(RULE, _deciding(table))) == 1


def test_a_floor_that_cannot_be_tried_is_pointed_out() -> None:
    (finding,) = together(RULE, _deciding("count(reports) >= 3", met="1 +"))
    assert finding.severity == "warning"
    assert "could not be tried" in finding.sentence


def test_a_folder_without_a_floor_is_left_alone() -> None:
    assert together(RULE, folder(plain())) == []


def test_a_guard_of_the_council_s_own_is_not_played() -> None:
    settings = SETTINGS + _GUARD.replace("L104.4", "H5.1")
    assert together(RULE, _deciding("count(reports) >= 4", settings)) == []


def test_what_one_guard_of_the_act_goes_by_is_not_played_beside_another() -> None:
    """A council that inherits a second guard is not told that the Act's own threshold falls below itself."""
    other = _GUARD.replace("guards.act", "guards.periods").replace("floor != true", "within_periods != true")
    drawing = Drawing().start(form="application").decide("apply", "floor", "act_says")
    drawing.user("confirm", form="confirm").end().flow("received", "apply", "confirm", "closed")
    variant = folder(
        drawing,
        settings=SETTINGS + _GUARD + other,
        floor_dmn=decision("floor", "count(reports) >= 4", reads="reports"),
        periods_dmn=decision("within_periods", "count(reports) >= 3", reads="reports"),
        forms__application_form=form("application", _REPORTS, _FELT),
        forms__confirm_form=form("confirm", _MET),
    )
    assert together(RULE, variant) == []


def test_the_act_is_asked_once_about_a_case_however_many_tables_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    explain = Definitions.explain

    def noting(self: Definitions, name: str, inputs: Mapping[str, Any], **rest: Any) -> Any:
        if name == "floor":
            asked.append(repr(inputs["reports"]))
        return explain(self, name, inputs, **rest)

    monkeypatch.setattr(Definitions, "explain", noting)
    drawing = Drawing().start(form="application").decide("propose", "threshold", "proposal")
    drawing.decide("again", "once_more", "second").user("confirm", form="confirm").end()
    variant = folder(
        drawing.flow("received", "propose", "again", "confirm", "closed"),
        settings=_FLOOR,
        floor_dmn=decision("floor", "count(reports) >= 3", reads="reports"),
        threshold_dmn=decision("threshold", "count(reports) >= 4", reads="reports"),
        more_dmn=decision("once_more", "count(reports) >= 5", reads="reports"),
        forms__application_form=form("application", _REPORTS, _FELT),
        forms__confirm_form=form("confirm", _MET),
    )
    assert {finding.file for finding in together(RULE, variant)} == {"threshold.dmn", "more.dmn"}
    assert len(asked) == len(set(asked)) > 100
