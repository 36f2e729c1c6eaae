"""What teams, items and elements are called, by the policy version that a case keeps."""

from __future__ import annotations

from collections.abc import Iterator

from engine.casework.step.office import Office
from engine.casework.words.items import number_of
from engine.diagram.model import Element
from engine.store import Connection
from engine.store.cases import versions_of
from engine.variants import Variant


class Names:
    """One query for the council's own teams. A version is read once per process and kept: nothing is read per row."""

    def __init__(self, office: Office, connection: Connection, variant: Variant) -> None:
        self._office = office
        self._connection = connection
        self._council_id = variant.id
        version = office.versions.put(variant)
        self._settings = office.in_force(connection, version, variant.id).settings

    def team(self, team_id: str | None) -> str:
        """The team's name; its id where the policy has it no longer; "" for none."""
        return self._settings.team_name(team_id)

    def item(self, collection: str, item_id: str) -> str:
        """`action 2`; "" for the case itself."""
        return number_of(self._settings, collection, item_id) if item_id else ""

    def process(self, digest: str, process_id: str) -> str:
        process = self._version(digest).processes.get(process_id)
        return process.name or process_id if process is not None else process_id

    def element(self, digest: str, process_id: str, element_id: str) -> str:
        """What people call the element: its name in the diagram."""
        element = self._element(digest, process_id, element_id)
        return element.label if element is not None else element_id

    def clauses(self, digest: str, process_id: str, element_id: str) -> tuple[str, ...]:
        """The clauses that the element carries out."""
        element = self._element(digest, process_id, element_id)
        return element.clauses if element is not None else ()

    def _element(self, digest: str, process_id: str, element_id: str) -> Element | None:
        """By that version; what happened before a case was moved to it, by the last version that had it."""
        for variant in self._versions_from(digest):
            process = variant.processes.get(process_id)
            if process is not None and element_id in process.elements:
                return process.elements[element_id]
        return None

    def _versions_from(self, digest: str) -> Iterator[Variant]:
        yield self._version(digest)
        for row in versions_of(self._connection, self._council_id):
            yield self._version(row.digest)

    def _version(self, digest: str) -> Variant:
        return self._office.versions.get(self._connection, digest).variant
