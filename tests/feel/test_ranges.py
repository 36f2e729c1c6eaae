"""Ranges written with one end and a sign."""

from __future__ import annotations

import pytest

from engine.feel import dump, evaluate, load
from engine.feel.notation import write_value
from engine.feel.run import Run


@pytest.mark.parametrize(
    ("expression", "written"),
    [
        *(("(= 10)", "(= 10)"), ("(!= 10)", "(!= 10)"), ("(= 10) = (= 10)", "true"), ("(= 10) = [10..10]", "false")),
        *(("(!= 10) = (!= 10)", "true"), ("(!= 10) = (!= 11)", "false"), ("(!= 10) = (10..10)", "false")),
        *(("{r: (!= 10), x: 10 in r}.x", "false"), ("{r: (!= 10), x: 11 in r}.x", "true"), ("11 in [(!= 10)]", "true")),
        *(("{r: (= 10), x: 10 in r}.x", "true"), ('{r: (!= 10), x: "a" in r}.x', "null"), ("(!= null)", "null")),
        *(("(!= 10).start", "10"), ("(!= 10).start included", "false"), ("(= 10).end included", "true")),
        *(("for i in (= 3) return i", "[3]"), ("for i in (!= 3) return i", "null"), ("before(1, (!= 3))", "null")),
        *(
            ("includes((!= 10), 5)", "null"),
            ("includes((= 10), 10)", "true"),
            ("(!= 10) instance of range<number>", "true"),
        ),
    ],
)
def test_a_range_written_with_an_equals_sign_keeps_it(expression: str, written: str) -> None:
    value = evaluate(expression)
    assert write_value(value, Run("", {}, None, None, None)) == written
    assert load(dump(value)) == value
