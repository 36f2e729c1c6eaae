"""What changed is told with where it is written and where else it counts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.variants import load_variant
from engine.workshop.differences import PolicyComparison, what_changed
from tests.house.checkout import ROOT

BASES = ROOT / "bpmn"
HERTSMERE = load_variant(BASES / "hertsmere", root=BASES)
ACKNOWLEDGE = '<text>"acknowledge"</text>'


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    shutil.copytree(BASES / "hertsmere", tmp_path / "hertsmere")
    return tmp_path / "hertsmere"


def edit(draft: Path, file: str, old: str, new: str) -> None:
    text = (draft / file).read_text(encoding="utf-8")
    assert old in text
    (draft / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def days_to_acknowledge(draft: Path, days: int) -> None:
    before, row, after = (draft / "time_limits.dmn").read_text(encoding="utf-8").partition(ACKNOWLEDGE)
    after = after.replace("<text>2</text>", f"<text>{days}</text>", 1)
    (draft / "time_limits.dmn").write_text(before + row + after, encoding="utf-8")


def compared(draft: Path) -> PolicyComparison:
    return PolicyComparison(before=HERTSMERE, after=load_variant(draft, root=BASES))


def test_a_limit_is_told_with_the_texts_that_still_say_the_old_number_and_with_what_is_due_by_it(draft: Path) -> None:
    days_to_acknowledge(draft, 3)
    edit(draft, "letters/ct1.md", "Yours sincerely", "We answer within two working days.\n\nYours sincerely")
    edit(draft, "pages/apply.md", "\n\n", "\n\nWe answer within 2 working days.\n\n")
    [limit] = [each for each in compared(draft).differences if each.what == "limit"]
    assert limit.told == (
        "H11.1: “acknowledge”: 3 instead of 2 working days after the application date. The clause H11.1, the letter "
        "“CT1” and the page “apply” still say “2 working days”. By it are due: “Acknowledge the application”, "
        "“Consider the further application” and “Route the complaint”."
    )
    assert limit.origin == "hertsmere/time_limits.dmn"


def test_where_the_words_follow_the_number_nothing_still_says_the_old_one(draft: Path) -> None:
    days_to_acknowledge(draft, 3)
    edit(draft, "policy.toml", "within 2 working days", "within 3 working days")
    assert not any("still" in sentence for sentence in what_changed(HERTSMERE, load_variant(draft, root=BASES)))


def test_of_a_limit_that_is_switched_off_it_is_told_what_was_due_by_it(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    lines = 'name = "Hertsmere Borough Council"\nextends = "hertsmere"\n[limits]\n"minutes" = "none"\n'
    (tmp_path / "other" / "variant.toml").write_text(lines, encoding="utf-8")
    found = PolicyComparison(before=HERTSMERE, after=load_variant(tmp_path / "other", root=BASES)).differences
    [limit] = [each for each in found if each.what == "limit"]
    assert limit.follows[-1].startswith("By it is due: ")


def test_what_a_line_says_over_an_inherited_file_is_written_in_that_line(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    lines = 'name = "Hertsmere Borough Council"\nextends = "hertsmere"\n[limits]\n"acknowledge" = "3 working days"\n'
    (tmp_path / "other" / "variant.toml").write_text(lines, encoding="utf-8")
    found = PolicyComparison(before=HERTSMERE, after=load_variant(tmp_path / "other", root=BASES)).differences
    [limit] = [each for each in found if each.what == "limit"]
    assert limit.origin == 'other/variant.toml: [limits] "acknowledge"'


def test_what_is_inherited_again_is_told_of_the_base(draft: Path) -> None:
    (draft / "letters/closed.md").unlink()
    [letter] = [each for each in compared(draft).differences if each.file == "letters/closed.md"]
    assert letter.origin == "model/letters/closed.md"


def test_worked_examples_that_are_new_gone_or_told_otherwise_come_last(draft: Path) -> None:
    days_to_acknowledge(draft, 3)
    examples = draft / "scenarios"
    (examples / "02_just_not_met_day_31.toml").unlink()
    edit(draft, "scenarios/01_threshold_just_met.toml", "\n", "\n# A remark.\n")
    assert [each.sentence for each in compared(draft).differences[1:]] == [
        "The worked example “01_threshold_just_met” is told otherwise.",
        "The worked example “02_just_not_met_day_31” is gone.",
    ]


def test_where_only_bytes_are_others_nothing_changed_in_meaning(draft: Path) -> None:
    edit(draft, "action.bpmn", "\n    <", "\n\t<")
    found = compared(draft)
    assert found.differences == ()
    assert found.summary == "Nothing changed in meaning. action.bpmn is written otherwise, and says the same."


def test_very_different_councils_are_told_apart() -> None:
    found = PolicyComparison(before=HERTSMERE, after=load_variant(BASES / "derby_city", root=BASES))
    assert len(found.differences) > 500
    untold = [each.sentence for each in found.differences if each.what == "file" and each.how == "changed"]
    assert untold == []
