"""The layers as import-linter keeps them, as docs/architecture.md tells them, and as a picture: `make pictures`."""

from __future__ import annotations

import re
from typing import Any

from engine.draw.svg import INK, box, path, tag
from engine.draw.text import below, height_of, width_of, wrap
from tests.house.checkout import ROOT, pyproject, texts

PAGE = "docs/architecture.md"
PICTURE = "docs/architecture.svg"
ROOMY = "engine.casework"  #: the one package whose rooms are drawn too

Table = list[list[tuple[str, str]]]

_WIDTH, _MARGIN, _GAP = 1080.0, 24.0, 10.0
_NAME, _WORDS = 14.0, 13.0
_FILLS = {"engine.casework": "#e8f1f8", "handlers": "#fff7bf"}


def contract(name: str) -> dict[str, Any]:
    """The contract of pyproject.toml whose name begins so."""
    found: dict[str, Any]
    (found,) = [each for each in pyproject()["tool"]["importlinter"]["contracts"] if each["name"].startswith(name)]
    return found


def layers(name: str = "The layers") -> list[list[str]]:
    """The layers of a contract from the top, each with its modules."""
    return [re.findall(r"[\w.]+", line) for line in contract(name)["layers"]]


def table(heading: str) -> Table:
    """The rows of the page's table under a heading: of each module its name and what it holds."""
    section = texts()[PAGE].split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`.+`) \| (.+) \|$", section, flags=re.MULTILINE)
    return [list(zip(re.findall(r"`([^`]+)`", names), held.split("; "), strict=True)) for names, held in rows]


def picture() -> str:
    """The layers from the top, with the rooms of casework inside it."""
    rooms = table("The rooms of casework")
    drawn, top = "", _MARGIN
    for layer in table("Layers"):
        row, height = _row(layer, _MARGIN + 26, top, _WIDTH - 2 * _MARGIN - 26, rooms)
        drawn, top = drawn + row, top + height + _GAP
    height = top - _GAP + _MARGIN
    arrow = f"M{_MARGIN} {_MARGIN} L{_MARGIN} {height - _MARGIN} m-5 -10 l5 10 l5 -10"
    words = "Each may import what is below it, never the reverse; neighbours do not import each other."
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tag(
        "svg",
        {"xmlns": "http://www.w3.org/2000/svg", "role": "img", "aria-labelledby": "title words",
         "viewBox": f"0 0 {_WIDTH:.0f} {height:.0f}", "width": _WIDTH, "height": height},
        tag("title", {"id": "title"}, text="How the parts stand on each other"),
        tag("desc", {"id": "words"}, text=f"{words} From the top: {_told(table('Layers'))}"),
        tag("rect", {"width": _WIDTH, "height": height, "fill": "white"}),
        path(arrow, width=2),
        drawn,
    ) + "\n"  # fmt: skip


def _row(layer: list[tuple[str, str]], left: float, top: float, width: float, rooms: Table) -> tuple[str, float]:
    """The boxes of one layer side by side, and how high they are."""
    each = (width - _GAP * (len(layer) - 1)) / len(layer)
    drawn, height = "", 0.0
    for n, (name, held) in enumerate(layer):
        text, taken = _text(name, held, left + n * (each + _GAP), top, each)
        if name == ROOMY:
            inside = top + taken
            for room in rooms:
                row, high = _row(room, left + 14, inside, each - 28, [])
                text, inside = text + row, inside + high + _GAP
            taken = inside - top + 4
        drawn, height = drawn + text, max(height, taken)
    frames = "".join(
        box(left + n * (each + _GAP), top, each, height, radius=6, line=1.3, fill=_fill(name, rooms))
        for n, (name, _) in enumerate(layer)
    )
    return frames + drawn, height


def _fill(name: str, rooms: Table) -> str:
    return _FILLS.get(name, "#f3f2f1" if rooms else "white")


def _text(name: str, held: str, left: float, top: float, width: float) -> tuple[str, float]:
    """A module's name and what it holds: beside it where there is room, else below; and the height for both."""
    named = below([name], left + 12, top + 7, size=_NAME, anchor="start", bold=True)
    beside = width_of(name, _NAME) * 1.1 + 30
    if width_of(held, _WORDS) + beside + 12 <= width:
        return named + below([held], left + beside, top + 8, size=_WORDS, anchor="start", ink=INK), 31.0
    lines = wrap(held, width - 24, _WORDS)
    words = below(lines, left + 12, top + 26, size=_WORDS, anchor="start")
    return named + words, 26 + height_of(lines, _WORDS) + 8


def _told(rows: Table) -> str:
    return "; ".join(", ".join(name for name, _ in row) for row in rows) + "."


if __name__ == "__main__":
    (ROOT / PICTURE).write_text(picture(), encoding="utf-8", newline="\n")
