"""Writing letters: a variant's letter set as the port that handlers use."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine import feel
from engine.clock import local_date
from engine.errors import LetterMissingError, PlaceholderMissingError
from engine.handler import Addressee, Channel, WrittenLetter
from engine.language import ENGLISH
from engine.letters.addressees import Addressees
from engine.letters.letter import Letter
from engine.letters.letterhead import Letterhead, letterhead
from engine.letters.logo import Logo
from engine.letters.pdf import as_pdf
from engine.letters.substitution import fill
from engine.letters.text import as_text
from engine.letters.values import is_missing, is_set, look_up


def render_text(letter: Letter, values: Mapping[str, Any], head: Letterhead) -> str:
    """The filled letter as plain text. Raises PlaceholderMissingError."""
    return as_text(fill(letter, values, head.language), head, title=letter.title)


def render_pdf(letter: Letter, values: Mapping[str, Any], head: Letterhead) -> bytes:
    """The filled letter as tagged PDF/UA-1. Raises PlaceholderMissingError."""
    return as_pdf(fill(letter, values, head.language), head, title=letter.title)


@dataclass(frozen=True, kw_only=True, slots=True)
class LettersOfLanguage:
    """The letters that a variant has in one language."""

    letters: Mapping[str, Letter]  #: by id
    council: Mapping[str, str]  #: what they read as `council`


class LetterSet:
    """The letters of one variant, as a `LetterWriter`."""

    def __init__(
        self,
        languages: Mapping[str, LettersOfLanguage],
        *,
        addressees: Addressees,
        conditions: Mapping[str, str],
        logo: Logo | None = None,
        with_pdf: bool = True,
    ) -> None:
        """`languages`: by code, the first with every letter; `conditions`: FEEL by the name under which one asks.

        Without PDFs, letters are written as text alone, which is faster.
        """
        self._languages = languages
        self._first = next(iter(languages), ENGLISH)
        self._letters = languages[self._first].letters if languages else {}
        self._addressees = addressees
        self._conditions = conditions
        self._logo = logo
        self._with_pdf = with_pdf

    def addressees(
        self, letter_id: str, values: Mapping[str, Any], *, named: Any, now: datetime
    ) -> tuple[Addressee, ...]:
        """The people of the case whom the letter is for; see `LetterWriter`. Raises LetterMissingError, FeelError."""
        roles = self._addressees.named_in(named) if named else self._letter(letter_id).roles
        return self._addressees.people(roles, values, now=now)

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

        It is written in `language` where the variant has it so, else in the variant's first. What the variant keeps for
        other roles than the recipient's is not known to it. Raises LetterMissingError, PlaceholderMissingError.
        """
        letter, language = self._letter(letter_id), self._language_of(letter_id, language)
        letter = self._languages[language].letters[letter_id]
        reference = look_up(values, "case.reference")
        if not isinstance(reference, str):
            raise PlaceholderMissingError(letter_id=letter_id, placeholder="case.reference")
        # What an element leaves empty says nothing: the case's own fact of that name still holds.
        given = {name: value for name, value in extra.items() if not is_missing(value)}
        kept = dict.fromkeys(self._addressees.kept_from(roles)) if roles else {}
        asked = self._addressees.asked(roles)
        computed = self._computed(letter, ChainMap(asked, values), now)  # type: ignore[arg-type]  # only read
        layers = ({"to": recipient}, kept, given, computed, asked, self._council_for(language, values))
        known: Mapping[str, Any] = ChainMap(*layers, values)  # type: ignore[arg-type]  # only read, never written to
        head = letterhead(
            self._languages[language].council, reference=reference, on=local_date(now), recipient=recipient,
            address=address, language=language, logo=self._logo,
        )  # fmt: skip
        letter = replace(letter, title=_title(letter, known))
        return WrittenLetter(
            letter_id=letter.id,
            title=letter.title,
            recipient=recipient,
            address=address,
            channel=channel,
            text=render_text(letter, known, head),
            pdf=render_pdf(letter, known, head) if self._with_pdf else None,
            clauses=letter.clauses,
            language=language,
            roles=roles,
        )

    def _letter(self, letter_id: str) -> Letter:
        if letter_id not in self._letters:
            raise LetterMissingError(letter_id, known=tuple(self._letters))
        return self._letters[letter_id]

    def _language_of(self, letter_id: str, asked: str) -> str:
        """The language asked for, where the letter is there in it; else the first."""
        there = self._languages.get(asked)
        return asked if there is not None and letter_id in there.letters else self._first

    def _council_for(self, language: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """What `council` reads in another language than the first: its words in that one."""
        said = values.get("council")
        if language == self._first or not isinstance(said, Mapping):
            return {}
        return {"council": {**said, **self._languages[language].council}}

    def _computed(self, letter: Letter, values: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        """What the letter asks of the case in the variant's own words."""
        asked = (name for name in self._conditions if name in letter.names)
        return {name: feel.parse(self._conditions[name]).evaluate(values, now=now) for name in asked}


def _title(letter: Letter, known: Mapping[str, Any]) -> str:
    holds = (title for each, title in letter.titles if is_set(look_up(known, each.path)) != each.is_negated)
    return next(holds, letter.title)
