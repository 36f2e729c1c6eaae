"""One rule is one file, one page and one set of sound and unsound diagrams; a test holds them together."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from engine.check import RULES, Rule
from engine.check import rules as package

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "rules"
SOURCES = Path(package.__file__).parent
NAMES = sorted(rule.name for rule in RULES)


def test_every_file_is_a_rule_and_every_rule_is_listed_once() -> None:
    files = sorted(path.stem.replace("_", "-") for path in SOURCES.glob("*.py") if path.stem != "__init__")
    assert files == NAMES


def test_every_page_is_a_rule_and_every_rule_has_a_page() -> None:
    assert sorted(path.stem for path in PAGES.glob("*.md") if path.stem != "README") == NAMES


def test_every_rule_has_its_tests() -> None:
    tests = sorted(path.stem for path in (Path(__file__).parent / "rules").glob("test_*.py"))
    assert tests == [f"test_{name.replace('-', '_')}" for name in NAMES]


def test_the_index_lists_every_rule_with_its_summary_in_order() -> None:
    listed = re.findall(r"^- \[(.+)\]\((.+)\.md\): (.+)$", (PAGES / "README.md").read_text(), flags=re.MULTILINE)
    assert listed == [(r.name, r.name, r.summary[0].lower() + r.summary[1:].rstrip(".")) for r in RULES]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rules_file_and_page_bear_its_name_and_say_what_it_says(rule: Rule) -> None:
    module = importlib.import_module(f"engine.check.rules.{rule.name.replace('-', '_')}")
    assert module.RULE is rule
    assert module.__doc__
    page = (PAGES / f"{rule.name}.md").read_text()
    assert page.startswith(f"# {rule.name}\n\n{rule.summary}\n\nSeverity: ")
    assert re.findall(r"^## (.+)$", page, flags=re.MULTILINE) == [
        "What it looks at",
        "Wrong and right",
        "Why",
        "What to do",
    ]
    assert ("a diagram that is checked alone" in " ".join(page.split())) is rule.needs_variant


def test_the_machine_knows_no_rule() -> None:
    machine = (Path(package.__file__).parents[1] / "machine.py").read_text()
    assert "engine.check.rules" not in machine
