"""What is to be brought to other installations: parcels whose receipt is not here yet, and receipts for what came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from engine.casework.background.jobs import wake_job, work_jobs_of
from engine.casework.cases.entries import case_entries, check_known
from engine.casework.handovers.parties import today
from engine.casework.handovers.receipts import receipt_of
from engine.casework.handovers.told import ToldFile, ToldParcel, write
from engine.casework.policies.in_force import policy_in_force
from engine.casework.step.office import Office
from engine.casework.tasks.rights import known_person
from engine.clock import local_date
from engine.errors import BadInputError, ParcelNotFoundError, ParcelRefusedError
from engine.record_kinds import RecordKind
from engine.seals import PublicKey, seal
from engine.store import parcels as stored
from engine.store.parcel_contents import unpacked
from engine.store.parcels import OF_OTHERS, ParcelRow
from engine.variants import Agreement, Elsewhere
from engine.words import typed_text

LONGEST_REASON = 2_000


@dataclass(frozen=True, kw_only=True, slots=True)
class FileToBring:
    """A parcel that goes, or went, to another installation by file, or came from one."""

    parcel_id: str
    council_id: str  #: whose case here has to do with it
    reference: str  #: of that case
    other: str  #: the other side, by name
    their_reference: str  #: "" where it is not known yet
    message: str
    is_sent: bool  #: from here; else it came here, and its receipt goes back
    sent_at: datetime
    received_at: datetime | None
    given_up_at: datetime | None
    due_on: date | None  #: the last day for the receipt; None where there is none, or the receipt is here
    is_overdue: bool

    @property
    def is_waited_for(self) -> bool:
        return self.is_sent and self.received_at is None and self.given_up_at is None


@dataclass(frozen=True, kw_only=True, slots=True)
class SealedFile:
    name: str
    data: bytes


def files_to_bring(office: Office, council_id: str | None) -> list[FileToBring]:
    """Of a council (None: of all), the newest first."""
    with office.database.read() as connection:
        rows = stored.parcels_by_file(connection, council_id)
    return [_to_bring(office, row) for row in reversed(rows)]


def count_overdue(office: Office, council_id: str) -> int:
    """How many receipts are not here by the day by which the agreement has them come."""
    with office.database.read() as connection:
        rows = stored.parcels_waited_for(connection, council_id)
    return sum(_to_bring(office, row).is_overdue for row in rows)


def file_to_bring(office: Office, parcel_id: str, *, council_id: str | None = None) -> FileToBring:
    """Raises ParcelNotFoundError."""
    return _to_bring(office, _row(office, parcel_id, council_id))


def file_of(office: Office, parcel_id: str, *, by: str, council_id: str | None = None) -> SealedFile:
    """The file to bring: the parcel where it was sent from here, its receipt where it came here. Signed with the last
    key of this installation, and sealed for the key that the other side has today.

    Raises ParcelNotFoundError, ParcelRefusedError, KeyRefusedError, NotAllowedError.
    """
    row = _row(office, parcel_id, council_id)
    is_sent = _is_sent(row)
    if is_sent and row.given_up_at is not None and row.received_at is None:
        raise ParcelRefusedError(f"Nobody waits for the receipt of {row.to_name} any more, so that no file is made.")
    told = _parcel(office, row) if is_sent else receipt_of(row)
    key = _key(office, row)
    data = seal(write(told), own=office.keys.last(), to=key)
    reference, other = (row.from_case, row.to_council) if is_sent else (row.to_case or "", row.from_council)
    with case_entries(office, reference, council_id=_council(row)) as case:
        check_known(office, case, by)
        if is_sent:
            case.record(
                RecordKind.PARCEL_FILE_FETCHED, by=by, message=row.message, to=row.to_name, parcel=row.parcel_id,
                sha256=row.digest, key=key.fingerprint,
            )  # fmt: skip
    kind = "parcel" if is_sent else "receipt"
    return SealedFile(name=f"{other}-{row.parcel_id[:12]}.asb-{kind}", data=data)


def give_up_parcel(office: Office, parcel_id: str, *, reason: str, by: str, council_id: str | None = None) -> str:
    """Wait for its receipt no longer: the case goes the way for `not-here`. Gives the case's reference.

    Raises ParcelNotFoundError, ParcelRefusedError where it is received, BadInputError without a reason, and
    NotAllowedError.
    """
    reason = typed_text(reason)
    if not 0 < len(reason) <= LONGEST_REASON:
        raise BadInputError(f"Say why, in at most {LONGEST_REASON:,} characters: it is kept in the record.")
    row = _row(office, parcel_id, council_id)
    if not row.is_waited_for or not _is_sent(row):
        raise ParcelRefusedError(f"Nothing is waited for from {row.to_name if _is_sent(row) else row.from_name} here.")
    with office.step(row.from_case, actor=by, council_id=row.from_council) as step:
        known_person(step.settings, by)
        if not stored.give_up(step.connection, row.parcel_id, at=step.now):
            raise ParcelRefusedError(f"The receipt of {row.to_name} has come in the meantime.")
        step.record(
            RecordKind.PARCEL_GIVEN_UP, message=row.message, to=row.to_name, reason=reason, parcel=row.parcel_id
        )
        wake_job(step, row.once_key)
    work_jobs_of(office, row.from_case, row.from_council)
    return row.from_case


def _row(office: Office, parcel_id: str, council_id: str | None) -> ParcelRow:
    with office.database.read() as connection:
        row = stored.parcel_by_id(connection, parcel_id)
    if row is None or row.by_key is None or council_id not in (None, _council(row)):
        raise ParcelNotFoundError(parcel_id)
    return row


def _is_sent(row: ParcelRow) -> bool:
    return not row.once_key.startswith(OF_OTHERS)


def _council(row: ParcelRow) -> str:
    return row.from_council if _is_sent(row) else row.to_council


def _parcel(office: Office, row: ParcelRow) -> ToldParcel:
    contents = unpacked(row.content)
    with office.database.read() as connection:
        received = stored.received_in(connection, row.conversation, row.from_council)
    return ToldParcel(
        parcel_id=row.parcel_id, conversation=row.conversation, agreement=row.agreement, message=row.message,
        opens_case=row.opens_case, from_council=row.from_council, from_case=row.from_case, to_council=row.to_council,
        sent_at=row.sent_at, facts=contents.facts,
        files=tuple(
            ToldFile(name=file.name, media_type=file.media_type, data=office.files.get(file.digest))
            for file in contents.files
        ),
        receipts=tuple(receipt_of(each) for each in received),
    )  # fmt: skip


def _key(office: Office, row: ParcelRow) -> PublicKey:
    """Raises ParcelRefusedError where the agreement has no key of the other side any more, KeyRefusedError."""
    other = _elsewhere(office, row)
    if other is None:
        name = row.to_name if _is_sent(row) else row.from_name
        raise ParcelRefusedError(f"The agreement “{row.agreement}” exchanges no files with {name} any more.")
    return other.public_key


def _elsewhere(office: Office, row: ParcelRow) -> Elsewhere | None:
    other = row.to_council if _is_sent(row) else row.from_council
    none = Agreement(name=row.agreement, parties=(), sends=(), takes=(), clause="")
    return today(office, _council(row), none).party_elsewhere(other)


def _to_bring(office: Office, row: ParcelRow) -> FileToBring:
    is_sent = _is_sent(row)
    due_on = _due_on(office, row) if is_sent and row.is_waited_for else None
    return FileToBring(
        parcel_id=row.parcel_id, council_id=_council(row), reference=row.from_case if is_sent else row.to_case or "",
        other=row.to_name if is_sent else row.from_name,
        their_reference=(row.to_case or "") if is_sent else row.from_case, message=row.message, is_sent=is_sent,
        sent_at=row.sent_at, received_at=row.received_at, given_up_at=row.given_up_at, due_on=due_on,
        is_overdue=due_on is not None and local_date(office.clock.now()) > due_on,
    )  # fmt: skip


def _due_on(office: Office, row: ParcelRow) -> date | None:
    """The last day for the receipt, by the working days of the sender's council."""
    other, policy = _elsewhere(office, row), policy_in_force(office, row.from_council)
    if other is None or other.receipt_within is None or policy is None:
        return None
    return policy.calendar.working_days_after(local_date(row.sent_at), other.receipt_within)
