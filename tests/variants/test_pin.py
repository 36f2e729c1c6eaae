"""A council runs on its base as it was pinned, wherever its folder lies; a pin that was tampered with is refused."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.errors import BadInputError, VariantNotFoundError
from engine.variants import (
    PIN_FILE,
    Pin,
    bases_beside,
    end_stopped_write,
    load_variant,
    own_files,
    read_pin,
    write_together,
)
from engine.variants.folder import MAX_FOLDER_BYTES
from engine.variants.pin import pin_as_bytes
from tests.variants.conftest import WriteFolder

DAY = date(2026, 3, 2)
LETTER = "letters/a.md"


@pytest.fixture
def council(write_folder: WriteFolder) -> Path:
    """A folder over a folder over a folder, which pins both."""
    write_folder("law", {"variant.toml": 'name = "Law"\n', "letters/b.md": "Law"})
    write_folder("base", {"variant.toml": 'name = "Base"\nextends = "law"\ncolour = "#1d70b8"\n', LETTER: "Before"})
    home = write_folder("council", {"variant.toml": 'name = "Council"\nextends = "base"\n'})
    write_together(home, Pin(folders=bases_beside(home, None), pinned_on=DAY), {})
    return home


def test_what_the_base_changes_does_not_arrive_by_itself(council: Path) -> None:
    before = load_variant(council)
    (council.parent / "base" / LETTER).write_text("After")
    (council.parent / "law/letters/b.md").write_text("Another law")
    now = load_variant(council)
    assert (now.files[LETTER], now.files["letters/b.md"]) == (b"Before", b"Law")
    assert (now.digest, dict(now.origin)) == (before.digest, dict(before.origin))
    (council / PIN_FILE).unlink()
    assert load_variant(council).files[LETTER] == b"After"


def test_a_pin_changes_nothing_of_what_runs(council: Path) -> None:
    pinned = load_variant(council)
    (council / PIN_FILE).unlink()
    alone = load_variant(council)
    assert (pinned.digest, pinned.pack(), pinned.bases) == (alone.digest, alone.pack(), alone.bases)


def test_a_council_runs_without_its_base_beside_it(council: Path, tmp_path: Path) -> None:
    moved = council.rename(tmp_path / "elsewhere")
    for base in ("base", "law"):
        (tmp_path / base).rename(tmp_path / f"{base}_of_another_day")
    assert load_variant(moved).files[LETTER] == b"Before"


def test_whoever_extends_a_council_that_pins_has_the_base_that_it_pins(
    council: Path, write_folder: WriteFolder
) -> None:
    (council.parent / "base" / LETTER).write_text("After")
    assert load_variant(write_folder("ward", {"variant.toml": 'extends = "council"\n'})).files[LETTER] == b"Before"


def test_a_pin_of_another_base_is_refused(council: Path) -> None:
    (council / "variant.toml").write_text('name = "Council"\nextends = "law"\n')
    with pytest.raises(VariantNotFoundError, match=r"base\.lock pins base, and variant\.toml extends “law”"):
        load_variant(council)


def test_the_same_folders_are_the_same_pin_whatever_the_day(council: Path) -> None:
    pin = read_pin(council)
    assert pin is not None
    assert [folder.name for folder in pin.folders] == ["base", "law"]
    assert replace(pin, pinned_on=date(2027, 1, 1)).digest == pin.digest
    assert pin_as_bytes(pin) == (council / PIN_FILE).read_bytes()


def _header(data: bytes) -> tuple[dict[str, Any], bytes]:
    first, _, rest = zlib.decompress(data).partition(b"\n")
    return json.loads(first), rest


def _with(**changes: Any) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        header, rest = _header(data)
        return zlib.compress(json.dumps(header | changes).encode() + b"\n" + rest)

    return change


DAMAGED: Mapping[str, Callable[[bytes], bytes]] = {
    "cut short": lambda data: data[:-9],
    "something behind it": lambda data: data + b"x",
    "no packed file": lambda _: b"pinned",
    "empty": lambda _: b"",
    "larger than it looks": lambda _: zlib.compress(b"{}\n" + b"\0" * (MAX_FOLDER_BYTES + 2_000_000)),
    "no folders": _with(folders=[]),
    "more folders than there can be": _with(folders=[{"name": "a", "files": []}] * 9),
    "a file outside": _with(folders=[{"name": "a", "files": [["../variant.toml", 1]]}]),
    "a size below nothing": _with(folders=[{"name": "a", "files": [["variant.toml", -1]]}]),
    "a size that is none": _with(folders=[{"name": "a", "files": [["variant.toml", True]]}]),
    "pending outside": _with(pending=[["/etc/passwd", None]]),
    "what was found is no table": _with(found=5),
    "what was found is no digest": _with(found=[["letters/a.md", 5]]),
    "another digest": _with(digest="0" * 64),
    "no day": _with(pinned_on="soon"),
    "another format": _with(format=2),
    "no table": lambda _: zlib.compress(b"[1]\n"),
    "nested too deeply": lambda _: zlib.compress(b"[" * 100_000 + b"\n"),
}


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_pin_is_refused_in_a_sentence(council: Path, damage: Callable[[bytes], bytes]) -> None:
    path = council / PIN_FILE
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(VariantNotFoundError, match=r"council/base\.lock, .* is damaged\. Bring the file back"):
        load_variant(council)


def test_a_pin_that_is_a_link_is_refused(council: Path, tmp_path: Path) -> None:
    (council / PIN_FILE).rename(tmp_path / "lock")
    (council / PIN_FILE).symlink_to(tmp_path / "lock")
    with pytest.raises(VariantNotFoundError, match="is damaged"):
        load_variant(council)


@pytest.mark.parametrize("writes", range(8))
def test_a_kill_leaves_the_state_before_or_the_one_after(
    council: Path, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    """Stopped after each number of files that took the place of another, and before any."""
    (council / "letters").mkdir()
    (council / "letters/gone.md").write_text("Gone")
    before = load_variant(council)
    (council.parent / "base" / LETTER).write_text("After")
    pin = Pin(folders=bases_beside(council, None), pinned_on=date(2026, 4, 1))
    files = {"letters/a.md": b"Ours", "letters/new.md": b"New", "letters/gone.md": None, "policy.toml": b""}
    done, replaced = [], Path.replace

    def replace_or_die(self: Path, target: Path) -> Path:
        if len(done) == writes:
            raise KeyboardInterrupt
        done.append(target)
        return replaced(self, target)

    monkeypatch.setattr(Path, "replace", replace_or_die)
    try:
        write_together(council, pin, files, read=own_files(council))
    except KeyboardInterrupt:
        monkeypatch.undo()
    read = load_variant(council)
    after = {"letters/a.md": b"Ours", "letters/b.md": b"Law", "letters/new.md": b"New", "policy.toml": b""}
    if writes == 0:
        assert (read.files, read.problems) == (before.files, before.problems)
        return
    assert {file: data for file, data in read.files.items() if file != "variant.toml"} == after
    is_pending = writes < 1 + 3 + 1
    assert [problem.file for problem in read.folder_problems] == ([PIN_FILE] if is_pending else [])
    assert end_stopped_write(council) is is_pending
    ended = load_variant(council)
    assert (ended.files, ended.folder_problems) == (read.files, ())
    assert sorted(path.name for path in (council / "letters").iterdir() if path.name[0] != ".") == ["a.md", "new.md"]


def test_what_somebody_changed_after_an_update_was_stopped_is_not_written_over(
    council: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (council / "letters").mkdir()
    letter = council / LETTER
    letter.write_text("Ours")
    pin, done, replaced = read_pin(council), [], Path.replace
    assert pin is not None

    def die_behind_the_pin(self: Path, target: Path) -> Path:
        if done:
            raise KeyboardInterrupt
        done.append(target)
        return replaced(self, target)

    monkeypatch.setattr(Path, "replace", die_behind_the_pin)
    with pytest.raises(KeyboardInterrupt):
        write_together(council, pin, {LETTER: b"Merged"}, read=own_files(council))
    monkeypatch.undo()
    letter.write_text("Ours, edited")
    with pytest.raises(BadInputError, match=r"letters/a\.md was changed after an update was stopped"):
        end_stopped_write(council)
    assert letter.read_text() == "Ours, edited"
    letter.rename(council.parent / "aside.md")
    assert end_stopped_write(council) is True
    assert letter.read_text() == "Merged"


@pytest.mark.parametrize("changed", [LETTER, "policy.toml", "letters/added.md"])
def test_what_somebody_changed_while_an_update_was_worked_out_is_not_written_over(council: Path, changed: str) -> None:
    (council / "letters").mkdir()
    for file in (LETTER, "policy.toml"):
        (council / file).write_text("")
    read, pin = own_files(council), read_pin(council)
    assert pin is not None
    before = (council / PIN_FILE).read_bytes()
    (council / changed).write_text("# Edited meanwhile\n")
    with pytest.raises(BadInputError, match=f"{changed} was changed while this ran"):
        write_together(council, pin, {LETTER: b"Merged", "letters/added.md": b"New"}, read=read)
    assert (council / changed).read_text() == "# Edited meanwhile\n"
    assert (council / PIN_FILE).read_bytes() == before


def test_nothing_is_written_through_a_link_that_leads_out(council: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (council / "letters").symlink_to(tmp_path / "outside")
    pin = read_pin(council)
    assert pin is not None
    with pytest.raises(BadInputError, match="leads out of the folder"):
        write_together(council, pin, {LETTER: b"Ours"})
    assert list((tmp_path / "outside").iterdir()) == []
