"""What stands around the words of a letter, or of a case file: who writes, to whom, when and about which case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from engine.letters.values import plain
from engine.words import day_in_words

#: The contact details of [contact] that a letter shows, in order, with what is written before each.
_SHOWN = (
    ("service", ""),
    ("address", ""),
    ("phone", "Telephone: "),
    ("textphone", "Textphone: "),
    ("email", "Email: "),
    ("website", ""),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Letterhead:
    council: str  #: its name
    contact: tuple[str, ...]  #: line by line
    reference: str  #: of the case
    on: date  #: the date the letter bears
    recipient: str  #: the name
    address: tuple[str, ...]  #: line by line

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """What stands above the title on paper and below it in an email, line by line: a label, and what it says."""
        return (("Our reference", self.reference), ("Date", day_in_words(self.on)))


def letterhead(council: Mapping[str, str], *, reference: str, on: date, recipient: str, address: str) -> Letterhead:
    """The letterhead of a council; `council` is its name and contact details as FEEL reads them."""
    name = plain(council.get("name", ""))
    return Letterhead(
        council=name,
        # An address often begins with the names that stand above it already.
        contact=tuple(line for line in dict.fromkeys(_contact(council)) if line != name),
        reference=plain(reference),
        on=on,
        recipient=plain(recipient).replace("\n", " "),
        address=tuple(line.strip() for line in plain(address).split("\n") if line.strip()),
    )


def _contact(council: Mapping[str, str]) -> Iterator[str]:
    for key, before in _SHOWN:
        value = plain(council.get(key, ""))
        if key == "address" and "\n" not in value:
            value = value.replace(", ", "\n")
        yield from (before + line.strip() for line in value.split("\n") if line.strip())
