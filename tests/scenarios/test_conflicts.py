"""Where Hertsmere's documents disagree or are silent: the check says it, and the page says what is done about each."""

from __future__ import annotations

import re

from engine.check import Severity, check_variant
from tests.house.checkout import texts
from tests.scenarios.shown_clauses import HERTSMERE

PAGE = texts()["docs/conflicts.md"]
SECTION = PAGE.partition("## Hertsmere")[2].partition("\n## ")[0]


def test_the_check_warns_of_each_conflict_with_its_clauses() -> None:
    found = [finding for finding in check_variant(HERTSMERE) if finding.rule == "conflicts"]
    assert [finding.element_name for finding in found] == [", ".join(each.clauses) for each in HERTSMERE.conflicts]
    assert {finding.severity for finding in found} == {Severity.WARNING}
    assert len(found) >= 8


def test_the_page_tells_the_same_conflicts_in_the_same_order() -> None:
    rows = re.findall(r"^\| ([A-Z][A-Za-z0-9., ]+) \|", SECTION, flags=re.MULTILINE)
    assert rows == [", ".join(each.clauses) for each in HERTSMERE.conflicts]


def test_a_limit_that_stands_on_a_reading_says_so_in_its_row() -> None:
    for name in ("appeal outcome, review", "appeal outcome, threshold", "action: line manager", "qualifying complaint"):
        assert HERTSMERE.limits[name].note
