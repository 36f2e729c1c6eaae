"""What stands around the words of a letter, or of a case file: who writes, to whom, when and about which case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from engine.language import ENGLISH, say, speaking
from engine.letters.logo import Logo
from engine.letters.values import plain
from engine.words import day_in_words

#: The contact details of [contact] that a letter shows, in order.
_SHOWN = ("service", "address", "phone", "textphone", "email", "website")


@dataclass(frozen=True, kw_only=True, slots=True)
class Letterhead:
    council: str  #: its name
    contact: tuple[str, ...]  #: line by line
    reference: str  #: of the case
    on: date  #: the date the letter bears
    recipient: str  #: the name
    address: tuple[str, ...]  #: line by line
    language: str = ENGLISH  #: in which the letter is written
    logo: Logo | None = None  #: printed above the council's name

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """What stands above the title on paper and below it in an email, line by line: a label, and what it says."""
        with speaking(self.language):
            return ((say("Our reference"), self.reference), (say("Date"), day_in_words(self.on, self.language)))

    @property
    def page_words(self) -> tuple[str, ...]:
        """What stands before the number of a page, between it and the number of all, and after that."""
        with speaking(self.language):
            return tuple(say("Page %(number)s of %(all)s", number="\n", all="\n").split("\n"))


def letterhead(
    council: Mapping[str, str],
    *,
    reference: str,
    on: date,
    recipient: str,
    address: str,
    language: str = ENGLISH,
    logo: Logo | None = None,
) -> Letterhead:
    """The letterhead of a council; `council` is its name and contact details as letters in that language read them."""
    name = plain(council.get("name", ""))
    with speaking(language):
        contact = dict.fromkeys(_contact(council))
    return Letterhead(
        council=name,
        # An address often begins with the names that stand above it already.
        contact=tuple(line for line in contact if line != name),
        reference=plain(reference),
        on=on,
        recipient=plain(recipient).replace("\n", " "),
        address=tuple(line.strip() for line in plain(address).split("\n") if line.strip()),
        language=language,
        logo=logo,
    )


def _contact(council: Mapping[str, str]) -> Iterator[str]:
    labels = {"phone": say("Telephone: "), "textphone": say("Textphone: "), "email": say("Email: ")}
    for key in _SHOWN:
        value = plain(council.get(key, ""))
        if key == "address" and "\n" not in value:
            value = value.replace(", ", "\n")
        yield from (labels.get(key, "") + line.strip() for line in value.split("\n") if line.strip())
