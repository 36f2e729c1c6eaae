"""The smallest SVG writer that escapes everything: a picture is made of strings only this file puts together."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

#: Nearly black on white: a contrast of 16:1.
INK = "#1a1a1a"
#: Arial's widths are what texts are measured with, so fonts of the same widths come first.
FONT = "Arial, 'Helvetica Neue', 'Liberation Sans', Helvetica, sans-serif"


def tag(name: str, attributes: Mapping[str, str | float] | None = None, *children: str, text: str = "") -> str:
    """An element. `attributes` and `text` are escaped; `children` are SVG already."""
    written = "".join(f' {key}="{_value(value)}"' for key, value in (attributes or {}).items())
    inside = escape(_printable(text)) + "".join(children)
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def path(d: str, *, width: float = 1.5, fill: str = "none", stroke: str = INK, dash: str = "") -> str:
    attributes: dict[str, str | float] = {"d": d, "fill": fill, "stroke": stroke, "stroke-width": width}
    attributes |= {"stroke-linejoin": "round", "stroke-linecap": "round"}
    if dash:
        attributes["stroke-dasharray"] = dash
    return tag("path", attributes)


def circle(x: float, y: float, r: float, *, width: float = 1.5, fill: str = "white", dash: str = "") -> str:
    attributes: dict[str, str | float] = {"cx": x, "cy": y, "r": r, "fill": fill, "stroke": INK, "stroke-width": width}
    if dash:
        attributes["stroke-dasharray"] = dash
    return tag("circle", attributes)


def box(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    radius: float = 0,
    line: float = 1.5,
    fill: str = "white",
    stroke: str = INK,
    dash: str = "",
) -> str:
    attributes: dict[str, str | float] = {"x": x, "y": y, "width": width, "height": height, "fill": fill}
    attributes |= {"stroke": stroke, "stroke-width": line}
    if radius:
        attributes["rx"] = radius
    if dash:
        attributes["stroke-dasharray"] = dash
    return tag("rect", attributes)


def moved(x: float, y: float, *children: str, scale: float = 1.0) -> str:
    """`children` with their origin at (x, y)."""
    size = "" if scale == 1.0 else f" scale({number(scale)})"
    return tag("g", {"transform": f"translate({number(x)} {number(y)}){size}"}, *children)


def number(value: float) -> str:
    """A coordinate with at most two decimals, and no more digits than it needs."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _value(value: str | float) -> str:
    return escape(_printable(value), quote=True) if isinstance(value, str) else number(value)


def _printable(text: str) -> str:
    # XML 1.0 has no place for control characters, escaped or not.
    return "".join(c for c in text if c >= " " or c in "\t\n")
