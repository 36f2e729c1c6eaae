from __future__ import annotations

from datetime import date

import pytest

from engine.check.rules.entered_years import RULE
from tests.check.builders import SETTINGS, about, folder, plain, together
from tests.check.examples.entered_years import TABLE

FIGURE = '[[figures]]\nid = "applications"\nlabel = "Applications"\nday = "application_date"\ncounts = "every case"\n'


def said(year: str, *, today: date | None, more: str = "") -> list[str]:
    lines = f'{SETTINGS}\n{TABLE}{more}by_year = {{ "{year}" = 2 }}\n'
    findings = together(RULE, folder(plain(), settings=lines), today=today)
    assert {severity for _, severity in about(findings)} <= {"error"}
    return [finding.sentence for finding in findings]


@pytest.mark.parametrize("year", ["2026/27", "2027/28", "9999/00"])
def test_a_year_that_has_not_begun_is_refused(year: str) -> None:
    (sentence,) = said(year, today=date(2026, 3, 31))
    assert f"has a number of {year[:4]}, a year that has not begun" in sentence


@pytest.mark.parametrize("year", ["2026/27", "2025/26", "2012/13"])
def test_a_year_that_has_begun_is_left_alone(year: str) -> None:
    assert said(year, today=date(2026, 4, 1)) == []


def test_where_nobody_says_which_day_it_is_no_year_is_judged() -> None:
    assert said("2090/91", today=None) == []


def test_a_figure_that_nobody_counts_is_named() -> None:
    (sentence,) = said("2016/17", today=None, more='figure = "aplications"\n')
    assert "the figure aplications counts, and there is none of that id" in sentence
