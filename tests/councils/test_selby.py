"""Selby's procedure, by its page: sound, shown by examples, and refused where it says nothing and no default holds."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from engine.bootstrap import build_simulation_office, handlers_by_name
from engine.casework.overview.figures import count_figures
from engine.check import Finding, Severity, check_paths
from engine.clock import LONDON
from engine.scenarios import Scenario, play, scenarios_of
from engine.variants import load_variant
from tests.councils.test_derby_city import flat, form_clauses, settings_of
from tests.house.checkout import ROOT

BPMN = ROOT / "bpmn"
SELBY = load_variant(BPMN / "selby", root=BPMN)
SCENARIOS = scenarios_of(SELBY)


def findings(folder: Path) -> list[Finding]:
    return check_paths([folder], root=BPMN, handlers=tuple(handlers_by_name().values()))


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_scenario_comes_out_as_it_says(scenario: Scenario) -> None:
    outcome = play(scenario, SELBY, build_simulation_office())
    assert [f"{miss.where}: {miss.sentence}" for miss in outcome.misses] == []


def test_it_has_no_error_and_nothing_of_another_council() -> None:
    found = findings(BPMN / "selby")
    assert [each.sentence for each in found if each.severity is Severity.ERROR or each.rule == "identity"] == []


def test_every_clause_of_its_page_is_carried_out_and_shown() -> None:
    own = {clause for clause in SELBY.policy if clause.startswith("S")}
    carried = {clause for element in SELBY.elements for clause in element.clauses}
    carried |= {clause for row in SELBY.limits.values() for clause in row.limit.clauses}
    carried |= {clause for letter in SELBY.letters.values() for clause in letter.clauses}
    carried |= {clause for form in SELBY.forms.values() for clause in form_clauses(form)}
    carried |= {clause for figure in SELBY.settings.figures for clause in figure.clauses}
    assert own - carried == set()
    # What is published is shown by the figures' own tests.
    assert own - {clause for scenario in SCENARIOS for clause in scenario.clauses} == {"S6"}


def test_what_the_page_leaves_open_is_refused_with_a_sentence_for_each(tmp_path: Path) -> None:
    folder = tmp_path / "selby"
    shutil.copytree(BPMN / "selby", folder)
    settings = folder / "variant.toml"
    text = settings.read_text(encoding="utf-8")
    for line in ("appeals = ", "ways_to_apply = ", '"lodge an appeal" = ', '"update interval" = '):
        text, count = re.subn(rf"^{re.escape(line)}.*\n", "", text, flags=re.MULTILINE)
        assert count == 1, line
    settings.write_text(text, encoding="utf-8")
    refused = [each for each in findings(folder) if each.rule == "settings" and each.severity is Severity.ERROR]
    assert sorted(each.element_id for each in refused) == [
        "contact.appeals", "contact.ways_to_apply", "limits.lodge an appeal", "limits.update interval",
    ]  # fmt: skip
    assert all(f"Write {each.element_id} in variant.toml." in each.sentence for each in refused)


def test_the_limits_are_those_of_the_page() -> None:
    said = {name: (row.limit.amount, row.limit.unit, row.counted_from) for name, row in SELBY.limits.items()}
    assert said["whole review"] == (8, "weeks", "max([completed_on, taken_up_on][item != null])")
    assert said["qualifying complaint"] == (1, "months", "incident_on")


def test_limits_that_come_to_more_than_the_eight_weeks_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "selby"
    shutil.copytree(BPMN / "selby", folder)
    settings = folder / "variant.toml"
    text = re.sub(
        r'^"(panel|threshold decision|review without an answer)" = .*\n', "", settings.read_text(), flags=re.M
    )
    lines = """[limits]
"threshold decision" = "10 working days after completed_on"
"contact the victim" = "20 working days after met_sent_on"
"panel" = "15 working days after contacted_on"
"review without an answer" = "30 working days after completed_on"
"""
    settings.write_text(text.replace("[limits]\n", lines, 1), encoding="utf-8")
    (too_long,) = [each.sentence for each in findings(folder) if each.rule == "time-frames"]
    assert "within 8 weeks (“whole review”)" in too_long
    assert "10 weeks" in too_long
    assert all(f"{days} working days for" in too_long for days in (10, 20, 15))


def test_its_settings_say_nothing_that_the_model_says_already() -> None:
    own, model = settings_of("selby"), settings_of("model")
    assert [key for key, value in flat(own) if (key, value) in set(flat(model))] == []


def test_where_its_page_and_the_law_disagree_stands_in_the_docs() -> None:
    page = (ROOT / "docs" / "conflicts.md").read_text(encoding="utf-8").partition("## Selby")[2]
    own = tomllib.loads((BPMN / "selby" / "policy.toml").read_text(encoding="utf-8"))["conflicts"]
    for conflict in own:
        assert f"| {', '.join(conflict['clauses'])} | {conflict['sentence']} | {conflict['what_we_do']}" in page


@pytest.mark.parametrize(
    ("scenario", "counted"),
    [
        # On 19 April the end is put off to 13 May, and told: 26 April stays what was promised.
        ("10_timescale_changes", {date(2022, 4, 27): 1}),
        # Nobody says a word before it passes.
        ("14_eight_weeks_pass", {date(2022, 4, 27): 1}),
        # Only a part takes longer, and 26 April is still to come.
        ("15_timescale_of_a_part", {}),
        # The case is taken up again: the eight weeks run anew.
        ("16_taken_up_again", {}),
    ],
)
def test_a_promise_that_was_put_off_shows_as_late(scenario: str, counted: dict[date, int]) -> None:
    office = build_simulation_office()
    assert play(next(each for each in SCENARIOS if each.name == scenario), SELBY, office).is_right
    (late,) = [figure for figure in SELBY.settings.figures if figure.id == "late"]
    for first, last in ((date(2022, 4, 1), date(2023, 3, 31)), (date(2021, 4, 1), date(2022, 3, 31))):
        (figure,) = count_figures(office, SELBY, first=first, last=last, figures=[late])
        assert Counter(case.day for case in figure.cases) == {
            day: number for day, number in counted.items() if first <= day <= last
        }  # fmt: skip


def test_until_the_promised_day_has_passed_nothing_is_late() -> None:
    scenario = next(each for each in SCENARIOS if each.name == "10_timescale_changes")
    until_the_day = replace(scenario, steps=scenario.steps[:-1])
    office = build_simulation_office()
    assert play(until_the_day, SELBY, office).is_right
    office.clock.set(datetime(2022, 4, 26, 23, 30, tzinfo=LONDON))
    (late,) = [figure for figure in SELBY.settings.figures if figure.id == "late"]
    year = {"first": date(2022, 4, 1), "last": date(2023, 3, 31)}
    assert count_figures(office, SELBY, **year, figures=[late])[0].count == 0
    office.clock.set(datetime(2022, 4, 27, 0, 30, tzinfo=LONDON))
    assert count_figures(office, SELBY, **year, figures=[late])[0].count == 1
