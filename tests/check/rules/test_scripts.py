from __future__ import annotations

from engine.check.rules.scripts import RULE
from tests.check.builders import Drawing, about, alone


def _script(expression: str, result: str) -> Drawing:
    return Drawing().start().script("compute", expression, result).end().flow("received", "compute", "closed")


def test_a_script_that_keeps_its_value_is_left_alone() -> None:
    assert alone(RULE, _script("=1 + 1", "two")) == []


def test_a_script_that_keeps_nothing_is_refused() -> None:
    assert about(alone(RULE, _script("=1 + 1", ""))) == [("compute", "error")]


def test_a_script_that_computes_nothing_is_refused() -> None:
    assert about(alone(RULE, _script("", "two"))) == [("compute", "error")]
