"""`asb new`: a council's folder from what it answers, by a file or at the keyboard."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.cli import main
from engine.variants import load_variant
from tests.house.checkout import ROOT

ANSWERS = """
name = "Othershire Council"
reference_prefix = "OTH"
without = ["people"]
[contact]
phone = "01632 960001"
[limits]
"acknowledge" = "3 working days after application_date"
[[people]]
name = "Somebody Else"
teams = ["community_safety"]
"""


EXAMPLE = """
title = "An application is received"
[application]
at = 2026-03-02T10:15:00
file = "application.json"
[application.then]
tasks = ["acknowledge_application"]
due = { acknowledge_application = "acknowledge" }
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder of variants in which Hertsmere has one worked example."""
    shutil.copytree(ROOT / "bpmn", tmp_path / "bpmn")
    examples = tmp_path / "bpmn/hertsmere/scenarios"
    for example in examples.glob("*.toml"):
        example.unlink()
    (examples / "01_an_application.toml").write_text(EXAMPLE)
    return tmp_path / "bpmn"


def new(root: Path, *arguments: str, typed: str = "") -> tuple[int, str]:
    ran = CliRunner().invoke(
        main, ["new", *arguments], input=typed, env={"ASB_VARIANTS": str(root), "ASB_HOME": str(root.parent / "home")}
    )
    return ran.exit_code, ran.output


def test_from_a_file_of_answers(root: Path) -> None:
    (root.parent / "answers.toml").write_text(ANSWERS)
    pictures = root.parent / "pictures"
    code, said = new(
        root,
        "othershire",
        "--from",
        "hertsmere",
        "--answers",
        str(root.parent / "answers.toml"),
        "--pictures",
        str(pictures),
    )
    assert code == 0, said
    made = load_variant(root / "othershire", root=root)
    assert (made.settings.name, made.settings.extends) == ("Othershire Council", "hertsmere")
    assert made.limits["acknowledge"].limit.amount == 3
    assert made.problems == ()
    assert "how to reach Hertsmere Borough Council" in " ".join(said.split())
    assert "1 scenario, none wrong" in " ".join(said.split())
    assert "What stands above is left to decide." in " ".join(said.split())
    assert (pictures / "case_review.svg").is_file()
    assert sorted(path.name for path in (root / "othershire").iterdir()) == ["base.lock", "variant.toml"]


def test_from_what_is_typed(root: Path) -> None:
    hertsmere = load_variant(root / "hertsmere", root=root)
    contact, teams = hertsmere.settings.contact, hertsmere.settings.teams
    typed = ["Othershire Council", "OTH", "ENG"]
    typed += ["01632 960001" if key == "phone" else "" for key in contact]
    typed += ["Safer Othershire", *[""] * (len(teams) - 1)]
    typed += ["Othershire Police", "police", "police", "p@othershire.example", ""]
    typed += ["Somebody Else", "s@othershire.example", "community_safety", "officer manager", ""]
    typed += ["soon", "3 working days after application_date", *[""] * (len(hertsmere.limits) - 1)]
    code, said = new(root, "othershire", "--from", "hertsmere", typed="\n".join(typed) + "\n")
    assert code == 0, said
    assert "“soon” is no limit" in said
    made = load_variant(root / "othershire", root=root)
    assert made.settings.team_name(teams[0].id) == "Safer Othershire"
    assert made.limits["acknowledge"].limit.amount == 3
    assert {edit.key for edit in made.edits if edit.key.startswith("[limits]")} == {'[limits] "acknowledge"'}
    assert "Othershire Police" in {agency.name for agency in made.settings.agencies}


@pytest.mark.parametrize(
    ("name", "words"), [("hertsmere", "is there already"), ("../elsewhere", "cannot be the name of a folder")]
)
def test_a_name_that_is_taken_or_none_is_refused_and_nothing_is_written(root: Path, name: str, words: str) -> None:
    (root.parent / "answers.toml").write_text(ANSWERS)
    before = sorted(root.parent.rglob("*"))
    code, said = new(root, name, "--from", "hertsmere", "--answers", str(root.parent / "answers.toml"))
    assert (code, words in said) == (2, True), said
    assert sorted(root.parent.rglob("*")) == before
