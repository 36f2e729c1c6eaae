"""A filled letter as tagged PDF (PDF/UA-1), set by Typst.

The letter goes to Typst as data beside a fixed template, so there is no markup that a value could get into.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Any

from engine.letters.blocks import (
    Block,
    Emphasis,
    Heading,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    Paragraph,
    Quote,
    Strong,
    TableBlock,
    Words,
)
from engine.letters.glyphs import set_printable
from engine.letters.letterhead import Letterhead
from engine.letters.text import address_beside
from engine.letters.typesetter import set_letter


def as_pdf(blocks: tuple[Block, ...], letterhead: Letterhead, *, title: str) -> bytes:
    """The PDF: the same letter gives the same bytes wherever the same version of Typst runs.

    The fonts are Typst's own. A character that they lack (an emoji, say) is printed as a replacement character, since
    PDF/UA allows none without a glyph, and a letter that cannot leave would be worse.
    """
    content = json.dumps(content_of(blocks, letterhead, title=title), ensure_ascii=False)
    stamp = int(datetime.combine(letterhead.on, time.min, tzinfo=UTC).timestamp())
    return set_printable(lambda printable: set_letter(printable, stamp=stamp), content)


def content_of(blocks: tuple[Block, ...], letterhead: Letterhead, *, title: str) -> dict[str, Any]:
    """What the template reads."""
    return {
        "title": title,
        "language": letterhead.language,
        "page": letterhead.page_words,
        "council": letterhead.council,
        "logo": letterhead.logo.for_setting() if letterhead.logo else None,
        "contact": letterhead.contact,
        "reference": letterhead.reference,
        "lines": letterhead.lines,
        "year": letterhead.on.year,
        "month": letterhead.on.month,
        "day": letterhead.on.day,
        "address": [letterhead.recipient, *letterhead.address],
        "blocks": _nodes(_levelled(blocks)),
    }


def _levelled(blocks: tuple[Block, ...]) -> list[Block]:
    """The blocks with their headings below the title (level 1) and no level left out, as PDF/UA asks."""
    levels: list[int] = []
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            while levels and levels[-1] >= block.level:
                levels.pop()
            levels.append(block.level)
            block = Heading(level=1 + len(levels), inner=block.inner)
        result.append(block)
    return result


def _nodes(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    return [_block(block) for block in blocks]


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "inner": _inlines(block.inner)}
        case Paragraph():
            return {"kind": "paragraph", "inner": _inlines(block.inner)}
        case Quote():
            return {"kind": "quote", "inner": _nodes(block.inner)}
        case ListBlock():
            items = [{"kind": "item", "inner": _nodes(item)} for item in block.items]
            return {"kind": "numbers" if block.is_numbered else "bullets", "start": block.start, "items": items}
        case TableBlock():
            return {
                "kind": "table",
                "heading": [{"kind": "cell", "inner": _inlines(cell)} for cell in block.heading],
                "cells": [{"kind": "cell", "inner": _inlines(cell)} for row in block.rows for cell in row],
            }


def _inlines(inlines: Iterable[Inline]) -> list[dict[str, Any]]:
    return [_inline(inline) for inline in inlines]


def _inline(inline: Inline) -> dict[str, Any]:
    match inline:
        case Words(text=text):
            return {"kind": "words", "text": text}
        case LineBreak():
            return {"kind": "break"}
        case Strong(inner=inner):
            return {"kind": "strong", "inner": _inlines(inner)}
        case Emphasis(inner=inner):
            return {"kind": "emphasis", "inner": _inlines(inner)}
        case Link(url=url, inner=inner):
            return {"kind": "link", "url": url, "shown": address_beside(inline), "inner": _inlines(inner)}
    raise TypeError(f"{type(inline).__name__} is left in a filled letter")
