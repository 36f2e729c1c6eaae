"""Values to JSON and back."""

import json
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel import FeelError, FeelRange, YearsMonthsDuration, dump, evaluate, from_json, load, to_json

LONDON = ZoneInfo("Europe/London")

numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30)
texts = st.text(max_size=8)
zones = st.one_of(
    st.none(),
    st.just(UTC),
    st.sampled_from([LONDON, ZoneInfo("America/New_York")]),
    st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
datetimes = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1), timezones=zones)  # noqa: DTZ001
atoms = st.one_of(
    st.none(),
    st.booleans(),
    numbers,
    texts,
    st.dates(),
    st.times(timezones=st.one_of(st.none(), st.just(UTC))),
    datetimes,
    st.timedeltas(),
    st.integers(-(10**9), 10**9).map(lambda months: YearsMonthsDuration(months=months)),
)
keys = st.one_of(texts, st.sampled_from(["@", "@@", "@date", "a"]))
values = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(keys, inner, max_size=3),
        st.builds(
            lambda start, end, left, right: FeelRange(start=start, end=end, start_included=left, end_included=right),
            inner,
            inner,
            st.booleans(),
            st.booleans(),
        ),
    ),
    max_leaves=12,
)


def same(left: Any, right: Any) -> bool:
    """Equal in type too, with the same zones and the same digits."""
    if type(left) is not type(right):
        return False
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return list(left) == list(right) and all(same(left[key], right[key]) for key in left)
    if isinstance(left, FeelRange):
        return same(
            [left.start, left.end, left.start_included, left.end_included],
            [right.start, right.end, right.start_included, right.end_included],
        )
    if isinstance(left, Decimal):
        return str(left) == str(right)
    if isinstance(left, datetime):
        zones_agree = getattr(left.tzinfo, "key", None) == getattr(right.tzinfo, "key", None)
        walls_agree = left.replace(tzinfo=None, fold=0) == right.replace(tzinfo=None, fold=0)
        return zones_agree and walls_agree and left.utcoffset() == right.utcoffset()
    return bool(left == right)


@settings(max_examples=300)
@given(values)
def test_whatever_is_kept_comes_back_the_same(value: Any) -> None:
    text = dump(value)
    json.loads(text)
    assert same(load(text), value)


def test_the_hour_that_happens_twice_is_kept_apart() -> None:
    second = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=1)
    assert load(dump(second)).utcoffset() == timedelta(0)
    assert load(dump(second.replace(fold=0))).utcoffset() == timedelta(hours=1)


def test_a_date_a_time_and_a_duration_are_told_apart() -> None:
    kept = [date(2026, 1, 1), time(10, 0), timedelta(0), YearsMonthsDuration(months=0)]
    assert same(load(dump(kept)), kept)


def test_a_text_that_looks_like_a_date_stays_a_text() -> None:
    assert load(dump({"@": "2026-01-01"})) == {"@": "2026-01-01"}
    assert load(dump("2026-01-01")) == "2026-01-01"


def test_numbers_of_python_are_kept_as_numbers() -> None:
    assert same(load(dump({"a": (1, 2.5)})), {"a": [Decimal(1), Decimal("2.5")]})


def test_a_function_cannot_be_kept() -> None:
    with pytest.raises(FeelError, match="function"):
        dump(evaluate("[function(a) a]"))


def test_a_foreign_object_cannot_be_kept() -> None:
    with pytest.raises(FeelError, match="not a value"):
        dump(object())


@pytest.mark.parametrize("text", ["", "{", "NaN", '{"@": "tomorrow"}', '{"@": 1}', '{"@": [1]}', "[" * 5000])
def test_a_text_that_dump_did_not_write_is_refused(text: str) -> None:
    with pytest.raises(FeelError, match="not the text of a kept value"):
        load(text)


def test_people_see_plain_json() -> None:
    shown = to_json(
        evaluate('{n: 3, x: 1.5, d: @"2026-01-31", r: [1..5), t: @"2026-01-31T10:00:00@Europe/London", p: @"P1Y"}')
    )
    assert json.loads(json.dumps(shown)) == {
        "n": 3,
        "x": 1.5,
        "d": "2026-01-31",
        "r": "[1..5)",
        "t": "2026-01-31T10:00:00@Europe/London",
        "p": "P1Y",
    }


def test_plain_json_becomes_values() -> None:
    assert same(from_json({"a": [1, 0.1, True, None, "x"]}), {"a": [Decimal(1), Decimal("0.1"), True, None, "x"]})


@pytest.mark.parametrize("text", ["NaN", "-Infinity", "1e400", '{"a": [1e400]}'])
def test_a_number_that_json_does_not_have_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(FeelError, match="write it in digits"):
        from_json(json.loads(text))


@pytest.mark.parametrize("text", [r'"\ud800"', r'{"a": ["x\udfff"]}', r'{"\ud800": 1}'])
def test_half_a_character_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(FeelError, match="half a character"):
        from_json(json.loads(text))
    with pytest.raises(FeelError, match="half a character"):
        dump(json.loads(text))


def test_a_whole_character_beyond_the_basic_plane_is_kept() -> None:
    assert load(dump(from_json(json.loads(r'"\ud83d\ude00"')))) == "\U0001f600"
