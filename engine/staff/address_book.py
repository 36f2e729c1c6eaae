"""The council's address book, as its people look at it, correct it and erase from it.

What facts of cases hold of a person stays as it was recorded. Who changed what is written to the log `asb.staff`,
by ids: what was erased stands in no log.
"""

from __future__ import annotations

import logging
from typing import Unpack

from engine.errors import AddressBookEntryNotFoundError, FormAnswersError
from engine.person import DETAILS
from engine.staff.people import check_email
from engine.store import Connection, Database, address_book
from engine.store import staff as stored
from engine.store.address_book import AddressBookEntry, EntryDetails

__all__ = ["AddressBookEntry", "change_entry", "erase_entry", "find_entry", "list_entries"]

log = logging.getLogger("asb.staff")

_LONGEST = 200


def list_entries(database: Database, council_id: str) -> list[AddressBookEntry]:
    """Everybody in the address book, by name."""
    with database.read() as connection:
        return address_book.entries_of(connection, council_id)


def find_entry(database: Database, council_id: str, entry_id: str) -> AddressBookEntry:
    """Raises AddressBookEntryNotFoundError."""
    with database.read() as connection:
        return _entry(connection, council_id, entry_id)


def change_entry(
    database: Database, council_id: str, entry_id: str, *, by: str, **details: Unpack[EntryDetails]
) -> None:
    """Correct what is known of a person. Raises AddressBookEntryNotFoundError, FormAnswersError."""
    with database.begin() as connection:
        before = _entry(connection, council_id, entry_id)
        checked = _checked(details)
        if checked["name"].casefold() != before.name.casefold():
            _refuse_namesake(connection, council_id, entry_id, checked["name"])
        address_book.change_entry(connection, council_id, entry_id, **checked)
    log.info("%s corrected %s in the address book of %s.", by, entry_id, council_id)


def erase_entry(database: Database, council_id: str, entry_id: str, *, by: str) -> None:
    """The person can be picked no more. Raises AddressBookEntryNotFoundError."""
    with database.begin() as connection:
        _entry(connection, council_id, entry_id)
        address_book.take_entry_away(connection, council_id, entry_id)
    log.info("%s erased %s from the address book of %s.", by, entry_id, council_id)


def _entry(connection: Connection, council_id: str, entry_id: str) -> AddressBookEntry:
    entry = address_book.entry_of(connection, council_id, entry_id)
    if entry is None:
        raise AddressBookEntryNotFoundError
    return entry


def _checked(details: EntryDetails) -> EntryDetails:
    name = " ".join(details["name"].split())
    said = {key: " ".join((details[key] or "").split()) or None for key in DETAILS}  # type: ignore[literal-required]
    problems = [
        (key, "Enter at most 200 characters, and no control characters")
        for key, text in {"name": name, **said}.items()
        if text and (len(text) > _LONGEST or not text.isprintable())
    ]
    if not name:
        problems.append(("name", "Enter the person’s name"))
    if problems:
        raise FormAnswersError(tuple(problems))
    return {
        "name": name,
        "role": said["role"],
        "email": check_email(said["email"]) if said["email"] else None,
        "phone": said["phone"],
        "agency": said["agency"],
    }


def _refuse_namesake(connection: Connection, council_id: str, entry_id: str, name: str) -> None:
    """Two of one name could not be told apart by whoever names one of them. Raises FormAnswersError."""
    others = [entry.name for entry in address_book.entries_of(connection, council_id) if entry.entry_id != entry_id]
    others += [row.name for row in stored.people_of(connection, council_id) if row.is_active]
    if name.casefold() in {other.casefold() for other in others}:
        raise FormAnswersError((("name", f"There is somebody called “{name}” already. Add what tells them apart"),))
