"""A council that takes over another's folder says nothing as the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.check import Finding, check_paths
from engine.check.rules.identity import RULE
from tests.check.builders import LETTER, folder, plain, together
from tests.house.checkout import ROOT

THREE_LINES = 'name = "Derby City Council"\nextends = "hertsmere"\nreference_prefix = "DCC"\n'


@pytest.fixture
def derby(tmp_path: Path) -> Path:
    (tmp_path / "derby").mkdir()
    return tmp_path / "derby"


def _found(folder: Path) -> list[Finding]:
    return [finding for finding in check_paths([folder], root=ROOT / "bpmn") if finding.rule == RULE.name]


def test_a_council_of_three_lines_is_told_what_it_has_of_the_other(derby: Path) -> None:
    (derby / "variant.toml").write_text(THREE_LINES, encoding="utf-8")
    found = _found(derby)
    said = " ".join(finding.sentence for finding in found)
    assert "phone" in said
    assert "Hertfordshire Constabulary" in said
    assert "Officer 1" in said
    assert {Path(finding.file).name for finding in found if "speaks of" in finding.sentence} >= {
        "ct4.md",
        "threshold.dmn",
    }


def test_what_the_council_says_itself_is_its_own(derby: Path) -> None:
    own = 'service = "A"\nphone = "1"\n'
    (derby / "variant.toml").write_text(f"{THREE_LINES}\n[contact]\n{own}", encoding="utf-8")
    [reach] = [finding.sentence for finding in _found(derby) if "how to reach" in finding.sentence]
    assert "phone" not in reach
    assert "email" in reach


def test_a_letter_that_was_copied_names_the_council_it_came_from() -> None:
    copied = folder(plain(), letters__ct1_md=f"{LETTER}\nYours sincerely\nOthershire Council\n")
    [finding] = together(RULE, copied, beside=("Othershire Council",))
    assert (finding.file, "Othershire" in finding.sentence) == ("letters/ct1.md", True)


def test_words_that_every_council_uses_are_nobodys() -> None:
    letter = f"{LETTER}\nThe Community Safety Team of the Borough Council\n"
    assert together(RULE, folder(plain(), letters__ct1_md=letter), beside=("Othershire Borough Council",)) == []


def test_hertsmere_is_nobody_else() -> None:
    assert _found(ROOT / "bpmn" / "hertsmere") == []
