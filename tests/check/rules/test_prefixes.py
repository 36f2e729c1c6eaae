from __future__ import annotations

import shutil
from pathlib import Path

from engine.check import check_paths
from engine.check.rules.prefixes import RULE
from tests.check.builders import SETTINGS, folder, plain, together
from tests.house.checkout import ROOT


def test_a_neighbour_with_the_same_prefix_is_named() -> None:
    variant = folder(plain(), settings=f'reference_prefix = "HBC"\n{SETTINGS}')
    (finding,) = together(RULE, variant, neighbours={"othershire": "HBC", "thirdshire": "HBC", "farshire": "FBC"})
    assert "so do those of othershire and thirdshire" in finding.sentence
    assert "reference_prefix of its own" in finding.sentence


def test_neighbours_with_other_prefixes_are_left_alone() -> None:
    variant = folder(plain(), settings=f'reference_prefix = "HBC"\n{SETTINGS}')
    assert together(RULE, variant, neighbours={"othershire": "OBC"}) == []


def test_a_folder_of_variants_in_which_two_councils_have_one_prefix_is_told_so_at_both(tmp_path: Path) -> None:
    for name in ("statutory", "model", "hertsmere"):
        shutil.copytree(ROOT / "bpmn" / name, tmp_path / name)
    (tmp_path / "othershire").mkdir()
    (tmp_path / "othershire" / "variant.toml").write_text('name = "Othershire"\nextends = "hertsmere"\n')
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "variant.toml").write_text("[broken")
    found = [finding for finding in check_paths([tmp_path], rules=(RULE,)) if finding.rule == RULE.name]
    assert sorted(Path(finding.file).parent.name for finding in found) == ["hertsmere", "othershire"]
    (tmp_path / "othershire" / "variant.toml").write_text(
        'name = "Othershire"\nextends = "hertsmere"\nreference_prefix = "OBC"\n'
    )
    assert [finding for finding in check_paths([tmp_path], rules=(RULE,)) if finding.rule == RULE.name] == []


def test_a_copy_of_the_same_council_is_only_pointed_out(tmp_path: Path) -> None:
    for name, copy in (
        ("statutory", "statutory"),
        ("model", "model"),
        ("hertsmere", "hertsmere"),
        ("hertsmere", "trial"),
    ):
        shutil.copytree(ROOT / "bpmn" / name, tmp_path / copy)
    [finding] = [each for each in check_paths([tmp_path / "trial"], rules=(RULE,)) if each.rule == RULE.name]
    assert finding.severity == "warning"
