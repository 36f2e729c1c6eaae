"""What stands around a letter's words: who writes, to whom, when and about which case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine.letters.printing import day_in_words, plain

#: The contact details of [contact] that a letter shows, in order, with what is written before each.
_SHOWN = (("address", ""), ("phone", "Telephone"), ("textphone", "Textphone"), ("email", "Email"), ("website", ""))


@dataclass(frozen=True, kw_only=True, slots=True)
class Letterhead:
    council: str  #: its name
    contact: tuple[tuple[str, str], ...]  #: (what is written before it or "", what it is)
    reference: str  #: of the case
    on: date  #: the date the letter bears
    recipient: str  #: the name
    address: tuple[str, ...]  #: line by line

    @property
    def day(self) -> str:
        """The date in words."""
        return day_in_words(self.on)


def letterhead(council: Mapping[str, str], *, reference: str, on: date, recipient: str, address: str) -> Letterhead:
    """The letterhead of a council; `council` is its name and contact details as FEEL reads them."""
    return Letterhead(
        council=plain(council.get("name", "")),
        contact=tuple((label, plain(council[key])) for key, label in _SHOWN if council.get(key)),
        reference=plain(reference),
        on=on,
        recipient=plain(recipient).replace("\n", " "),
        address=tuple(line.strip() for line in plain(address).split("\n") if line.strip()),
    )
