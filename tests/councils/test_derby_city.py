"""Derby City's procedure, by its guidance notes: sound, shown by examples, and nobody else's."""

from __future__ import annotations

import pytest

from engine.bootstrap import build_simulation_office, handlers_by_name
from engine.check import Severity, check_paths
from engine.scenarios import Scenario, play, scenarios_of
from engine.variants import load_variant
from tests.house.checkout import ROOT

BPMN = ROOT / "bpmn"
DERBY = load_variant(BPMN / "derby_city", root=BPMN)
SCENARIOS = scenarios_of(DERBY)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_scenario_comes_out_as_it_says(scenario: Scenario) -> None:
    outcome = play(scenario, DERBY, build_simulation_office())
    assert [f"{miss.where}: {miss.sentence}" for miss in outcome.misses] == []


def test_it_has_no_error_and_nothing_of_another_council() -> None:
    findings = check_paths([BPMN / "derby_city"], handlers=tuple(handlers_by_name().values()))
    assert [each.sentence for each in findings if each.severity is Severity.ERROR or each.rule == "identity"] == []


def test_every_clause_of_its_document_is_shown_by_an_example() -> None:
    shown = {clause for scenario in SCENARIOS for clause in scenario.clauses}
    assert {clause for clause in DERBY.policy if clause.startswith("D")} - shown == set()


def test_what_is_its_own_is_the_drawing_of_its_document_its_form_and_lines() -> None:
    own = {
        file for file, folder in DERBY.origin.items() if folder == "derby_city" and not file.startswith("scenarios/")
    }
    assert own == {"procedure.bpmn", "forms/application.form", "pages/apply.md", "policy.toml", "variant.toml"}


def test_the_limits_are_those_of_the_document() -> None:
    said = {name: (row.limit.amount, row.limit.unit, row.counted_from) for name, row in DERBY.limits.items()}
    assert {
        name: said[name] for name in ("acknowledge", "threshold decision", "panel", "outcome", "lodge an appeal")
    } == {
        "acknowledge": (5, "working days", "completed_on"),
        "threshold decision": (15, "working days", "completed_on"),
        "panel": (40, "working days", "completed_on"),
        "outcome": (5, "days", "panel_held_on"),
        "lodge an appeal": (28, "days", "notified_on"),
    }
