"""Letters: a written one, and the ports through which handlers write it and hand it over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from engine.handler.port import Port
from engine.language import ENGLISH
from engine.words import letter_went


class Channel(StrEnum):
    """How a letter reaches its recipient."""

    EMAIL = "email"
    POST = "post"
    HAND = "hand"


@dataclass(frozen=True, kw_only=True, slots=True)
class Addressee:
    """Somebody a letter is for, and how they may be written to; "" for what is not known."""

    roles: tuple[str, ...]  #: those they have in the case, first the one they are written to under; () for others
    name: str
    channel: str
    email: str
    postal_address: str
    language: str = ""  #: code of the language they are to be written to in


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
    language: str = ENGLISH  #: code of the language that it is written in
    roles: tuple[str, ...] = ()  #: of the recipient in the case, as the variant's [addressees] names them

    @property
    def went(self) -> str:
        """`sent to Ms V by email`, `printed for Ms V, to be handed over`"""
        return letter_went(self.recipient, self.channel)


class LetterWriter(Protocol):
    """Writes the letters of one variant."""

    def addressees(
        self, letter_id: str, values: Mapping[str, Any], *, named: Any, now: datetime
    ) -> tuple[Addressee, ...]:
        """The people of the case whom the letter is for, each once; () where it says so of none of them.

        `named`: what the element says of the recipient. Where it names roles, these hold instead of the letter's own;
        where it names anybody else, the answer is (). Raises LetterMissingError.
        """

    def write(
        self,
        letter_id: str,
        values: Mapping[str, Any],
        *,
        recipient: str,
        address: str,
        channel: Channel,
        roles: tuple[str, ...],
        language: str = "",
        now: datetime,
        extra: Mapping[str, Any],
    ) -> WrittenLetter:
        """The letter with its placeholders filled: from `extra` first, then from `values` (the case as FEEL sees it).

        It is written in `language` where the variant has it so, else in the variant's first. `roles` are the
        recipient's: what is kept for other roles reads as not known. Raises LetterMissingError where the variant has no
        such letter, and PlaceholderMissingError where a placeholder has no value.
        """


class Post(Protocol):
    """Takes letters out of the building."""

    def deliver(self, letter: WrittenLetter, *, once_key: str) -> None:
        """Hand `letter` over to be sent. A second call with the same `once_key` hands nothing over."""


LETTERS: Port[LetterWriter] = Port(name="letters", purpose="write a letter of the variant's letter set")
POST: Port[Post] = Port(name="post", purpose="hand a letter over to be sent")
