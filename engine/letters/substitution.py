"""Filling a letter: its blocks with every placeholder replaced by plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from engine.language import ENGLISH
from engine.letters.blocks import (
    Block,
    Emphasis,
    Fill,
    Heading,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    OnlyIf,
    Paragraph,
    Quote,
    Strong,
    TableBlock,
    Words,
)
from engine.letters.letter import Letter
from engine.letters.values import is_set, look_up, printed
from engine.words import listed


def fill(letter: Letter, values: Mapping[str, Any], language: str = ENGLISH) -> tuple[Block, ...]:
    """The letter's blocks with words of its language in the place of placeholders; what is left empty is gone.

    Raises PlaceholderMissingError, and BadInputError where a value cannot be printed.
    """
    return _Filling(letter, values, language).blocks(letter.body)


class _Filling:
    def __init__(self, letter: Letter, values: Mapping[str, Any], language: str) -> None:
        self._letter = letter
        self._language = language
        self._values = values

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(filled for block in blocks for filled in self._block(block))

    def _block(self, block: Block) -> tuple[Block, ...]:
        """What a block becomes: nothing where all it says was conditional, several where a long text fills it."""
        match block:
            case Paragraph():
                return self._paragraph(block)
            case Heading():
                inner = self.inlines(block.inner)
                return (replace(block, inner=inner),) if inner else ()
            case ListBlock():
                items = tuple(filled for item in block.items if (filled := self.blocks(item)))
                return (replace(block, items=items),) if items else ()
            case Quote():
                quoted = self.blocks(block.inner)
                return (Quote(inner=quoted),) if quoted else ()
            case TableBlock():
                return (
                    TableBlock(
                        heading=tuple(self.inlines(cell) for cell in block.heading),
                        rows=tuple(tuple(self.inlines(cell) for cell in row) for row in block.rows),
                    ),
                )

    def _paragraph(self, paragraph: Paragraph) -> tuple[Block, ...]:
        alone = paragraph.inner[0] if len(paragraph.inner) == 1 else None
        if not isinstance(alone, Fill):
            inner = self.inlines(paragraph.inner)
            return (Paragraph(inner=inner),) if inner else ()
        words = self._printed(alone.path)
        if isinstance(words, list):
            return (ListBlock(is_numbered=False, start=1, items=tuple((_paragraph_of(entry),) for entry in words)),)
        return tuple(_paragraph_of(part) for part in re.split(r"\n[ ]*\n\s*", words))

    def inlines(self, inlines: Iterable[Inline]) -> tuple[Inline, ...]:
        return _tidied([filled for inline in inlines for filled in self._inline(inline)])

    def _inline(self, inline: Inline) -> tuple[Inline, ...]:
        match inline:
            case Fill(path=path):
                words = self._printed(path)
                return _lines(listed(words, self._language) if isinstance(words, list) else words)
            case OnlyIf(path=path, is_negated=is_negated, inner=inner):
                return tuple(self._each(inner)) if is_set(look_up(self._values, path)) != is_negated else ()
            case Strong(inner=inner) | Emphasis(inner=inner) | Link(inner=inner):
                filled = tuple(self._each(inner))
                return (replace(inline, inner=filled),) if filled else ()
        return (inline,)

    def _each(self, inlines: Iterable[Inline]) -> Iterable[Inline]:
        return (filled for inline in inlines for filled in self._inline(inline))

    def _printed(self, path: str) -> str | list[str]:
        return printed(look_up(self._values, path), letter_id=self._letter.id, path=path, language=self._language)


def _paragraph_of(text: str) -> Paragraph:
    return Paragraph(inner=_tidied(_lines(text)))


def _lines(text: str) -> tuple[Inline, ...]:
    parts: list[Inline] = []
    for line in text.split("\n"):
        parts += [LineBreak(), Words(text=line)] if parts else [Words(text=line)]
    return tuple(parts)


def _tidied(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """Without the blanks that are left at the ends and beside words that are not shown."""
    tidy: list[Inline] = []
    for inline in inlines:
        if not isinstance(inline, Words):
            tidy.append(inline)
            continue
        text = re.sub(r" {2,}", " ", inline.text)
        before = tidy[-1] if tidy else None
        if before is None or isinstance(before, LineBreak):
            text = text.lstrip(" ")
        if isinstance(before, Words):
            tidy[-1] = Words(text=re.sub(r" {2,}", " ", before.text + text))
        elif text:
            tidy.append(Words(text=text))
    while tidy and isinstance(last := tidy[-1], Words | LineBreak):
        stripped = last.text.rstrip(" ") if isinstance(last, Words) else ""
        tidy.pop()
        if stripped:
            tidy.append(Words(text=stripped))
            break
    return tuple(tidy)
