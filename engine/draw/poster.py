"""A whole policy as a poster: every diagram with what stands under its steps, and the ladders as lines of time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from html import escape
from pathlib import Path
from typing import Any

from engine.draw.folder import title_of
from engine.draw.ladder import draw_line_of_time, lines_of_time
from engine.draw.picture import draw_svg
from engine.draw.policy_words import PolicyWords
from engine.draw.svg import FONT
from engine.letters.glyphs import set_printable
from engine.letters.typesetter import set_document
from engine.variants import Variant
from engine.words import day_in_words

_TEMPLATE = Path(__file__).with_name("poster.typ").read_bytes()
#: Millimetres: within the margins of A3 on its side, and what a unit of a drawing takes where there is room.
_WIDTH, _HEIGHT, _UNIT, _GAP = 390.0, 264.0, 0.2, 8.0
#: The name over a picture with what parts it from the next row, and the title of the whole.
_HEADING, _TITLE = 14.0, 44.0
_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"')
#: Among the first characters of the digest, no two versions of a policy are alike.
_DIGITS = 12


def poster_pdf(variant: Variant, words: PolicyWords, *, made_on: date) -> bytes:
    """A3 on its side, as many pages as it takes, as tagged PDF (PDF/UA-1).

    The same policy of the same day gives the same bytes. Raises DrawError for a diagram with nothing drawn in it.
    """
    stamp = int(datetime.combine(made_on, time.min, tzinfo=UTC).timestamp())
    return set_printable(
        lambda text: set_document(_TEMPLATE, {"poster": text}, stamp=stamp),
        json.dumps(content_of_poster(variant, words, made_on=made_on), ensure_ascii=False),
    )


def content_of_poster(variant: Variant, words: PolicyWords, *, made_on: date) -> dict[str, Any]:
    """What the template reads: the words, and the pictures by page and row."""
    version = f"Version {variant.digest[:_DIGITS]}, drawn on {day_in_words(made_on)}"
    lines = [(line.sentence, draw_line_of_time(line)) for line in lines_of_time(variant, words)]
    above = _TITLE + sum(_height_of(svg, across=_WIDTH) + 4 for _, svg in lines)
    return {
        "title": f"{variant.name}: the whole procedure",
        "council": variant.name,
        "year": made_on.year,
        "month": made_on.month,
        "day": made_on.day,
        "lines": [version, f"{len(variant.diagrams)} diagrams. Under each step: by when, which letter, which clauses."],
        "footer": f"{variant.name}. {version}",
        "width": _WIDTH,
        "gap": _GAP,
        "ladder": [{"svg": _printed(svg), "words": sentence} for sentence, svg in lines],
        "pages": _pages(_pictures(variant, words), above=above),
    }


def _pictures(variant: Variant, words: PolicyWords) -> Iterable[dict[str, Any]]:
    """Every diagram with its width on paper: all in one scale, but for those that are larger than the paper."""
    for diagram in variant.diagrams.values():
        title = title_of(diagram)
        svg = draw_svg(diagram, title=title, said=words.of_diagram(diagram)).partition("?>")[2].strip()
        across, down = _size_of(svg)
        scale = min(_UNIT, _WIDTH / across, (_HEIGHT - _HEADING) / down)
        yield {
            "title": title,
            "words": f"{title}. Its outline says the same in words.",
            "svg": _printed(svg),
            "width": round(across * scale, 2),
            "height": round(down * scale, 2),
        }


def _size_of(svg: str) -> tuple[float, float]:
    found = _SIZE.match(svg)
    return (float(found[1]), float(found[2])) if found else (1.0, 1.0)


def _height_of(svg: str, *, across: float) -> float:
    width, height = _size_of(svg)
    return height * across / width


def _pages(pictures: Iterable[dict[str, Any]], *, above: float) -> list[list[list[dict[str, Any]]]]:
    """Pages of rows of pictures, the highest first and each where there is room yet: little is left empty. `above` is
    what stands over the first page's pictures."""
    rows: list[list[dict[str, Any]]] = []
    for picture in sorted(pictures, key=lambda each: -each["height"]):
        row = next(
            (row for row in rows if sum(each["width"] + _GAP for each in row) + picture["width"] <= _WIDTH), None
        )
        if row is None:
            rows.append([picture])
        else:
            row.append(picture)
    pages: list[list[list[dict[str, Any]]]] = [[]]
    left = [_HEIGHT - above]
    for row in rows:
        takes = row[0]["height"] + _HEADING
        page = next((number for number, room in enumerate(left) if takes <= room), None)
        if page is None:
            pages.append([])
            left.append(_HEIGHT)
            page = len(pages) - 1
        pages[page].append(row)
        left[page] -= takes
    return pages


def _printed(svg: str) -> str:
    """With the typesetter's own font: none of the machine's is used, so that the same policy gives the same poster."""
    return svg.replace(escape(FONT, quote=True), "Libertinus Serif")
