"""Bars as an SVG picture, made on the server: as wide as the page allows, with its texts at their own size.

It holds no script and no style. Each bar says its value as text, and two kinds of bar differ in pattern, not only in
colour. The page shows the same data as a table, which is what a screen reader reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import count
from textwrap import wrap

from flask import g
from markupsafe import Markup

_LINE = 20  #: height of a line of text, in pixels
_BAR = 16
_GAP = 14
_LETTERS = 36  #: of a line of text, so that it fits a telephone


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    value: str  #: in words: "12 kept, 3 missed"
    first: int
    second: int = 0  #: drawn behind the first, hatched


def draw_bars(bars: Sequence[Bar], *, title: str, description: str) -> Markup:
    """The bars, one below the other, drawn to the scale of the longest. Nothing where there are none."""
    if not bars:
        return Markup()
    longest = max(1, max(bar.first + bar.second for bar in bars))
    mark = f"chart-{next(_numbers())}"
    parts = []
    top = 0
    for bar in bars:
        lines = [*wrap(bar.label, _LETTERS), bar.value]
        for number, line in enumerate(lines):
            kind = "app-chart__value" if number == len(lines) - 1 else "app-chart__label"
            parts.append(f'<text class="{kind}" x="0" y="{top + _LINE - 5}">{escape(line)}</text>')
            top += _LINE
        first, second = bar.first * 100 / longest, bar.second * 100 / longest
        place = f'y="{top}" height="{_BAR}"'
        parts.append(f'<rect class="app-chart__track" x="0" width="100%" {place}/>')
        if bar.first:
            parts.append(f'<rect class="app-chart__first" x="0" width="{first:.2f}%" {place}/>')
        if bar.second:
            parts.append(
                f'<rect class="app-chart__second" x="{first:.2f}%" width="{second:.2f}%" {place} '
                f'fill="url(#{mark}-hatched)"/>'
            )
        top += _BAR + _GAP
    svg = (
        f'<svg class="app-chart" role="img" aria-labelledby="{mark}-title {mark}-words" width="100%" '
        f'height="{top - _GAP + 2}" xmlns="http://www.w3.org/2000/svg" focusable="false">'
        f'<title id="{mark}-title">{escape(title)}</title><desc id="{mark}-words">{escape(description)}</desc>'
        f'<defs><pattern id="{mark}-hatched" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect class="app-chart__hatch" width="3" height="6"/></pattern></defs>'
        f"{''.join(parts)}</svg>"
    )
    return Markup(svg)  # noqa: S704  # every text in it is escaped above


def _numbers() -> count[int]:
    """Counts the charts of a page, so that no two share an id."""
    if "charts" not in g:
        g.charts = count(1)
    numbers: count[int] = g.charts
    return numbers
