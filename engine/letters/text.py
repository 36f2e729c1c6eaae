"""A filled letter as plain text, as an email carries it."""

from __future__ import annotations

from collections.abc import Iterable

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
from engine.letters.letterhead import Letterhead


def as_text(blocks: Iterable[Block], letterhead: Letterhead, *, title: str) -> str:
    """The whole letter. Lines are not wrapped: the reader's screen does that."""
    top = [title, "", *(f"{label}: {words}" for label, words in letterhead.lines)]
    foot = [letterhead.council, *letterhead.contact]
    return "\n".join([*top, "", *_blocks(blocks), "", *foot]) + "\n"


def _blocks(blocks: Iterable[Block]) -> list[str]:
    """Lines, with an empty one between blocks."""
    lines: list[str] = []
    for block in blocks:
        lines += [*([""] if lines else []), *_block(block)]
    return lines


def _block(block: Block) -> list[str]:
    match block:
        case Heading(inner=inner) | Paragraph(inner=inner):
            return words_of(inner).split("\n")
        case Quote(inner=quoted):
            return [f"> {line}".rstrip() for line in _blocks(quoted)]
        case TableBlock():
            headings = [words_of(cell) for cell in block.heading]
            return [
                "; ".join(f"{heading}: {words_of(cell)}" for heading, cell in zip(headings, row, strict=False))
                for row in block.rows
            ]
        case ListBlock():
            return [line for number, item in enumerate(block.items, block.start) for line in _item(block, number, item)]


def _item(block: ListBlock, number: int, item: tuple[Block, ...]) -> list[str]:
    sign = f"{number}. " if block.is_numbered else "* "
    first, *others = _blocks(item)
    return [sign + first, *(" " * len(sign) + line if line else "" for line in others)]


def address_beside(link: Link) -> str:
    """The address to show beside a link's words; "" where the words are the address."""
    return "" if words_of(link.inner) in (link.url, link.address) else link.address


def words_of(inlines: Iterable[Inline]) -> str:
    """The inlines as text, without markup."""
    return "".join(_inline(inline) for inline in inlines)


def _inline(inline: Inline) -> str:
    match inline:
        case Words(text=text):
            return text
        case LineBreak():
            return "\n"
        case Link(inner=inner):
            words, address = words_of(inner), address_beside(inline)
            return f"{words} ({address})" if address else words
        case Strong(inner=inner) | Emphasis(inner=inner):
            return words_of(inner)
    return ""
