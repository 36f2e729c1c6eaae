"""Each slip of the hand in Hertsmere's folder is found by the analysis of values, and nothing is said of what harms
nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.check.policy import Policy
from engine.check.values.slip import SlipKind
from engine.variants import load_variant
from handlers import HANDLERS
from tests.check.mutations import HERTSMERE, hertsmere
from tests.check.values.edits import HARMLESS, SLIPS, Edit, found

_SHIPPED = sorted(folder.parent for folder in HERTSMERE.parent.glob("*/variant.toml"))


@pytest.mark.parametrize("folder", _SHIPPED, ids=lambda folder: folder.name)
def test_nothing_is_said_of_the_folders_as_they_are(folder: Path) -> None:
    variant = load_variant(folder)
    values = Policy(diagrams=variant.diagrams, folder=variant, known_handlers=HANDLERS).values
    misfits = (*values.misfits(SlipKind.CALL), *values.misfits(SlipKind.VALUE), *values.rows, *values.dead_ways)
    assert [misfit.slip.sentence for misfit in (*misfits, *values.given)] == []


@pytest.mark.parametrize("edit", SLIPS, ids=lambda edit: edit.words)
def test_a_slip_of_the_hand_is_found(edit: Edit) -> None:
    files = hertsmere()
    edit.apply(files)
    assert found(files) != []


def test_nothing_is_said_of_edits_that_harm_nothing() -> None:
    files = hertsmere()
    for edit in HARMLESS:
        edit.apply(files)
    assert found(files) == []
