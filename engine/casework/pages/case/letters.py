"""The letters of a case. What is in them is read one letter at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.casework.pages.case.viewpoint import Look, Looker, look_at
from engine.casework.step.office import Office
from engine.errors import LetterNotFoundError
from engine.model import CaseSummary
from engine.person import spoken_name
from engine.store.letters import SentLetter, WholeLetter, listed_letters, load_letter


@dataclass(frozen=True, kw_only=True, slots=True)
class LettersPage:
    case: CaseSummary
    title: str
    letters: tuple[SentLetter, ...]  #: the newest first


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterPage:
    case: CaseSummary
    title: str
    letter: WholeLetter


def read_letters(office: Office, reference: str, looker: Looker, *, council_id: str) -> LettersPage:
    """The letters that `looker` may see. Raises CaseNotFoundError."""
    with look_at(office, reference, looker, council_id=council_id) as look:
        return LettersPage(case=look.summary, title=look.title, letters=letters_seen(look))


def read_letter(office: Office, reference: str, number: int, looker: Looker, *, council_id: str) -> LetterPage:
    """One letter with its text and PDF. Raises CaseNotFoundError, LetterNotFoundError."""
    with look_at(office, reference, looker, council_id=council_id) as look:
        row = load_letter(look.connection, look.case_id, number)
        if row is None or not may_read_letter_to(look, row.recipient, row.of_roles):
            raise LetterNotFoundError(reference, number)
        return LetterPage(case=look.summary, title=look.title, letter=row)


def letters_seen(look: Look) -> tuple[SentLetter, ...]:
    """One query, which leaves what is in the letters where it is."""
    rows = listed_letters(look.connection, look.case_id)
    return tuple(row for row in rows if may_read_letter_to(look, row.recipient, row.of_roles))


def may_read_letter_to(look: Look, recipient: str, roles: Iterable[str]) -> bool:
    """An agency's officer reads the letters to themselves, and to those who stand with their own team in an item."""
    if look.sees_everything or recipient == look.looker.name:
        return True
    if not look.copy.has_letter(recipient, roles):
        return False
    named = look.settings.copy_for(look.copy.audience or "").letters_to
    return any(
        recipient in (spoken_name(known.get(name)) for name in named)
        for subject, known in look.copy.facts.items()
        if not subject.is_case and any(value in look.looker.teams for value in known.values() if isinstance(value, str))
    )
