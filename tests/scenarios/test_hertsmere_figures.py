"""What Hertsmere publishes of a worked example is what happened in it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from engine.bootstrap import build_simulation_office
from engine.casework.copies.case_file import read_case_file
from engine.casework.overview.figures import count_figures
from engine.scenarios import play
from tests.scenarios.shown_clauses import HERTSMERE, SCENARIOS

THE_YEAR = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}


@pytest.mark.parametrize(
    ("scenario", "counts"),
    [
        # the threshold is not met, the appeal is allowed, and a review is held and another asked for
        ("the-whole-story", {"applications": 1, "threshold_not_met": 1, "reviews": 1, "appeals": 1}),
        ("02_just_not_met_day_31", {"applications": 1, "threshold_not_met": 1, "reviews": 0, "appeals": 0}),
        # one neither: counted by itself, so that the figures need not add up
        ("14_withdrawn_before_the_panel", {"applications": 1, "threshold_not_met": 0, "reviews": 0, "appeals": 0}),
        # a draft, which the victim sees first, is no second review
        ("177_draft_plan_shown_to_the_victim", {"reviews": 1}),
        ("11_action_22_days", {"applications": 1, "threshold_not_met": 0, "reviews": 1, "appeals": 0}),
        # nobody applied (H8.3)
        ("30_senior_manager_raises_a_case", {"applications": 0, "threshold_not_met": 0}),
        # members stay away, and a week later everybody is there: one review
        ("44_panel_not_complete_when_held", {"applications": 1, "reviews": 1}),
        # the case was reviewed and is reviewed again after the appeal
        ("20_appeal_while_an_action_is_open", {"applications": 1, "reviews": 2, "appeals": 1}),
        # a further application is one, whether it is taken up or not (H14.1), and is decided by itself
        ("54_further_application_not_met_either", {"applications": 2, "threshold_not_met": 2}),
        ("55_further_application_refused", {"applications": 2, "threshold_not_met": 1}),
        ("56_unreasonably_persistent", {"applications": 3, "threshold_not_met": 1}),
        ("116_applies_again_after_withdrawing", {"applications": 2}),
        # the chair adjourns the panel: nothing is decided yet
        ("176_chair_adjourns", {"applications": 1, "reviews": 0}),
        # the second person gives the decision back once
        ("221_given_back_by_the_second_person", {"threshold_not_met": 1}),
        # each appeal is an item of its own
        ("111_a_second_appeal_moves_nothing_of_the_first", {"threshold_not_met": 1, "appeals": 2}),
    ],
)
def test_the_figures_of_an_example(scenario: str, counts: dict[str, int]) -> None:
    office = build_simulation_office()
    assert play(SCENARIOS[scenario], HERTSMERE, office).is_right
    counted = {each.figure.id: each.count for each in count_figures(office, HERTSMERE, **THE_YEAR)}
    assert {figure: counted[figure] for figure in counts} == counts


@pytest.mark.parametrize(
    ("scenario", "figure", "days"),
    [
        ("54_further_application_not_met_either", "applications", ["2026-03-02", "2026-06-08"]),
        ("54_further_application_not_met_either", "threshold_not_met", ["2026-03-12", "2026-06-12"]),
        ("44_panel_not_complete_when_held", "reviews", ["2026-04-09"]),
        ("46_protected_action_left_out", "recommendations", ["2026-04-01"]),
        ("17_appeal_dismissed", "appeals", ["2026-04-13"]),
    ],
)
def test_each_counts_on_its_own_day(scenario: str, figure: str, days: list[str]) -> None:
    office = build_simulation_office()
    reference = play(SCENARIOS[scenario], HERTSMERE, office).reference
    (counted,) = (each for each in count_figures(office, HERTSMERE, **THE_YEAR) if each.figure.id == figure)
    assert [(case.reference, case.day.isoformat()) for case in counted.cases] == [(reference, day) for day in days]
    for case in counted.cases:
        alone = {each.figure.id: each.count for each in count_figures(office, HERTSMERE, first=case.day, last=case.day)}
        assert alone[figure] == 1


def test_the_act_asks_for_four_figures_and_each_is_counted() -> None:
    by_act = [figure.id for figure in HERTSMERE.settings.figures if "L104.9" in figure.clauses]
    assert by_act == ["applications", "threshold_not_met", "reviews", "recommendations"]


def test_a_fact_that_is_counted_is_told_in_one_place() -> None:
    for what in (what for figure in HERTSMERE.settings.figures for what in figure.counts if what.fact):
        forms = [form.id for form in HERTSMERE.forms.values() if what.fact in form.keys]
        elements = [element for process in HERTSMERE.processes.values() for element in process.elements.values()]
        told = [(e.id, mapping.source) for e in elements for mapping in e.outputs if mapping.target == what.fact]
        # a mapping that always tells another value than the one that counts adds nothing to the figure
        outputs = [element for element, source in told if what.value is not False or "false" in source]
        assert len([*forms, *outputs]) == 1, f"{what.fact}: {forms} {outputs}"


def test_the_victims_copy_of_an_example_holds_nothing_of_an_action_that_is_not_told_to_the_victim() -> None:
    office = build_simulation_office()
    reference = play(SCENARIOS["46_protected_action_left_out"], HERTSMERE, office).reference
    assert reference is not None
    whole, copy = read_case_file(office, reference), read_case_file(office, reference, made_for="victim")
    kept = {fact.item_id for fact in whole.facts if (fact.name, fact.value) == ("told_to_victim", "no")}
    said = json.dumps(copy.to_json())
    assert kept
    assert not {fact.item_id for fact in copy.facts} & kept
    for fact in whole.facts:
        if fact.item_id in kept and fact.name == "action":
            assert fact.value not in said
    assert copy.left_out["action"] == len(kept)
    assert {letter.recipient for letter in copy.letters} < {letter.recipient for letter in whole.letters}
