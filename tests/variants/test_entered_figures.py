"""Figures of years before the system, as variant.toml says them."""

from __future__ import annotations

from datetime import date

import pytest

from engine.variants import EnteredFigure, Variant
from tests.casework.builders import SETTINGS


def variant(lines: str) -> Variant:
    table = '[[entered_figures]]\nlabel = "cases"\nsource = "The page"\n'
    return Variant.from_files({"variant.toml": f"{SETTINGS}\n{table}{lines}".encode()}, "c")


def test_a_number_is_of_the_year_that_begins_then() -> None:
    (found,) = variant(
        'figure = "applications"\nby_year = {"2012/13" = 3, "2016/17" = 2, "2018/19" = 0}\n'
    ).settings.entered_figures
    assert found == EnteredFigure(
        label="cases", figure="applications", source="The page", by_year={2012: {"": 3}, 2016: {"": 2}, 2018: {"": 0}}
    )


def test_numbers_of_areas_say_who_entered_them_and_when() -> None:
    numbers = 'by_year = { "2021/22" = { north = 2, south = 0 } }\n'
    (found,) = variant(f'entered_by = "Officer 1"\nentered_on = 2022-05-03\n{numbers}').settings.entered_figures
    assert found.by_year == {2021: {"north": 2, "south": 0}}
    assert (found.entered_by, found.entered_on) == ("Officer 1", date(2022, 5, 3))
    for lines in ("", 'entered_by = "Officer 1"\n', "entered_on = 2022-05-03\n"):
        sentences = [problem.sentence for problem in variant(lines + numbers).problems]
        assert any("say who entered them and when" in sentence for sentence in sentences)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ('by_year = {"2016/18" = 2}', "“2016/18” is no year."),
        ('by_year = {"0000" = 2}', "0000 lies before 2012"),
        ('by_year = {"1950/51" = 2}', "1950/51 lies before 2012"),
        ('by_year = {"2011/12" = 2}', "2011/12 lies before 2012"),
        ('by_year = {"last" = 2}', "“last” is no year."),
        ('by_year = {"2016/17" = -1}', "whole number, 0 or more"),
        ('by_year = {"2016/17" = true}', "whole number, 0 or more"),
        ('by_year = {"2016/17" = {north = -1}}', "whole number, 0 or more"),
        ('entered_on = "May"', "“entered_on” is no day"),
        (
            'by_year = {"2016" = 2}',
            "a year of the figures begins on 1 April. Write “2016/17”, or “2015/16” if it is the one that ends in",
        ),
        (
            'by_year = {"2016/17" = 2}\n[calendar]\nyear_begins = "01-01"',
            "a year of the figures begins on 1 January. Write “2016”.",
        ),
        ('by_years = {"2016/17" = 1}', "by_years"),
        ('[calendar]\nyear_begins = "02-30"', "No year can begin on 02-30"),
        ('[calendar]\nyear_begins = "April"', "04-01"),
    ],
)
def test_what_is_no_year_or_no_number_is_refused(lines: str, sentence: str) -> None:
    found = variant(lines)
    assert any(sentence in problem.sentence for problem in found.problems)


def test_a_year_that_begins_in_january_has_one_number() -> None:
    (found,) = variant('by_year = {"2016" = 2}\n[calendar]\nyear_begins = "01-01"').settings.entered_figures
    assert found.by_year == {2016: {"": 2}}
