"""Which elements and flows the scenarios take: an event that was only armed, or lost a race, was not taken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.bootstrap import build_simulation_office
from engine.cli import main
from engine.scenarios import Coverage, play, read_scenario
from engine.variants import Variant
from tests.casework.builders import chain_of, flow, process, timer, user, variant_of

APPLIED = "[application]\non = 2026-03-02\n"
DONE = '[[step]]\non = 2026-03-03\nby = "Officer 1"\ntask = "act"\n'
LATER = "[[step]]\non = 2026-03-20\n"

LADDER = variant_of(
    process(
        '<bpmn:startEvent id="begin"/>'
        + user("act", boundary=timer("late", on="act", after="P7D"))
        + '<bpmn:exclusiveGateway id="well" default="well_to_done"/>'
        + '<bpmn:endEvent id="done"/><bpmn:endEvent id="badly"/>'
        + user("chase")
        + '<bpmn:endEvent id="chased"/>'
        + chain_of("begin", "act", "well", "done")
        + flow("well", "badly", "=1 = 2")
        + chain_of("late", "chase", "chased")
    )
)
RACE = variant_of(
    process(
        '<bpmn:startEvent id="begin"/><bpmn:eventBasedGateway id="which"/>'
        '<bpmn:intermediateCatchEvent id="day"><bpmn:timerEventDefinition id="d"><bpmn:timeDuration>P1D'
        "</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>"
        '<bpmn:intermediateCatchEvent id="week"><bpmn:timerEventDefinition id="w"><bpmn:timeDuration>P7D'
        "</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>"
        '<bpmn:endEvent id="after_a_day"/><bpmn:endEvent id="after_a_week"/>'
        + chain_of("begin", "which", "day", "after_a_day")
        + chain_of("which", "week", "after_a_week")
    )
)


def untaken(variant: Variant, *scenarios: str) -> set[str]:
    coverage = Coverage()
    for text in scenarios:
        scenario = read_scenario(f'title = "x"\n{text}'.encode(), file="scenarios/x.toml")
        outcome = play(scenario, variant, build_simulation_office(), coverage=coverage)
        assert outcome.is_right, outcome.misses
    return {each.id for each in coverage.of(variant)[1]}


def test_an_armed_event_that_never_happens_is_not_taken_nor_is_what_lies_behind_it() -> None:
    assert untaken(LADDER, APPLIED + DONE) == {
        "late", "late_to_chase", "chase", "chase_to_chased", "chased", "well_to_badly", "badly",
    }  # fmt: skip


def test_several_scenarios_cover_together() -> None:
    assert untaken(LADDER, APPLIED + DONE, APPLIED + LATER) == {"chase_to_chased", "chased", "well_to_badly", "badly"}


def test_the_event_that_loses_the_race_is_not_taken() -> None:
    assert untaken(RACE, APPLIED + LATER) == {"which_to_week", "week", "week_to_after_a_week", "after_a_week"}


def test_a_repeating_event_is_taken_each_time_it_happens() -> None:
    again = timer("late", on="act", after="P7D").replace("timeDuration", "timeCycle").replace(">P7D<", ">R/P7D<")
    variant = variant_of(
        process(
            '<bpmn:startEvent id="begin"/>' + user("act", boundary=again) + '<bpmn:endEvent id="done"/>'
            '<bpmn:endEvent id="chased"/>' + chain_of("begin", "act", "done") + chain_of("late", "chased")
        )
    )  # fmt: skip
    assert untaken(variant, APPLIED + LATER) == {"act_to_done", "done"}


def test_an_office_watches_nothing_unless_asked() -> None:
    assert build_simulation_office().watch is None


def test_the_command_names_and_draws_what_no_scenario_takes(tmp_path: Path) -> None:
    call = ["simulate", "hertsmere", "--scenario", "14_withdrawn_before_the_panel", "--coverage"]
    said = CliRunner().invoke(main, [*call, "--out", str(tmp_path)])
    assert said.exit_code == 0
    assert "preparation.bpmn: element Hold the" in " ".join(said.output.split())
    assert "Untaken" in (tmp_path / "review.svg").read_text()
    listed = json.loads(CliRunner().invoke(main, [*call, "--format", "json"]).output)
    assert {"review.bpmn", "appeal.bpmn"} <= {each["file"] for each in listed["untaken"]}
    assert [each["is_right"] for each in listed["scenarios"]] == [True]


@pytest.mark.parametrize("call", [["simulate", "hertsmere", "--out", "somewhere"]])
def test_pictures_are_drawn_of_a_coverage_only(call: list[str]) -> None:
    refused = CliRunner().invoke(main, call)
    assert refused.exit_code == 2
    assert "Add --coverage" in refused.stderr
