"""The council and the body of `two_sides`, each in an installation of its own: nothing goes between them but files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from engine.casework.cases.intake import open_case
from engine.casework.cases.messages import send_message
from engine.casework.handovers.arrival import TakenIn, take_in_file
from engine.casework.handovers.carrier import carrier_in
from engine.casework.handovers.dispatch import FileToBring, SealedFile, file_of, files_to_bring
from engine.casework.policies.in_force import policy_for_new_cases
from engine.casework.step.office import Office
from engine.handler import PARCELS
from engine.ports import parcels_outlet
from engine.seals import OwnKeys
from engine.store import Database
from engine.variants import Variant
from tests.casework.handovers.two_sides import BODY_SAYS, COUNCIL_SAYS, body, council, served, work

BY = "Officer 1"
APPLICATION = {"applicant_name": "Ms V", "application_date": "2026-03-02"}


@dataclass(frozen=True, kw_only=True)
class Installation:
    office: Office
    council_id: str

    def files(self) -> list[FileToBring]:
        return files_to_bring(self.office, self.council_id)

    def to_bring(self, message: str = "") -> list[bytes]:
        """The files of what waits for its receipt, the oldest first."""
        found = [each for each in self.files() if each.is_waited_for and message in ("", each.message)]
        return [self.file(each.parcel_id).data for each in reversed(found)]

    def file(self, parcel_id: str) -> SealedFile:
        """A parcel where it goes from here, its receipt where it came here."""
        return file_of(self.office, parcel_id, by=BY, council_id=self.council_id)

    def take_in(self, data: bytes) -> TakenIn:
        taken = take_in_file(self.office, data, by=BY, council_id=self.council_id)
        work(self.office)
        return taken


def elsewhere(party: str, name: str, keys: OwnKeys, more: str = "") -> str:
    return f'[agreements.appeals.elsewhere.{party}]\nname = "{name}"\nkey = "{keys.last().public.text}"\n{more}\n'


def keys_in(folder: Path) -> OwnKeys:
    keys = OwnKeys(folder)
    keys.make()
    return keys


def installation(database: Database, variant: Variant, keys: OwnKeys) -> Installation:
    office = replace(served(database, variant), keys=keys)
    ports = office.ports.changed(PARCELS, lambda _outlet: parcels_outlet(carrier_in(office)))
    return Installation(office=replace(office, ports=ports), council_id=variant.id)


def two_installations(first: Database, folder: Path, *, more: str = "") -> tuple[Installation, Installation]:
    """The council in the first, the body in a database of its own. `more` is what the council says besides."""
    ours, theirs = keys_in(folder / "council_keys"), keys_in(folder / "body_keys")
    second = Database(f"sqlite:///{folder / 'body.sqlite'}")
    second.create_all()
    council_says = COUNCIL_SAYS + elsewhere("body", "Appeals Body", theirs, more)
    body_says = BODY_SAYS + elsewhere("council", "The Council", ours)
    return installation(first, council(council_says), ours), installation(second, body(body_says), theirs)


def appealed(at: Installation, *points: str) -> str:
    """A case of the council with an appeal for each of the points, of which files are made."""
    policy = policy_for_new_cases(at.office, at.council_id)
    reference = open_case(at.office, policy, APPLICATION, by="the applicant")
    for each in points:
        send_message(at.office, reference, "appeal", {"points": each, "appealed_on": "2026-03-02"}, by=BY)
    work(at.office)
    return reference
