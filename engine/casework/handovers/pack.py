"""Packing a parcel: once for each job, held against the sender's side of the agreement."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from engine import feel
from engine.casework.copies.case_file import read_case_file
from engine.casework.copies.pdf import case_file_as_pdf
from engine.casework.handovers.parties import party_elsewhere
from engine.casework.policies.in_force import policy_in_force
from engine.casework.step.office import Office
from engine.errors import HandoverRefusedError, ParcelTakenInError
from engine.handler import Parcel
from engine.seals import LARGEST_FILE
from engine.store import parcels as stored
from engine.store.parcel_contents import FileInParcel, ParcelContents
from engine.store.parcels import ParcelRow
from engine.variants import Agreement, Elsewhere, Sending, agreement_of
from engine.variants import VariantSettings as Settings

#: Bytes of a file around what is told in it, generously.
_AROUND_IT = 100_000


@dataclass(frozen=True, kw_only=True, slots=True)
class _OtherSide:
    """The case that a case has to do with under an agreement."""

    conversation: str
    council_id: str
    case: str | None  #: reference; None: not there yet
    item: str


def packed(office: Office, parcel: Parcel, *, once_key: str, settings: Settings) -> ParcelRow | None:
    """The parcel as it is kept: packed now, or by an earlier attempt of the same job.

    None where it goes to a case of the other side and none has to do with this one: it came by letter, say.

    Raises HandoverRefusedError where the sender's side of the agreement does not cover it, and KeyRefusedError where no
    file can be made for a party in another installation.
    """
    with office.database.read() as connection:
        found = stored.parcel_by_key(connection, once_key)
        known = stored.parcels_of(connection, parcel.council_id, parcel.case_reference)
    if found is not None:
        return found
    agreement = agreement_of(settings.agreements, parcel.agreement, settings.name)
    other = _other_side(known, parcel)
    if other is None and any(each.message == parcel.message and not each.opens_case for each in agreement.sends):
        return None
    facts = {name: feel.to_json(value) for name, value in parcel.facts.items()}
    to = _addressee(agreement, parcel, other)
    sending = agreement.sending(parcel.message, facts, to)
    elsewhere = party_elsewhere(office, parcel.council_id, agreement, to)
    by_key = _key_of(office, elsewhere) if elsewhere is not None else None
    contents = ParcelContents(facts=facts, files=_files(office, parcel, sending))
    if by_key is not None:
        _refuse_too_large(contents)
    content, digest = contents.packed()
    parcel_id = secrets.token_hex(16)
    begun = other if not sending.opens_case else None
    row = ParcelRow(
        parcel_id=parcel_id, once_key=once_key, conversation=begun.conversation if begun is not None else parcel_id,
        agreement=agreement.name, message=parcel.message, from_council=parcel.council_id,
        from_name=settings.name,
        from_case=parcel.case_reference, from_item=parcel.item_id, to_council=to,
        to_name=elsewhere.name if elsewhere is not None and elsewhere.name else _name_of(office, to),
        to_case=begun.case if begun is not None else None, to_item=begun.item if begun is not None else "",
        opens_case=sending.opens_case, content=content, digest=digest, sent_at=parcel.packed_at, received_at=None,
        by_key=by_key,
    )  # fmt: skip
    try:
        with office.database.begin() as connection:
            stored.add_parcel(connection, row)
    except ParcelTakenInError:  # packed by another worker, to which the job was given when our lease ran out
        with office.database.read() as connection:
            return stored.parcel_by_key(connection, once_key)
    return row


def _key_of(office: Office, elsewhere: Elsewhere) -> str:
    """The fingerprint of the key for which the file is sealed. Raises KeyRefusedError, HandoverRefusedError."""
    key, own = elsewhere.public_key, office.keys.last()
    if key == own.public:
        raise HandoverRefusedError(
            f"The key that the agreement has of {elsewhere.name} is this installation's own. Write the one that "
            "`asb key` prints in theirs."
        )
    return key.fingerprint


def _refuse_too_large(contents: ParcelContents) -> None:
    size = sum(file.size for file in contents.files) * 4 // 3 + len(contents.packed()[0].encode())
    if size > LARGEST_FILE - _AROUND_IT:
        raise HandoverRefusedError(
            f"What is to be handed over has {size / 1_000_000:.1f} MB, and a file for another installation at most "
            f"{LARGEST_FILE // 1_000_000} MB. Send it another way, and say so where it is stuck."
        )


def _name_of(office: Office, council_id: str) -> str:
    policy = policy_in_force(office, council_id)
    return policy.name if policy is not None else council_id


def _addressee(agreement: Agreement, parcel: Parcel, other: _OtherSide | None) -> str:
    if parcel.to:
        return parcel.to
    return other.council_id if other is not None else agreement.the_only_party()


def _other_side(known: list[ParcelRow], parcel: Parcel) -> _OtherSide | None:
    """Of whom this case, or the item of it, last handed something over to or received something from."""
    here = (parcel.council_id, parcel.case_reference, parcel.item_id)
    of_agreement = [row for row in known if row.agreement == parcel.agreement and not _is_given_up(row)]
    sent = [row for row in of_agreement if (row.from_council, row.from_case, row.from_item) == here]
    received = [row for row in of_agreement if (row.to_council, row.to_case, row.to_item) == here]
    if not sent and not received:
        return None
    last = max((*sent, *received), key=lambda row: row.sent_at)
    of_it = [row for row in (*sent, *received) if row.conversation == last.conversation]
    sides = [(row.to_case, row.to_item) if row in sent else (row.from_case, row.from_item) for row in of_it]
    case, item = next((side for side in sides if side[0] is not None), sides[-1])
    return _OtherSide(
        conversation=last.conversation,
        council_id=last.to_council if last in sent else last.from_council,
        case=case,
        item=item,
    )


def _is_given_up(row: ParcelRow) -> bool:
    return row.given_up_at is not None and row.received_at is None


def _files(office: Office, parcel: Parcel, sending: Sending) -> tuple[FileInParcel, ...]:
    """The copy of the case file that the agreement names, as `asb export --for` makes it."""
    if not sending.case_file:
        return ()
    file = read_case_file(office, parcel.case_reference, made_for=sending.case_file, council_id=parcel.council_id)
    data = case_file_as_pdf(file)
    return (
        FileInParcel(
            name=f"{parcel.case_reference}-{sending.case_file}.pdf",
            media_type="application/pdf",
            size=len(data),
            digest=office.files.put(data),
        ),
    )
