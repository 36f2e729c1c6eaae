"""A day is put into words in one place: the machine's locale has no say in what a letter or a page reads."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date, datetime

import pytest

from engine import words
from tests.house.checkout import texts

#: What a format names a day or a month by, and a day of the month without its nought, which not every system knows.
_NAMES = re.compile(r"%(?:[aAbBcpxX]|-[dHIm])")


def formats(module: ast.Module) -> Iterator[str]:
    """Every format of a day in a module: behind the colon in an f-string, or handed to strftime."""
    for node in ast.walk(module):
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            yield ast.unparse(node.format_spec)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith((".strftime", ".strptime", "format")):
            yield ast.unparse(node)


def by_locale(text: str) -> list[str]:
    return [found for found in formats(ast.parse(text)) if _NAMES.search(found)]


def test_no_module_names_days_and_months_as_the_locale_does() -> None:
    code = {path: text for path, text in texts().items() if path.startswith(("engine/", "handlers/", "webui/"))}
    assert {path: by_locale(text) for path, text in code.items() if path.endswith(".py") and by_locale(text)} == {}


def test_a_format_that_follows_the_locale_would_be_seen() -> None:
    assert by_locale('f"{day:%-d %B %Y}"')
    assert by_locale('day.strftime("%A")')
    assert not by_locale('f"{day:%Y-%m-%d}"')


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (words.day_in_words(date(2026, 5, 5)), "5 May 2026"),
        (words.weekday_in_words(date(2026, 5, 5)), "Tuesday 5 May 2026"),
        (words.weekday_in_words(date(2026, 5, 5), after=date(2026, 1, 1)), "Tuesday 5 May"),
        (words.short_weekday_in_words(date(2026, 5, 5)), "Tue 5 May 2026"),
        (words.moment_in_words(datetime(2026, 5, 5, 9, 5)), "5 May 2026 at 09:05"),  # noqa: DTZ001 - as it stands
        (words.stamp_in_words(datetime(2026, 5, 5, 14, 30)), "5 May 2026, 14:30"),  # noqa: DTZ001 - as it stands
        (words.spoken_time(datetime(2026, 5, 5, 0, 0)), "12am"),  # noqa: DTZ001 - as it stands
        (words.spoken_time(datetime(2026, 5, 5, 14, 5)), "2:05pm"),  # noqa: DTZ001 - as it stands
        (words.counted(1234, "task"), "1,234 tasks"),
        (words.counted(1, "entry", "entries"), "1 entry"),
        (words.amount_in_words(1, "weeks"), "1 week"),
        (words.listed(["a", "b", "c"]), "a, b and c"),
        (words.listed(["a"]), "a"),
    ],
)
def test_days_times_counts_and_lists_read_as_people_write_them(said: str, expected: str) -> None:
    assert said == expected
