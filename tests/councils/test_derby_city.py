"""Derby City's procedure, by its guidance notes: sound, shown by examples, and nobody else's."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from typing import Any

import pytest

from engine.bootstrap import build_simulation_office, handlers_by_name
from engine.casework.copies.case_file import read_case_file
from engine.check import Severity, check_paths
from engine.forms import Form
from engine.scenarios import Scenario, play, scenarios_of
from engine.store import cases, letters, parcels, tasks
from engine.variants import load_variant
from tests.casework.handovers.shipped import office_serving
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
    assert own == {
        "procedure.bpmn", "forms/application.form", "letters/bodies_told.md", "pages/apply.md", "policy.toml",
        "variant.toml",
    }  # fmt: skip


def test_the_limits_are_those_of_the_document() -> None:
    said = {name: (row.limit.amount, row.limit.unit, row.counted_from) for name, row in DERBY.limits.items()}
    assert {
        name: said[name] for name in ("acknowledge", "threshold decision", "panel", "outcome", "lodge an appeal")
    } == {
        "acknowledge": (5, "working days", "completed_on"),
        "threshold decision": (15, "working days", "max([completed_on, taken_up_on][item != null])"),
        "panel": (40, "working days", "max([completed_on, taken_up_on][item != null])"),
        "outcome": (5, "days", "panel_held_on"),
        "lodge an appeal": (28, "days", "notified_on"),
    }


def test_every_clause_of_its_document_is_carried_out() -> None:
    carried = {clause for element in DERBY.elements for clause in element.clauses}
    carried |= {clause for row in DERBY.limits.values() for clause in row.limit.clauses}
    carried |= {clause for letter in DERBY.letters.values() for clause in letter.clauses}
    carried |= {clause for form in DERBY.forms.values() for clause in form_clauses(form)}
    carried |= {guard.clause for guard in DERBY.settings.guards}
    assert {clause for clause in DERBY.policy if clause.startswith("D")} - carried == set()


def test_its_settings_say_nothing_that_the_model_says_already() -> None:
    own, model = ({**settings_of(council)} for council in ("derby_city", "model"))
    said_twice = [key for key, value in flat(own) if (key, value) in set(flat(model))]
    assert said_twice == []
    long_texts = {value for _, value in flat(model) if isinstance(value, str) and len(value) > 40}
    assert [value for _, value in flat(own) if value in long_texts] == []


def test_where_its_document_and_the_law_disagree_stands_in_the_docs() -> None:
    page = (ROOT / "docs" / "conflicts.md").read_text(encoding="utf-8").partition("## Derby City")[2]
    own = tomllib.loads((BPMN / "derby_city" / "policy.toml").read_text(encoding="utf-8"))["conflicts"]
    for conflict in own:
        assert f"| {', '.join(conflict['clauses'])} | {conflict['sentence']} | {conflict['what_we_do']}" in page


def test_the_docs_count_its_lines_as_they_are() -> None:
    page = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    told = re.search(r"as what it says otherwise: (\w+) limits and (\w+) slots", page)
    words = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    own = settings_of("derby_city")
    assert told is not None
    assert told.groups() == (words[len(own["limits"])], words[len(own["use"])])


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


def test_an_appeal_that_the_commissioner_cannot_be_handed_here_goes_by_letter_and_nothing_else_is_said() -> None:
    """Where the Commissioner is not in the installation, a person passes it on, and the appellant reads no more."""
    office = office_serving(DERBY)
    scenario = next(each for each in SCENARIOS if each.name == "12_appeal_goes_to_the_commissioner")
    number = next(number for number, step in enumerate(scenario.steps) if step.tell == "appeal")
    outcome = play(replace(scenario, steps=scenario.steps[: number + 1]), DERBY, office)
    reference = outcome.reference or ""
    with office.database.read() as connection:
        (task,) = tasks.open_tasks(connection, reference=reference)
        assert parcels.parcels_of(connection, "derby_city", reference) == []
        told = {row.letter for row in letters.letters_of(connection, cases.find_case(connection, reference).case_id)}
    assert (task.element_id, "appeal_handed_over" in told) == ("hand_over_appeal", False)


def test_who_disagrees_reads_where_to_appeal_besides_writing_to_the_council() -> None:
    """D10: the Commissioner has a form of its own."""
    office = build_simulation_office()
    scenario = next(each for each in SCENARIOS if each.name == "11_not_met_and_supported")
    letters_sent = read_case_file(office, play(scenario, DERBY, office).reference or "").letters
    (text,) = {" ".join(each.text.split()) for each in letters_sent if each.letter == "not_met"}
    assert f"You can also send it there yourself: {DERBY.settings.council['appeals_page']}" in text
