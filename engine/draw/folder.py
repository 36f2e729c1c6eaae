"""Writes pictures and outlines of diagrams as files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath

from engine.diagram import Diagram
from engine.draw.outline import outline
from engine.draw.picture import draw_svg

_NO_MARKS: Mapping[str, Mapping[str, str]] = {}


def write_drawings(
    diagrams: Iterable[Diagram], folder: Path, *, marks: Mapping[str, Mapping[str, str]] = _NO_MARKS
) -> tuple[Path, ...]:
    """Write `<name>.svg` and `<name>.txt` of each diagram into `folder`, which is made if need be.

    `marks` gives, by file, what `draw_svg` is to mark.

    Returns the files written, in order. Raises DrawError, naming the file, for a diagram with nothing drawn in it;
    the drawings before it stay.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for diagram in diagrams:
        name = PurePath(diagram.file).stem
        picture = draw_svg(diagram, title=title_of(diagram), marks=marks.get(diagram.file, {}))
        for ending, text in (("svg", picture), ("txt", outline(diagram))):
            file = folder / f"{name}.{ending}"
            file.write_text(text, encoding="utf-8", newline="\n")
            written.append(file)
    return tuple(written)


def title_of(diagram: Diagram) -> str:
    """What a picture of the diagram is called: the names of its processes, else the file's."""
    names = [process.name for process in diagram.processes.values() if process.name]
    return ", ".join(names) or PurePath(diagram.file).stem
