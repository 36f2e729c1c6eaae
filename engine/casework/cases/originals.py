"""A message as it was received: when it came is what the council's own mail server stamped, and nobody types over it
(Ombudsman, report 21 000 098, paragraphs 25 and 32)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email import policy
from email.errors import MessageError
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from typing import Any

from engine.casework.cases.attachments import MOST_FILES, add_file
from engine.casework.cases.file_types import TakenFile, read_file
from engine.casework.step.office import SYSTEM, Office
from engine.casework.step.step import Step
from engine.clock import local_date
from engine.errors import BadInputError
from engine.forms import Field
from engine.record_kinds import RecordKind
from engine.store import attachments, cases
from engine.variants import Variant
from engine.words import day_in_words, moment_in_words

_EMAIL = "message/rfc822"
#: Most bytes of an email that are read for its headers; what stands below them is kept and never read.
_MOST_OF_HEADERS = 65_536
_LONGEST_HEADER = 2_000
_EARLIEST_YEAR = 1990


@dataclass(frozen=True, kw_only=True, slots=True)
class Original:
    """An email as it was received. Its content is kept by its digest already."""

    file: TakenFile
    size: int  #: bytes
    digest: str  #: SHA-256 of its content
    server: str  #: the council's own, which stamped it
    received_at: datetime  #: as that server stamped it
    dated_at: datetime | None  #: as the sender dated it, which proves nothing; None where that cannot be read

    @property
    def received_on(self) -> date:
        """The day of its receipt in London."""
        return local_date(self.received_at)


def take_original(office: Office, reference: str, name: str, data: bytes, *, council_id: str | None = None) -> Original:
    """Keep an email (.eml), and read when it was received: from the topmost `Received:`, which the council's own mail
    server wrote (`[mail] servers`), and from nothing that a sender can write.

    Raises CaseNotFoundError, and BadInputError for a file that is no email, or that no server of the council stamped.
    """
    with office.database.read() as connection:
        row = cases.find_case(connection, reference, council_id)
        servers = office.step_on(connection, row, actor=SYSTEM).settings.mail_servers
    return _read(office, servers, name, data)


def take_original_for(office: Office, variant: Variant, name: str, data: bytes) -> Original:
    """The same for an email with which a case is to be opened by that policy. Raises BadInputError as above."""
    version = office.versions.put(variant)
    with office.database.read() as connection:
        servers = office.in_force(connection, version, variant.id).settings.mail_servers
    return _read(office, servers, name, data)


def _read(office: Office, servers: Sequence[str], name: str, data: bytes) -> Original:
    file = read_file(name, data)
    if file.media_type != _EMAIL:
        raise BadInputError(f"“{file.name}” is no email. Save the message in the mail program as .eml, and add that.")
    if not servers:
        raise BadInputError(
            "It is not said which mail server stamps what the council receives. Write servers under [mail]."
        )
    received, dated = _headers(data)
    path, _, stamp = received.rpartition(";")
    words = path.lower().split()
    server = next((host for host in servers if any(_is_by(words, at, host) for at in range(len(words)))), None)
    if server is None:
        raise BadInputError(
            f"“{file.name}” was not stamped by a mail server of the council ({', '.join(servers)}), so that it does "
            "not show when it was received. Take the message from the mailbox that it came to."
        )
    received_at = _moment(stamp)
    if received_at is None or received_at > office.clock.now():
        raise BadInputError(f"“{file.name}” does not say when {server} received it, or says a moment that is to come.")
    return Original(
        file=file, size=len(data), digest=office.files.put(data), server=server, received_at=received_at,
        dated_at=_moment(dated),
    )  # fmt: skip


def keep_original(step: Step, original: Original, *, by: str, item: str | None, fact: str) -> None:
    """The email becomes an attachment of the case, and the record says what was stamped and what its sender wrote.

    `item` is what it is about, None for the case itself, and `fact` the one that holds the day of receipt.
    """
    if attachments.count_of(step.connection, step.case.case_id) >= MOST_FILES:
        raise BadInputError(f"The case has {MOST_FILES} files already; no more are taken.")
    file = original.file
    add_file(
        step, task=None, name=file.name, media_type=file.media_type, size=original.size, digest=original.digest, by=by
    )
    step.record(
        RecordKind.ORIGINAL_KEPT,
        file=file.name,
        sha256=original.digest,
        server=original.server,
        received=moment_in_words(original.received_at),
        dated=moment_in_words(original.dated_at) if original.dated_at is not None else "a moment that cannot be read",
        item=item,
        fact=fact,
    )


def with_receipt(answers: Mapping[str, Any], original: Original, receipt: Field) -> dict[str, Any]:
    """The answers with the stamped day as that of receipt. Raises BadInputError where somebody typed another."""
    if answers.get(receipt.key) not in (None, "", original.received_on, original.received_on.isoformat()):
        raise BadInputError(
            f"“{original.file.name}” was received on {day_in_words(original.received_on)}, as {original.server} stamped"
            f" it. “{receipt.name}” cannot be typed over: leave it empty, or write what else is to be known in a note."
        )
    return {**answers, receipt.key: original.received_on.isoformat()}


def _headers(data: bytes) -> tuple[str, str]:
    """The topmost `Received:` and the sender's `Date:`, as text; "" for one that is not there or cannot be read."""
    try:
        headers = BytesHeaderParser(policy=policy.default).parsebytes(data[:_MOST_OF_HEADERS])
    except (MessageError, ValueError, TypeError, LookupError, AttributeError, RecursionError):  # hostile headers
        return "", ""
    return " ".join(_topmost(headers, "Received").split()), _topmost(headers, "Date")


def _topmost(headers: Message, name: str) -> str:
    """Each is read by itself, so that what a sender writes into one spoils none that the council's server wrote."""
    try:
        return str(headers.get(name, ""))[:_LONGEST_HEADER]
    except (MessageError, ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError):  # hostile
        return ""


def _is_by(words: Sequence[str], at: int, host: str) -> bool:
    """Whether the header says there that this server received it: “by mx.council.example”."""
    return words[at] == host.lower() and at > 0 and words[at - 1] == "by"


def _moment(text: str) -> datetime | None:
    """The moment in UTC; None for one that cannot be read, or that UTC has no day for."""
    try:
        found = parsedate_to_datetime(text.strip())
        moment = (found if found.tzinfo is not None else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return moment if moment.year >= _EARLIEST_YEAR else None
