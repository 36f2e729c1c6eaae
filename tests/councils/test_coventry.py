"""Coventry's procedure, by what the Ombudsman's report tells of it: sound, shown by examples, and nobody else's."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from engine.bootstrap import build_simulation_office, handlers_by_name
from engine.check import Severity, check_paths
from engine.forms import Form
from engine.scenarios import Scenario, play, scenarios_of
from engine.variants import load_variant
from tests.house.checkout import ROOT

BPMN = ROOT / "bpmn"
COVENTRY = load_variant(BPMN / "coventry", root=BPMN)
SCENARIOS = scenarios_of(COVENTRY)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_scenario_comes_out_as_it_says(scenario: Scenario) -> None:
    outcome = play(scenario, COVENTRY, build_simulation_office())
    assert [f"{miss.where}: {miss.sentence}" for miss in outcome.misses] == []


def test_it_has_no_error_and_nothing_of_another_council() -> None:
    findings = check_paths([BPMN / "coventry"], handlers=tuple(handlers_by_name().values()))
    assert [each.sentence for each in findings if each.severity is Severity.ERROR or each.rule == "identity"] == []


def test_every_clause_of_its_document_is_shown_by_an_example() -> None:
    shown = {clause for scenario in SCENARIOS for clause in scenario.clauses}
    assert {clause for clause in COVENTRY.policy if clause.startswith("C")} - shown == set()


def test_what_is_its_own_is_the_drawing_of_its_document_its_page_and_lines() -> None:
    own = {
        file for file, folder in COVENTRY.origin.items() if folder == "coventry" and not file.startswith("scenarios/")
    }
    assert own == {
        "procedure.bpmn", "pages/apply.md", "policy.toml", "variant.toml",
    }  # fmt: skip


def test_every_clause_of_its_document_is_carried_out() -> None:
    carried = {clause for element in COVENTRY.elements for clause in element.clauses}
    carried |= {clause for row in COVENTRY.limits.values() for clause in row.limit.clauses}
    carried |= {clause for letter in COVENTRY.letters.values() for clause in letter.clauses}
    carried |= {clause for form in COVENTRY.forms.values() for clause in form_clauses(form)}
    carried |= {guard.clause for guard in COVENTRY.settings.guards}
    assert {clause for clause in COVENTRY.policy if clause.startswith("C")} - carried == set()


def test_its_settings_say_nothing_that_the_model_says_already() -> None:
    own, model = ({**settings_of(council)} for council in ("coventry", "model"))
    said_twice = [key for key, value in flat(own) if (key, value) in set(flat(model))]
    assert said_twice == []
    long_texts = {value for _, value in flat(model) if isinstance(value, str) and len(value) > 40}
    assert [value for _, value in flat(own) if value in long_texts] == []


def test_no_guard_looks_for_words_in_what_somebody_wrote() -> None:
    looks = re.compile(r"(?<!list )contains\(|lower case\(|matches\(")
    assert [guard.name for guard in COVENTRY.settings.guards if looks.search(guard.unless)] == []


def test_where_its_document_and_the_law_disagree_stands_in_the_docs() -> None:
    page = (ROOT / "docs" / "conflicts.md").read_text(encoding="utf-8").partition("## Coventry")[2]
    own = tomllib.loads((BPMN / "coventry" / "policy.toml").read_text(encoding="utf-8"))["conflicts"]
    for conflict in own:
        assert f"| {', '.join(conflict['clauses'])} | {conflict['sentence']} | {conflict['what_we_do']}" in page


def settings_of(council: str) -> dict[str, Any]:
    return tomllib.loads((BPMN / council / "variant.toml").read_text(encoding="utf-8"))


def flat(value: Any, key: str = "") -> list[tuple[str, Any]]:
    """Every value of a table by its keys; an entry of a list of tables by its id or name."""
    if isinstance(value, dict):
        return [pair for name, inner in value.items() for pair in flat(inner, f"{key}.{name}")]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        named = [(each.get("id") or each.get("name") or str(place), each) for place, each in enumerate(value)]
        return [
            pair for name, each in named for pair in flat({k: v for k, v in each.items() if k != "id"}, f"{key}.{name}")
        ]
    return [(key, tuple(value) if isinstance(value, list) else value)]


def form_clauses(form: Form) -> set[str]:
    return {clause for question in form.questions for clause in question.field.clauses}
