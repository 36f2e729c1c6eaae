"""Writes pictures and outlines of diagrams as files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePath
from typing import TypeAlias

from engine.diagram import Diagram
from engine.draw.outline import outline
from engine.draw.picture import draw_svg
from engine.draw.policy_words import Said

_NO_MARKS: Mapping[str, Mapping[str, str]] = {}


#: What its policy says of each element of a diagram, by id.
WordsOf: TypeAlias = Callable[[Diagram], Mapping[str, Said]]


def write_drawings(
    diagrams: Iterable[Diagram],
    folder: Path,
    *,
    words_of: WordsOf = lambda _: {},
    is_annotated: bool = False,
    marks: Mapping[str, Mapping[str, str]] = _NO_MARKS,
) -> tuple[Path, ...]:
    """Write `<name>.svg` and `<name>.txt` of each diagram into `folder`, which is made if need be.

    `words_of` gives what the policy says of a diagram's steps: for the outline, and under the steps of the picture
    where it `is_annotated`. `marks` gives, by file, what `draw_svg` is to mark.

    Returns the files written, in order. Raises DrawError, naming the file, for a diagram with nothing drawn in it;
    the drawings before it stay.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for diagram in diagrams:
        name = PurePath(diagram.file).stem
        said = words_of(diagram)
        under = said if is_annotated else {}
        picture = draw_svg(diagram, title=title_of(diagram), marks=marks.get(diagram.file, {}), said=under)
        for ending, text in (("svg", picture), ("txt", outline(diagram, said))):
            file = folder / f"{name}.{ending}"
            file.write_text(text, encoding="utf-8", newline="\n")
            written.append(file)
    return tuple(written)


def title_of(diagram: Diagram) -> str:
    """What a picture of the diagram is called: the names of its processes, else the file's."""
    names = [process.name for process in diagram.processes.values() if process.name]
    return ", ".join(names) or PurePath(diagram.file).stem
