"""What stands under a step of an annotated picture: by when, which letter, on which clauses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.diagram import Bounds
from engine.draw.policy_words import Said
from engine.draw.svg import FONT, INK, path, tag
from engine.draw.text import height_of, width_of, wrap

_SIZE = 10.0
#: Bold letters are wider than those that are measured.
_BOLD = 1.08
_INDENT = 6.0
_COLOUR = "#1d4f8f"  #: of the rule beside it and of what says which line it is; 8:1 on white


@dataclass(frozen=True, kw_only=True, slots=True)
class StepNote:
    """The lines under a step. Each is what it is of, or "" where it goes on, and its words."""

    lines: tuple[tuple[str, str], ...]
    width: float
    height: float


def note_of(said: Said, *, width: float) -> StepNote:
    """The note of a step, wrapped at a width."""
    lines: list[tuple[str, str]] = []
    for what, text in _parts(said):
        first, *others = wrap(f"{what} {text}", width - _INDENT, _SIZE)
        lines += [(what, first.removeprefix(what).strip()), *(("", other) for other in others)]
    widest = max(width_of(what, _SIZE) * _BOLD + width_of(f" {text}", _SIZE) for what, text in lines)
    return StepNote(lines=tuple(lines), width=_INDENT + widest, height=height_of([text for _, text in lines], _SIZE))


def draw_note(element_id: str, note: StepNote, place: Bounds) -> str:
    rule = path(f"M{place.x + 1} {place.y} L{place.x + 1} {place.y + place.height}", stroke=_COLOUR, width=2)
    rows = []
    for number, (what, text) in enumerate(note.lines):
        at = {"x": place.x + _INDENT, "y": place.y + _SIZE * (0.95 + number * 1.2)}
        if what:
            bold = tag("tspan", {**at, "font-weight": "bold", "fill": _COLOUR}, text=what)
            rows += [bold, tag("tspan", text=f" {text}")]
        else:
            rows.append(tag("tspan", at, text=text))
    words = tag("text", {"font-family": FONT, "font-size": _SIZE, "text-anchor": "start", "fill": INK}, *rows)
    return tag("g", {"data-note": element_id}, rule, words)


def _parts(said: Said) -> Iterator[tuple[str, str]]:
    yield from said.deadlines
    if said.letters:
        yield "Letter:" if len(said.letters) == 1 else "One letter of:", "; ".join(said.letters)
    if said.clauses:
        yield "Clause:" if len(said.clauses) == 1 else "Clauses:", ", ".join(said.clauses)
