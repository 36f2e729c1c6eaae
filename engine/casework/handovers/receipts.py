"""Receipts: what says that a parcel is in the other installation, and with which case there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from engine.casework.background.jobs import wake_job, work_jobs_of
from engine.casework.handovers.told import ToldReceipt
from engine.casework.step.office import Office
from engine.errors import ParcelRefusedError
from engine.record_kinds import RecordKind
from engine.store import parcels as stored
from engine.store.parcels import OF_OTHERS, ParcelRow

#: By how much the clocks of two installations may differ.
CLOCKS_DIFFER = timedelta(minutes=10)


def receipt_of(row: ParcelRow) -> ToldReceipt:
    """Of a parcel that is taken in: the same, however often it is asked for."""
    if row.received_at is None or row.to_case is None:
        raise ParcelRefusedError("There is no receipt for what has not been received.")
    return ToldReceipt(
        parcel_id=row.parcel_id, agreement=row.agreement, from_council=row.to_council, from_case=row.to_case,
        to_council=row.from_council, digest=row.digest, received_at=row.received_at,
    )  # fmt: skip


def settle(office: Office, told: ToldReceipt, *, by: str, to_name: str) -> tuple[ParcelRow, bool]:
    """What was sent is handed over now, and its case goes on; whether that is new.

    Who has signed the receipt is seen to before. Raises ParcelRefusedError where it is for nothing that was sent.
    """
    with office.database.read() as connection:
        row = stored.parcel_by_id(connection, told.parcel_id)
    if row is None or row.once_key.startswith(OF_OTHERS) or row.by_key is None or _sides(row) != _sides_of(told):
        raise ParcelRefusedError(
            "This is a receipt for something that was never sent from here to whoever has signed it."
        )
    if told.digest != row.digest:
        raise ParcelRefusedError(
            f"{to_name} has received something else than “{row.message}” as it was sent from {row.from_case}: the "
            "digests differ. Ring them; it is not taken as handed over."
        )
    if told.received_at < row.sent_at - CLOCKS_DIFFER:
        raise ParcelRefusedError(
            "This receipt says that something was received before it was sent. Have the clocks of both installations "
            "looked at; it is not taken as handed over."
        )
    if row.received_at is not None:
        if row.to_case != told.from_case:
            raise ParcelRefusedError(
                f"{to_name} has said before that “{row.message}” is in their case {row.to_case}, and this receipt says "
                f"{told.from_case}. Ring them; nothing is changed."
            )
        return row, False
    with office.step(row.from_case, actor=by, council_id=row.from_council) as step:
        is_new = stored.mark_received(step.connection, row.parcel_id, reference=told.from_case, at=told.received_at)
        if is_new:
            step.record(
                RecordKind.PARCEL_RECEIVED, to=to_name, message=row.message, reference=told.from_case,
                received=told.received_at, parcel=row.parcel_id, sha256=row.digest,
                given_up=True if row.given_up_at is not None else None,
            )  # fmt: skip
            wake_job(step, row.once_key)
    work_jobs_of(office, row.from_case, row.from_council)  # so that an answer in the same file is waited for
    return replace(row, to_case=told.from_case, received_at=told.received_at), is_new


def _sides(row: ParcelRow) -> tuple[str, str, str]:
    return row.from_council, row.to_council, row.agreement


def _sides_of(told: ToldReceipt) -> tuple[str, str, str]:
    return told.to_council, told.from_council, told.agreement
