"""Agreements with other councils and bodies: what is handed over to whom, and what is taken from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.errors import HandoverRefusedError
from engine.variants.elsewhere import Elsewhere, read_elsewhere
from engine.variants.tables import SNAKE_CASE, TomlTable
from engine.words import counted

#: For whom the copy of a case file is made that goes with a parcel, as `asb export --for` names them.
COPIES = ("victim", "agency", "ombudsman")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sending:
    """What a message to the other side carries, and nothing besides."""

    message: str
    facts: tuple[str, ...] = ()  #: under the names by which both sides know them
    case_file: str = ""  #: for whom the copy of the case file is made that goes along; "" where none goes
    opens_case: bool = False  #: it begins a case of theirs; else it goes to the case that was begun before


@dataclass(frozen=True, kw_only=True, slots=True)
class Taking:
    """A message that the other side may send, and what it may bring."""

    message: str
    facts: tuple[str, ...] = ()
    opens_case: bool = False  #: it begins a case of its own; else it is told to the case that was begun with it


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """What this folder says of one agreement; the other side says its own part, under the same name."""

    name: str
    parties: tuple[
        str, ...
    ]  #: ids of the others' folders, here or in another installation; () in a base, which leaves them to say
    sends: tuple[Sending, ...]
    takes: tuple[Taking, ...]
    clause: str
    elsewhere: tuple[Elsewhere, ...] = ()  #: those of the parties that run in another installation

    def party_elsewhere(self, party: str) -> Elsewhere | None:
        """None where its folder is in this installation, or nobody has said where it is."""
        return next((each for each in self.elsewhere if each.party == party), None)

    def sending(self, message: str, facts: Iterable[str], to: str) -> Sending:
        """What may go with the message. Raises HandoverRefusedError where anything goes beyond it."""
        self._refuse_stranger(to)
        found = next((each for each in self.sends if each.message == message), None)
        if found is None:
            raise HandoverRefusedError(
                f"The agreement “{self.name}” does not say that “{message}” is sent. Write "
                f"[agreements.{self.name}.sends.{message}] in variant.toml, or send something else."
            )
        self._refuse_more(message, facts, found.facts, "hands over")
        return found

    def taking(self, message: str, facts: Iterable[str], sender: str) -> Taking:
        """How the message is taken. Raises HandoverRefusedError where it is not, or brings more than it may."""
        self._refuse_stranger(sender)
        found = next((each for each in self.takes if each.message == message), None)
        if found is None:
            raise HandoverRefusedError(
                f"The agreement “{self.name}” does not say that “{message}” is taken. Its receiver writes "
                f"[agreements.{self.name}.takes.{message}] in variant.toml."
            )
        self._refuse_more(message, facts, found.facts, "takes")
        return found

    def the_only_party(self) -> str:
        """Raises HandoverRefusedError where there are several."""
        if len(self.parties) != 1:
            raise HandoverRefusedError(
                f"The agreement “{self.name}” is with {counted(len(self.parties), 'other')}. Say under “with” with "
                "whom it is; of several, say by the input “to” to whom it goes."
            )
        return self.parties[0]

    def _refuse_stranger(self, other: str) -> None:
        if other not in self.parties:
            raise HandoverRefusedError(
                f"“{other}” is no party of the agreement “{self.name}”. Add it under “with” where it has agreed."
            )

    def _refuse_more(self, message: str, facts: Iterable[str], agreed: tuple[str, ...], does: str) -> None:
        more = sorted(set(facts) - set(agreed))
        if more:
            raise HandoverRefusedError(
                f"With “{message}” the agreement “{self.name}” {does} no {', '.join(more)}. Add it to its facts in "
                "variant.toml where both sides have agreed, or leave it out."
            )


def agreement_of(agreements: Iterable[Agreement], name: str, council: str) -> Agreement:
    """Raises HandoverRefusedError where `council` (its name) has no such agreement."""
    found = next((each for each in agreements if each.name == name), None)
    if found is None:
        raise HandoverRefusedError(
            f"{council} has no agreement “{name}”. Write [agreements.{name}] in its variant.toml, or correct the name."
        )
    return found


def read_agreements(table: TomlTable) -> tuple[Agreement, ...]:
    """The agreements in the order of the table."""
    found = []
    for name, inner in table.named_tables().items():
        parties, clause = inner.texts("with"), inner.text("clause", required=True)
        sends = _read_sends(inner.table("sends"), name)
        takes = _read_takes(inner.table("takes"), name)
        elsewhere = read_elsewhere(inner.table("elsewhere"), name)
        inner.refuse_the_rest()
        if clause:
            found.append(
                Agreement(name=name, parties=parties, sends=sends, takes=takes, clause=clause, elsewhere=elsewhere)
            )
    return tuple(found)


def _read_sends(table: TomlTable, name: str) -> tuple[Sending, ...]:
    table.place = f"[agreements.{name}.sends]"
    found = []
    for message, inner in table.named_tables().items():
        case_file = inner.text("case_file")
        if case_file and case_file not in COPIES:
            inner.complain(f"“case_file” is “{case_file[:60]}”. A copy is made for one of {', '.join(COPIES)}.")
        opens_case = inner.flag("opens_case")
        found.append(Sending(message=message, facts=_facts(inner), case_file=case_file, opens_case=opens_case))
        inner.refuse_the_rest()
    return tuple(found)


def _read_takes(table: TomlTable, name: str) -> tuple[Taking, ...]:
    table.place = f"[agreements.{name}.takes]"
    found = []
    for message, inner in table.named_tables().items():
        found.append(Taking(message=message, facts=_facts(inner), opens_case=inner.flag("opens_case")))
        inner.refuse_the_rest()
    return tuple(found)


def _facts(table: TomlTable) -> tuple[str, ...]:
    facts = table.texts("facts")
    for fact in facts:
        if not SNAKE_CASE.fullmatch(fact):
            table.complain(f"“{fact[:60]}” is no name of a fact. Write small letters, digits and _.")
    return facts
