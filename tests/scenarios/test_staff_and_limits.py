"""A worked example that speaks of roles and limits holds for another council's staff and numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.bootstrap import build_simulation_office
from engine.scenarios import play, read_scenario
from engine.variants import Variant, load_variant
from tests.house.checkout import ROOT

HEAD = 'name = "Othershire Council"\nextends = "hertsmere"\nwithout = ["people"]\n'
PEOPLE = """
[[people]]
name = "Somebody Else"
teams = ["community_safety"]
roles = ["officer"]
[[people]]
name = "The Other One"
teams = ["community_safety", "panel"]
roles = ["manager"]
"""
EXAMPLE = """
title = "An application is acknowledged"
[application]
at = 2026-03-02T10:15:00
file = "application.json"
[application.then]
due = { acknowledge_application = "acknowledge" }
[[step]]
on = 2026-03-03
by = "a member of community_safety"
task = "acknowledge_application"
[step.answers]
csio_name = "a manager of community_safety"
immediate_risk = "no"
[step.then]
facts = { csio_name = "a manager of community_safety" }
"""


@pytest.fixture
def othershire(tmp_path: Path) -> Path:
    (tmp_path / "othershire").mkdir()
    return tmp_path / "othershire"


def variant(folder: Path, lines: str = "") -> Variant:
    (folder / "variant.toml").write_text(HEAD + PEOPLE + lines, encoding="utf-8")
    return load_variant(folder, root=ROOT / "bpmn")


def misses(read: Variant, text: str) -> list[str]:
    scenario = read_scenario(text.encode(), file="scenarios/x.toml", beside=read.files, settings=read.settings)
    return [miss.sentence for miss in play(scenario, read, build_simulation_office()).misses]


@pytest.mark.parametrize(
    "lines", ["", '[limits]\nacknowledge = "9 days after application_date"', '[limits]\nacknowledge = "none"']
)
def test_it_holds_for_a_council_of_other_people_and_another_limit(othershire: Path, lines: str) -> None:
    assert misses(variant(othershire, lines), EXAMPLE) == []


def test_a_limit_by_which_the_task_is_not_due_is_a_miss(othershire: Path) -> None:
    [sentence] = misses(variant(othershire), EXAMPLE.replace('= "acknowledge" }', '= "threshold decision" }'))
    assert "due by “acknowledge”, not by “threshold decision”" in sentence


def test_a_limit_that_there_is_not_is_a_miss(othershire: Path) -> None:
    [sentence] = misses(variant(othershire), EXAMPLE.replace('= "acknowledge" }', '= "aknowledge" }'))
    assert "there is no limit “aknowledge”" in sentence


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a member of community_safety", "Somebody Else"),
        ("another member of community_safety", "The Other One"),
        ("an officer of community_safety", "Somebody Else"),
        ("a manager of panel", "The Other One"),
        ("a member of nowhere", "a member of nowhere"),
        ("Ask a member of panel", "Ask a member of panel"),
    ],
)
def test_whom_a_text_names(othershire: Path, text: str, name: str) -> None:
    read = variant(othershire)
    example = f'title = "x"\n[application]\non = 2026-03-02\n[[step]]\non = 2026-03-03\nby = "{text}"\ntask = "a"\n'
    [step] = read_scenario(example.encode(), file="x.toml", settings=read.settings).steps
    assert step.by == name


def test_an_example_about_somebody_whom_the_council_does_not_have_is_wrong_and_says_whom(othershire: Path) -> None:
    read = variant(othershire)
    alone = replace(read.settings, people=read.settings.people[:1])
    scenario = read_scenario(EXAMPLE.encode(), file="scenarios/x.toml", beside=read.files, settings=alone)
    outcome = play(scenario, read, build_simulation_office())
    [miss] = outcome.misses
    assert "a manager of community_safety" in miss.sentence
    assert "Add [[people]] with the team “community_safety” and the role “manager”." in miss.sentence
