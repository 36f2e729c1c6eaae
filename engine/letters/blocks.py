"""A letter's body as plain values: what is left of Markdown once it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """Text as it stands."""

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LineBreak:
    pass


@dataclass(frozen=True, kw_only=True, slots=True)
class Fill:
    """A placeholder."""

    path: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OnlyIf:
    """Words that are shown where something is set, or where it is not."""

    path: str
    is_negated: bool
    inner: tuple[Inline, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Strong:
    inner: tuple[Inline, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Emphasis:
    inner: tuple[Inline, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    url: str
    inner: tuple[Inline, ...]

    @property
    def address(self) -> str:
        """What a reader types: the URL, or the email address or telephone number in it."""
        return self.url.removeprefix("mailto:").removeprefix("tel:")


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    level: int  #: 1 is the largest
    inner: tuple[Inline, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    inner: tuple[Inline, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ListBlock:
    is_numbered: bool
    start: int  #: the first number
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    inner: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TableBlock:
    heading: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]


Inline: TypeAlias = Words | LineBreak | Fill | OnlyIf | Strong | Emphasis | Link
Block: TypeAlias = Heading | Paragraph | ListBlock | Quote | TableBlock
