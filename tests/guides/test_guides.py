"""Each guide for policy owners is a real edit: done as it says, one sees what it says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.guides.guide_player import done_before, steps, with_what_comes_before
from tests.house.checkout import ROOT
from tests.modeller.round_trip import read_by_modeller

FOLDER = ROOT / "docs" / "policy-owners"
GUIDES = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
#: Those that change the copy; the others say what becomes of it.
CHANGES = [guide for guide in GUIDES if "(README.md#work-on-a-copy)" in guide.read_text(encoding="utf-8")]
#: Those that no other has done before it: to play these is to play all.
LAST = [guide for guide in GUIDES if guide not in {before for each in GUIDES for before in done_before(each)}]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with `bpmn` in it, and in that the copy that the guides work on."""
    shutil.copytree(ROOT / "bpmn", tmp_path / "bpmn")
    shutil.copytree(tmp_path / "bpmn" / "hertsmere", tmp_path / "bpmn" / "trial")
    return tmp_path


def without_commands(page: str) -> str:
    return re.sub(r"^```console\n.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL)


def keep_only_examples_of(page: str, folder: Path) -> None:
    """Leave in the copy those worked examples that the page names, and those that they build on."""
    files = (folder / "bpmn" / "trial" / "scenarios").glob("*.toml")
    examples = {path.stem: path.read_text(encoding="utf-8") for path in files}
    wanted = {name for name in examples if name in page}
    waiting = list(wanted)
    while waiting:
        text = examples[waiting.pop()]
        built_on = {name for name in examples if f'"{name}"' in text} - wanted
        wanted |= built_on
        waiting += built_on
    for name in examples.keys() - wanted:
        (folder / "bpmn" / "trial" / "scenarios" / f"{name}.toml").unlink()


@pytest.mark.parametrize("guide", LAST, ids=lambda path: path.stem)
def test_what_a_guide_says_can_be_done_and_gives_what_it_says(
    guide: Path, folder: Path, request: pytest.FixtureRequest
) -> None:
    page = with_what_comes_before(guide)
    if not request.config.getoption("--proof"):
        keep_only_examples_of(page, folder)
    for step in steps(page):
        step(folder)


@pytest.mark.parametrize("guide", CHANGES, ids=lambda path: path.stem)
def test_what_a_guide_has_one_save_opens_in_the_modeller(guide: Path, folder: Path) -> None:
    for step in steps(without_commands(guide.read_text(encoding="utf-8"))):
        step(folder)
    trial, before = folder / "bpmn" / "trial", ROOT / "bpmn" / "hertsmere"
    saved = [path for path in trial.rglob("*") if path.suffix in (".bpmn", ".dmn", ".form")]
    old = {path.relative_to(before): path.read_bytes() for path in before.rglob("*") if path.is_file()}
    changed = [path for path in saved if old.get(path.relative_to(trial)) != path.read_bytes()]
    assert {path.name: each.warnings for path, each in read_by_modeller(changed).items() if each.warnings} == {}


@pytest.mark.parametrize("guide", CHANGES, ids=lambda path: path.stem)
def test_a_guide_edits_and_checks_the_folder_and_plays_an_example(guide: Path) -> None:
    page = guide.read_text(encoding="utf-8")
    assert len(list(steps(page))) >= 3
    assert "$ asb check trial" in page
    assert "$ asb simulate trial" in page or guide.stem == "read-a-finding"


def test_the_index_names_every_guide() -> None:
    named = re.findall(r"^- \[[^]]+\]\(([\w-]+\.md)\)", (FOLDER / "README.md").read_text(), flags=re.MULTILINE)
    assert sorted(named) == [guide.name for guide in GUIDES]


def test_what_a_guide_says_wrongly_is_seen(folder: Path) -> None:
    wrong = (
        "| File | Row | Column | Was | Becomes |\n|---|---|---|---|---|\n"
        '| `time_limits.dmn` | `"acknowledge"` | Amount | `9` | `3` |\n',
        "```diff letters/ct1.md\n-what the letter does not say\n+other words\n```\n",
        "```markdown letters/ct1.md\nThere is one already.\n```\n",
        "```console\n$ asb feel 1+1\n3\n```\n",
        "```console\n$ asb check trial\n… 1 error, …\n```\n",
    )
    for page in wrong:
        (step,) = steps(page)
        with pytest.raises(AssertionError):
            step(folder)
