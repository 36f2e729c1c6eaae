"""The letters of a case. What is in them is read one letter at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.casework.pages.case.viewpoint import Look, Looker, look_at
from engine.casework.step.office import Office
from engine.errors import LetterNotFoundError
from engine.model import CaseSummary
from engine.store import documents


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterSeen:
    number: int
    letter: str  #: id in the letter set
    title: str
    recipient: str
    address: str
    channel: str
    sent_at: datetime
    has_pdf: bool
    text: str = ""  #: where the one letter is read
    pdf: bytes | None = None
    digest: str = ""  #: SHA-256 of the PDF, or of the text where there is none


@dataclass(frozen=True, kw_only=True, slots=True)
class LettersPage:
    case: CaseSummary
    title: str
    letters: tuple[LetterSeen, ...]  #: the newest first


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterPage:
    case: CaseSummary
    title: str
    letter: LetterSeen


def read_letters(office: Office, reference: str, looker: Looker, *, council_id: str) -> LettersPage:
    """The letters that `looker` may see. Raises CaseNotFoundError."""
    with look_at(office, reference, looker, council_id=council_id) as look:
        return LettersPage(case=look.summary, title=look.title, letters=letters_seen(look))


def read_letter(office: Office, reference: str, number: int, looker: Looker, *, council_id: str) -> LetterPage:
    """One letter with its text and PDF. Raises CaseNotFoundError, LetterNotFoundError."""
    with look_at(office, reference, looker, council_id=council_id) as look:
        row = documents.load(look.connection, look.case_id, number)
        if row is None or not may_read_letter_to(look, row.recipient):
            raise LetterNotFoundError(reference, number)
        letter = LetterSeen(
            number=row.number, letter=row.letter, title=row.title, recipient=row.recipient, address=row.address,
            channel=row.channel, sent_at=row.sent_at, has_pdf=row.pdf is not None, text=row.text, pdf=row.pdf,
            digest=row.digest,
        )  # fmt: skip
        return LetterPage(case=look.summary, title=look.title, letter=letter)


def letters_seen(look: Look) -> tuple[LetterSeen, ...]:
    """One query, which leaves what is in the letters where it is."""
    rows = documents.listed(look.connection, look.case_id)
    return tuple(_seen(row) for row in rows if may_read_letter_to(look, row.recipient))


def may_read_letter_to(look: Look, recipient: str) -> bool:
    """An agency's officer reads the letters to themselves, and to those who stand with their own team in an item."""
    if look.sees_everything or recipient == look.looker.name:
        return True
    if not look.copy.has_letter(recipient):
        return False
    named = look.settings.copy_for(look.copy.audience or "").letters_to
    return any(
        recipient in (known.get(name) for name in named)
        for subject, known in look.copy.facts.items()
        if not subject.is_case and any(value in look.looker.teams for value in known.values() if isinstance(value, str))
    )


def _seen(row: documents.DocumentListed) -> LetterSeen:
    return LetterSeen(
        number=row.number,
        letter=row.letter,
        title=row.title,
        recipient=row.recipient,
        address=row.address,
        channel=row.channel,
        sent_at=row.sent_at,
        has_pdf=row.has_pdf,
    )
