"""Hertsmere's worked examples come out as its policy says, and each row and limit of its tables matters to one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from engine.scenarios import Scenario, play, scenarios_of
from engine.variants import Variant, load_variant
from tests.scenarios.objection import empty_office, minds

VARIANTS = Path(__file__).parents[2] / "bpmn"
HERTSMERE = load_variant(VARIANTS / "hertsmere", root=VARIANTS)
SCENARIOS = scenarios_of(HERTSMERE)
DMN = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_scenario_comes_out_as_it_says(scenario: Scenario) -> None:
    outcome = play(scenario, HERTSMERE, empty_office())
    assert not outcome.misses, "\n".join(f"{miss.where}: {miss.sentence}" for miss in outcome.misses)


def alterations(file: str, data: bytes) -> Iterator[tuple[str, bytes, str]]:
    """Each row taken out, and each row's cells altered by one: numbers up and down, truth and words turned."""
    for table in etree.fromstring(data).iter(f"{DMN}decisionTable"):
        for number in range(len(table.findall(f"{DMN}rule"))):
            for words, change in (
                ("taken out", _take_out),
                ("up by one", _up),
                ("down by one", _down),
                ("turned", _turn),
            ):
                root = etree.fromstring(data)
                altered = next(t for t in root.iter(f"{DMN}decisionTable") if t.get("id") == table.get("id"))
                rule = altered.findall(f"{DMN}rule")[number]
                clauses = rule.findtext(f"{DMN}annotationEntry/{DMN}text") or ""
                if change(rule):
                    yield f"{file}: {rule.get('id')} {words}", etree.tostring(root), clauses


def _take_out(rule: etree._Element) -> bool:
    rule.getparent().remove(rule)  # type: ignore[union-attr]
    return True


def _up(rule: etree._Element) -> bool:
    return _by(rule, 1)


def _down(rule: etree._Element) -> bool:
    return _by(rule, -1)


def _by(rule: etree._Element, step: int) -> bool:
    """Every number in the row's cells, plus `step`."""
    changed = False
    for text in _cells(rule):
        words = (text.text or "").split(" ")
        if words[-1].isdigit():
            text.text = " ".join([*words[:-1], str(int(words[-1]) + step)])
            changed = True
    return changed


def _turn(rule: etree._Element) -> bool:
    """What the row gives, turned: true to false, a word to another."""
    output = rule.find(f"{DMN}outputEntry/{DMN}text")
    assert output is not None
    word = (output.text or "").strip()
    if word.isdigit():
        return False
    output.text = {"true": "false", "false": "true"}.get(word, '"turned"')
    return True


def _cells(rule: etree._Element) -> Iterator[etree._Element]:
    yield from rule.findall(f"{DMN}inputEntry/{DMN}text")
    yield from rule.findall(f"{DMN}outputEntry/{DMN}text")


ALTERATIONS = [
    pytest.param(file, data, clauses, id=words)
    for file, whole in HERTSMERE.files.items()
    if file.endswith(".dmn")
    for words, data, clauses in alterations(file, whole)
    if "limit_explain_the_review" not in words  # of people who never apply: no case is played of them
]


def test_there_are_alterations_of_every_table() -> None:
    altered = {parameters.values[0] for parameters in ALTERATIONS}
    tables = {file for file, data in HERTSMERE.files.items() if file.endswith(".dmn") and b"<decisionTable" in data}
    assert altered == tables >= {"time_limits.dmn", "threshold.dmn", "floor.dmn", "escalation.dmn", "panel.dmn"}


@pytest.mark.parametrize(("file", "data", "clauses"), ALTERATIONS)
def test_an_altered_row_makes_some_scenario_fail(file: str, data: bytes, clauses: str) -> None:
    altered = Variant.from_files({**HERTSMERE.files, file: data}, "hertsmere")
    named = set(clauses.replace(",", " ").split())
    # those that name the row's clauses first, and of those the shortest: the first that minds ends the search
    in_turn = sorted(SCENARIOS, key=lambda scenario: (not named & set(scenario.clauses), len(scenario.steps)))
    assert any(minds(scenario, altered) for scenario in in_turn), "no scenario minds"
