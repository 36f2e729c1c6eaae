"""The address book of a council: people whom cases name, and who do not work with the software themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import Connection, delete, insert, select, update

from engine.store.rows import columns_of, row_or_none, rows_of
from engine.store.schema import address_book


@dataclass(frozen=True, kw_only=True, slots=True)
class AddressBookEntry:
    entry_id: str
    name: str
    role: str | None
    email: str | None
    phone: str | None
    agency: str | None


class EntryDetails(TypedDict):
    """What is said of a person, as the columns hold it."""

    name: str
    role: str | None
    email: str | None
    phone: str | None
    agency: str | None


_ENTRY = columns_of(AddressBookEntry, address_book)


def entries_of(connection: Connection, council_id: str) -> list[AddressBookEntry]:
    """Everybody in it, by name."""
    query = select(*_ENTRY).where(address_book.c.council_id == council_id)
    return rows_of(AddressBookEntry, connection.execute(query.order_by(address_book.c.name, address_book.c.entry_id)))


def entry_of(connection: Connection, council_id: str, entry_id: str) -> AddressBookEntry | None:
    query = select(*_ENTRY).where(address_book.c.council_id == council_id, address_book.c.entry_id == entry_id)
    return row_or_none(AddressBookEntry, connection.execute(query).one_or_none())


def add_entry(
    connection: Connection, council_id: str, entry_id: str, *, by: str, now: datetime, **details: Unpack[EntryDetails]
) -> None:
    connection.execute(
        insert(address_book).values(council_id=council_id, entry_id=entry_id, added_by=by, added_at=now, **details)
    )


def change_entry(connection: Connection, council_id: str, entry_id: str, **details: Unpack[EntryDetails]) -> None:
    connection.execute(
        update(address_book)
        .where(address_book.c.council_id == council_id, address_book.c.entry_id == entry_id)
        .values(**details)
    )


def take_entry_away(connection: Connection, council_id: str, entry_id: str) -> None:
    connection.execute(
        delete(address_book).where(address_book.c.council_id == council_id, address_book.c.entry_id == entry_id)
    )
