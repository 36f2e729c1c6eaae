"""A poster has every diagram of a policy, its ladder as a line of time, and says which version of which day it is."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.bootstrap import handlers_by_name
from engine.draw import PolicyWords, poster_pdf, title_of
from engine.draw.ladder import draw_line_of_time, lines_of_time
from engine.draw.poster import content_of_poster
from engine.variants import Variant, load_variant
from tests.letters.test_letters_as_pdf import insides

ROOT = Path(__file__).parents[2]
_A3 = (1191, 842)


def _variant(name: str) -> Variant:
    return load_variant(ROOT / "bpmn" / name, root=ROOT / "bpmn")


def _words(variant: Variant) -> PolicyWords:
    return PolicyWords(variant, handlers_by_name().values())


@pytest.fixture(scope="module")
def hertsmere() -> Variant:
    return _variant("hertsmere")


@pytest.fixture(scope="module")
def content(hertsmere: Variant) -> dict[str, Any]:
    return content_of_poster(hertsmere, _words(hertsmere), made_on=date(2026, 11, 30))


def test_the_poster_is_a3_on_its_side_and_can_be_read_aloud() -> None:
    variant = _variant("derbyshire_commissioner")
    inside = insides(poster_pdf(variant, _words(variant), made_on=date(2026, 11, 30)))
    sizes = re.findall(rb"/MediaBox\s*\[0 0 ([0-9.]+) ([0-9.]+)\]", inside)
    assert {(round(float(across)), round(float(down))) for across, down in sizes} == {_A3}
    assert re.search(rb"/MarkInfo\s*<<[^>]*/Marked true", inside)
    assert b"Its outline says the same in words" in inside


def test_the_poster_has_every_diagram_once(content: dict[str, Any], hertsmere: Variant) -> None:
    titles = [picture["title"] for page in content["pages"] for row in page for picture in row]
    assert sorted(titles) == sorted(title_of(diagram) for diagram in hertsmere.diagrams.values())


def test_no_row_is_wider_and_no_page_higher_than_the_paper(content: dict[str, Any]) -> None:
    for page in content["pages"]:
        assert sum(max(picture["height"] for picture in row) for row in page) <= 297 - 12 - 16
        for row in page:
            assert sum(picture["width"] for picture in row) + content["gap"] * (len(row) - 1) <= 420 - 2 * 14


def test_every_page_says_whose_policy_which_version_and_which_day(content: dict[str, Any], hertsmere: Variant) -> None:
    assert content["footer"] == f"{hertsmere.name}. Version {hertsmere.digest[:12]}, drawn on 30 November 2026"


def test_the_ladder_counts_from_the_day_on_which_the_action_is_due(hertsmere: Variant) -> None:
    ladder = lines_of_time(hertsmere, _words(hertsmere))[0]
    assert ladder.counted_from == "the day on which the action is due"
    assert [rung.after for rung in ladder.rungs] == ["3 weeks", "2 months", "3 months"]


def test_a_rung_stands_the_further_along_the_line_the_later_it_comes(hertsmere: Variant) -> None:
    ladder = lines_of_time(hertsmere, _words(hertsmere))[0]
    picture = draw_line_of_time(ladder)
    assert picture.index("3 weeks") < picture.index("2 months") < picture.index("3 months")
    assert "More than 2 months" in picture


def test_a_rung_that_is_switched_off_is_not_on_the_line() -> None:
    derby = _variant("derby_city")
    ladder = next(line for line in lines_of_time(derby, _words(derby)) if "action" in line.counted_from)
    assert [rung.after for rung in ladder.rungs] == ["more than 3 weeks"]
