"""What is asked of the folders beside another reads the same in their settings alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.variants import load_variant
from engine.variants.installation import is_base
from engine.variants.loader import load_settings

_BPMN = Path(__file__).parents[2] / "bpmn"


@pytest.mark.parametrize("folder", sorted(path.parent.name for path in _BPMN.glob("*/variant.toml")))
def test_prefix_figures_and_whether_it_is_a_base_are_those_of_the_whole_folder(folder: str) -> None:
    whole, alone = load_variant(_BPMN / folder), load_settings(_BPMN / folder)
    assert alone.settings.reference_prefix == whole.settings.reference_prefix
    assert alone.settings.figures == whole.settings.figures
    assert alone.settings.figures_table == whole.settings.figures_table
    assert is_base(alone) == is_base(whole)
