"""Letters: a written one, and the ports through which handlers write it and hand it over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from engine.handler.port import Port


class Channel(StrEnum):
    """How a letter reaches its recipient."""

    EMAIL = "email"
    POST = "post"
    HAND = "hand"


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenLetter:
    """A letter as it was written to one person or body."""

    letter_id: str  #: of the variant's letter set: "CT1"
    title: str
    recipient: str  #: the name
    address: str  #: an email address, or a postal address with a line break between its lines; "" where none is needed
    channel: Channel
    text: str  #: the whole letter as plain text, as an email carries it
    pdf: bytes | None  #: tagged PDF/UA-1; None where the writer was asked for text alone
    clauses: tuple[str, ...] = ()


class LetterWriter(Protocol):
    """Writes the letters of one variant."""

    def write(
        self,
        letter_id: str,
        values: Mapping[str, Any],
        *,
        recipient: str,
        address: str,
        channel: Channel,
        on: date,
        extra: Mapping[str, Any],
    ) -> WrittenLetter:
        """The letter with its placeholders filled: from `extra` first, then from `values` (the case as FEEL sees it).

        `on` is the date it bears. Raises LetterMissingError where the variant has no such letter, and
        PlaceholderMissingError where a placeholder has no value.
        """


class Post(Protocol):
    """Takes letters out of the building."""

    def deliver(self, letter: WrittenLetter, *, once_key: str) -> None:
        """Hand `letter` over to be sent. A second call with the same `once_key` hands nothing over."""


LETTERS: Port[LetterWriter] = Port(name="letters", purpose="write a letter of the variant's letter set")
POST: Port[Post] = Port(name="post", purpose="hand a letter over to be sent")
