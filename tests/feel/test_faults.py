"""What is null whatever the facts is told without them; of anything else nothing is claimed."""

from __future__ import annotations

import pytest

from engine.feel import parse, parse_unary_tests


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("count()", "“count” is called with 0 arguments"),
        ("count(reports, kinds)", "“count” is called with 2 arguments"),
        ('contains("a")', "“contains” is called with 1 argument,"),
        ('contains(string: text, mtch: "b")', "has no arguments named string, mtch"),
        ("string length(5)", "“string length(5)” is null whatever the facts"),
        ('day > today() and "a" + 1 = text', "'+' has no meaning between a string and a number"),
        ('due < date("2026-13-01")', '“date("2026-13-01")” is null'),
        ('due + duration("3 weeks")', '“duration("3 weeks")” is null'),
        ("[1,2][3]", "“[1,2][3]” is null"),
        ("total * (1 / 0)", "A division by zero"),
        ('matches(text, "(")', "“(” is no pattern that can be read"),
        (r'matches(text, "(a)\\1")', "looks around, or back"),
        (r'replace(input: text, pattern: "a(?=b)", replacement: "c")', "looks around, or back"),
        ('text = "abs"(-1)', "calls a string as if it were a function"),
        ('if met then date("2026-13-01)") else due', '“date("2026-13-01)")” is null'),
        ("age in [18..5]", "“[18..5]” is null whatever the facts. A range whose start is above its end"),
        ("for r in reports return date(2026, 2, 30)", "“date(2026, 2, 30)” is null"),
    ],
)
def test_what_is_null_whatever_the_facts_is_told(expression: str, words: str) -> None:
    faults = parse(expression).faults()
    assert len(faults) == 1
    assert words in faults[0]


@pytest.mark.parametrize(
    "expression",
    [
        *("null", "if met then null else 1", "[1, null]", "x = null", "now()", "today() > due", 'due("appeal")'),
        *("count(reports)", "function(count) count()", "{count: function() 1, x: count()}.x", "reports[1]"),
        *("sort(items, function(a, b) a < b)", 'get value(case, "a")', "sum(for i in items return i * 2)"),
        *('date("2026-01-01")', "age in [18..65]", 'matches(text, "^[A-Z]+$")', "string(null)", "x / 0.5"),
    ],
)
def test_of_what_reads_facts_or_is_meant_nothing_is_claimed(expression: str) -> None:
    assert parse(expression).faults() == []


def test_a_function_of_the_host_comes_before_the_built_in_one() -> None:
    assert parse("count()").faults({"count"}) == []


def test_cells_are_looked_at_too() -> None:
    assert len(parse_unary_tests('< date("2026-13-01"), [1..5]').faults()) == 1
    assert len(parse_unary_tests('not("a"), ? > 5').faults()) == 1  # `not` around all tests, or a truth value
    assert parse_unary_tests("-").faults() == parse_unary_tests('not("a")').faults() == []
