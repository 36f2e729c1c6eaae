"""Sets text into a given width: measures it as Arial does, wraps it, and shrinks what does not fit."""

from __future__ import annotations

from collections.abc import Sequence

from engine.draw.svg import FONT, INK, tag

SIZE = 12.0
_SMALLEST = 9.0
_LEADING = 1.2

# Widths of Arial in thousandths of its size, for ASCII 32 to 126 (from its published metrics).
_WIDTHS = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556),
    *(1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556),
    *(333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556),
    *(556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
)
# Beyond ASCII: accented letters are about this wide, and ideographs a full square.
_LETTER, _SQUARE, _FIRST_SQUARE = 600, 1000, 0x2E80


def width_of(text: str, size: float = SIZE) -> float:
    """How wide `text` is, in the diagram's units."""
    return sum(_width(c) for c in text) * size / 1000


def wrap(text: str, width: float, size: float = SIZE) -> list[str]:
    """`text` in lines of at most `width`; a word that is wider by itself is broken."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if width_of(longer, size) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *broken, line = _broken(word, width, size)
        lines.extend(broken)
    return [*lines, line] if line else lines


def fit(text: str, width: float, height: float) -> tuple[list[str], float]:
    """Lines and font size for a box; what does not fit even small is cut, with an ellipsis."""
    size = SIZE
    while True:
        lines = wrap(text, width, size)
        room = max(1, int(height / (size * _LEADING)))
        if len(lines) <= room:
            return lines, size
        if size <= _SMALLEST:
            return [*lines[: room - 1], lines[room - 1][:-1].rstrip() + "…"], size
        size -= 1


def height_of(lines: Sequence[str], size: float = SIZE) -> float:
    return len(lines) * size * _LEADING


def centred(lines: Sequence[str], x: float, y: float, *, size: float = SIZE, bold: bool = False) -> str:
    """`lines` centred on `x`, the block's middle at `y`."""
    return below(lines, x, y - height_of(lines, size) / 2, size=size, bold=bold)


def below(
    lines: Sequence[str],
    x: float,
    y: float,
    *,
    size: float = SIZE,
    anchor: str = "middle",
    bold: bool = False,
    halo: bool = False,
    ink: str = INK,
) -> str:
    """`lines` with the top of the block at `y`. A halo keeps a label readable where a line passes behind it."""
    attributes: dict[str, str | float] = {"font-family": FONT, "font-size": size, "text-anchor": anchor, "fill": ink}
    if bold:
        attributes["font-weight"] = "bold"
    if halo:
        attributes |= {"stroke": "white", "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke"}
    rows = []
    for index, line in enumerate(lines):
        baseline = y + size * (0.95 + index * _LEADING)
        rows.append(tag("tspan", {"x": x, "y": baseline}, text=line))
    return tag("text", attributes, *rows)


def _width(character: str) -> int:
    code = ord(character)
    if 32 <= code <= 126:
        return _WIDTHS[code - 32]
    return _SQUARE if code >= _FIRST_SQUARE else _LETTER


def _broken(word: str, width: float, size: float) -> list[str]:
    parts = [""]
    for character in word:
        if parts[-1] and width_of(parts[-1] + character, size) > width:
            parts.append("")
        parts[-1] += character
    return parts
