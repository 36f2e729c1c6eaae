"""Entries of the record that move nothing in a case: who looked at it, what was noted, which files came with it.

They are written under the case's lock like every entry, and in few statements: no process is loaded for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from engine.casework.step.office import Office
from engine.casework.tasks.rights import known_person
from engine.record_kinds import RecordKind
from engine.store import Batch, Connection, cases
from engine.store import record as chain
from engine.store.cases import CaseRow


class CaseEntries:
    """One case, locked; entries are gathered and sent together."""

    def __init__(self, connection: Connection, case: CaseRow, now: datetime) -> None:
        self.connection = connection
        self.case = case
        self.now = now
        self.batch = Batch(case.case_id, case.council_id)
        self._last_number = case.last_number
        self._entries: list[tuple[RecordKind, dict[str, Any]]] = []

    def record(self, kind: RecordKind, **content: Any) -> None:
        """An entry; what is None is left out."""
        self._entries.append((kind, {name: value for name, value in content.items() if value is not None}))

    def allocate(self) -> int:
        """A number that nothing else in the case has."""
        self._last_number += 1
        return self._last_number

    def send(self) -> None:
        case = self.case
        seq, head = chain.append(self.batch, self._entries, seq=case.record_seq, head=case.record_head, at=self.now)
        cases.change_case(self.batch, last_number=self._last_number, record_seq=seq, record_head=head)
        self.batch.flush(self.connection)


@contextmanager
def case_entries(office: Office, reference: str, *, council_id: str) -> Iterator[CaseEntries]:
    """The case of this reference, locked until what is entered is sent. Raises CaseNotFoundError."""
    with office.database.begin() as connection:
        found = CaseEntries(connection, cases.lock_case(connection, reference, council_id), office.clock.now())
        yield found
        found.send()


def record_view(office: Office, reference: str, page: str, *, by: str, council_id: str) -> None:
    """`by` has looked at `page` of the case. It moves nothing, and what could be undone before still can be.

    Raises CaseNotFoundError.
    """
    with case_entries(office, reference, council_id=council_id) as case:
        case.record(RecordKind.CASE_VIEWED, by=by, page=page)


def check_known(office: Office, case: CaseEntries, name: str) -> None:
    """Raises NotAllowedError for somebody who is not among the people of the case's council."""
    version = office.versions.get(case.connection, case.case.variant_digest)
    known_person(office.in_force(case.connection, version, case.case.council_id).settings, name)
