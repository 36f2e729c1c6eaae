"""Nothing that a council shows anybody has a word of another council: no letter, page, form or screen of a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from engine.scenarios import scenarios_of
from engine.toml import read_toml
from engine.variants import load_variant, write_folder
from tests.councils.foreign_words import BPMN, foreign_to, found_in
from tests.councils.screens import alone, letters_directly, screens_of, shown_of_case, shown_to_the_public
from tests.house.checkout import ROOT

FRESH, DERBY = "othershire", "derby_city"
ANSWERS = Path(__file__).parent / "othershire.toml"
TODAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A place for each of the two councils; the fresh one is written as `asb new` writes it."""
    homes = {name: tmp_path_factory.mktemp(name) for name in (FRESH, DERBY)}
    for base in ("statutory", "model"):
        copytree(ROOT / "bpmn" / base, homes[FRESH] / "bpmn" / base)
    write_folder(homes[FRESH] / "bpmn", FRESH, "model", read_toml(ANSWERS.read_bytes(), name=ANSWERS.name), today=TODAY)
    return homes


@pytest.fixture(scope="module")
def foreign(homes: dict[str, Path]) -> dict[str, frozenset[str]]:
    """What the others of each of the two are recognised by."""
    return {name: foreign_to(alone(name, home)) for name, home in homes.items()}


def foreign_words(shown: Iterable[tuple[str, str]], foreign: frozenset[str]) -> list[str]:
    return sorted({f"{where} says {word}" for where, text in shown for word in found_in(text, foreign)})


def test_the_words_that_are_looked_for_are_the_other_councils_own(foreign: dict[str, frozenset[str]]) -> None:
    fresh = foreign[FRESH]
    assert {"Hertsmere", "Hertsmere Borough Council", "HBC-", "020 8207 7801", "CT4", "CSIO", "derby.gov.uk"} <= fresh
    derby = foreign[DERBY]
    assert {"Hertfordshire", "Examplia", "CT1"} <= derby
    assert not {"Derby", "Derbyshire", "Derby City Council"} & derby


def test_a_word_of_another_council_would_be_found(foreign: dict[str, frozenset[str]]) -> None:
    shown = [("a letter", "Yours sincerely, Hertsmere Borough Council"), ("a page", "Write to us.")]
    found = foreign_words(shown, foreign[FRESH])
    assert found == ["a letter says Hertsmere", "a letter says Hertsmere Borough Council"]


@pytest.mark.parametrize("name", [FRESH, DERBY])
def test_no_letter_has_a_word_of_another_council(
    name: str, homes: dict[str, Path], foreign: dict[str, frozenset[str]]
) -> None:
    council = alone(name, homes[name])
    shown = list(letters_directly(council))
    assert len(shown) >= 2 * len(council.letters)
    assert foreign_words(shown, foreign[name]) == []


@pytest.mark.parametrize("name", [FRESH, DERBY])
def test_no_public_page_or_form_has_a_word_of_another_council(
    name: str, homes: dict[str, Path], foreign: dict[str, frozenset[str]], migrated_sqlite: Path
) -> None:
    council = alone(name, homes[name])
    shown = list(shown_to_the_public(screens_of(council, homes[name], migrated_sqlite)))
    assert sum(where.startswith("a question") for where, _ in shown) >= 10
    shown += [(file, data.decode()) for file, data in council.files.items() if file.startswith(("forms/", "pages/"))]
    assert foreign_words(shown, foreign[name]) == []


_FRESH_EXAMPLES = [each.name for each in scenarios_of(load_variant(BPMN / "model", root=BPMN))]
_DERBY_EXAMPLES = [each.name for each in scenarios_of(load_variant(BPMN / DERBY, root=BPMN))]


@pytest.mark.parametrize(
    ("name", "example"), [*((FRESH, each) for each in _FRESH_EXAMPLES), *((DERBY, each) for each in _DERBY_EXAMPLES)]
)
def test_no_screen_of_a_case_has_a_word_of_another_council(
    name: str, example: str, homes: dict[str, Path], foreign: dict[str, frozenset[str]], migrated_sqlite: Path
) -> None:
    council = alone(name, homes[name])
    scenario = next(each for each in scenarios_of(council) if each.name == example)
    assert scenario.unstaffed == ()
    screens = screens_of(council, homes[name], migrated_sqlite)
    assert foreign_words(shown_of_case(screens, scenario), foreign[name]) == []
