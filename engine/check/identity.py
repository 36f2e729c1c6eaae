"""By what one recognises a council in a text: its names and places, its bodies, its numbers and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import EngineError
from engine.toml import read_toml
from engine.variants import SETTINGS_FILE

_WORD = re.compile(r"\b[A-Z][a-z]{3,}\b")
_HOST = re.compile(r"(?<=@)[a-z0-9-]+(?:\.[a-z0-9-]+)+|(?<=//)[a-z0-9-]+(?:\.[a-z0-9-]+)+")
#: The words of a web or email address are no names; its domain is looked for by itself.
_ADDRESS = re.compile(r"\S*(?:@|//|www\.)\S*")
_PHONE = re.compile(r"\b0[0-9](?:[ ()-]?[0-9]){8,9}\b")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}\b")
#: Words of names and addresses that say nothing of which council it is.
_COMMON = frozenset(
    """
    Address Adult Adults Agencies Agency Anti Antisocial Appeal Appeals Area Association Authority Avenue
    Behaviour Board Body Borough Building Care Case Central Centre Chair Chief Children City Civic Close
    Commissioner Committee Communities Community Complaints Constabulary Corporation Council County Court Crime
    Customer Department Deputy Director District East Email Environment Environmental Executive Fire First Floor
    Friday Group Hall Head Health High Homes Hospital House Housing Hub Inspector Integrated Integration Justice
    Landlord Landlords Lane Leader Local Manager Mayor Mental Metropolitan Monday Neighbourhood North Offending Office
    Officer Offices Panel Park Partner Partnership Party People Phone Place Police Policing Probation Protection
    Provider Providers Public Queen Registered Relevant Reports Rescue Review Reviews Road Royal Safer Safety
    Second Section Senior Service Services Social Society South Square Standards Station Street Support Team
    Telephone Town Trading Trigger Trust Unit Unitary Victim Victims Village Ward Website West Wing With Youth
    """.split()  # noqa: SIM905  # a line each would fill two pages
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """Who a folder is of."""

    folder: str
    name: str  #: of the council
    marks: frozenset[str]  #: the words, numbers and domains by which it is recognised


def identity_of(folder: str, table: Mapping[str, Any]) -> Identity | None:
    """Who the folder with this variant.toml is of; None where it is of no council in particular."""
    contact = table.get("contact")
    if not isinstance(contact, Mapping) or not contact:
        return None
    return Identity(folder=folder, name=str(table.get("name", folder)), marks=frozenset(_marks(_texts(table))))


def marks_in(text: str, marks: Iterable[str]) -> list[str]:
    """Which of the marks stand in a text."""
    found = {mark: re.search(rf"(?<![\w.]){re.escape(mark)}(?![\w])", text) for mark in marks if mark in text}
    return sorted(mark for mark, hit in found.items() if hit)


def _marks(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from (word for word in _WORD.findall(_ADDRESS.sub(" ", text)) if word not in _COMMON)
        for pattern in (_HOST, _PHONE, _POSTCODE):
            yield from pattern.findall(text)


def _texts(table: Mapping[str, Any]) -> Iterator[str]:
    """What names the council and its bodies, and how they are reached."""
    yield str(table.get("name", ""))
    yield from (str(value) for value in table["contact"].values())
    for key, parts in (("agencies", ("name", "email")), ("people", ("email",))):
        entries = table.get(key)
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, Mapping):
                yield from (str(entry.get(part, "")) for part in parts)


def councils_beside(folder: Path) -> dict[str, Identity]:
    """The councils whose folders stand beside this one; whatever cannot be read is nobody's."""
    found = {}
    for path in sorted(folder.resolve().parent.glob(f"*/{SETTINGS_FILE}")):
        try:
            identity = identity_of(path.parent.name, read_toml(path.read_bytes(), name=path.name))
        except (OSError, EngineError):
            continue
        if identity is not None and path.parent != folder.resolve():
            found[identity.folder] = identity
    return found
