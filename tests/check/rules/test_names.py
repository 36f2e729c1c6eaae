from __future__ import annotations

import pytest

from engine.check.rules.names import RULE
from tests.check.builders import Drawing, about, alone, plain


def test_named_elements_are_left_alone() -> None:
    assert alone(RULE, plain()) == []


@pytest.mark.parametrize("tag", ["userTask", "intermediateThrowEvent", "callActivity", "subProcess"])
def test_what_has_no_name_is_pointed_out(tag: str) -> None:
    drawing = Drawing().start().add(tag, "check", name="").end().flow("received", "check", "closed")
    assert about(alone(RULE, drawing)) == [("check", "warning")]


def test_a_gateway_that_decides_needs_a_question_and_answers() -> None:
    drawing = Drawing().start().gateway("met", name="").end().end("other").flow("received", "met", "closed")
    drawing.flow("met", "other", name="No")
    assert about(alone(RULE, drawing)) == [("met", "warning"), ("met", "warning")]


def test_a_gateway_that_only_joins_needs_no_name() -> None:
    drawing = Drawing().start().gateway("join", name="").end().flow("received", "join", "closed")
    assert alone(RULE, drawing) == []


def test_an_id_of_letters_thrown_together_is_pointed_out() -> None:
    drawing = Drawing().start().user("Activity_0x3f9ab", name="Check").end()
    assert about(alone(RULE, drawing.flow("received", "Activity_0x3f9ab", "closed"))) == [
        ("Activity_0x3f9ab", "warning")
    ]


def test_a_process_and_a_lane_without_a_name_are_pointed_out() -> None:
    drawing = Drawing(name="").start(lane="").end(lane="").flow("received", "closed")
    assert about(alone(RULE, drawing)) == [("main", "warning"), ("lane_0", "warning")]
