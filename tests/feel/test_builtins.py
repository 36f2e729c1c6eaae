"""The built-in functions, with examples of DMN 1.5 (10.3.4) and of its edges."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.feel import BUILTINS, FeelRange, YearsMonthsDuration, evaluate, parse

LOCAL = datetime.fromisoformat("2012-12-24T23:59:00")

CALLS: list[tuple[str, Any]] = [
    # conversion
    ('date("2012-12-25")', date(2012, 12, 25)),
    ('date(date and time("2012-12-25T11:00:00Z"))', date(2012, 12, 25)),
    ("date(year: 2012, month: 12, day: 25)", date(2012, 12, 25)),
    ("date(null)", None),
    ('date and time("2012-12-24T23:59:00")', LOCAL),
    ('date and time(date("2012-12-24"), time("23:59:00"))', LOCAL),
    ("date and time(2012, 12, 24, 23, 59, 0)", LOCAL),
    (
        'date and time(2012, 12, 24, 23, 59, 0, "Europe/London")',
        datetime(2012, 12, 24, 23, 59, tzinfo=ZoneInfo("Europe/London")),
    ),
    ('date and time("2012-12-24T23:59:00@Nowhere/City")', None),
    ('date and time("2012-12-24T25:00:00")', None),
    ('time("23:59:00")', time(23, 59)),
    ('time("23:59:00.5").second', Decimal("0.5")),
    ("time(23, 59, 0)", time(23, 59)),
    ("time(24, 0, 0)", None),
    ('number("1 000,0", " ", ",")', 1000),
    ('number("1,000", ",", null)', 1000),
    ('number("1.000", ".", ".")', None),
    ('number("abc")', None),
    ('number("-1.5e2")', -150),
    ("number(5)", 5),
    ("string(1.1)", "1.1"),
    ("string(null)", None),
    ("string(true)", "true"),
    ('string(@"2012-12-25")', "2012-12-25"),
    ('string(duration("P1D"))', "P1D"),
    ('string([1, "a", {b: null}])', '[1, "a", {b: null}]'),
    ("string([1..5))", "[1..5)"),
    ("string(10 ** 20)", "100000000000000000000"),
    ('duration("P2DT20H")', timedelta(days=2, hours=20)),
    ('duration("P2Y2M")', YearsMonthsDuration(months=26)),
    ('duration("P")', None),
    ('duration("PT")', None),
    ('range("[18..21)")', FeelRange(start=Decimal(18), end=Decimal(21), start_included=True, end_included=False)),
    ('range("[18..due())")', None),
    ('range("1..2")', None),
    # boolean
    ("not(true)", False),
    ("not(5)", None),
    # strings
    ('substring("foobar", 3)', "obar"),
    ('substring("foobar", 3, 3)', "oba"),
    ('substring("foobar", -2, 1)', "a"),
    ('substring("\U0001f40eab", 2)', "ab"),
    ('substring("foobar", 0)', None),
    ('string length("\U0001f40e")', 1),
    ('upper case("aBc4")', "ABC4"),
    ('lower case("aBc4")', "abc4"),
    ('substring before("foobar", "bar")', "foo"),
    ('substring before("foobar", "xyz")', ""),
    ('substring after("foobar", "ob")', "ar"),
    ('substring after("", "a")', ""),
    ('replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', "[1=ab][2=]cd"),
    ('replace("a.b", ".", "x", "q")', "axb"),
    ('replace("cost", "cost", "\\$5")', "$5"),
    ('replace("abc", "(?=b)", "x")', None),
    ('contains("foobar", "of")', False),
    ('starts with("foobar", "fo")', True),
    ('ends with("foobar", "r")', True),
    ('matches("foobar", "^fo*b")', True),
    ('matches("FOO", "foo", "i")', True),
    ('matches("a\nb", "a.b", "s")', True),
    ('matches("helloworld", "hello world", "x")', True),
    ('matches("aa", "(a)\\1")', None),
    ('matches("a", "[")', None),
    ('split("John Doe", "\\s")', ["John", "Doe"]),
    ('split("a;b;c;;", ";")', ["a", "b", "c", "", ""]),
    ('string join(["a", null, "c"], "_and_")', "a_and_c"),
    ('string join(["a", "b"])', "ab"),
    ('string join(["a", 1])', None),
    # lists
    ("list contains([1, 2, null], null)", True),
    ("list contains([1, 2], 3)", False),
    ("list contains(null, 3)", None),
    ("list replace([2, 4, 7, 8], 3, 6)", [2, 4, 6, 8]),
    ("list replace([2, 4, 7, 8], function(item, new) item < new, 5)", [5, 5, 7, 8]),
    ("count([1, null])", 2),
    ("min([1, 2, 3])", 1),
    ("min(3, 1)", 1),
    ("min([])", None),
    ('max("a", "b")', "b"),
    ('max(1, "b")', None),
    ("sum([1, 2, 3])", 6),
    ("sum([])", None),
    ('sum(duration("P1D"), duration("PT1H"))', timedelta(days=1, hours=1)),
    ("mean(1, 2, 3)", 2),
    ("all([false, null])", False),
    ("all([])", True),
    ("all([true, 0])", None),
    ("any([true, null])", True),
    ("any([])", False),
    ("sublist([4, 5, 6], 1, 2)", [4, 5]),
    ("sublist([4, 5, 6], -2)", [5, 6]),
    ("append([1], 2, 3)", [1, 2, 3]),
    ("append([1], [2])", [1, [2]]),
    ("concatenate([1, 2], [3])", [1, 2, 3]),
    ("insert before([1, 3], 1, 2)", [2, 1, 3]),
    ("insert before([1, 3], 5, 2)", None),
    ("remove([1, 2, 3], 2)", [1, 3]),
    ("reverse([1, 2, 3])", [3, 2, 1]),
    ("index of([1, 2, 3, 2], 2)", [2, 4]),
    ("union([1, 2], [2, 3])", [1, 2, 3]),
    ("distinct values([1, 2, true, 1, [1], [1]])", [1, 2, True, [1]]),
    ("flatten([[1, 2], [[3]], 4])", [1, 2, 3, 4]),
    ("product([2, 3, 4])", 24),
    ("median(8, 2, 5, 3, 4)", 4),
    ("median([6, 1, 2, 3])", Decimal("2.5")),
    ("stddev([47])", None),
    ("stddev(2, 4, 7, 5)", Decimal("2.081665999466132735282297706979931")),
    ("mode([6, 1, 9, 6, 1])", [1, 6]),
    ("mode([])", []),
    ("sort(list: [3, 1, 2], precedes: function(x, y) x > y)", [3, 2, 1]),
    ("sort([3, 1, 2], function(x, y) null)", None),
    # numbers
    ("decimal(1/3, 2)", Decimal("0.33")),
    ("decimal(2.5, 0)", 2),
    ("decimal(1512, -2)", 1500),
    ("floor(-1.56, 1)", Decimal("-1.6")),
    ("ceiling(1.5)", 2),
    ("round up(-5.5, 0)", -6),
    ("round down(-5.5, 0)", -5),
    ("round half up(-5.5, 0)", -6),
    ("round half down(5.5, 0)", 5),
    ("round half up(1.126, 2)", Decimal("1.13")),
    ("round up(1/10**50, 2)", Decimal("0.01")),
    ("round down(5.5, 6176)", Decimal("5.5")),
    ("round down(5.5, 6177)", None),
    ("round down(5.5, -6111)", 0),
    ("round down(5.5, -6112)", None),
    ('abs(duration("-P1D"))', timedelta(days=1)),
    ("abs(-10)", 10),
    ("modulo(-12, 5)", 3),
    ("modulo(12, -5)", -3),
    ("modulo(10.1, -4.5)", Decimal("-3.4")),
    ("modulo(5, 0)", None),
    ("sqrt(16)", 4),
    ("sqrt(-3)", None),
    ("decimal(log(10), 8)", Decimal("2.30258509")),
    ("decimal(exp(5), 8)", Decimal("148.41315910")),
    ("odd(5)", True),
    ("even(-2)", True),
    ("even(1.5)", None),
    # days
    ('day of year(@"2019-09-17")', 260),
    ('day of week(@"2019-09-17")', "Tuesday"),
    ('month of year(@"2019-09-17")', "September"),
    ('week of year(@"2003-12-29")', 1),
    ('week of year(@"2005-01-01")', 53),
    # contexts
    ('get value({k: "v"}, "k")', "v"),
    ('get value({a: {b: 1}}, ["a", "b"])', 1),
    ('get value({a: 1}, "__class__")', None),
    ("get entries({a: 1})", [{"key": "a", "value": 1}]),
    ('context([{key: "a", value: 1}])', {"a": 1}),
    ('context([{key: "a", value: 1}, {key: "a", value: 2}])', None),
    ('context put({x: 1}, "y", 2)', {"x": 1, "y": 2}),
    ('context put({x: 1, y: {a: 0}}, ["y", "b"], 2)', {"x": 1, "y": {"a": 0, "b": 2}}),
    ("context merge([{x: 1}, {x: 2, y: 3}])", {"x": 2, "y": 3}),
    # ranges
    ("before(1, 10)", True),
    ("before([1..10), 10)", True),
    ("before([1..10], 10)", False),
    ("after(12, [2..5])", True),
    ("meets([1..5], [5..10])", True),
    ("meets([1..5), [5..10])", False),
    ("met by([5..10], [1..5])", True),
    ("overlaps([1..5], [3..8])", True),
    ("overlaps([1..5), [5..8])", False),
    ("overlaps before([1..5], [5..8])", True),
    ("overlaps before([1..5), (1..5])", True),
    ("overlaps before([1..5], [1..5])", False),
    ("overlaps after([3..8], [1..5])", True),
    ("finishes(10, [1..10])", True),
    ("finishes([5..10), [1..10])", False),
    ("finished by([1..10], [5..10])", True),
    ("includes([5..10], 5)", True),
    ("includes((5..10), 5)", False),
    ("during([4..6], [1..10])", True),
    ("starts(1, [1..10])", True),
    ("started by([1..10], [1..5])", True),
    ("coincides([1..5], [1..5))", False),
    ("coincides(5, 5)", True),
    ('before(1, "a")', None),
    ("meets(1, 2)", None),
    ("is defined(1)", True),
    ("is defined(null)", False),
    ("is defined(x)", False),
    ("is defined({a: 1}.b)", False),
    ('is(1, "1")', False),
    ("is(null, null)", True),
]


@pytest.mark.parametrize(("expression", "value"), CALLS)
def test_a_built_in_function_answers_as_the_standard_says(expression: str, value: Any) -> None:
    found = evaluate(expression)
    assert found == value
    assert type(found) is (Decimal if type(value) is int else type(value))


def test_every_built_in_function_has_an_example_here() -> None:
    shown = {call.function for expression, _ in CALLS for call in parse(expression).calls}
    assert shown | {"now", "today", "years and months duration"} >= BUILTINS


def test_every_built_in_function_is_named_in_the_documentation() -> None:
    text = (Path(__file__).parents[2] / "docs" / "feel.md").read_text(encoding="utf-8")
    assert [name for name in sorted(BUILTINS) if f"`{name}`" not in text] == []


def test_a_call_that_does_not_fit_is_null_and_says_so() -> None:
    warnings: list[str] = []
    assert parse('floor("a")').evaluate({}, warn=warnings.append) is None
    assert warnings == ["The function 'floor' cannot be called with a string."]


def test_the_written_form_of_a_value_reads_back() -> None:
    text = 'string([1, "a\\"b", @"2026-01-01", duration("P1D"), [1..2), {"a b": null}])'
    assert evaluate(str(evaluate(text))) == evaluate(text.removeprefix("string"))
