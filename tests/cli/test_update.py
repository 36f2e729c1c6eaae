"""`asb update`: what a base changed is shown, asked, tried and taken over, at the keyboard or from a file."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from engine.cli import main
from engine.variants import PIN_FILE, load_variant
from engine.variants.merge import Side
from tests.check.builders import SETTINGS, limits, plain
from tests.cli.test_new_council import ANSWERS, EXAMPLE
from tests.house.checkout import ROOT

Run = Callable[..., tuple[int, str]]
LINES = 'name = "Othershire"\nextends = "base"\n\n[limits] # ours\nacknowledge = "5 days after application_date"\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A base, and a council that changes one of its limits, has a page of its own and pins it."""
    for folder, settings in (("base", SETTINGS), ("othershire", LINES)):
        (tmp_path / folder / "pages").mkdir(parents=True)
        (tmp_path / folder / "variant.toml").write_text(settings)
        (tmp_path / folder / "pages/apply.md").write_text("# Apply\n\nFirst.\n\nSecond.\n")
    (tmp_path / "base/main.bpmn").write_bytes(plain().xml())
    _say(tmp_path / "base", 2)
    (tmp_path / "othershire/pages/apply.md").write_text("# Apply to Othershire\n\nFirst.\n\nSecond.\n")
    return tmp_path


def _say(base: Path, days: int) -> None:
    (base / "time_limits.dmn").write_bytes(
        limits(("acknowledge", days, "days", "application_date"), ("panel", days, "weeks", "application_date"))
    )


@pytest.fixture
def run(root: Path) -> Run:
    def run(*arguments: str, typed: str = "") -> tuple[int, str]:
        ran = CliRunner().invoke(
            main, [*arguments], input=typed, env={"ASB_VARIANTS": str(root), "ASB_HOME": str(root / ".home")}
        )
        return ran.exit_code, " ".join(ran.output.split())

    return run


@pytest.fixture
def moved(root: Path, run: Run) -> Path:
    """The council, after its base has moved on: other limits, another paragraph."""
    assert run("update", "othershire", "--write") == (0, "base is pinned as it is now.")
    _say(root / "base", 3)
    (root / "base/pages/apply.md").write_text("# Apply\n\nFirst.\n\nSecond, in other words.\n")
    return root / "othershire"


def _state(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_base_that_is_not_pinned_is_pinned_when_it_is_asked_for(root: Path, run: Run) -> None:
    code, said = run("update", "othershire")
    assert (code, "base is not pinned" in said, (root / "othershire" / PIN_FILE).exists()) == (1, True, False)
    assert "base is not pinned" in run("variant", "othershire")[1]
    assert run("update", "othershire", "--write") == (0, "base is pinned as it is now.")
    code, said = run("update", "othershire")
    assert (code, "base is as it was pinned on" in said) == (0, True)
    assert "base as it was pinned on" in run("variant", "othershire")[1]


def test_what_changed_and_what_clashes_is_shown_and_nothing_is_written(moved: Path, run: Run) -> None:
    before = _state(moved)
    code, said = run("update", "othershire")
    assert code == 1
    assert "“panel”: 3 instead of 2 weeks after the application date." in said
    assert "The page “apply” says “Second, in other words.” instead of “Second.”." in said
    assert (
        "? limits.acknowledge: “acknowledge” is “5 days after application_date” over the base. In the base: "
        "“acknowledge”: 3 instead of 2 days after the application date."
    ) in said
    assert "written pages/apply.md" in said
    assert "Nothing is written: 1 open question." in said
    assert run("update", "othershire", "--write")[0] == 1
    assert _state(moved) == before


@pytest.mark.parametrize("by", ["name", "file", "keyboard"])
def test_an_answer_by_name_from_a_file_or_at_the_keyboard(moved: Path, run: Run, by: str) -> None:
    (moved.parent / "answers.toml").write_text('"limits.acknowledge" = "base"\n')
    how = {
        "name": ["--take", "limits.acknowledge=base"],
        "file": ["--answers", str(moved.parent / "answers.toml")],
        "keyboard": ["--ask"],
    }[by]
    code, said = run("update", "othershire", "--write", *how, typed="base\n" if by == "keyboard" else "")
    assert (code, "Written, and the base is pinned as it is now." in said) == (0, True), said
    assert (moved / "variant.toml").read_text() == 'name = "Othershire"\nextends = "base"\n\n'
    assert (moved / "pages/apply.md").read_text() == "# Apply to Othershire\n\nFirst.\n\nSecond, in other words.\n"
    now = load_variant(moved)
    assert (now.limits["acknowledge"].limit.amount, now.limits["panel"].limit.amount) == (3, 3)
    assert run("update", "othershire")[0] == 0


def test_what_comes_out_worse_is_written_only_anyway(moved: Path, run: Run) -> None:
    (moved.parent / "base/pages/more.md").write_text("# More\n\nRing ((council.nothing)).\n")
    own = ("--take", "limits.acknowledge=own", "--write")
    before = _state(moved)
    code, said = run("update", "othershire", *own)
    assert (code, "error pages/more.md:" in said, "put right what stands above" in said) == (1, True, True), said
    assert _state(moved) == before
    assert run("update", "othershire", *own, "--anyway")[0] == 0
    assert _state(moved) != before


def test_a_page_that_is_edited_while_somebody_answers_is_not_written_over(
    moved: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin = (moved / PIN_FILE).read_bytes()
    page = moved / "pages/apply.md"

    def edit_and_answer(question: object) -> Side:
        page.write_text("# Apply to Othershire today\n\nFirst.\n\nSecond.\n")
        return Side.OWN

    monkeypatch.setattr("engine.cli.commands.update._asked", edit_and_answer)
    code, said = run("update", "othershire", "--ask", "--write", "--anyway")
    assert (code, "pages/apply.md was changed while this ran, so that nothing is written." in said) == (2, True), said
    assert "Othershire today" in page.read_text()
    assert (moved / PIN_FILE).read_bytes() == pin
    monkeypatch.setattr("engine.cli.commands.update._asked", lambda _: Side.OWN)
    assert run("update", "othershire", "--ask", "--write", "--anyway")[0] == 0
    assert page.read_text() == "# Apply to Othershire today\n\nFirst.\n\nSecond, in other words.\n"


def test_for_programs(moved: Path, run: Run) -> None:
    _, said = run("update", "othershire", "--format", "json")
    told: dict[str, Any] = json.loads(said)
    assert (told["base"], told["written"], told["errors"]) == ("base", False, [])
    assert [each["what"] for each in told["changes"]] == ["limit", "page"]
    assert [(each["name"], each["answer"]) for each in told["questions"]] == [("limits.acknowledge", None)]
    assert told["files"] == [{"file": "pages/apply.md", "goes": False}]
    assert told["scenarios"] == {"played": 0, "wrong_before": 0, "worse": []}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("othershire", "--take", "limits.acknowledge=theirs"), "Answer own (yours stays) or base"),
        (("othershire", "--take", "own"), "“own” is answered by “”" ),
        (("othershire", "--take", "limits.panel=own"), "Nothing is asked about “limits.panel”"),
        (("othershire", "--answers", "nowhere.toml"), "There is no file “nowhere.toml”"),
        (("base",), "base extends no other folder"),
        (("nowhere",), "There is no variant and no folder “nowhere”"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_in_a_sentence(
    moved: Path, run: Run, arguments: tuple[str, ...], words: str
) -> None:
    before = _state(moved)
    code, said = run("update", *arguments)
    assert (code, words in said) == (2, True), said
    assert _state(moved) == before


def test_examples_are_played_before_and_after(tmp_path: Path) -> None:
    """Over Hertsmere: the base gives more time, and an example of the council's that said the day comes out wrong."""
    root = tmp_path / "bpmn"
    shutil.copytree(ROOT / "bpmn", root)
    for example in (root / "hertsmere/scenarios").glob("*.toml"):
        example.unlink()
    (root / "hertsmere/scenarios/01_an_application.toml").write_text(EXAMPLE.replace('"acknowledge" }', "2026-03-03 }"))
    (tmp_path / "answers.toml").write_text(ANSWERS.split("[limits]")[0] + ANSWERS.partition('application_date"\n')[2])

    def run(*arguments: str) -> tuple[int, str]:
        ran = CliRunner().invoke(
            main, [*arguments], env={"ASB_VARIANTS": str(root), "ASB_HOME": str(tmp_path / "home")}
        )
        return ran.exit_code, " ".join(ran.output.split())

    code, said = run("new", "othershire", "--from", "hertsmere", "--answers", str(tmp_path / "answers.toml"))
    assert (code, "1 scenario, none wrong" in said) == (0, True), said
    table = root / "hertsmere/time_limits.dmn"
    row = table.read_text().split('<text>"acknowledge"</text>')
    table.write_text(row[0] + '<text>"acknowledge"</text>' + row[1].replace("<text>2</text>", "<text>4</text>", 1))
    code, said = run("update", "othershire", "--write")
    assert code == 1, said
    assert "H11.1: “acknowledge”: 4 instead of 2 working days after the application date." in said
    assert "WRONG 01_an_application" in said
    assert "1 scenario, 1 wrong (none before)." in said
    assert "Nothing is written: put right what stands above, or write it --anyway." in said
