"""Which files belong to a variant, and what happens to the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.errors import VariantNotFoundError
from engine.variants import find_variant, folder, load_variant
from tests.variants.conftest import WriteFolder

FORM = '{"id": "application", "schemaVersion": 18, "components": []}'
LETTER = '+++\nid = "CT1"\ntitle = "T"\n+++\nDear ((to))'
DIAGRAM = """<?xml version="1.0"?><bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL">
<bpmn:process id="%s" isExecutable="true"><bpmn:startEvent id="begun"/></bpmn:process></bpmn:definitions>"""


def test_files_are_taken_from_where_they_belong(write_folder: WriteFolder) -> None:
    files = {
        "policy.toml": '["H1"]\ntext = "x"\n',
        "main.bpmn": DIAGRAM % "main",
        "forms/application.form": FORM,
        "letters/ct1.md": LETTER,
        "scenarios/one.toml": "",
    }
    loaded = load_variant(write_folder(files={"variant.toml": 'name = "H"\nmain_process = "main"', **files}))
    assert loaded.id == "hertsmere"
    assert set(loaded.files) == {"variant.toml", *files}
    assert list(loaded.processes) == ["main"]
    assert loaded.process_file == {"main": "main.bpmn"}
    assert (list(loaded.forms), list(loaded.letters), list(loaded.policy)) == (["application"], ["CT1"], ["H1"])
    assert loaded.scenario_files == ("scenarios/one.toml",)
    assert loaded.problems == ()


def test_what_is_plainly_something_else_is_passed_over(write_folder: WriteFolder) -> None:
    others = {
        ".git/config": "x",
        "README.md": "x",
        "notes.txt": "x",
        "_old/x.bpmn": "x",
        ".DS_Store": "x",
        "p.png": "x",
    }
    loaded = load_variant(write_folder(files=others))
    assert set(loaded.files) == {"variant.toml"}
    assert loaded.problems == ()


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("application.form", "Move it to forms/"),
        ("letter/ct1.md", "Move it to letters/"),
        ("diagrams/main.bpmn", "beside variant.toml"),
        ("main.BPMN", "its ending in small letters"),
        ("a\u202eb.bpmn", "plain letters"),
        ("semi;colon.dmn", "plain letters"),
    ],
)
def test_a_file_that_looks_like_policy_but_is_not_read_is_named(
    write_folder: WriteFolder, file: str, words: str
) -> None:
    loaded = load_variant(write_folder(files={file: "x"}))
    assert file not in loaded.files
    assert [problem.file for problem in loaded.problems] == [file]
    assert words in loaded.problems[0].sentence


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("main.bpmn", b"\x89PNG\r\n\x1a\n"),
        ("main.bpmn", b"<!DOCTYPE x><x/>"),
        ("main.bpmn", b""),
        ("threshold.dmn", b"<x/>"),
        ("forms/a.form", b"{"),
        ("forms/a.form", b"[" * 100_000),
        ("letters/a.md", b"Hello"),
        ("policy.toml", b"= x"),
        ("policy.toml", b"a = " + b"[" * 100_000),
        ("policy.toml", b"\xff\xfe"),
        ("policy.toml", b"a = " + b"1" * 5_000),
        ("policy.toml", b'[H1]\nsource = "x"'),
        ("time_limits.dmn", b"<x/>"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem_and_not_an_error(
    write_folder: WriteFolder, file: str, content: bytes
) -> None:
    loaded = load_variant(write_folder(files={file: content}))
    problems = [problem for problem in loaded.problems if problem.file == file]
    assert len(problems) == 1
    assert problems[0].sentence.endswith(".")
    assert len(problems[0].sentence) < 400


@pytest.mark.parametrize(
    "content", [b"name = ", b"\xff", b"a = " + b"[" * 50_000, b"a=1\n" * 400_000, b"a." * 40 + b"b = 1"]
)
def test_an_unreadable_variant_toml_is_refused_in_a_sentence(write_folder: WriteFolder, content: bytes) -> None:
    with pytest.raises(VariantNotFoundError, match=r"hertsmere/variant\.toml"):
        load_variant(write_folder(files={"variant.toml": content}))


def test_a_folder_without_variant_toml_or_no_folder_at_all_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    for name in ("empty", "file", "missing"):
        with pytest.raises(VariantNotFoundError, match=name):
            load_variant(tmp_path / name)


def test_links_that_lead_out_of_the_folder_are_not_followed(write_folder: WriteFolder, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.md").write_text(LETTER)
    home = write_folder()
    (home / "letters").symlink_to(tmp_path / "outside")
    (home / "main.bpmn").symlink_to(tmp_path / "outside" / "secret.md")
    (home / "circle.dmn").symlink_to(home / "circle.dmn")
    loaded = load_variant(home)
    assert set(loaded.files) == {"variant.toml"}
    assert {problem.file for problem in loaded.problems} == {"letters/secret.md", "main.bpmn", "circle.dmn"}


def test_what_is_no_plain_file_is_not_read(write_folder: WriteFolder) -> None:
    home = write_folder()
    (home / "main.bpmn").mkdir()
    os.mkfifo(home / "pipe.dmn")
    loaded = load_variant(home)
    assert set(loaded.files) == {"variant.toml"}
    assert [problem.file for problem in loaded.problems] == ["pipe.dmn"]


def test_files_and_folders_over_the_caps_are_cut_off(
    write_folder: WriteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "MAX_FILE_BYTES", 100)
    monkeypatch.setattr(folder, "MAX_FOLDER_BYTES", 150)
    monkeypatch.setattr(folder, "MAX_FILES", 4)
    files = {"a.bpmn": "x" * 101, "b.dmn": "x" * 90, "c.dmn": "x" * 90, "forms/a.form": "x", "letters/a.md": "x"}
    loaded = load_variant(write_folder(files={**files, "scenarios/a.toml": "x"}))
    sentences = {problem.file: problem.sentence for problem in loaded.folder_problems}
    assert "more than 100 bytes" in sentences["a.bpmn"]
    assert "more than 150 bytes" in sentences["c.dmn"]
    assert list(loaded.files) == ["b.dmn", "forms/a.form", "letters/a.md", "variant.toml"]
    assert "more than 4 files" in sentences["scenarios/a.toml"]


def test_two_files_with_one_id_are_named(write_folder: WriteFolder) -> None:
    files = {
        "variant.toml": 'name = "H"\nmain_process = "main"',
        "one.bpmn": DIAGRAM % "main",
        "two.bpmn": DIAGRAM % "main",
        "forms/a.form": FORM,
        "forms/b.form": FORM,
        "letters/a.md": LETTER,
        "letters/b.md": LETTER,
    }
    loaded = load_variant(write_folder(files=files))
    assert {problem.file for problem in loaded.problems} == {"two.bpmn", "forms/b.form", "letters/b.md"}
    assert loaded.process_file == {"main": "one.bpmn"}


@pytest.mark.parametrize("settings", ['name = "H"', 'name = "H"\nmain_process = "mian"'])
def test_a_main_process_that_is_not_there_is_a_problem(write_folder: WriteFolder, settings: str) -> None:
    loaded = load_variant(write_folder(files={"variant.toml": settings, "main.bpmn": DIAGRAM % "main"}))
    [problem] = loaded.problems
    assert "main process" in problem.sentence


def test_a_variant_is_found_by_name_or_by_path(write_folder: WriteFolder, tmp_path: Path) -> None:
    home = write_folder()
    assert find_variant("hertsmere", tmp_path) == home
    assert find_variant(str(home), tmp_path / "elsewhere") == home


@pytest.mark.parametrize("name", ["hertsmear", "", "../hertsmere/..x", "a\0b", "x" * 5_000])
def test_a_name_that_is_no_variant_is_answered_with_those_there_are(
    write_folder: WriteFolder, tmp_path: Path, name: str
) -> None:
    write_folder()
    with pytest.raises(VariantNotFoundError) as raised:
        find_variant(name, tmp_path)
    assert "hertsmere" in str(raised.value) or "no variants" in str(raised.value)
