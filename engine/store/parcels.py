"""What is handed over between the cases of two councils or bodies.

A parcel belongs to both sides: each sees it by the reference of its own case, and never finds the other's case with it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from engine.errors import ParcelTakenInError
from engine.store.rows import columns_of, row_or_none, rows_of
from engine.store.schema import parcels

#: How the key of a parcel begins that came from another installation, where its job is; no council’s begins so.
OF_OTHERS = "/file/"


@dataclass(frozen=True, kw_only=True, slots=True)
class ParcelRow:
    parcel_id: str
    once_key: str  #: of the job that handed it over; unlike any other's in this database
    conversation: str  #: id of the parcel that began the other side's case
    agreement: str
    message: str
    from_council: str
    from_name: str  #: what they were called when it was sent
    from_case: str  #: reference
    from_item: str  #: "" for the case itself
    to_council: str
    to_name: str  #: the same; the id where the folder is not in this installation
    to_case: str | None  #: reference; None: not there yet
    to_item: str
    opens_case: bool  #: nobody at the other side has a case of it yet
    content: str  #: JSON: the facts by name, and the files with their digests
    digest: str  #: SHA-256 of the content
    sent_at: datetime
    received_at: datetime | None  #: None: under way
    by_key: str | None = None  #: fingerprint of the other installation's key; None: handed over within this one
    given_up_at: datetime | None = None  #: nobody waits for its receipt any more; None: it is not given up

    @property
    def is_waited_for(self) -> bool:
        """Whether its receipt is to come from another installation."""
        return self.by_key is not None and self.received_at is None and self.given_up_at is None


_ROW = columns_of(ParcelRow, parcels)
_SENT = and_(parcels.c.from_council == bindparam("council"), parcels.c.from_case == bindparam("case"))
_RECEIVED = and_(
    parcels.c.to_council == bindparam("council"),
    parcels.c.to_case == bindparam("case"),
    parcels.c.received_at.is_not(None),  # what its agreement refuses it never sees
)
_OF_CASE = select(*_ROW).where(or_(_SENT, _RECEIVED)).order_by(parcels.c.sent_at, parcels.c.parcel_id)
_BY_ID = select(*_ROW).where(parcels.c.parcel_id == bindparam("parcel_id"))
_BY_FILE = select(*_ROW).where(parcels.c.by_key.is_not(None)).order_by(parcels.c.sent_at, parcels.c.parcel_id)
_BY_KEY = select(*_ROW).where(parcels.c.once_key == bindparam("once_key"))


def parcels_of(connection: Connection, council_id: str, reference: str) -> list[ParcelRow]:
    """What a case has handed over and received, the first first."""
    return rows_of(ParcelRow, connection.execute(_OF_CASE, {"council": council_id, "case": reference}))


def parcel_by_key(connection: Connection, once_key: str) -> ParcelRow | None:
    return row_or_none(ParcelRow, connection.execute(_BY_KEY, {"once_key": once_key}).one_or_none())


def parcel_by_id(connection: Connection, parcel_id: str) -> ParcelRow | None:
    return row_or_none(ParcelRow, connection.execute(_BY_ID, {"parcel_id": parcel_id}).one_or_none())


def parcels_by_file(connection: Connection, council_id: str | None) -> list[ParcelRow]:
    """What a council (None: any) has handed over or received by file, the first first."""
    query = _BY_FILE
    if council_id is not None:
        sent_here = and_(parcels.c.from_council == council_id, parcels.c.once_key.not_like(f"{OF_OTHERS}%"))
        came_here = and_(parcels.c.to_council == council_id, parcels.c.once_key.like(f"{OF_OTHERS}%"))
        query = query.where(or_(sent_here, came_here))
    return rows_of(ParcelRow, connection.execute(query))


def parcels_waited_for(connection: Connection, council_id: str) -> list[ParcelRow]:
    """What a council has handed over by file whose receipt is to come, the first first."""
    query = _BY_FILE.where(
        parcels.c.from_council == council_id,
        parcels.c.once_key.not_like(f"{OF_OTHERS}%"),
        parcels.c.received_at.is_(None),
        parcels.c.given_up_at.is_(None),
    )
    return rows_of(ParcelRow, connection.execute(query))


def received_in(connection: Connection, conversation: str, council_id: str) -> list[ParcelRow]:
    """What a council has received of a conversation by file, the first first."""
    query = _BY_FILE.where(
        parcels.c.conversation == conversation,
        parcels.c.to_council == council_id,
        parcels.c.once_key.like(f"{OF_OTHERS}%"),
    )
    return rows_of(ParcelRow, connection.execute(query))


def add_parcel(connection: Connection, parcel: ParcelRow) -> None:
    """Raises ParcelTakenInError where one of its number, or of its job, is there."""
    try:
        connection.execute(insert(parcels), asdict(parcel))
    except IntegrityError:
        raise ParcelTakenInError(parcel.parcel_id) from None


def drop_parcel(connection: Connection, parcel_id: str) -> None:
    """It went nowhere. One that is with its receiver stays."""
    connection.execute(delete(parcels).where(parcels.c.parcel_id == parcel_id, parcels.c.received_at.is_(None)))


def mark_received(connection: Connection, parcel_id: str, *, reference: str, at: datetime) -> bool:
    """It is with the case of this reference. False where it was received before, and then nothing changes."""
    query = update(parcels).where(parcels.c.parcel_id == parcel_id, parcels.c.received_at.is_(None))
    return connection.execute(query.values(to_case=reference, received_at=at)).rowcount == 1


def give_up(connection: Connection, parcel_id: str, *, at: datetime) -> bool:
    """Nobody waits for its receipt any more. False where it is there, or it was given up before."""
    query = update(parcels).where(
        parcels.c.parcel_id == parcel_id, parcels.c.received_at.is_(None), parcels.c.given_up_at.is_(None)
    )
    return connection.execute(query.values(given_up_at=at)).rowcount == 1
