"""The tests in the cells of a decision table (DMN 1.5, 10.3.2.11 and 8.3.3)."""

from datetime import date, datetime
from typing import Any

import pytest

from engine.feel import FeelSyntaxError, parse_unary_tests

MATCHES: list[tuple[str, Any, bool]] = [
    ("-", "anything", True),
    ("-", None, True),
    ("", "anything", True),
    ('"A"', "A", True),
    ('"A"', "B", False),
    ('"A","B"', "B", True),
    ("1,2,3", 2, True),
    ('not("A")', "B", True),
    ('not("A","B")', "B", False),
    ("not(> 5)", None, False),
    ("> 5", 6, True),
    ("> 5", 5, False),
    ("> 5", None, False),
    ("> 5", "6", False),
    ("< 3, > 8", 9, True),
    ("[1..5)", 5, False),
    ("]1..5]", 5, True),
    ("null", None, True),
    ("null", 1, False),
    ("true", True, True),
    ("true", False, False),
    ("false", False, True),
    ("? > 5 and ? < 9", 7, True),
    ("? > 5 and ? < 9", 9, False),
    *(("?", True, True), ("?", False, False), ("?", "A", False), ("?", None, False)),
    ("[3, ? = 1, 4]", 1, False),
    ('contains(?, "x")', "axb", True),
    ('"?"', "?", True),
    ('not(contains(?, "x"))', "axb", False),
    ('not(contains(?, "x")) and true', "axb", False),
    ("limit", 3, True),
    ("> limit", 4, True),
    ("[limit..limit + 2]", 5, True),
    ("allowed", 2, True),
    ("count(allowed) > 1", 99, False),
    ("count(allowed) > 1", True, True),
    ("? > 5 and count(allowed) > 1", 99, True),
    ("!= 3", 4, True),
    ("= 3", 3, True),
    ('date("2026-01-01")', date(2026, 1, 1), True),
    ("< today()", date(2026, 1, 1), True),
    ("[1, 2]", [1, 2], True),
    ("{a: 1}", {"a": 1}, True),
]


@pytest.mark.parametrize(("text", "value", "matches"), MATCHES)
def test_a_cell_matches_as_the_standard_says(text: str, value: Any, matches: bool) -> None:
    now = datetime.fromisoformat("2026-05-05T09:00:00+01:00")
    assert parse_unary_tests(text).matches(value, {"limit": 3, "allowed": [1, 2]}, now=now) is matches


def test_a_cell_names_what_it_reads_and_calls() -> None:
    tests = parse_unary_tests('> limit, due("acknowledge")')
    assert tests.names == {"limit"}
    assert [(call.function, call.arguments) for call in tests.calls] == [("due", ("acknowledge",))]


def test_a_cell_with_two_conditions_and_no_question_mark_is_refused() -> None:
    with pytest.raises(FeelSyntaxError, match="ends before 'and'"):
        parse_unary_tests("> 5 and < 9")


def test_a_name_with_a_hyphen_is_read_as_one_name() -> None:
    assert parse_unary_tests("Pre-bureau", ["Pre-bureau"]).matches(3, {"Pre-bureau": 3})
