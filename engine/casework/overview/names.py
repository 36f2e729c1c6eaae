"""What teams, items and elements are called, by the policy version that a case keeps."""

from __future__ import annotations

from engine.casework.step.office import Office
from engine.casework.words.items import number_of
from engine.store import Connection
from engine.variants import Variant


class Names:
    """One query for the council's own teams. A version is read once per process and kept: nothing is read per row."""

    def __init__(self, office: Office, connection: Connection, variant: Variant) -> None:
        self._office = office
        self._connection = connection
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
        process = self._version(digest).processes.get(process_id)
        element = process.elements.get(element_id) if process is not None else None
        return element.label if element is not None else element_id

    def clauses(self, digest: str, process_id: str, element_id: str) -> tuple[str, ...]:
        """The clauses that the element carries out."""
        process = self._version(digest).processes.get(process_id)
        element = process.elements.get(element_id) if process is not None else None
        return element.clauses if element is not None else ()

    def _version(self, digest: str) -> Variant:
        return self._office.versions.get(self._connection, digest).variant
