"""Taking in a file of another installation: a parcel, which begins a case or goes to one, or the receipt of one.

Nothing of it is believed before its signature is held against the agreement; what is taken in is in the case whole or
not at all, and the same file again changes nothing.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from engine.casework.cases.file_types import read_file
from engine.casework.handovers.receipts import CLOCKS_DIFFER, settle
from engine.casework.handovers.reception import Through, receive
from engine.casework.handovers.told import ToldParcel, ToldReceipt, read
from engine.casework.policies.in_force import policy_in_force
from engine.casework.step.office import Office
from engine.casework.step.step import Step
from engine.casework.tasks.rights import known_person
from engine.clock import LONDON, local_date
from engine.errors import ParcelRefusedError, ParcelTakenInError
from engine.seals import PublicKey, open_sealed
from engine.store import parcels as stored
from engine.store.parcel_contents import FileInParcel, ParcelContents
from engine.store.parcels import OF_OTHERS, ParcelRow
from engine.variants import Agreement, Elsewhere
from engine.words import moment_in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenIn:
    """What became of a file."""

    council_id: str
    reference: str  #: of the case that it is in
    other: str  #: whom it came from, by name
    message: str  #: what the parcel tells, or what a receipt is for
    parcel_id: str
    is_receipt: bool
    is_new: bool  #: False: it was taken in before, and nothing has changed


def take_in_file(office: Office, data: bytes, *, by: str, council_id: str | None = None) -> TakenIn:
    """Take in the file `data`, on behalf of `by`; `council_id`: only what is for this council.

    Raises ParcelRefusedError with what to do, KeyRefusedError, HandoverRefusedError where it goes beyond the agreement,
    NotAllowedError for somebody who is none of the council's people, and whatever the case refuses.
    """
    opened = open_sealed(data, office.keys)
    told = read(opened.told)
    if council_id not in (None, told.to_council):
        raise ParcelRefusedError(f"This file is for “{told.to_council}”, not for your council. Nothing is taken in.")
    agreement, other = _other_side(office, told, opened.sender, by)
    if isinstance(told, ToldReceipt):
        row, is_new = settle(office, told, by=by, to_name=other.name)
        return _taken(told, row.from_case, other, row.message, is_receipt=True, is_new=is_new)
    for receipt in told.receipts:
        if (receipt.from_council, receipt.to_council, receipt.agreement) != _sides(told):
            raise ParcelRefusedError("This file brings a receipt that is not its sender's. Nothing is taken in.")
        _refuse_to_come(receipt.received_at, office.clock.now())
        settle(office, receipt, by=by, to_name=other.name)
    found, is_new = _known(office, told), False
    if found is None:
        row = _row(office, told, other, opened.sender, agreement)
        found, is_new = _received(office, told, row, Through(by=by, key=opened.sender.fingerprint))
    return _taken(told, found.to_case or "", other, told.message, is_receipt=False, is_new=is_new)


def _sides(told: ToldParcel) -> tuple[str, str, str]:
    return told.from_council, told.to_council, told.agreement


def _other_side(
    office: Office, told: ToldParcel | ToldReceipt, sender: PublicKey, by: str
) -> tuple[Agreement, Elsewhere]:
    """Who it is from, by the agreement of whom it is for. Raises ParcelRefusedError, NotAllowedError."""
    policy = policy_in_force(office, told.to_council)
    if policy is None:
        raise ParcelRefusedError(
            f"This file is for “{told.to_council}”, which is not served here. Tell whoever sent it."
        )
    settings = policy.settings
    known_person(office.settings_in_force(policy, told.to_council), by)
    agreement = next((each for each in settings.agreements if each.name == told.agreement), None)
    if agreement is None:
        raise ParcelRefusedError(
            f"This file came under an agreement “{told.agreement}”, and {settings.name} has none of that name. Nothing "
            "is taken in."
        )
    other = agreement.party_elsewhere(told.from_council)
    if other is None or told.from_council not in agreement.parties:
        raise ParcelRefusedError(
            f"This file says that it is from “{told.from_council}”, with whom the agreement “{agreement.name}” "
            f"exchanges no files. It is signed with the key {sender.fingerprint}. Nothing is taken in."
        )
    moment = told.received_at if isinstance(told, ToldReceipt) else told.sent_at
    if not other.signs_with(sender, local_date(moment)):
        raise ParcelRefusedError(
            f"This file says that it is from {other.name}, and is not signed with the key that the agreement has of "
            f"them, but with {sender.fingerprint}. Ring them, at a number that you know, and have them read theirs "
            "out; nothing is taken in."
        )
    _refuse_to_come(moment, office.clock.now())
    return agreement, other


def _refuse_to_come(moment: datetime, now: datetime) -> None:
    if moment > now + CLOCKS_DIFFER:
        raise ParcelRefusedError(
            f"This file says that it was written on {moment_in_words(moment.astimezone(LONDON))}, which "
            "is still to come. Have the clocks of both installations looked at; nothing is taken in."
        )


def _known(office: Office, told: ToldParcel) -> ParcelRow | None:
    """The parcel as it was taken in before. Raises ParcelRefusedError for another one of the same number."""
    with office.database.read() as connection:
        found = stored.parcel_by_id(connection, told.parcel_id)
    if found is None:
        return None
    contents = ParcelContents(facts=told.facts, files=tuple(_in_parcel(each.name, each.media_type, each.data)
                                                            for each in told.files))  # fmt: skip
    same = (found.from_council, found.to_council, found.agreement, found.message, found.digest)
    if same != (*_sides(told), told.message, contents.packed()[1]) or found.received_at is None:
        raise ParcelRefusedError(
            "Another file of the same number was taken in, or sent, before, and says something else. Ring whoever sent "
            "it; nothing is taken in."
        )
    return found


def _row(office: Office, told: ToldParcel, other: Elsewhere, sender: PublicKey, agreement: Agreement) -> ParcelRow:
    """As it is to be kept. Its files are kept here already: one that no row names does no harm."""
    agreement.taking(told.message, told.facts, told.from_council)
    to_case, to_item = _case_of(office, told)
    contents = ParcelContents(facts=told.facts, files=tuple(_keep(office, each.name, each.media_type, each.data)
                                                            for each in told.files))  # fmt: skip
    content, digest = contents.packed()
    return ParcelRow(
        parcel_id=told.parcel_id, once_key=OF_OTHERS + told.parcel_id, conversation=told.conversation,
        agreement=told.agreement, message=told.message, from_council=told.from_council, from_name=other.name,
        from_case=told.from_case, from_item="", to_council=told.to_council, to_name=told.to_council, to_case=to_case,
        to_item=to_item, opens_case=told.opens_case, content=content, digest=digest, sent_at=told.sent_at,
        received_at=None, by_key=sender.fingerprint,
    )  # fmt: skip


def _case_of(office: Office, told: ToldParcel) -> tuple[str | None, str]:
    """The case, and the item in it, that has to do with the sender's: theirs to know is the conversation alone.

    (None, "") where it begins one. Raises ParcelRefusedError.
    """
    if told.opens_case:
        if told.conversation != told.parcel_id:
            raise ParcelRefusedError("This file begins a case and follows something, which cannot be. Ask for another.")
        return None, ""
    with office.database.read() as connection:
        first = stored.parcel_by_id(connection, told.conversation)
    if first is not None and first.opens_case and first.agreement == told.agreement:
        if (first.from_council, first.to_council) == (told.to_council, told.from_council):
            return first.from_case, first.from_item
        if (first.from_council, first.to_council) == (told.from_council, told.to_council) and first.to_case is not None:
            return first.to_case, first.to_item
    raise ParcelRefusedError(
        f"“{told.message}” follows something that was never handed over between the two sides, or has not been taken "
        "in here yet. Take in first what was sent before it."
    )


def _received(office: Office, told: ToldParcel, row: ParcelRow, through: Through) -> tuple[ParcelRow, bool]:
    """As it is in the case then, and whether it is new there."""

    def keep(step: Step) -> None:
        received = replace(row, to_case=step.case.reference, to_name=step.settings.name, received_at=step.now)
        stored.add_parcel(step.connection, received)

    is_new = False
    with suppress(ParcelTakenInError):  # by somebody else, at the same moment
        is_new = receive(office, row, keep, through=through) is not None
    found = _known(office, told)
    if found is None:
        raise ParcelRefusedError(
            f"The case {row.to_case} that “{told.message}” is for is not here any more. Nothing is taken in."
        )
    return found, is_new


def _keep(office: Office, name: str, media_type: str, data: bytes) -> FileInParcel:
    taken = read_file(name, data)
    if (taken.name, taken.media_type) != (name, media_type):
        raise ParcelRefusedError("This file brings another that is not of the kind that it says. Nothing is taken in.")
    office.files.put(data)
    return _in_parcel(name, media_type, data)


def _in_parcel(name: str, media_type: str, data: bytes) -> FileInParcel:
    return FileInParcel(name=name, media_type=media_type, size=len(data), digest=hashlib.sha256(data).hexdigest())


def _taken(
    told: ToldParcel | ToldReceipt, reference: str, other: Elsewhere, message: str, *, is_receipt: bool, is_new: bool
) -> TakenIn:
    return TakenIn(
        council_id=told.to_council, reference=reference, other=other.name, message=message, parcel_id=told.parcel_id,
        is_receipt=is_receipt, is_new=is_new,
    )  # fmt: skip
