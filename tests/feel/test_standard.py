"""Values beyond Python's types, ranges that are none, and types: as the standard has them, or null with a note."""

from __future__ import annotations

import pytest

from engine.errors import FeelSyntaxError
from engine.feel import FeelFunction, dump, evaluate, load, parse
from engine.feel.notation import write_value
from engine.feel.run import Run

#: an expression, and its value as FEEL writes it
BEYOND = [
    ('date("999999999-12-31").year', "999999999"),
    ('string(date("-999999999-12-31"))', "-999999999-12-31"),
    ('date("9999999999-12-31")', "null"),
    ('date("01211-12-31")', "null"),
    ('date("-0000-01-01")', "null"),
    ("date(10000,1,1).year", "10000"),
    ('date("2100-02-29")', "null"),
    ('date("10000-02-29")', "10000-02-29"),
    ('string(date and time("99999-12-31T11:22:33"))', "99999-12-31T11:22:33"),
    ('string(date and time("-2017-12-31T11:22:33"))', "-2017-12-31T11:22:33"),
    ('string(date and time("2017-12-31T11:22:33.123456789"))', "2017-12-31T11:22:33.123456789"),
    ('string(date and time("2017-12-31T24:00:00"))', "2018-01-01T00:00:00"),
    ('date and time("2017-12-31T24:00:01")', "null"),
    ('date and time("2017-12-31T24:01:00")', "null"),
    ('time("24:00:00")', "00:00:00"),
    ('time("24:00:01")', "null"),
    ('time("23:59:60")', "null"),
    ('string(time("10:00:00.123456789@Europe/Paris"))', "10:00:00.123456789@Europe/Paris"),
    ('time("10:00:00.123456789") = time("10:00:00.123456788")', "false"),
    ('time("10:00:00.123456789") > time("10:00:00.123456788")', "true"),
    ('time("10:00:00.123456789").second', "0.123456789"),
    ('string(duration("PT0.123456789S"))', "PT0.123456789S"),
    ('duration("PT0.000000001S") * 1000 = duration("PT0.000001S")', "true"),
    (
        'date and time(date("2017-09-05"), time("09:15:30.987654321+02:00")) = @"2017-09-05T07:15:30.987654321Z"',
        "true",
    ),
    (
        'string(date and time(date and time("2017-09-05T10:20:00-01:00"),time("09:15:30.987654321@Europe/Paris")))',
        "2017-09-05T09:15:30.987654321@Europe/Paris",
    ),
    ('date and time("2011-12-03T10:15:30+01:00@Europe/Paris")', "null"),
    ('@"9999-12-31" + duration("P1D")', "10000-01-01"),
    ('@"10000-01-01" - duration("P1D")', "9999-12-31"),
    ('@"0001-01-01" - duration("P1D")', "0000-12-31"),
    ('@"10000-01-01" - @"9999-12-31"', "P1D"),
    ('@"9999-12-31" < @"10000-01-01"', "true"),
    ('@"-0001-01-01" < @"0001-01-01"', "true"),
    ('date("10000-01-01") in [@"9999-01-01"..@"10001-01-01"]', "true"),
    ('day of week(@"10000-01-01")', "Saturday"),
    ('@"10000-01-01".weekday', "6"),
    ('date(@"10000-01-01T10:00:00")', "10000-01-01"),
    ('time(@"10000-01-01T10:00:00")', "10:00:00"),
    ('@"10000-01-01T10:00:00Z" + duration("PT14H")', "10000-01-02T00:00:00Z"),
    ('@"10000-01-01T10:00:00Z".time offset', "PT0S"),
    ('@"10000-06-01T10:00:00@Europe/Paris".time offset', "PT2H"),
    ('years and months duration(@"9999-01-01", @"10000-02-01")', "P1Y1M"),
    ('abs(@"-PT0.000000001S")', "PT0.000000001S"),
    ('sum([@"PT0.000000001S", @"PT1S"])', "PT1.000000001S"),
    ('-@"PT0.000000001S"', "-PT0.000000001S"),
    ('@"PT1S" / 3', "PT0.333333333S"),
    ('@"2026-01-01T00:00:00" + @"PT0.000000001S"', "2026-01-01T00:00:00.000000001"),
    ('@"2026-01-01T00:00:00.000000001" - @"2026-01-01T00:00:00"', "PT0.000000001S"),
    ('@"10:00:00" - @"10:00:00.000000001"', "-PT0.000000001S"),
    # a date is its midnight in UTC, and no known time away from a moment without a zone
    ('@"2026-03-02" - @"2026-03-01T10:00:00+01:00"', "PT15H"),
    ('@"2026-03-02T10:00:00@Europe/Paris" - @"2026-03-01"', "P1DT9H"),
    ('@"2026-03-02" - @"2026-03-01T10:00:00"', "null"),
    ('@"2026-03-02T10:00:00" - @"2026-03-01"', "null"),
    ('@"2026-03-02T10:00:00.000000001" - @"2026-03-01"', "null"),
    ('@"12026-03-02T10:00:00Z" - @"12026-03-01"', "P1DT10H"),
    ('@"23:59:59.999999999" + @"PT0.000000001S"', "00:00:00"),
    ("time(10, 20, 30.123456789)", "10:20:30.123456789"),
    ("time(10, 20, 30.1234567891)", "null"),
    ('@"10:00:00.1234567890"', "10:00:00.123456789"),
    ('time("10:00:00.1234567891")', "null"),
    ('is(@"10:00:00.000000001Z", @"10:00:00.000000001Z")', "true"),
    ('min(@"10000-01-01", @"2026-01-01")', "2026-01-01"),
    ('@"10000-01-31" + @"P1M"', "10000-02-29"),
    ('@"P999999999D" + @"P1D"', "P1000000000D"),
    ('@"2026-10-25T01:30:00@Europe/London" + @"PT1H"', "2026-10-25T01:30:00@Europe/London"),
    ("date(2017, 8, 30.5)", "null"),
    ('time("10:00:00+18:01")', "null"),
    ('[@"9999-12-30"..@"10000-01-01"].end', "10000-01-01"),
    ('@"10000-01-01" instance of date', "true"),
]

RANGES = [
    ("1 in (null..10]", "null"),
    ("5 in [null..10]", "null"),
    ("5 in [1..null]", "null"),
    ("15 in [1..null]", "null"),
    ("null in [1..10]", "null"),
    ("1 in [5..1]", "null"),
    ("1 in (1..1)", "false"),
    ("1 in [1..1]", "true"),
    ("(<10) = (null..10)", "false"),
    ('range("[2..)") = (>=2)', "true"),
    ('range("[2..)") = >=2', "true"),
    ('range("(2..)") = >2', "true"),
    ('range("(..2]") = <=2', "true"),
    ('range("(..2)") = <2', "true"),
    ('range("[..2]")', "null"),
    ('range("[1..]")', "null"),
    ('range(" [ 1 .. 3 ] ") = [1..3]', "true"),
    ('range("]18..21]") = ]18..21]', "true"),
    ('range("[18..21[") = [18..21[', "true"),
    ('range(">=10")', "null"),
    ('range("[null..null]")', "null"),
    ('range("[3..1]")', "null"),
    ('range("[1..\\"b\\"]")', "null"),
    ('range("[\\"a\\"..\\"c\\"]") instance of range<string>', "true"),
    ('range("[date(\\"1970-01-01\\")..date(\\"1970-01-02\\")]") = [date("1970-01-01")..date("1970-01-02")]', "true"),
    ('range("[date(string(\\"1970-01-01\\"))..date(\\"1970-01-02\\")]")', "null"),
    ('range(fron: "[1..3]")', "null"),
    ('range("")', "null"),
    ("for i in [2..1] return i", "null"),
    ("for i in 2..1 return i", "[2, 1]"),
    ("[-5..-1] = [-5..-1]", "true"),
    ("0 in [-5..-1]", "false"),
    ('@"10:00:00.000000001" in [@"10:00:00"..@"11:00:00"]', "true"),
    ("(> 5) = (> 5)", "true"),
    ("5 in (>= 5)", "true"),
    ('[1.."a"]', "null"),
]

PARTS_OF_A_PLACE = [
    ("floor(1.56, 1.9)", "1.5"),
    ("round up(5.55, 1.5)", "5.6"),
    ('substring("foobar", 3.8)', "obar"),
]

TYPES = [
    ('(function() "foo") instance of function<>->Any', "true"),
    ('(function() "foo") instance of function<>->string', "true"),
    (
        '(function(a: list<number>) {b: "", c: "", d: 1})'
        " instance of function<list<number>>->context<b: string, c: string>",
        "true",
    ),
    ('(function(a: list<number>) {b: "b"}) instance of function<list<number>>->context<b: string, c: string>', "false"),
    (
        '(function(a: context<a: string>) {b: "b"})'
        " instance of function<context<a: string, b: string>>->context<b: string>",
        "true",
    ),
    ('(function(a: context<a: string, b: string>) "foo") instance of function<context<a: string>>->string', "false"),
    ('(function(a: string, b: number) "foo") instance of function<string, number>->string', "true"),
    ('(function(a: string, b: string) "foo") instance of function<string>->string', "false"),
    (
        "[(function(a:string, b:string) 1), (function(a:string, b:string) 2)]"
        " instance of list<function<string,string>->number>",
        "true",
    ),
    (
        '[(function(a: string, b: number) ""), (function(c: string, d: string) "")]'
        " instance of list<function<string,number>->string>",
        "true",
    ),
    ("{a: null} instance of context<a: string>", "true"),
    ('[1, "a"] instance of list<number>', "false"),
    ('(function(a: number) a)("x")', "null"),
    ("(function(a: number) a)([5])", "5"),
    ("(function(a: list<number>) a)(5)", "[5]"),
    ('(function(a: date and time) a)(@"2026-01-01")', "2026-01-01T00:00:00Z"),
    ("abs instance of function<number>->number", "null"),
    ("(> 5) instance of range<number>", "true"),
]


def _written(expression: str) -> str:
    return write_value(evaluate(expression), Run("", {}, None, None, None))


@pytest.mark.parametrize(("expression", "value"), BEYOND)
def test_years_beyond_9999_and_nanoseconds_are_kept(expression: str, value: str) -> None:
    assert _written(expression) == value


@pytest.mark.parametrize(("expression", "value"), RANGES)
def test_a_range_has_known_ends_of_one_kind_in_order(expression: str, value: str) -> None:
    assert _written(expression) == value


@pytest.mark.parametrize(("expression", "value"), PARTS_OF_A_PLACE)
def test_of_a_place_that_is_no_whole_number_the_whole_part_counts(expression: str, value: str) -> None:
    assert _written(expression) == value


@pytest.mark.parametrize(("expression", "value"), TYPES)
def test_a_value_is_of_a_type_as_the_standard_says(expression: str, value: str) -> None:
    assert _written(expression) == value


@pytest.mark.parametrize(
    "text",
    [
        *("10000-01-01", "-0044-03-15", "0000-02-29", "999999999-12-31"),
        *(
            "10:00:00@Etc/UTC",
            "10:00:00@Asia/Tokyo",
            "10:00:00.123456789",
            "10:00:00.000000001Z",
            "10:00:00.5000001@Europe/London",
        ),
        *("10000-01-01T00:00:00", "-0001-01-01T10:00:00+05:30", "2026-01-01T00:00:00.000000001@Europe/London"),
        *("PT0.000000001S", "-PT0.000000001S", "P999999999999D"),
    ],
)
def test_what_is_beyond_is_kept_and_read_again(text: str) -> None:
    value = evaluate(f'@"{text}"')
    assert load(dump(value)) == value
    assert write_value(value, Run("", {}, None, None, None)) == text


def test_an_offset_beside_a_zone_is_read_only_where_it_was_kept() -> None:
    second = evaluate('@"2026-10-25T01:30:00@Europe/London" + duration("PT1H")')
    assert "+00:00@Europe/London" in dump(second)
    assert load(dump(second)).utcoffset() == second.utcoffset()
    assert evaluate('date and time("2026-10-25T01:30:00+00:00@Europe/London")') is None


def test_a_range_that_is_none_says_why() -> None:
    notes: list[str] = []
    assert parse("1 in [a..5]").evaluate({"a": None}, warn=notes.append) is None
    assert parse("1 in [a..5]").evaluate({"a": 9}, warn=notes.append) is None
    assert notes == [
        "A range with an end that is null is no range.",
        "A range whose start is above its end is no range.",
    ]


def test_a_type_that_does_not_exist_is_an_error_and_not_false() -> None:
    with pytest.raises(FeelSyntaxError, match="There is no type 'tAge' here"):
        evaluate("25 instance of tAge")


def test_a_function_keeps_the_names_of_where_it_was_made() -> None:
    made = parse("function(b) a * b").evaluate({"a": 100})
    assert isinstance(made, FeelFunction)
    assert parse("f(2)").evaluate({"f": made, "a": 10}) == 200
    assert parse("{a: 10, x: f(2) + a}.x").evaluate({"f": made, "a": 1}) == 210


def test_of_a_function_that_does_not_say_what_it_gives_the_type_is_not_known() -> None:
    notes: list[str] = []
    assert parse("abs instance of function<number>->number").evaluate({}, warn=notes.append) is None
    assert notes == ["Of the function 'abs' it is not known what it takes and gives."]


def test_a_function_made_by_a_function_keeps_the_names_of_where_both_were_made() -> None:
    made = parse("function(b) function(c) a * b * c").evaluate({"a": 2})
    assert parse("f(3)(4)").evaluate({"f": made, "a": 100}) == 24
    inner = parse("f(3)").evaluate({"f": made, "a": 100})
    assert parse("g(4)").evaluate({"g": inner, "a": 100}) == 24
