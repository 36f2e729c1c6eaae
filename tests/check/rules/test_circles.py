from __future__ import annotations

from engine.check.rules.circles import RULE
from tests.check.builders import Drawing, about, alone


def _round(tag: str) -> Drawing:
    drawing = Drawing().start().gateway("join").add(tag, "inside").gateway("enough").end()
    return drawing.flow("received", "join", "inside", "enough", "closed").flow("enough", "join")


def test_a_circle_with_a_task_in_it_is_left_alone() -> None:
    assert alone(RULE, _round("userTask")) == []


def test_a_circle_with_nothing_to_wait_for_is_refused() -> None:
    assert about(alone(RULE, _round("intermediateThrowEvent"))) == [("join", "error")]


def test_a_circle_that_only_computes_is_pointed_out() -> None:
    assert about(alone(RULE, _round("scriptTask"))) == [("join", "warning")]
