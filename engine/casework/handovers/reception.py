"""Taking in what another council or body hands over: in the receiver's own transaction, once, by its own policy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.casework.cases.attachments import add_file
from engine.casework.cases.intake import open_case
from engine.casework.cases.messages import tell_by_agreement
from engine.casework.policies.in_force import policy_in_force
from engine.casework.step.office import Office
from engine.casework.step.step import Step
from engine.errors import CaseNotFoundError, HandoverRefusedError, ParcelTakenInError
from engine.record_kinds import RecordKind
from engine.store import cases
from engine.store import parcels as stored
from engine.store.parcel_contents import ParcelContents, unpacked
from engine.store.parcels import ParcelRow
from engine.variants import Agreement, agreement_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Through:
    """How a file of another installation came in."""

    by: str  #: the person who took it in
    key: str  #: fingerprint of the key that it was signed with


def take_in(office: Office, row: ParcelRow) -> ParcelRow:
    """The parcel as it is then: with the receiver's case, or still under way where the receiver is not here.

    Raises HandoverRefusedError where the receiver has not agreed to it, and whatever its case refuses; nothing of it
    has happened then, and it can be tried again.
    """
    if row.received_at is not None:
        return row
    try:
        reference = receive(office, row, lambda step: _mark(step, row))
    except ParcelTakenInError:  # by another worker, in the meantime
        with office.database.read() as connection:
            return stored.parcel_by_key(connection, row.once_key) or row
    return row if reference is None else replace(row, to_case=reference, received_at=office.clock.now())


def receive(
    office: Office, row: ParcelRow, keep: Callable[[Step], None], *, through: Through | None = None
) -> str | None:
    """Begin the receiver's case with the parcel, or tell it to theirs; gives the case's reference, and None where it is
    not here. `keep` notes, in the same transaction, that it is the case's from now on.

    Raises HandoverRefusedError where the receiver has not agreed to it, and whatever its case refuses.
    """
    return _open(office, row, keep, through) if row.opens_case else _tell(office, row, keep, through)


def hear_other_side(
    office: Office,
    reference: str,
    agreement: str,
    message: str,
    facts: Mapping[str, Any],
    *,
    sender: str,
    item_id: str = "",
) -> None:
    """Tell a case what the other side (the id of its folder) says under an agreement, where no other side is there to
    say it: in a worked example. The agreement holds as it does for a parcel."""
    with office.step(reference, actor=sender) as step:
        settings = step.settings
        agreement_of(settings.agreements, agreement, settings.name).taking(message, facts, sender)
        tell_by_agreement(step, message, facts, by=sender, item_id=item_id)


def _open(office: Office, row: ParcelRow, keep: Callable[[Step], None], through: Through | None) -> str | None:
    variant, contents = policy_in_force(office, row.to_council), unpacked(row.content)
    if variant is None:
        return None
    settings = variant.settings
    _refuse_unagreed(settings.agreements, row, contents, settings.name)

    def enter(step: Step) -> None:
        keep(step)
        _enter(step, row, contents, through)

    return open_case(office, variant, contents.facts, by=row.from_name, alongside=enter)


def _tell(office: Office, row: ParcelRow, keep: Callable[[Step], None], through: Through | None) -> str | None:
    if row.to_case is None:
        return None
    try:
        with office.database.read() as connection:
            cases.find_case(connection, row.to_case, row.to_council)
    except CaseNotFoundError:
        return None
    contents = unpacked(row.content)
    with office.step(row.to_case, actor=row.from_name, council_id=row.to_council) as step:
        settings = step.settings
        _refuse_unagreed(settings.agreements, row, contents, settings.name)
        keep(step)
        _enter(step, row, contents, through)
        tell_by_agreement(step, row.message, contents.facts, by=row.from_name, item_id=row.to_item)
    return row.to_case


def _refuse_unagreed(agreements: Iterable[Agreement], row: ParcelRow, contents: ParcelContents, receiver: str) -> None:
    taking = agreement_of(agreements, row.agreement, receiver).taking(row.message, contents.facts, row.from_council)
    if taking.opens_case != row.opens_case:
        raise HandoverRefusedError(
            f"The two sides of the agreement “{row.agreement}” do not say the same of “{row.message}”: one begins a "
            "case with it, the other does not. Write opens_case = true on both sides, or on neither."
        )


def _mark(step: Step, row: ParcelRow) -> None:
    """Raises ParcelTakenInError where somebody took it in before."""
    if not stored.mark_received(step.connection, row.parcel_id, reference=step.case.reference, at=step.now):
        raise ParcelTakenInError(row.parcel_id)


def _enter(step: Step, row: ParcelRow, contents: ParcelContents, through: Through | None) -> None:
    step.record(
        RecordKind.PARCEL_TAKEN_IN, message=row.message, agreement=row.agreement, parcel=row.parcel_id,
        sha256=row.digest, files=[file.name for file in contents.files] or None,
        through=through.by if through is not None else None, key=through.key if through is not None else None,
    )  # fmt: skip
    for file in contents.files:
        add_file(
            step,
            task=None,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            digest=file.digest,
            by=row.from_name,
        )
