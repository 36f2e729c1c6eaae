"""What a file says is read once, however many variants hold it, and read anew as soon as one letter is another."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.letters import letter as letters
from engine.variants import Variant, load_variant
from engine.variants.translations import read_translations

BPMN = Path(__file__).resolve().parents[2] / "bpmn"


@pytest.fixture
def hertsmere() -> Variant:
    return load_variant(BPMN / "hertsmere", root=BPMN)


def with_file(variant: Variant, file: str, data: bytes) -> Variant:
    return Variant.from_files({**variant.files, file: data}, variant.id)


def test_a_version_shares_what_was_read_of_the_files_it_has_in_common_with_another(hertsmere: Variant) -> None:
    later = with_file(hertsmere, "letters/ct1.md", hertsmere.files["letters/ct1.md"] + b"\nOne line more.\n")
    assert later.letters["CT1"] != hertsmere.letters["CT1"]
    same = {id for id, letter in later.letters.items() if letter is hertsmere.letters[id]}
    assert same == hertsmere.letters.keys() - {"CT1"}
    assert all(diagram is hertsmere.diagrams[file] for file, diagram in later.diagrams.items())
    assert all(decisions is hertsmere.definitions[file] for file, decisions in later.definitions.items())


def test_the_settings_of_today_make_no_letter_be_read_again(
    hertsmere: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each letter that is sent is written by the version's words and today's settings."""
    written = hertsmere.letters
    monkeypatch.setattr(letters, "mark", lambda text: pytest.fail("a letter was read again"))
    fresh = load_variant(BPMN / "hertsmere", root=BPMN)
    assert fresh.with_settings(hertsmere.settings).letters == written


def test_what_stands_in_another_language_is_read_once_too() -> None:
    model = load_variant(BPMN / "model", root=BPMN)
    first, again = (read_translations(model.files, "cy") for _ in range(2))
    assert first.letters
    assert first.forms
    assert first.pages
    for kind in ("letters", "forms", "pages"):
        before, now = getattr(first, kind), getattr(again, kind)
        assert all(each is before[name] for name, each in now.items())


def test_a_file_that_cannot_be_read_says_so_in_each_variant_that_holds_it(hertsmere: Variant) -> None:
    broken = [with_file(hertsmere, "letters/ct1.md", b"no front matter") for _ in range(2)]
    said = [[problem.sentence for problem in each.problems if problem.file == "letters/ct1.md"] for each in broken]
    assert said[0] == said[1] != []


def test_the_same_words_under_another_name_bear_that_name(hertsmere: Variant) -> None:
    files = dict(hertsmere.files)
    files["letters/first.md"] = files.pop("letters/ct1.md")
    assert Variant.from_files(files, "hertsmere").letters["CT1"].file == "letters/first.md"
