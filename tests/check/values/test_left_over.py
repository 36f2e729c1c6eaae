"""A choice that a base has and a council leaves out is no slip where the base compares with it; a misspelt word is."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from engine.check.policy import Policy
from engine.check.values.left_over import LeftOver
from engine.check.values.slip import SlipKind
from engine.variants import Base, load_variant
from handlers import HANDLERS

_BPMN = Path(__file__).parents[3] / "bpmn"
_FORM = (
    b'{"components": [{"key": "answer", "values": [{"label": "Yes", "value": "yes"}, {"label": "No", "value": "no"}]}]}'
)
_DIAGRAM = b"""<d xmlns="m"><output source='=if word = "asked" then "told" else answer' target="result"/></d>"""


@pytest.fixture
def left_over() -> LeftOver:
    return LeftOver([Base(folder="base", settings={}, clauses={}, files={"a.form": _FORM, "a.bpmn": _DIAGRAM})])


def test_what_a_form_of_a_base_offers_can_be_left_over_for_its_own_question(left_over: LeftOver) -> None:
    assert left_over.words("answer") == {"yes", "no"}
    assert left_over.words("another") == frozenset()


def test_a_word_that_is_handed_on_is_given_and_one_that_is_compared_with_is_not(left_over: LeftOver) -> None:
    assert left_over.words("result") == {"told", "yes", "no"}
    assert not left_over.has("", frozenset({"asked"}))


@pytest.mark.parametrize(
    ("file", "was", "becomes"),
    [
        ("action.bpmn", '=instead = "refer_again"', '=instead = "refer_gaain"'),
        ("threshold.dmn", 'counted_from = "incident" then report', 'counted_from = "inciednt" then report'),
        ("appeal.bpmn", "=case.status = &quot;closed&quot;", "=case.status = &quot;cloesd&quot;"),
    ],
)
def test_a_word_misspelt_in_a_base_is_found_from_the_council_that_extends_it(
    tmp_path: Path, file: str, was: str, becomes: str
) -> None:
    shutil.copytree(_BPMN, tmp_path / "bpmn")
    path = tmp_path / "bpmn/model" / file
    assert was in path.read_text()
    path.write_text(path.read_text().replace(was, becomes, 1))
    (word,) = re.findall(r"(?:\"|&quot;)(\w+)", becomes)
    assert [sentence for sentence in _found(tmp_path / "bpmn/selby") if f"“{word}”" in sentence]


def _found(folder: Path) -> list[str]:
    variant = load_variant(folder)
    values = Policy(diagrams=variant.diagrams, folder=variant, known_handlers=HANDLERS).values
    return [misfit.slip.sentence for misfit in values.misfits(SlipKind.VALUE)]


def test_a_way_that_a_base_itself_never_takes_is_found_and_one_that_a_council_leaves_out_is_not(tmp_path: Path) -> None:
    shutil.copytree(_BPMN, tmp_path / "bpmn")
    path = tmp_path / "bpmn/model/acknowledgement.bpmn"
    was = '=immediate_risk = "yes"'
    assert was in path.read_text()
    assert not _dead(tmp_path / "bpmn/selby")
    path.write_text(path.read_text().replace(was, was + ' and immediate_risk != "yes"', 1))
    assert [sentence for sentence in _dead(tmp_path / "bpmn/selby") if "is never taken" in sentence]


def _dead(folder: Path) -> list[str]:
    variant = load_variant(folder)
    values = Policy(diagrams=variant.diagrams, folder=variant, known_handlers=HANDLERS).values
    return [misfit.slip.sentence for misfit in values.dead_ways]
