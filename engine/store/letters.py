"""The letters of cases, as they were sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import Connection, bindparam, select

from engine.store.batch import Batch
from engine.store.rows import columns_of, row_or_none, rows_of
from engine.store.schema import documents


@dataclass(frozen=True, kw_only=True, slots=True)
class AddressedLetter:
    """What is told of a letter wherever one is shown."""

    letter: str  #: its id in the variant's letter set
    title: str
    recipient: str
    roles: str | None  #: of the recipient in the case, with commas between them; None for others
    address: str
    channel: str

    @property
    def of_roles(self) -> tuple[str, ...]:
        """The recipient's roles in the case."""
        return tuple(self.roles.split(",")) if self.roles else ()


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterMade(AddressedLetter):
    """A letter that a step sent, by its words alone: the same letter of another rehearsal is equal."""

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SentLetter(AddressedLetter):
    """A letter without what is in it."""

    number: int  #: in the case
    sent_at: datetime
    has_pdf: bool
    language: str | None  #: code of the language it is written in; None: English


@dataclass(frozen=True, kw_only=True, slots=True)
class WholeLetter(SentLetter):
    text: str
    pdf: bytes | None
    digest: str  #: SHA-256 of the PDF, or of the text where there is none
    once_key: str  #: of the job that sent it, "/", and its place among the letters of that job


class NewLetter(TypedDict):
    letter: str  #: its id in the variant's letter set
    title: str
    recipient: str
    roles: str | None  #: of the recipient in the case, with commas between them; None for others
    address: str
    channel: str
    language: str  #: code of the language it is written in
    text: str
    pdf: bytes | None  #: None where the channel takes the text alone
    digest: str  #: SHA-256 of the PDF, or of the text where there is none
    once_key: str
    sent_at: datetime


def add_letter(batch: Batch, number: int, **told: Unpack[NewLetter]) -> None:
    batch.add(documents, number, told)


_OF_CASE = documents.c.case_id == bindparam("case_id")
_HAS_PDF = documents.c.pdf.is_not(None)
_LISTED = (
    select(*columns_of(SentLetter, documents, has_pdf=_HAS_PDF))
    .where(_OF_CASE)
    .order_by(documents.c.sent_at.desc(), documents.c.number.desc())
)
_WHOLE = select(*columns_of(WholeLetter, documents, has_pdf=_HAS_PDF)).where(_OF_CASE)
_ONE = _WHOLE.where(documents.c.number == bindparam("number"))
_EVERY = _WHOLE.order_by(documents.c.sent_at, documents.c.number)
_SINCE = (
    select(*columns_of(LetterMade, documents))
    .where(_OF_CASE, documents.c.number > bindparam("last_number"))
    .order_by(documents.c.number)
)
_BY_KEY = select(documents.c.number).where(_OF_CASE, documents.c.once_key == bindparam("once_key"))


def listed_letters(connection: Connection, case_id: int) -> list[SentLetter]:
    """The letters of a case without what is in them, the newest first."""
    return rows_of(SentLetter, connection.execute(_LISTED, {"case_id": case_id}))


def load_letter(connection: Connection, case_id: int, number: int) -> WholeLetter | None:
    """One letter with its text and PDF."""
    found = connection.execute(_ONE, {"case_id": case_id, "number": number})
    return row_or_none(WholeLetter, found.one_or_none())


def letters_of(connection: Connection, case_id: int) -> list[WholeLetter]:
    """The letters of a case in the order in which they were sent."""
    return rows_of(WholeLetter, connection.execute(_EVERY, {"case_id": case_id}))


def letters_since(connection: Connection, case_id: int, last_number: int) -> list[LetterMade]:
    """The letters that left since `last_number` was the case's last number."""
    return rows_of(LetterMade, connection.execute(_SINCE, {"case_id": case_id, "last_number": last_number}))


def has_letters(connection: Connection, case_id: int, once_key: str) -> bool:
    """Whether letters that a job sent are kept already."""
    return connection.execute(_BY_KEY, {"case_id": case_id, "once_key": f"{once_key}/0"}).first() is not None
