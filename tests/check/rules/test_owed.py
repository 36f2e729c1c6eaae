"""What the Act owes to somebody is written wherever a case ends, whatever a council takes out."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.check import check_paths
from engine.check.rules.owed import RULE
from tests.house.checkout import ROOT

BPMN = ROOT / "bpmn"


def _found(folder: Path) -> list[tuple[str, str]]:
    findings = [each for each in check_paths([folder], root=BPMN) if each.rule == RULE.name]
    return [(each.severity.value, each.sentence) for each in findings]


def _council(tmp_path: Path, letter: str, without: str) -> Path:
    """A council over the model whose letter does not carry a clause out."""
    folder = tmp_path / "othershire"
    (folder / "letters").mkdir(parents=True)
    (folder / "variant.toml").write_text('name = "Othershire Council"\nextends = "model"\n', encoding="utf-8")
    text = (BPMN / "model/letters" / letter).read_text(encoding="utf-8")
    assert f'"{without}"' in text
    written = text.replace(f', "{without}"', "").replace(f'"{without}", ', "")
    (folder / "letters" / letter).write_text(written, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["model", "hertsmere", "derby_city", "selby"])
def test_a_council_that_is_shipped_owes_nobody_a_letter(name: str) -> None:
    assert _found(BPMN / name) == []


@pytest.mark.parametrize(
    ("letter", "clause", "words"),
    [
        ("bodies_told.md", "L104.3b", "Every relevant body gets the application."),
        ("acknowledged.md", "L104.3", "The applicant is told the point of contact."),
        ("not_met.md", "L104.6", "The applicant is told whether the threshold is met or not."),
        ("not_met.md", "LS4.3", "dissatisfied with the handling of the application"),
        ("outcome.md", "L104.8", "The applicant is told the outcome of the review"),
        ("outcome.md", "LS4.3", "dissatisfied with the review"),
    ],
)
def test_what_a_letter_says_no_more_is_owed(letter: str, clause: str, words: str, tmp_path: Path) -> None:
    found = _found(_council(tmp_path, letter, clause))
    assert {severity for severity, _ in found} == {"error"}
    assert any(words in sentence for _, sentence in found)


def test_a_letter_that_goes_to_somebody_else_is_none_to_the_applicant(tmp_path: Path) -> None:
    folder = _council(tmp_path, "not_met.md", "M9")
    letter = folder / "letters/not_met.md"
    letter.write_text(letter.read_text().replace('to = ["applicant"', 'to = ["victim"'), encoding="utf-8")
    assert any("no way to it is a letter to the applicant" in sentence for _, sentence in _found(folder))
