"""A folder becomes a draft for the screens, and a draft a folder for the modeller, from the command line."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.cli.calls import Asb
from tests.cli.test_policies import copied
from tests.variants.git import committed

FILE = "letters/ct1.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied(tmp_path)


@pytest.fixture
def here(asb: Asb, folder: Path) -> Asb:
    return Asb(home=asb.home, more={"ASB_VARIANTS": str(folder)})


def begun(here: Asb, source: str = "hertsmere") -> str:
    return here.done("draft", "hertsmere", "--from", source, "--title", "Acknowledge sooner", "--as", "Owner 1")


def words(text: str) -> str:
    return " ".join(text.split())


def test_a_folder_becomes_a_draft_and_the_draft_a_folder_that_is_taken_in_again(
    here: Asb, folder: Path, tmp_path: Path
) -> None:
    assert "hertsmere has no draft. Begin one:" in words(here.done("drafts", "hertsmere"))
    commit = committed(folder)
    said = words(begun(here))
    assert (
        f"Draft 1 of hertsmere begins as the folder {folder}/hertsmere, commit {commit[:12]} of a git checkout." in said
    )
    (listed,) = here("drafts", "hertsmere", "--format", "json").json
    assert (listed["title"], listed["begun_by"], listed["commit"], listed["commit_has_all"]) == (
        "Acknowledge sooner", "Owner 1", commit, True,
    )  # fmt: skip
    out = tmp_path / "drawn"
    written = here.done("draft", "hertsmere", "1", "--out", str(out)).split()
    assert [Path(path).name for path in written] == ["hertsmere", "model", "statutory"]
    assert (out / "hertsmere" / FILE).read_bytes() == (folder / "hertsmere" / FILE).read_bytes()

    (out / "hertsmere" / FILE).write_text("Dear ((name))\n")
    (out / "hertsmere" / "letters" / "ct4.md").unlink()
    taken = ("draft", "hertsmere", "1", "--from", str(out / "hertsmere"), "--as", "Owner 2")
    assert here.done(*taken).splitlines() == [f"new or otherwise: {FILE}", "taken out: letters/ct4.md"]
    assert here.done(*taken).strip() == "Nothing in it is otherwise."
    told = words(here.done("draft", "hertsmere", "1"))
    assert "2 files changed since." in told
    assert f"1 Owner 2 changes {FILE} on" in told
    assert "2 Owner 2 takes out letters/ct4.md on" in told
    assert "Acknowledge sooner: begun by Owner 1 on" in words(here.done("drafts", "hertsmere"))
    assert (folder / "hertsmere" / "letters" / "ct4.md").exists()  # the folder is as it was


def test_what_somebody_else_changed_meanwhile_is_not_put_back_unseen(here: Asb, folder: Path, tmp_path: Path) -> None:
    begun(here)
    out = tmp_path / "drawn"
    here.done("draft", "hertsmere", "1", "--out", str(out))
    (out / "hertsmere" / FILE).write_text("Dear ((name))\n")
    here.done("draft", "hertsmere", "1", "--from", str(out / "hertsmere"), "--as", "Owner 2")
    old = ("draft", "hertsmere", "1", "--from", "hertsmere", "--as", "Owner 1")
    refused = here(*old)
    assert refused.code == 2
    assert f"as they were before somebody else changed them: {FILE} (Owner 2)" in words(refused.err)
    assert here.done(*old, "--also-back").strip() == f"new or otherwise: {FILE}"


def test_a_zip_file_is_as_good_as_a_folder(here: Asb, folder: Path, tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path in (folder / "hertsmere").rglob("*"):
            archive.write(path, path.relative_to(folder))
    (tmp_path / "sent.zip").write_bytes(made.getvalue())
    assert "begins as the file sent.zip" in words(begun(here, str(tmp_path / "sent.zip")))
    assert (
        here.done("draft", "hertsmere", "1", "--from", str(tmp_path / "sent.zip")).strip()
        == "Nothing in it is otherwise."
    )


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("draft", "hertsmere"), "To begin a draft give --from SOURCE and --title WORDS"),
        (("draft", "hertsmere", "--from", "hertsmere"), "To begin a draft give"),
        (("draft", "hertsmere", "--from", "hertsmere", "--title", " "), "Say in a few words what the draft is for"),
        (("draft", "hertsmer", "--from", "hertsmere", "--title", "x"), "There is no council “hertsmer”"),
        (("draft", "hertsmere", "--from", "nowhere", "--title", "x"), "There is no variant and no folder “nowhere”"),
        (("draft", "hertsmere", "--from", "no.zip", "--title", "x"), "There is no variant and no folder “no.zip”"),
        (("draft", "hertsmere", "--from", "\0.zip", "--title", "x"), "There is no variant and no folder"),
        (("draft", "hertsmere", "7"), "hertsmere has no draft 7."),
        (("draft", "hertsmere", "7", "--out", "x"), "hertsmere has no draft 7."),
        (("draft", "hertsmere", "7", "--from", "hertsmere", "--out", "x"), "With a NUMBER give --from SOURCE"),
        (("draft", "hertsmere", "7", "--title", "x"), "With a NUMBER give --from SOURCE"),
        (("draft", "hertsmere", "7", "--also-back"), "With a NUMBER give --from SOURCE"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(here: Asb, call: tuple[str, ...], said: str) -> None:
    answer = here(*call)
    assert (answer.code, answer.out) == (2, "")
    assert said in words(answer.err)


def test_what_is_no_zip_file_gets_a_sentence_and_begins_nothing(here: Asb, tmp_path: Path) -> None:
    for data in (b"", b"PK", b"\x50\x4b\x05\x06" + b"\0" * 18):
        (tmp_path / "sent.zip").write_bytes(data)
        answer = here("draft", "hertsmere", "--from", str(tmp_path / "sent.zip"), "--title", "x")
        assert answer.code == 2
        assert "ZIP file" in answer.err
    assert here("drafts", "hertsmere", "--format", "json").json == []
