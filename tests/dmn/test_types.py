"""Typed inputs and outputs: nothing is converted, and what is not allowed is named with what is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from engine.dmn import Definitions, load
from engine.errors import DmnError
from tests.dmn.builders import column, decision, file, input_data, literal, output, rule, table

_LOAN = (
    '<itemDefinition name="tLoan"><itemComponent name="amount"><typeRef>number</typeRef></itemComponent>'
    '<itemComponent name="kind"><typeRef>tKind</typeRef></itemComponent></itemDefinition>'
    '<itemDefinition name="tKind"><typeRef>string</typeRef><allowedValues><text>"new","old"</text></allowedValues>'
    "</itemDefinition>"
    '<itemDefinition name="tLoans" isCollection="true"><typeRef>tLoan</typeRef></itemDefinition>'
)


def _echoing(type_name: str) -> Definitions:
    return load(file(_LOAN, decision(literal("x"), inputs=["x"]), input_data("x", type=type_name)))


def _echo(type_name: str, value: Any) -> Any:
    return _echoing(type_name).decide("Decide", {"x": value})


@pytest.mark.parametrize(
    ("type_name", "value"),
    [
        ("string", "a"),
        ("number", Decimal("1.5")),
        ("integer", Decimal(2)),
        ("boolean", True),
        ("date", date(2026, 5, 5)),
        ("dateTime", datetime(2026, 5, 5, 12, tzinfo=UTC)),
        ("date and time", datetime(2026, 5, 5, 12, tzinfo=UTC)),
        ("Any", "a"),
        ("tKind", "old"),
        ("tLoan", {"amount": Decimal(1), "kind": "new"}),
        ("tLoan", {"amount": Decimal(1), "kind": None}),
        ("tLoans", [{"amount": Decimal(1), "kind": "new"}]),
        ("tLoans", []),
    ],
)
def test_a_value_of_the_declared_type_is_taken_as_it_is(type_name: str, value: Any) -> None:
    assert _echo(type_name, value) == value


@pytest.mark.parametrize(
    ("type_name", "value", "words"),
    [
        ("string", 3, "is 3; it must be a text"),
        ("number", "3", 'is "3"; it must be a number'),
        ("number", True, "is true; it must be a number"),
        ("integer", 2.5, "is 2.5; it must be a whole number"),
        ("boolean", "true", "must be true or false"),
        ("date", "2026-05-05", 'is "2026-05-05"; it must be a date'),
        ("date", datetime(2026, 5, 5, tzinfo=UTC), "must be a date"),
        ("date and time", "2026-05-05", "must be a date and time"),
        ("tKind", "used", 'is "used"; it must be one of "new","old"'),
        ("tLoan", 3, "must be tLoan with amount, kind"),
        ("tLoan", {"amount": "much", "kind": None}, r"must be a number \(in amount\)"),
        ("tLoan", {"amount": 1}, "must be tLoan with kind, which may be null"),
        ("tLoan", {"amount": 1, "kind": "used"}, r'must be one of "new","old" \(in kind\)'),
        ("tLoans", 1, r"must be a list \(tLoans\)"),
        (
            "tLoans",
            [{"amount": 1, "kind": None}, {"amount": "1", "kind": None}],
            r"a number \(in amount\) \(item 2 of the list\)",
        ),
    ],
)
def test_a_value_of_another_type_is_refused_with_what_is_allowed(type_name: str, value: Any, words: str) -> None:
    with pytest.raises(DmnError, match=f"The input “x” .*{words}"):
        _echoing(type_name).explain("Decide", {"x": value})
    assert _echo(type_name, value) is None  # as the standard has it; a case stops


@pytest.mark.parametrize(
    ("type_name", "value", "fitted"),
    [
        ("string", ["a"], "a"),
        ("tKind", ["old"], "old"),
        ("tLoans", {"amount": 1, "kind": "new"}, [{"amount": 1, "kind": "new"}]),
        ("date and time", date(2026, 5, 5), datetime(2026, 5, 5, tzinfo=UTC)),
    ],
)
def test_a_list_of_one_stands_for_its_item_and_a_day_for_its_midnight(type_name: str, value: Any, fitted: Any) -> None:
    assert _echo(type_name, value) == fitted
    assert _echoing(type_name).explain("Decide", {"x": value}).value == fitted


@pytest.mark.parametrize("type_name", ["string", "number", "tKind", "tLoan", "tLoans"])
def test_null_and_an_input_not_given_are_of_every_type(type_name: str) -> None:
    assert _echo(type_name, None) is None
    definitions = load(file(_LOAN, decision(literal("x"), inputs=["x"]), input_data("x", type=type_name)))
    assert definitions.decide("Decide", {}) is None


def test_an_input_column_refuses_what_its_type_or_its_allowed_values_exclude() -> None:
    logic = table(
        column("risk", label="Risk of harm", type="string", allowed='"high","low"'),
        column("count", type="number"),
        output(),
        rule(["-", "-"], ["1"]),
    )
    definitions = load(file(decision(logic)))
    assert definitions.decide("Decide", {"risk": "low", "count": 1}) == 1
    assert definitions.decide("Decide", {"risk": None, "count": None}) == 1
    with pytest.raises(DmnError, match='The input “Risk of harm” of “Decide” is "medium"; it must be one of "high"'):
        definitions.explain("Decide", {"risk": "medium", "count": 1})
    with pytest.raises(DmnError, match='The input “count” of “Decide” is "1"; it must be a number'):
        definitions.explain("Decide", {"risk": "low", "count": "1"})


def test_an_output_that_its_column_excludes_is_refused() -> None:
    logic = table(column("n"), output(type="string", allowed='"a","b"'), rule(["-"], ["n"], id="r"))
    definitions = load(file(decision(logic)))
    assert definitions.decide("Decide", {"n": "a"}) == "a"
    with pytest.raises(DmnError, match="Rule 1 of “Decide” gives 1 in the column “result”; it must be a text"):
        definitions.explain("Decide", {"n": 1})
    with pytest.raises(DmnError, match='gives "c" in the column “result”; it must be one of "a","b"'):
        definitions.explain("Decide", {"n": "c"})


def test_a_result_that_is_not_of_the_declared_type_is_refused() -> None:
    definitions = load(file(decision(literal('"many"'), type="number")))
    with pytest.raises(DmnError, match='The decision “Decide” gives "many"; it must be a number'):
        definitions.explain("Decide", {})


def test_a_type_constraint_looks_at_the_list_as_a_whole() -> None:
    constrained = (
        '<itemDefinition name="tPair" isCollection="true"><typeRef>number</typeRef>'
        "<typeConstraint><text>count(?) = 2</text></typeConstraint></itemDefinition>"
    )
    definitions = load(file(constrained, decision(literal("x"), inputs=["x"]), input_data("x", type="tPair")))
    assert definitions.decide("Decide", {"x": [1, 2]}) == [1, 2]
    with pytest.raises(DmnError, match="must be within"):
        definitions.explain("Decide", {"x": [1]})


def test_numbers_of_python_become_decimals() -> None:
    assert load(file(decision(literal("a + b")))).decide("Decide", {"a": 0.1, "b": 2}) == Decimal("2.1")


def test_a_python_object_is_refused_as_an_input() -> None:
    with pytest.raises(DmnError, match="The input “a” cannot be used"):
        load(file(decision(literal("a")))).decide("Decide", {"a": object()})


class _Asked(Mapping[str, Any]):
    """Inputs that note what was asked of them."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values_ = values
        self.asked: list[str] = []

    def __getitem__(self, name: str) -> Any:
        self.asked.append(name)
        return self.values_[name]

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("The inputs are not listed, only asked.")

    def __len__(self) -> int:
        raise AssertionError("The inputs are not counted, only asked.")


def test_an_input_is_read_once_and_only_where_it_is_needed() -> None:
    inputs = _Asked({"a": 1, "b": 2, "c": 3})
    logic = literal("if a > 0 then a + b else c")
    assert load(file(decision(logic))).decide("Decide", inputs) == 3
    assert inputs.asked == ["a", "b"]


def test_json_inputs_become_days_where_the_file_declares_days_and_nowhere_else() -> None:
    period = (
        '<itemDefinition name="tDay"><typeRef>date</typeRef></itemDefinition><itemDefinition name="tPeriod">'
        '<itemComponent name="from"><typeRef>tDay</typeRef></itemComponent>'
        '<itemComponent name="words"><typeRef>string</typeRef></itemComponent></itemDefinition>'
    )
    logic = table(
        column("day", type="date"), column("length", type="dayTimeDuration"), output(), rule(["-", "-"], ["1"])
    )
    definitions = load(
        file(
            period,
            decision(logic, inputs=["days", "period"], decisions=["base"]),
            decision(
                table(column("clock", type="time"), output(), rule(["-"], ["1"]), id="clock"), id="base", name="base"
            ),
            input_data("days", type="tDays"),
            '<itemDefinition name="tDays" isCollection="true"><typeRef>tDay</typeRef></itemDefinition>',
            input_data("period", type="tPeriod"),
        )
    )
    assert definitions.problems == ()
    inputs = definitions.inputs_from_json(
        "Decide",
        {
            "day": "2026-05-05",
            "length": "P3D",
            "clock": "09:30:00",
            "days": ["2026-05-05", "someday"],
            "period": {"from": "2026-05-05", "words": "2026-05-05"},
            "other": "2026-05-05",
            "number": 0.1,
        },
    )
    day = date(2026, 5, 5)
    assert inputs == {
        "day": day,
        "length": timedelta(days=3),
        "clock": time(9, 30),
        "days": [day, "someday"],
        "period": {"from": day, "words": "2026-05-05"},
        "other": "2026-05-05",
        "number": Decimal("0.1"),
    }
    assert definitions.decide("Decide", {**inputs, "days": [day]}) == 1
    with pytest.raises(DmnError, match='The input “day” of “Decide” is "tomorrow"; it must be a date'):
        definitions.explain("Decide", definitions.inputs_from_json("Decide", {"day": "tomorrow"}))
