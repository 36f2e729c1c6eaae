"""The page on which the councils' procedures stand beside one another is made from their folders, and current."""

from __future__ import annotations

import re

from click.testing import CliRunner

from engine.cli import main
from engine.variants import load_variant
from engine.variants.comparison import procedures_page
from engine.variants.installation import is_base
from engine.variants.policy import is_of_the_act
from tests.house.checkout import ROOT

BPMN = ROOT / "bpmn"
COUNCILS = re.search(r"^COUNCILS := (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
NAMES = COUNCILS[1].split() if COUNCILS else []
VARIANTS = [load_variant(BPMN / name, root=BPMN) for name in NAMES]
PAGE = procedures_page(VARIANTS)


def test_it_compares_every_council_that_is_there() -> None:
    folders = {file.parent.name for file in BPMN.glob("*/variant.toml")}
    assert {name for name in folders if not is_base(load_variant(BPMN / name, root=BPMN))} == set(NAMES)


def test_it_is_as_the_folders_are() -> None:
    written = (ROOT / "docs" / "procedures.md").read_text(encoding="utf-8")
    assert written == PAGE, "run: make procedures"


def test_it_tells_by_what_the_threshold_is_met_apart_from_what_is_left_to_a_person() -> None:
    rows = {line.split(" | ")[0].removeprefix("| "): line for line in PAGE.splitlines() if line.startswith("| ")}
    assert rows["met where"].count("if the behaviour persists, the request is accepted (H5.7)") == 1
    assert "None of the grounds" not in rows["met where"]
    assert rows["otherwise"].count("None of the grounds") == 4


def test_it_says_of_each_limit_by_which_clause_it_holds() -> None:
    rows = {line.split(" | ")[0].removeprefix("| "): line for line in PAGE.splitlines() if line.startswith("| ")}
    assert "`40 working days after max([completed_on, taken_up_on][item != null])` (D7)" in rows["panel"]
    selby = 1 + NAMES.index("selby")
    assert (
        rows["whole review"].split(" | ")[selby]
        == "`8 weeks after max([completed_on, taken_up_on][item != null])` (S3, S3c)"
    )
    assert rows["window"].split(" | ")[selby] == "any"
    assert len({line.count(" | ") for line in rows.values()}) == 1


def test_it_says_what_the_act_adds_to_each_and_once_what_it_adds_to_several() -> None:
    beside = PAGE.partition("## What the Act adds")[2]
    assert beside.count("**LS4.1, LS4.2**") == 1
    headings = [line for line in beside.splitlines() if line.startswith("### ")]
    for variant in VARIANTS:
        differs = any(is_of_the_act(clause) for conflict in variant.conflicts for clause in conflict.clauses)
        assert any(variant.name in heading for heading in headings) is differs


def test_two_councils_are_compared_and_as_a_page_two_or_more() -> None:
    for call in (["diff", *NAMES], ["diff", NAMES[0], "--format", "page"]):
        refused = CliRunner().invoke(main, call)
        assert (refused.exit_code, "Name two policies" in refused.stderr) == (2, True)
    assert CliRunner().invoke(main, ["diff", *NAMES, "--format", "page"]).stdout == PAGE
