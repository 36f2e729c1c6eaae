"""The office: everything a use case works with, put together once (by `engine.bootstrap`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from engine.casework.step.host import StepHost
from engine.casework.step.settlement import finish
from engine.casework.step.step import Step
from engine.casework.step.versions import Version, Versions
from engine.clock import Clock, local_date
from engine.errors import GuardError
from engine.handler import Handler
from engine.ports import Ports
from engine.record_kinds import RecordKind
from engine.runtime import Watch
from engine.seals import OwnKeys
from engine.staff.directory import InForce
from engine.store import Connection, Database, cases
from engine.store.cases import CaseRow
from engine.store.files import FileStore, MemoryFiles
from engine.store.jobs import mark_announced
from engine.variants import Variant, VariantSettings

#: Who moves a case where no person does.
SYSTEM = "the system"


def nobody_listens(_ready: Sequence[tuple[int, int]]) -> bool:
    """Without a broker nothing is announced: the sweep in `asb work` finds the jobs by itself."""
    return False


@dataclass(frozen=True, kw_only=True)
class Office:
    """Use cases are functions that take one of these first. Raises PortRefusedError where a handler lacks a port."""

    database: Database
    clock: Clock
    handlers: Mapping[str, Handler]
    ports: Ports = field(default_factory=Ports)  #: every way in which its handlers reach the world
    files: FileStore = field(default_factory=MemoryFiles)  #: what people attach to cases
    keys: OwnKeys = field(default_factory=OwnKeys)  #: with which files for other installations are signed, and opened
    #: tells workers of jobs (case id, number) after commit; True where a broker took them
    announce: Callable[[Sequence[tuple[int, int]]], bool] = nobody_listens
    versions: Versions = field(default_factory=Versions)
    watch: Watch | None = None  #: hears which elements and flows are taken; only where scenarios are played

    def __post_init__(self) -> None:
        self.ports.refuse_what_lacks(self.handlers.values())

    @property
    def today(self) -> date:
        """In London, by the office's clock."""
        return local_date(self.clock.now())

    def settings_in_force(self, variant: Variant, council_id: str) -> VariantSettings:
        """The variant's settings with the council's own people, teams and agencies as they are now."""
        with self.database.read() as connection:
            return self.in_force(connection, self.versions.put(variant), council_id).settings

    def in_force(self, connection: Connection, version: Version, council_id: str) -> InForce:
        """The version's settings with the council's own people, teams and agencies as they are now, and what is a fact
        about today from the policy in force. One query."""
        return self.versions.in_force(connection, version, council_id, self.today)

    @contextmanager
    def step(self, reference: str, *, actor: str, council_id: str | None = None) -> Iterator[Step]:
        """One step on the case of this reference: commits at the end, or nothing has happened."""
        try:
            with self.database.begin() as connection:
                step = self.step_on(connection, cases.lock_case(connection, reference, council_id), actor=actor)
                yield step
                finish(step)
        except GuardError as error:
            self._record_held(error, reference, actor=actor, council_id=council_id)
            raise
        self.announce_jobs(step.announce)

    def _record_held(self, error: GuardError, reference: str, *, actor: str, council_id: str | None) -> None:
        """Nothing of the step has happened; that somebody was held back stays in the record."""
        with self.database.begin() as connection:
            step = self.step_on(connection, cases.lock_case(connection, reference, council_id), actor=actor)
            step.record(RecordKind.GUARD_HELD, guards=list(error.guards), at=error.at, sentence=error.sentence)
            step.save()

    def step_on(self, connection: Connection, case: CaseRow, *, actor: str) -> Step:
        """A step on a case that is locked in `connection`; the caller finishes it and announces its jobs."""
        version = self.versions.get(connection, case.variant_digest, case.calendar_digest)
        return Step(
            connection,
            case,
            version,
            versions=self.versions,
            host=StepHost,
            actor=actor,
            now=self.clock.now(),
            watch=self.watch,
            is_of_a_person=actor != SYSTEM,
        )

    def announce_jobs(self, ready: Sequence[tuple[int, int]]) -> None:
        """After commit. What no broker takes is found by a sweep."""
        if ready and self.announce(ready):
            with self.database.begin() as connection:
                mark_announced(connection, ready, self.clock.now())
