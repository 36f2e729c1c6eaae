"""docs/time.md tells policy owners what the calendar does; here it is held to its word."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from engine.calendar import Calendar, Counting, Limit, Unit, feel_functions

PAGE = (Path(__file__).parents[2] / "docs" / "time.md").read_text(encoding="utf-8")
LIMITS = re.findall(
    r"^\| (\d+) ([a-z ]+?) (after|before|beginning with|more than) \| (\d+ \w+ \d{4}) \| (.+) \|$", PAGE, re.M
)
CALLS = re.findall(r"^\| `([a-z ]+)\(([^`]+)\)` \| .+ \| `\1\((.+)\)` = `(.+)` \|$", PAGE, re.M)


def feel_value(written: str) -> object:
    if day := re.fullmatch(r'date\("(.+)"\)', written):
        return date.fromisoformat(day[1])
    value = json.loads(written)
    return Decimal(value) if type(value) is int else value


def test_the_page_has_examples_of_every_counting_and_unit() -> None:
    assert {counting for _, _, counting, _, _ in LIMITS} == set(Counting)
    assert {unit for _, unit, _, _, _ in LIMITS} == set(Unit)


@pytest.mark.parametrize(("amount", "unit", "counting", "start", "explanation"), LIMITS)
def test_each_example_of_the_page_is_what_the_calendar_says(
    amount: str, unit: str, counting: str, start: str, explanation: str
) -> None:
    limit = Limit(
        name="example",
        amount=int(amount),
        unit=Unit.read(unit),
        counting=Counting.read(counting),
        counted_from="the day of receipt",
        clauses=(),
    )
    calendar = Calendar(meetings=(date(2026, 1, 8), date(2026, 2, 12)))  # as the page says
    counted_from = datetime.strptime(start, "%d %B %Y").date()  # noqa: DTZ007 - a day, not an instant
    assert calendar.due(limit, counted_from).explanation == explanation


def test_the_page_lists_every_function_with_its_parameters() -> None:
    functions = feel_functions(Calendar())
    assert {name for name, *_ in CALLS} == set(functions)


@pytest.mark.parametrize(("name", "parameters", "arguments", "result"), CALLS)
def test_each_call_on_the_page_gives_what_the_page_says(
    name: str, parameters: str, arguments: str, result: str
) -> None:
    values = [feel_value(argument) for argument in arguments.split(", ")]
    function = feel_functions(Calendar())[name]
    assert function(*values) == feel_value(result)
    assert function(**dict(zip(parameters.split(", "), values, strict=True))) == feel_value(result)
