"""The page on the Ombudsman's case says nothing that no worked example or test shows."""

from __future__ import annotations

import re

from tests.councils.test_coventry import COVENTRY, SCENARIOS
from tests.house.checkout import ROOT

PAGE = (ROOT / "docs" / "ombudsman.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if re.match(r"\| \d", line)]
#: What the report says of itself, of the law and of the complaint, and where it sums up.
TOLD = {*range(1, 6), *range(12, 17), 22, 33, 37}


def test_every_paragraph_is_gone_through() -> None:
    named = {int(number) for row in ROWS for number in re.findall(r"\d+", row.split("|")[1])}
    assert named | TOLD == set(range(1, 38))
    assert named & TOLD == set()


def test_each_statement_names_what_shows_it() -> None:
    for row in ROWS:
        shown = row.split("|")[4]
        assert re.search(r"\]\(\.\./bpmn/coventry/scenarios/[\w-]+\.toml\)|`tests/|the page “Notes”", shown), row


def test_the_examples_and_tests_that_it_names_are_there() -> None:
    named = set(re.findall(r"scenarios/([\w-]+)\.toml", PAGE))
    assert named <= {scenario.name for scenario in SCENARIOS}
    assert all((ROOT / file).is_file() for file in re.findall(r"`(tests/[\w/]+\.py)`", PAGE))


def test_the_guards_that_it_names_stand_before_something_in_coventry() -> None:
    guards = {guard.name for guard in COVENTRY.settings.guards}
    rows = "\n".join(row.split("|")[3] for row in ROWS)
    named = {name for name in re.findall(r"`(\w+)`", rows) if name != "joins_when"}
    assert named
    assert named <= guards
