"""The page for policy owners says what runs, and what it shows is what is shown."""

from __future__ import annotations

from pathlib import Path

from engine import xml
from engine.dmn import Aggregation, HitPolicy, evaluation
from tests.dmn.test_explanation import threshold

_PAGE = (Path(__file__).resolve().parents[2] / "docs" / "decisions-tables.md").read_text(encoding="utf-8")


def test_the_page_names_every_hit_policy_and_aggregation() -> None:
    policies = _PAGE.split("## Hit policies")[1].split("\n## ")[0]
    for word in (*HitPolicy, *Aggregation):
        assert word in policies


def test_the_page_shows_an_explanation_as_it_is_given() -> None:
    text = threshold().explain("Threshold", {"reports": ["a"], "hate_incident": True}).text()
    assert f"```\n{text}\n```" in _PAGE


def test_the_page_names_the_caps() -> None:
    assert f"{xml.MAX_BYTES // 1_000_000} MB, {xml.MAX_ELEMENTS:,} elements or {xml.MAX_DEPTH} levels" in _PAGE
    assert f"more than {evaluation.MAX_SECONDS:g} seconds" in _PAGE
