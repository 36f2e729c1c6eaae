"""Writing letters: a variant's letter set as the port that handlers use."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.errors import LetterMissingError, PlaceholderMissingError
from engine.handler import Channel, WrittenLetter
from engine.letters.letter import Letter
from engine.letters.letterhead import Letterhead, letterhead
from engine.letters.pdf import as_pdf
from engine.letters.substitution import fill
from engine.letters.text import as_text
from engine.letters.values import is_missing, look_up


def render_text(letter: Letter, values: Mapping[str, Any], head: Letterhead) -> str:
    """The filled letter as plain text. Raises PlaceholderMissingError."""
    return as_text(fill(letter, values), head, title=letter.title)


def render_pdf(letter: Letter, values: Mapping[str, Any], head: Letterhead) -> bytes:
    """The filled letter as tagged PDF/UA-1. Raises PlaceholderMissingError."""
    return as_pdf(fill(letter, values), head, title=letter.title)


class LetterSet:
    """The letters of one variant, as a `LetterWriter`."""

    def __init__(self, letters: Mapping[str, Letter], council: Mapping[str, str], *, with_pdf: bool = True) -> None:
        """`council` is `VariantSettings.council`. Without PDFs, letters are written as text alone, which is faster."""
        self._letters = letters
        self._council = council
        self._with_pdf = with_pdf

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

        Raises LetterMissingError, PlaceholderMissingError.
        """
        letter = self._letters.get(letter_id)
        if letter is None:
            raise LetterMissingError(letter_id, known=tuple(self._letters))
        reference = look_up(values, "case.reference")
        if not isinstance(reference, str):
            raise PlaceholderMissingError(letter_id=letter_id, placeholder="case.reference")
        # What an element leaves empty says nothing: the case's own fact of that name still holds.
        given = {name: value for name, value in extra.items() if not is_missing(value)}
        known: Mapping[str, Any] = ChainMap(given, values)  # type: ignore[arg-type]  # only read, never written to
        head = letterhead(self._council, reference=reference, on=on, recipient=recipient, address=address)
        return WrittenLetter(
            letter_id=letter.id,
            title=letter.title,
            recipient=recipient,
            address=address,
            channel=channel,
            text=render_text(letter, known, head),
            pdf=render_pdf(letter, known, head) if self._with_pdf else None,
            clauses=letter.clauses,
        )
