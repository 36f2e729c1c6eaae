"""Examples in which the other side of an agreement is not reached: what is handed over ends as the diagram draws it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.bootstrap import build_simulation_office
from engine.errors import BadInputError
from engine.scenarios import Scenario, play
from engine.scenarios.reader import read_scenario
from engine.variants import Variant
from tests.councils.two_bodies import COMMISSIONER, DERBY, OF_DERBY, SCENARIOS

WITH_AN_EXAMPLE = (
    (DERBY, OF_DERBY["19_commissioner_is_not_here"]),
    (DERBY, OF_DERBY["20_not_here_any_more"]),
    (COMMISSIONER, SCENARIOS["22_council_is_not_here_any_more"]),
)


def misses(scenario: Scenario, variant: Variant) -> list[str]:
    return [miss.sentence for miss in play(scenario, variant, build_simulation_office()).misses]


def reached(scenario: Scenario) -> Scenario:
    return replace(scenario, not_here=(), steps=tuple(replace(step, not_here=None) for step in scenario.steps))


@pytest.mark.parametrize(("variant", "scenario"), WITH_AN_EXAMPLE, ids=lambda each: getattr(each, "name", ""))
def test_where_they_are_not_here_the_example_goes_another_way_than_where_they_are(
    variant: Variant, scenario: Scenario
) -> None:
    assert misses(scenario, variant) == []
    assert misses(reached(scenario), variant) != []


def test_whoever_is_not_here_can_be_reached_again() -> None:
    scenario = OF_DERBY["20_not_here_any_more"]
    place = next(n for n, step in enumerate(scenario.steps) if step.task == "await_appeal_answer")
    back = (replace(scenario.steps[place], not_here=()), *scenario.steps[place + 1 :])
    found = misses(replace(scenario, steps=(*scenario.steps[:place], *back)), DERBY)
    assert found[0] == "open tasks are none, not tell_withdrawal_another_way:appeals-1"


def test_who_is_no_party_cannot_be_not_here() -> None:
    (sentence,) = misses(replace(OF_DERBY["01_threshold_met"], not_here=("somebody",)), DERBY)
    assert sentence == "somebody is not here, which no agreement is with; they are with derbyshire_commissioner"


def test_who_is_not_here_is_named_in_a_list() -> None:
    text = '[application]\non = 2026-03-02\nnot_here = "somebody"\n[application.answers]\n'
    with pytest.raises(BadInputError, match="not_here is not a list of texts"):
        read_scenario(text.encode(), file="scenarios/x.toml")
