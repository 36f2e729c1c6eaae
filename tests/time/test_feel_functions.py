"""The functions a policy owner may call to count time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from engine.calendar import Calendar, feel_functions
from engine.errors import FeelError

FUNCTIONS = feel_functions(Calendar())
THURSDAY = date(2026, 4, 30)


@pytest.mark.parametrize(
    ("name", "arguments", "result"),
    [
        ("working days after", (THURSDAY, Decimal(2)), date(2026, 5, 5)),
        ("working days after", (THURSDAY, Decimal("2.0")), date(2026, 5, 5)),
        ("working days between", (THURSDAY, date(2026, 5, 5)), Decimal(2)),
        ("is working day", (THURSDAY,), True),
        ("is working day", (date(2026, 5, 4),), False),
        ("months after", (date(2026, 1, 31), Decimal(1)), date(2026, 2, 28)),
        ("months after", (date(2026, 8, 31), Decimal(-6)), date(2026, 2, 28)),
        ("last day of period beginning with", (date(2026, 3, 15), Decimal(1), "months"), date(2026, 4, 14)),
        ("last day of period beginning with", (date(2026, 5, 4), Decimal(1), "weeks"), date(2026, 5, 10)),
        ("days between", (THURSDAY, date(2026, 5, 5)), Decimal(5)),
        ("days between", (date(2026, 5, 5), THURSDAY), Decimal(-5)),
    ],
)
def test_a_function_gives_a_feel_value(name: str, arguments: tuple[object, ...], result: object) -> None:
    given = FUNCTIONS[name](*arguments)
    assert given == result
    assert type(given) is type(result)


def test_every_function_is_listed_and_the_list_cannot_be_changed() -> None:
    assert set(FUNCTIONS) == {
        "working days after",
        "working days between",
        "is working day",
        "months after",
        "last day of period beginning with",
        "days between",
    }
    with pytest.raises(TypeError):
        FUNCTIONS["days between"] = print  # type: ignore[index]


def test_arguments_may_be_given_by_name() -> None:
    assert FUNCTIONS["working days after"](n=Decimal(2), day=THURSDAY) == date(2026, 5, 5)


def test_an_instant_is_taken_as_its_day_in_london() -> None:
    late = datetime(2026, 4, 29, 23, 30, tzinfo=UTC)  # half past midnight on the 30th
    assert FUNCTIONS["working days after"](late, Decimal(2)) == date(2026, 5, 5)
    assert FUNCTIONS["days between"](THURSDAY, late) == Decimal(0)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("working days after", (None, Decimal(2))),
        ("working days after", (THURSDAY, None)),
        ("working days between", (None, THURSDAY)),
        ("is working day", (None,)),
        ("months after", (THURSDAY, None)),
        ("last day of period beginning with", (THURSDAY, Decimal(1), None)),
        ("days between", (THURSDAY, None)),
    ],
)
def test_null_gives_null(name: str, arguments: tuple[object, ...]) -> None:
    assert FUNCTIONS[name](*arguments) is None


@pytest.mark.parametrize(
    ("name", "arguments", "sentence"),
    [
        ("working days after", (THURSDAY, Decimal("1.5")), "1.5 is not a whole number"),
        ("working days after", (THURSDAY, Decimal("NaN")), "NaN is not a whole number"),
        ("working days after", (THURSDAY, Decimal("100001")), "100001 is more than can be counted"),
        ("months after", (THURSDAY, Decimal("1E+999999")), "is more than can be counted"),
        ("months after", (THURSDAY, Decimal("100000")), "beyond the years a date can name"),
        ("working days after", (THURSDAY, True), "is not a number"),
        ("working days after", (THURSDAY, "2"), '"2" is not a number'),
        ("working days after", ("2026-04-30", Decimal(2)), '"2026-04-30" is not a date'),
        ("is working day", ("x" * 1000,), '"' + "x" * 40 + "…"),
        ("is working day", ([THURSDAY],), "What was given is not a date"),
        ("is working day", (date(26, 5, 5),), "The bank holidays of 26 are not known"),
        ("is working day", (datetime(2026, 5, 5, 12),), "has no time zone"),  # noqa: DTZ001 - the naive time is the point
        ("last day of period beginning with", (THURSDAY, Decimal(1), "month"), '"month" is not one of'),
        ("last day of period beginning with", (THURSDAY, Decimal(1), Decimal(1)), "1 is not a unit of time"),
        ("last day of period beginning with", (THURSDAY, Decimal(0), "days"), "has no last day"),
        ("working days after", (THURSDAY,), "working days after takes 2 arguments: day, n"),
        ("is working day", (THURSDAY, THURSDAY), "is working day takes 1 argument: day"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_a_sentence(
    name: str, arguments: tuple[object, ...], sentence: str
) -> None:
    with pytest.raises(FeelError) as refused:
        FUNCTIONS[name](*arguments)
    assert sentence in str(refused.value)
    assert refused.value.expression == name


def test_an_argument_of_another_name_or_given_twice_is_refused() -> None:
    for named in ({"days": Decimal(2)}, {"day": THURSDAY}):
        with pytest.raises(FeelError, match="takes 2 arguments"):
            FUNCTIONS["working days after"](THURSDAY, **named)
