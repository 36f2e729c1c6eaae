"""The pictures in the documentation are of the diagrams as they are."""

from __future__ import annotations

from pathlib import Path

from engine.draw import write_drawings
from engine.variants import load_variant

ROOT = Path(__file__).parents[2]


def test_the_pictures_of_hertsmere_are_current(tmp_path: Path) -> None:
    variant = load_variant(ROOT / "bpmn" / "hertsmere", root=ROOT / "bpmn")
    drawn = {path.name: path.read_text() for path in write_drawings(variant.diagrams.values(), tmp_path)}
    kept = {path.name: path.read_text() for path in (ROOT / "docs" / "diagrams" / "hertsmere").iterdir()}
    assert kept == drawn, "run: asb draw hertsmere --out docs/diagrams/hertsmere"
