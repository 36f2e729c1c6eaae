"""What is handed over stands in an agreement, what comes is waited for, and both sides say the same."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from engine.check import check_paths
from engine.check.rules.agreements import RULE
from engine.seals import PublicKey
from tests.casework.handovers.two_sides import BODY_SAYS, COUNCIL_SAYS, body, council
from tests.check.builders import together
from tests.house.checkout import ROOT


@pytest.mark.parametrize(
    ("was", "now", "sentence"),
    [
        ("[agreements.appeals", "[agreements.apeals", "which variant.toml does not have. Is “apeals” meant?"),
        ("sends.appeal]", "sends.apeal]", "does not send. Is “apeal” meant?"),
        ('["points", "appealed_on"]', '["points"]', "hands over appealed_on with “appeal”"),
        ('with = ["body"]', "with = []", "is with nobody"),
        ("takes.decided", "takes.answered", "and no event waits for it"),
        ('facts = ["appeal_outcome"]', 'facts = ["opinion"]', "with opinion, which its form does not ask for"),
    ],
)
def test_what_does_not_fit_the_councils_own_diagrams_is_named(was: str, now: str, sentence: str) -> None:
    assert together(RULE, council()) == []
    said = [finding.sentence for finding in together(RULE, council(COUNCIL_SAYS.replace(was, now)))]
    assert any(sentence in each for each in said), said


KEY = PublicKey(bytes(range(64))).text
ELSEWHERE = f'[agreements.appeals.elsewhere.body]\nname = "Appeals Body"\nkey = "{KEY}"\n'


@pytest.mark.parametrize(
    ("says", "sentence"),
    [
        (ELSEWHERE.replace(f'key = "{KEY}"', ""), "has no key of Appeals Body"),
        (ELSEWHERE.replace(KEY, "none"), "“none” is no key"),
        (ELSEWHERE.replace(KEY[20], "A" if KEY[20] != "A" else "B"), "is no key"),
        (ELSEWHERE.replace("elsewhere.body", "elsewhere.other"), "with whom the agreement is not"),
        (ELSEWHERE + f'old_keys = [{{ key = "{KEY}", until = 2026-03-02 }}]\n', "among the old ones too"),
        (ELSEWHERE + 'old_keys = [{ key = "none", until = 2026-03-02 }]\n', "“none” is no key"),
    ],
)
def test_whoever_runs_elsewhere_is_a_party_with_a_key_that_is_one(says: str, sentence: str) -> None:
    assert together(RULE, council(COUNCIL_SAYS + ELSEWHERE)) == []
    said = [finding.sentence for finding in together(RULE, council(COUNCIL_SAYS + says))]
    assert any(sentence in each for each in said), said


def test_a_party_that_is_said_to_be_elsewhere_and_stands_here_is_warned_of(tmp_path: Path) -> None:
    for name in ("statutory", "model", "model_appeals", "derby_city", "derbyshire_commissioner"):
        copytree(ROOT / "bpmn" / name, tmp_path / name, ignore=ignore_patterns("scenarios"))
    file = tmp_path / "derby_city" / "variant.toml"
    says = f'\n[agreements.appeals.elsewhere.derbyshire_commissioner]\nname = "The Commissioner"\nkey = "{KEY}"\n'
    file.write_text(file.read_text() + says)
    (sentence,) = at_derby(tmp_path)
    assert "its folder stands here" in sentence


def test_what_begins_a_case_is_held_against_the_form_with_which_one_begins() -> None:
    assert together(RULE, body()) == []
    (finding,) = together(RULE, body(BODY_SAYS.replace('"appealed_on"]', '"appealed_on", "opinion"]')))
    assert "with opinion, which the form with which a case begins does not ask for" in finding.sentence


@pytest.mark.parametrize(
    ("was", "now", "sentence"),
    [
        ('with = ["derby_city"]', 'with = ["hertsmere"]', "has no agreement “appeals” with derby_city"),
        ("takes.case_file]", "takes.file]", "“case_file” is sent under the agreement “appeals”, and"),
        ('"took_part",', "", "took_part goes with “appeal”"),
        ("takes.appeal]\nopens_case = true", "takes.appeal]", "begins a case for one"),
    ],
)  # fmt: skip
def test_where_both_folders_are_there_each_is_held_against_the_other(
    tmp_path: Path, was: str, now: str, sentence: str
) -> None:
    for name in ("statutory", "model", "model_appeals", "derby_city", "derbyshire_commissioner"):
        copytree(ROOT / "bpmn" / name, tmp_path / name, ignore=ignore_patterns("scenarios"))
    assert at_derby(tmp_path) == []
    for name in ("model_appeals", "derbyshire_commissioner"):
        file = tmp_path / name / "variant.toml"
        file.write_text(file.read_text().replace(was, now))
    assert any(sentence in each for each in at_derby(tmp_path))


def at_derby(root: Path) -> list[str]:
    found = check_paths([root / "derby_city"], rules=(RULE,))
    return [finding.sentence for finding in found if finding.rule == RULE.name]
