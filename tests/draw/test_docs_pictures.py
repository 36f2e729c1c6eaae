"""The pictures in the documentation are of the diagrams as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.bootstrap import handlers_by_name
from engine.draw import PolicyWords, write_drawings
from engine.variants import load_variant

ROOT = Path(__file__).parents[2]
COUNCILS = (
    "coventry", "derby_city", "derbyshire_commissioner", "hertsmere", "model", "model_appeals", "selby",
)  # fmt: skip


@pytest.mark.parametrize(
    "council", ["coventry", "derby_city", "derbyshire_commissioner", "hertsmere", "model", "model_appeals", "selby"]
)
def test_the_pictures_of_what_a_council_has_drawn_are_current(council: str, tmp_path: Path) -> None:
    variant = load_variant(ROOT / "bpmn" / council, root=ROOT / "bpmn")
    own = [diagram for file, diagram in variant.diagrams.items() if variant.origin[file] == council]
    words = PolicyWords(variant, handlers_by_name().values())
    drawn = {path.name: path.read_text() for path in write_drawings(own, tmp_path, words_of=words.of_diagram)}
    kept = {path.name: path.read_text() for path in (ROOT / "docs" / "diagrams" / council).iterdir()}
    assert kept == drawn, f"run: asb draw {council} --out docs/diagrams/{council}, and keep what is its own"
