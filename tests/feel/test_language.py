"""What expressions mean (DMN 1.5, chapter 10.3)."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.feel import FeelError, FeelRange, FeelSyntaxError, YearsMonthsDuration, evaluate, parse

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 5, 5, 9, 30, tzinfo=LONDON)

VALUES: list[tuple[str, Any]] = [
    # arithmetic: 34 digits, from the left, minus binds strongest
    ("1 + 2 * 3", 7),
    ("(1 + 2) * 3", 9),
    ("10 - 2 - 3", 5),
    ("3 ** 4 ** 5", 3486784401),
    ("-3 ** 2", 9),
    ("1 / 3", Decimal("0.3333333333333333333333333333333333")),
    ("0.1 + 0.2", Decimal("0.3")),
    (".5 + 1e2", Decimal("100.5")),
    ("1 / 0", None),
    ('1 + "a"', None),
    ('"a" + "b"', "ab"),
    ('"a" - "b"', None),
    ("null + 1", None),
    # comparison: null where it has no meaning
    ("1 = 1.0", True),
    ('1 = "1"', None),
    ("null = null", True),
    ("1 = null", False),
    ("1 != null", True),
    ("1 < null", None),
    ('"a" < "b"', True),
    ("[1, 2] = [1, 2]", True),
    ("{a: 1, b: 2} = {b: 2, a: 1}", True),
    ("[1..3] = [1..3]", True),
    ("[1..3] = [1..3)", False),
    ("2 between 1 and 3", True),
    ("2 between 1 and 1 + 0 and true", False),
    ("null between 1 and 3", None),
    # three-valued logic
    ("true and null", None),
    ("false and null", False),
    ("true or null", True),
    ("false or null", None),
    ('true and "x"', None),
    ("not(null)", None),
    ("if null then 1 else 2", 2),
    ('if "true" then 1 else 2', 2),
    # in
    ("1 in [1..3]", True),
    ("1 in (1..3]", False),
    ("3 in ]1..3[", False),
    ("1 in [2, 3, 1]", True),
    ("5 in [[2..4], [1..3]]", False),
    ("10 in (1, < 5, >= 10)", True),
    ("11 in <= 10", False),
    ("3 in (1 + 2)", True),
    ("3 in (1) + 2", True),
    ("1 in (? > 0)", True),
    ("1 in (2..4)[1]", False),
    ("1 in !=1", False),
    ("null in [1, null]", True),
    ('1 in "a"', None),
    # if, for, some, every
    ("for x in [1, 2], y in [10, 20] return x + y", [11, 21, 12, 22]),
    ("for x in 3..1 return x", [3, 2, 1]),
    ("for x in [1..3) return x", [1, 2]),
    ("for x in 0..4 return if x = 0 then 1 else x * partial[-1]", [1, 1, 2, 6, 24]),
    ('for d in @"2026-02-27"..@"2026-03-01" return d.day', [27, 28, 1]),
    ("for x in null return x", None),
    ("for x in 5 return x", [5]),
    ("some x in [1, 2] satisfies x > 1", True),
    ("every x in [1, 2] satisfies x > 1", False),
    ("every x in [] satisfies false", True),
    ("some x in [1, null] satisfies x > 1", None),
    ("some x in [null, 2] satisfies x > 1", True),
    ('some x in [1, 2] satisfies if x = 2 then true else "no"', None),
    ('every x in [1, 2] satisfies if x = 2 then false else "no"', None),
    # lists, filters, paths
    ("[1, 2, 3][1]", 1),
    ("[1, 2, 3][-1]", 3),
    ("[1, 2, 3][4]", None),
    ("[1, 2, 3][item > 1]", [2, 3]),
    ("[][1]", None),
    ("[][item > 1]", []),
    ("5[1]", 5),
    ("5[item = 5]", [5]),
    ("[{a: 1, b: 2}, {a: 3, b: 4}][a > 1].b", [4]),
    ("[{a: 1}, {a: 2}].a", [1, 2]),
    ("[{item: 1}, {item: 2}][item > 1]", [{"item": 2}]),
    ("{limit: 2, found: [1, 2, 3][item > limit]}.found", [3]),
    ("{a: {b: 1}}.a.b", 1),
    ("{a: 1}.b", None),
    ("null.a", None),
    ('{"a key": 1}.a key', 1),
    ("{a: 1, b: a + 1}", {"a": 1, "b": 2}),
    # functions
    ("(function(a, b) a + b)(1, 2)", 3),
    ("(function(a, b) a - b)(b: 1, a: 2)", 1),
    ("(function(a: number) a)([5])", 5),
    ('(function(a: number) a)("x")', None),
    ("{f: function(n) if n = 0 then 1 else n * f(n - 1), r: f(5)}.r", 120),
    ("sort([3, 1, 2], before)", [1, 2, 3]),
    ("nothing(1)", None),
    # instance of
    ("1 instance of number", True),
    ("[1, 2] instance of list<number>", True),
    ('[1, "a"] instance of list<number>', False),
    ('@"2026-01-01" instance of date', True),
    ('@"2026-01-01T00:00:00" instance of date and time', True),
    ('@"P1Y" instance of years and months duration', True),
    ("{a: 1} instance of context<a: number>", True),
    ("(function(a) a) instance of function<number> -> number", None),
    ("(function(a) 1) instance of function<number> -> number", True),
    ("[1..2] instance of range<number>", True),
    ("null instance of Null", True),
    ("null instance of number", False),
    # text
    (r'"a\"b\n\u00e9\\"', 'a"b\né\\'),
    (r'"\U01F40E"', "\U0001f40e"),
    ('/* a comment */ "x" // another', "x"),
]


@pytest.mark.parametrize(("expression", "value"), VALUES)
def test_an_expression_has_the_value_of_the_standard(expression: str, value: Any) -> None:
    found = evaluate(expression)
    assert found == value
    assert type(found) is (Decimal if type(value) is int else type(value))


TEMPORAL: list[tuple[str, Any]] = [
    ('@"2026-01-31" + duration("P1M")', date(2026, 2, 28)),
    ('@"2024-02-29" - duration("P1Y")', date(2023, 2, 28)),
    ('@"2026-09-30" + duration("P4M")', date(2027, 1, 30)),
    ('@"2026-01-01" + duration("P1DT12H")', date(2026, 1, 2)),
    ('@"2026-03-01" - @"2026-02-01"', timedelta(days=28)),
    ('@"999999999-12-31" + duration("P1D")', None),
    ('@"10:30:00" + duration("PT14H")', time(0, 30)),
    ('@"10:30:00" - @"10:00:00"', timedelta(minutes=30)),
    ('duration("P1Y") * 2', YearsMonthsDuration(months=24)),
    ('duration("P1D") / 2', timedelta(hours=12)),
    ('duration("P1D") / duration("PT6H")', 4),
    ('-duration("P1D")', timedelta(days=-1)),
    ('duration("P1M2D")', None),
    ('date("2026-02-30")', None),
    ("date(2026, 2, 30)", None),
    ("date(2026, 2, 28)", date(2026, 2, 28)),
    ('date(@"2026-05-05T23:30:00@Europe/London")', date(2026, 5, 5)),
    ('@"2026-05-05".weekday', 2),
    ('@"2026-05-05T10:00:00+01:00".time offset', timedelta(hours=1)),
    ('@"2026-05-05T10:00:00@Europe/London".timezone', "Europe/London"),
    ('duration("P2Y3M").months', 3),
    ('duration("-PT90M").minutes', -30),
    ('date and time("2026-05-05", "x")', None),
    # equal on the one time line, whatever the zones
    ('@"2026-07-01T10:00:00@Europe/London" = @"2026-07-01T09:00:00Z"', True),
    ('is(@"2026-07-01T10:00:00+01:00", @"2026-07-01T09:00:00Z")', False),
    ('@"2026-07-01T10:00:00" < @"2026-07-01T09:00:00Z"', None),
    ('@"2026-07-01" < @"2026-07-01T09:00:00"', None),
    # across the clock change an hour is an hour, and a day has 24
    ('@"2026-03-29T00:30:00@Europe/London" + duration("PT1H")', datetime(2026, 3, 29, 2, 30, tzinfo=LONDON)),
    ('@"2026-03-30T00:00:00@Europe/London" - @"2026-03-29T00:00:00@Europe/London"', timedelta(hours=23)),
    ("now()", NOW),
    ("today()", date(2026, 5, 5)),
    ('years and months duration(@"2011-12-22", @"2013-08-24")', YearsMonthsDuration(months=20)),
    ('years and months duration(@"2013-08-24", @"2011-12-22")', YearsMonthsDuration(months=-20)),
]


@pytest.mark.parametrize(("expression", "value"), TEMPORAL)
def test_dates_times_and_durations_are_counted_as_in_the_standard(expression: str, value: Any) -> None:
    found = evaluate(expression, now=NOW)
    assert found == value
    assert type(found) is (Decimal if type(value) is int else type(value))


def test_today_is_the_date_of_the_clock_as_given() -> None:
    assert evaluate("today()", now=datetime(2026, 5, 5, 23, 30, tzinfo=UTC)) == date(2026, 5, 5)


def test_without_a_clock_today_is_an_error_that_says_so() -> None:
    with pytest.raises(FeelError, match="clock is not available"):
        evaluate("today()")


NAMES: list[tuple[str, dict[str, Any], Any]] = [
    ("Monthly Income * 12", {"Monthly Income": 10}, 120),
    ("Pre-bureau risk + 1", {"Pre-bureau risk": 1, "Pre": 5}, 2),
    ("Pre - bureau", {"Pre": 5, "bureau": 3}, 2),
    ("a-b", {"a-b": 7, "a": 5, "b": 3}, 7),
    ("applicant.Monthly Income + 1", {"applicant": {"Monthly Income": 10}}, 11),
    ("case.Risk (high/low)", {"case": {"Risk (high/low)": "high"}}, "high"),
    ("Terms and conditions", {"Terms and conditions": True}, True),
    ("Applicant's age", {"Applicant's age": 40}, 40),
    ("for loan type in [1, 2] return loan type + 1", {}, [2, 3]),
    ("{Monthly fee: 2, Total fee: Monthly fee * 12}.Total fee", {}, 24),
    ("count > 2", {"count": 3}, True),
    ("count(list) + count", {"count": 3, "list": [1]}, 4),
    ("\u00e9t\u00e9 + \U0001f40e", {"\u00e9t\u00e9": 1, "\U0001f40e": 2}, 3),
    ("date", {"date": 5}, 5),
    ("if yes or no then 1 else 2", {"yes or no": True}, 1),
]


@pytest.mark.parametrize(("expression", "context", "value"), NAMES)
def test_names_may_hold_spaces_and_signs(expression: str, context: dict[str, Any], value: Any) -> None:
    assert evaluate(expression, context) == value


WRONG: list[tuple[str, int, str]] = [
    ("1 +", 3, "value is expected"),
    ("", 0, "empty"),
    ("(1", 2, r"'\)' is missing"),
    ("if a then b", 11, "'else' is missing"),
    ("[1..", 4, "value is expected"),
    ('"abc', 0, "not closed"),
    ("1 2", 2, "ends before '2'"),
    ("{a 1}", 1, "entry"),
    ("{a: 1, a: 2}", 7, "two entries"),
    ('@"tomorrow"', 1, "not a date"),
    ("a # b", 2, "ends before '#'"),
    ("/* open", 0, "not closed"),
    ("for x return x", 4, "a name, then 'in'"),
    ('function(x) external {java: {class: "java.lang.Runtime"}}', 12, "External"),
]


@pytest.mark.parametrize(("expression", "position", "sentence"), WRONG)
def test_a_syntax_error_says_where_and_what(expression: str, position: int, sentence: str) -> None:
    with pytest.raises(FeelSyntaxError, match=sentence) as caught:
        parse(expression)
    assert caught.value.position == position
    assert caught.value.expression == expression


PLACES = [
    ("1 + today()", 4, "clock is not available"),
    ('true and due("x")', 9, "failed"),
    ("1 + 9**9**9**9", 4, "look at the powers"),
    ("[1, for i in 1..10**9 return i]", 4, "more work"),
    ("1 = 1 and (every i in 1..10**9 satisfies i > 0)", 11, "more work"),
    ("{f: function(n) f(n), r: f(1)}", 4, "40 deep"),
]


@pytest.mark.parametrize(("expression", "position", "sentence"), PLACES)
def test_an_error_of_evaluation_says_where_it_came_up(expression: str, position: int, sentence: str) -> None:
    with pytest.raises(FeelError, match=sentence) as caught:
        evaluate(expression, functions={"due": lambda name: 1 // 0})
    assert caught.value.position == position
    assert caught.value.expression == expression


def test_a_clock_without_a_zone_is_refused() -> None:
    with pytest.raises(FeelError, match="no time zone"):
        evaluate("now()", now=NOW.replace(tzinfo=None))


def test_ranges_are_values() -> None:
    assert evaluate("(1..5]") == FeelRange(start=Decimal(1), end=Decimal(5), start_included=False, end_included=True)
    assert evaluate("(< 5).end included") is False
    assert evaluate("(>= 5).start") == 5


def test_an_unknown_name_is_null_with_a_warning() -> None:
    warnings: list[str] = []
    assert parse("nobody + 1").evaluate({}, warn=warnings.append) is None
    assert warnings == ["'nobody' is not known here."]


def test_a_comparison_of_unlike_types_warns() -> None:
    warnings: list[str] = []
    assert parse("due < now").evaluate({"due": date(2026, 1, 1), "now": NOW}, warn=warnings.append) is None
    assert warnings == ["A date and a date and time cannot be compared."]


def test_a_filter_of_an_empty_list_asks_nothing_that_needs_an_item() -> None:
    def refuse(*_: object) -> None:
        raise FeelError("there is no such day", expression="")

    functions = {"due": refuse}
    assert evaluate("reports[due(item.day) < item.day]", {"reports": []}, functions=functions) == []
    assert evaluate("reports[1]", {"reports": []}) is None
    with pytest.raises(FeelError, match="no such day"):
        evaluate("reports[due(item.day) < item.day]", {"reports": [{"day": 1}]}, functions=functions)
