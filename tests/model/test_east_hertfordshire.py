"""A district council that was made with `asb new`: its few lines, and every inherited example with its limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.bootstrap import build_simulation_office
from engine.scenarios import Scenario, play, scenarios_of
from engine.variants import load_variant
from tests.model.test_model import VARIANTS, errors_of

FOLDER = Path(__file__).parent / "east_hertfordshire"
COUNCIL = load_variant(FOLDER, root=VARIANTS)
MODEL = load_variant(VARIANTS / "model", root=VARIANTS)


def test_it_has_no_error() -> None:
    assert errors_of(FOLDER) == []


def test_it_says_in_150_lines_at_most_what_differs() -> None:
    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in FOLDER.rglob("*.toml")) <= 150
    assert sorted(path.name for path in FOLDER.iterdir()) == ["policy.toml", "variant.toml"]


def test_its_limits_are_its_own_and_the_others_the_model_s() -> None:
    own = {name for name, row in COUNCIL.limits.items() if MODEL.limits.get(name) != row}
    changed = {"acknowledge", "threshold decision", "panel", "appeal hearing"}
    assert changed <= own
    kept = {name: row.limit.amount for name, row in COUNCIL.limits.items() if name not in changed}
    assert kept == {name: MODEL.limits[name].limit.amount for name in kept}
    assert COUNCIL.limits["threshold decision"].counted_from == MODEL.limits["threshold decision"].counted_from


def test_its_clauses_stand_where_the_model_s_stood() -> None:
    assert "M17" not in COUNCIL.policy
    assert ("E8", "LS4.3") in {conflict.clauses for conflict in COUNCIL.conflicts}
    assert "E8" in {clause for element in COUNCIL.elements for clause in element.clauses}


@pytest.mark.parametrize("scenario", scenarios_of(COUNCIL), ids=lambda scenario: scenario.name)
def test_an_inherited_example_comes_out_as_it_says(scenario: Scenario) -> None:
    outcome = play(scenario, COUNCIL, build_simulation_office())
    assert not outcome.misses, "\n".join(f"{miss.where}: {miss.sentence}" for miss in outcome.misses)
