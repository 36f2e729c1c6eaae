"""Offices on which a case is tried out on a copy: nobody waits for it, and it waits for nobody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from engine.casework.rehearsal.stage import rehearse
from engine.casework.step.office import Office
from engine.clock import SettableClock
from engine.handler import Note
from engine.store import Database, cases
from engine.store.case_copy import copy_case, copy_council
from engine.store.cases import CaseRow
from engine.store.policy_versions import version_in_force
from engine.variants import Variant


class CopiedCouncil:
    """A council's people and versions in memory, into which one of its cases after the other is copied."""

    def __init__(self, office: Office, council_id: str, *versions: Variant) -> None:
        """`versions`: those that are no version yet, a draft say."""
        self._office = office
        self._aside = Database("sqlite://")
        self._aside.create_all()
        with office.database.read() as source, self._aside.begin() as target:
            copy_council(source, target, council_id)
            in_force = version_in_force(source, council_id, office.today)
            if in_force is not None:  # whose name, people and addresses are those of every case; no file is copied
                office.versions.get(source, in_force.digest)
            for variant in versions:
                office.versions.put(variant)
                cases.store_version(
                    target, digest=variant.digest, council_id=council_id, pack=b"", now=office.clock.now()
                )

    @contextmanager
    def rehearse(self, row: CaseRow, *, note: Note) -> Iterator[Office]:
        """An office that has this case alone, as it is now; its clock shows what the real one shows."""
        office = self._office
        with office.database.read(as_of_one_moment=True) as source:
            office.versions.get(source, row.variant_digest, row.calendar_digest)  # its files are not copied
            aside = replace(office, database=self._aside, clock=SettableClock(office.clock.now()))
            with rehearse(aside, note=note) as stage:
                with stage.database.begin() as target:
                    copy_case(source, target, row.case_id)
                yield stage

    def close(self) -> None:
        self._aside.close()
