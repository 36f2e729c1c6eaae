"""What a letter prints, and for whom: each placeholder with what must be set for it to be printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from engine.letters.addressees import ASKS
from engine.letters.blocks import (
    Block,
    Emphasis,
    Fill,
    Heading,
    Inline,
    Link,
    ListBlock,
    OnlyIf,
    Paragraph,
    Quote,
    Strong,
    TableBlock,
)
from engine.letters.letter import Letter


@dataclass(frozen=True, kw_only=True, slots=True)
class Print:
    """A placeholder as it stands in a letter."""

    path: str
    only_to: frozenset[str]  #: roles that the reader must have: it stands in ((to_victim??…))
    not_to: frozenset[str]  #: roles that the reader must not have: it stands in ((not to_victim??…))
    only_if: frozenset[str] = frozenset()  #: other conditions within which it stands, negated ones too

    def may_reach(self, roles: frozenset[str]) -> bool:
        """Whether somebody with exactly these roles reads it."""
        return self.only_to <= roles and not self.not_to & roles


def prints_of(letter: Letter) -> Iterator[Print]:
    """Every placeholder of the letter's text, in its order."""
    nobody: frozenset[str] = frozenset()
    return _of_blocks(letter.body, Print(path="", only_to=nobody, not_to=nobody))


def _of_blocks(blocks: Iterable[Block], around: Print) -> Iterator[Print]:
    for block in blocks:
        match block:
            case Heading(inner=inner) | Paragraph(inner=inner):
                yield from _of_inlines(inner, around)
            case Quote(inner=quoted):
                yield from _of_blocks(quoted, around)
            case ListBlock(items=items):
                for item in items:
                    yield from _of_blocks(item, around)
            case TableBlock(heading=heading, rows=rows):
                for cell in (*heading, *(cell for row in rows for cell in row)):
                    yield from _of_inlines(cell, around)


def _of_inlines(inlines: Iterable[Inline], around: Print) -> Iterator[Print]:
    for inline in inlines:
        match inline:
            case Fill(path=path):
                yield replace(around, path=path)
            case OnlyIf(inner=inner):
                yield from _of_inlines(inner, _inside(inline, around))
            case Strong(inner=inner) | Emphasis(inner=inner) | Link(inner=inner):
                yield from _of_inlines(inner, around)


def _inside(condition: OnlyIf, around: Print) -> Print:
    if not condition.path.startswith(ASKS):
        return replace(around, only_if=around.only_if | {condition.path})
    role = frozenset({condition.path.removeprefix(ASKS)})
    if condition.is_negated:
        return replace(around, not_to=around.not_to | role)
    return replace(around, only_to=around.only_to | role)
