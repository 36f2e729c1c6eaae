"""What a case has handed over to another council or body, and what it received from there: this side's view of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.casework.pages.case.viewpoint import Look, Looker, look_at
from engine.casework.step.office import Office
from engine.casework.words.values import in_words, plain
from engine.model import CaseSummary
from engine.store.parcel_contents import unpacked
from engine.store.parcels import ParcelRow, parcels_of


@dataclass(frozen=True, kw_only=True, slots=True)
class ParcelSeen:
    is_sent: bool  #: from this case; otherwise it came from the other side's
    other: str  #: the other side, by name
    reference: str  #: of the other side's case; "" where it is not there yet
    what: str  #: the message in words: "appeal decided"
    item: str  #: what people call the item that it is about; "" for the case itself
    facts: tuple[tuple[str, str], ...]  #: (label, value in words)
    files: tuple[str, ...]  #: names
    sent_at: datetime
    received_at: datetime | None  #: None: under way
    is_by_file: bool  #: to or from another installation
    given_up_at: datetime | None  #: nobody waits for its receipt any more


@dataclass(frozen=True, kw_only=True, slots=True)
class ParcelsPage:
    case: CaseSummary
    title: str
    parcels: tuple[ParcelSeen, ...]  #: the newest first


def read_parcels(office: Office, reference: str, looker: Looker, *, council_id: str) -> ParcelsPage:
    """For those who may see all of the case. Raises CaseNotFoundError."""
    with look_at(office, reference, looker, council_id=council_id) as look:
        rows = parcels_of(look.connection, council_id, reference) if look.sees_everything else []
        return ParcelsPage(
            case=look.summary, title=look.title, parcels=tuple(_seen(look, row) for row in reversed(rows))
        )


def _seen(look: Look, row: ParcelRow) -> ParcelSeen:
    is_sent = (row.from_council, row.from_case) == (look.row.council_id, look.row.reference)
    contents = unpacked(row.content)
    item = row.from_item if is_sent else row.to_item
    return ParcelSeen(
        is_sent=is_sent,
        other=row.to_name if is_sent else row.from_name,
        reference=(row.to_case or "") if is_sent else row.from_case,
        what=plain(row.message),
        item=look.name_of(item) if item else "",
        facts=tuple((look.label(name), in_words(value, look.field(name))) for name, value in contents.facts.items()),
        files=tuple(file.name for file in contents.files),
        sent_at=row.sent_at,
        received_at=row.received_at,
        is_by_file=row.by_key is not None,
        given_up_at=row.given_up_at,
    )
