"""A step: everything that moves a case, in one transaction.

The case row is locked first. The instances a step touches are loaded, moved until they rest, with every delivery
between them, and saved with their tasks, deadlines, timers, jobs, facts and record. If anything is raised nothing
has happened, and what was loaded is thrown away.

Here stands what a step holds and does to it. It knows nothing of what acts on a step: those modules import this one,
`settlement` runs it to rest, and the office puts both together.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from engine import feel
from engine.casework.step.case_frames import CaseFrames
from engine.casework.step.facts import CaseFacts
from engine.casework.step.instance import Loaded
from engine.casework.step.titles import case_naming_facts, name_case
from engine.casework.step.versions import Version, Versions
from engine.clock import local_date
from engine.diagram.model import Element, Process
from engine.errors import DiagramNotRunnableError, EndlessLoopError, GuardError
from engine.model import CASE, CaseStatus, IncidentKind, InstanceStatus, Subject
from engine.record_kinds import RecordKind
from engine.runtime import Host, ProcessRun, Watch
from engine.runtime.tokens import unpack_tokens
from engine.staff.directory import InForce
from engine.staff.known_people import KnownPeople, known_people
from engine.store import Batch, Connection, cases
from engine.store import instances as stored
from engine.store import record as chain
from engine.store.batch import sent_together
from engine.store.cases import CaseRow
from engine.store.days_before import DaysBefore
from engine.store.incidents import add_incident, cancel_incidents
from engine.store.instances import InstanceRow
from engine.store.undo import keep_undo
from engine.variants import Guard, VariantSettings

#: Process instances that one step may start: twice what the largest call activity starts. What needs more calls or
#: tells itself without end.
MOST_STARTED = 4_000


class Step:
    """One case, locked, in one open transaction."""

    def __init__(
        self,
        connection: Connection,
        case: CaseRow,
        version: Version,
        *,
        versions: Versions,
        host: Callable[[Step], Host],
        actor: str,
        now: datetime,
        watch: Watch | None = None,
        is_of_a_person: bool = True,
    ) -> None:
        self.connection = connection
        self.case = case
        self.version = version
        self.actor = actor  #: who moves the case: a person, or "the system"
        self.now = now
        self.watch = watch
        self.is_of_a_person = is_of_a_person  #: whether somebody is there to be told what is refused
        self._versions = versions
        self.batch = Batch(case.case_id, case.council_id)
        self.facts = CaseFacts(
            connection,
            case.case_id,
            self.batch,
            collections=frozenset(version.variant.settings.items),
            item_counts=case.item_counts,
            allocate=self.allocate,
            now=now,
            counted=version.variant.settings.counted_facts,
            naming=case_naming_facts(version.variant.settings),
            guarded=frozenset(fact for guard in version.variant.settings.guards for fact in guard.facts),
        )
        self.frames = CaseFrames(connection, case.case_id, self.batch)
        self.loaded: dict[int, Loaded] = {}
        self._host = host(self)  #: answers what the process instances ask
        #: tokens that went in this step; whatever was stuck at them is stuck no more
        self.gone_tokens: list[int] = []
        self.announce: list[tuple[int, int]] = []  #: jobs made in this step
        self._processes: dict[int, str] = {}  #: of running instances, where only that was needed
        self._last_number = case.last_number
        self._entries: list[tuple[RecordKind, dict[str, Any]]] = []
        self._seq = case.record_seq
        self._head = case.record_head
        self._later: deque[Callable[[], None]] = deque()
        self._thrown: deque[Callable[[], None]] = deque()  #: deliveries, for each of which a token waits
        self._dirty: set[int] = set()  #: instances that have not come to rest
        self._unsaved: set[int] = set()  #: instances that may differ from their row
        self._started = 0  #: instances, in this step
        self._reopened = False
        self.is_over = False  #: the last process instance has ended; whether one has begun since is not asked yet
        self.days_before = DaysBefore()
        #: since when what events wait beside is there, by its number, where that is not now: of a case that is moved
        self.came: Mapping[int, datetime] = {}
        self.undoable: int | None = None  #: the task whose completion this step is

    @property
    def settings(self) -> VariantSettings:
        """The variant's settings, with the people, teams and agencies that the council has now."""
        return self._in_force.settings

    @property
    def guards(self) -> tuple[Guard, ...]:
        """What must be so before something is told, sent or ended."""
        return self.version.variant.settings.guards

    @cached_property
    def people(self) -> KnownPeople:
        """Who may be picked; whom answers name for the first time are added."""
        return known_people(self.connection, self.case.council_id, lambda: self.settings)

    @property
    def council(self) -> feel.Value:
        """The council's details, as expressions read them."""
        return self._in_force.council

    @property
    def status(self) -> CaseStatus:
        """As the case will stand when the step is saved, unless it closes."""
        return CaseStatus.OPEN if self._reopened else CaseStatus(self.case.status)

    @property
    def has_begun(self) -> bool:
        """Whether a process instance runs here that does not only wait for the time at which it begins."""
        return any(instance.has_begun for instance in self.loaded.values())

    @cached_property
    def _in_force(self) -> InForce:
        return self._versions.in_force(self.connection, self.version, self.case.council_id, local_date(self.now))

    # what use cases do with a step

    def record(self, kind: RecordKind, **content: Any) -> None:
        """An entry of the record. Values are FEEL values; None is left out."""
        self._entries.append(
            (kind, {k: feel.to_json(v) for k, v in {"by": self.actor, **content}.items() if v is not None})
        )

    def load(self, number: int) -> Loaded:
        found = self.loaded.get(number)
        if found is None:
            found = self._adopt(stored.load_instance(self.connection, self.case.case_id, number))
        self._dirty.add(number)
        self._unsaved.add(number)
        return found

    def load_running_children(self, parent_token: int) -> list[Loaded]:
        """The running children of a call activity, in one query."""
        self.flush()
        for row in stored.running_children(self.connection, self.case.case_id, parent_token):
            if row.number not in self.loaded:
                self._adopt(row)
        children = [
            child
            for child in self.loaded.values()
            if child.parent_token == parent_token and child.status is InstanceStatus.RUNNING
        ]
        return [self.load(child.number) for child in sorted(children, key=lambda child: child.position)]

    def load_process(self, number: int) -> Process:
        """The process that an instance runs."""
        found = self.loaded.get(number) or self._processes.get(number)
        if found is None:
            for row in stored.running_instances(self.connection, self.case.case_id):
                self._processes[row.number] = row.process_id
            found = self._processes[number]
        process_id = found.process_id if isinstance(found, Loaded) else found
        return self.version.program(process_id).process

    def start(
        self,
        process_id: str,
        element_id: str | None = None,
        *,
        parent: Loaded | None = None,
        parent_token: int | None = None,
        position: int = 0,
        subject: Subject = CASE,
        within: tuple[Subject, ...] = (),
        element_name: str | None = None,
        element_value: feel.Value = None,
        variables: dict[str, Any] | None = None,
    ) -> Loaded:
        """A new process instance, at its start event (the plain one unless another is named).

        Raises ProcessNotFoundError, DiagramNotRunnableError, EndlessLoopError.
        """
        program = self.version.program(process_id)
        starts = program.process.beginnings()
        if element_id is not None:
            starts = tuple(each for each in (program.process.elements.get(element_id),) if each is not None)
        if not starts:
            raise DiagramNotRunnableError(
                f"The process “{program.process.name or process_id}” cannot be called: it has no start event without a "
                "message or signal. Draw one."
            )
        self.check_room(1, program.process.name or process_id)
        self._started += 1
        if self.case.status == CaseStatus.CLOSED and not self._reopened:  # told an appeal, say
            self._reopened = True
            self.record(RecordKind.CASE_REOPENED)
        number = self.allocate()
        frame = self.frames.nearest(parent, parent_token) if parent is not None and self.version.frames else None
        instance = Loaded(
            number=number,
            process_id=process_id,
            parent=parent.number if parent else None,
            parent_token=parent_token,
            position=position,
            subject=subject,
            within=within,
            element_name=element_name,
            element_value=element_value,
            variables=variables or {},
            run=ProcessRun(program, self._host, number=number, watch=self.watch),
            frame=frame,
        )
        self.loaded[number] = instance
        self._dirty.add(number)
        self._unsaved.add(number)
        stored.add_instance(
            self.batch,
            number,
            process_id=process_id,
            parent=instance.parent,
            parent_token=parent_token,
            position=position,
            element_value=instance.element_column(),
            collection=subject.collection,
            item_id=subject.item_id,
            within=instance.within_column(),
            frame=frame,
            started_at=self.now,
            **instance.state(),
        )
        instance.run.start(*(start.id for start in starts))
        return instance

    def check_room(self, count: int, label: str) -> None:
        """Raises EndlessLoopError where a step would start more process instances than any policy needs."""
        if self._started + count > MOST_STARTED:
            raise EndlessLoopError(label)

    def changed(self, instance: Loaded) -> None:
        """It may differ from its row."""
        self._unsaved.add(instance.number)

    def later(self, action: Callable[[], None]) -> None:
        """Do this when the instances have come to rest."""
        self._later.append(action)

    def rest(self) -> None:
        """Run every instance until its tokens wait for the world; what is to be done then is not done yet."""
        while self._dirty:
            number = min(self._dirty)
            self._dirty.discard(number)
            self.loaded[number].run.settle()
            self._unsaved.add(number)  # after it: a flush in the middle of its moves saved only the first of them

    def deliver_at_rest(self, delivery: Callable[[], None]) -> None:
        """Deliver what a token throws when everything else has come to rest: whatever waits by then can hear it."""
        self._thrown.append(delivery)

    @property
    def is_throwing(self) -> bool:
        """Whether something thrown is still to be delivered."""
        return bool(self._thrown)

    def next_action(self) -> Callable[[], None] | None:
        """What is to be done `later`, then what is to be delivered, the first first; None when nothing is left."""
        waiting = self._later or self._thrown
        return waiting.popleft() if waiting else None

    def flush(self) -> None:
        """Write what is gathered, so that queries see it."""
        with sent_together(self.connection):
            self._send()

    def _send(self) -> None:
        for number in self._unsaved:
            instance = self.loaded[number]
            columns = instance.state()
            if columns != instance.saved:
                stored.change_instance(self.batch, number, **columns)
                instance.saved = columns
        self._unsaved.clear()
        self.batch.flush(self.connection)

    def close(self, as_what: str | None) -> None:
        """The case is closed, as the words say."""
        cases.change_case(self.batch, status=CaseStatus.CLOSED, closed_at=self.now, closed_as=as_what)
        self.record(RecordKind.CASE_CLOSED, closed_as=as_what)

    def save(self) -> None:
        """Save everything that came to rest."""
        if self._reopened and self.has_begun:
            cases.change_case(self.batch, status=CaseStatus.OPEN, closed_at=None, closed_as=None)
        if self.facts.is_renamed or not self.case.record_seq:
            self._name()
        seq, head = chain.append(self.batch, self._entries, seq=self._seq, head=self._head, at=self.now)
        if self.gone_tokens:
            cancel_incidents(self.batch, self.gone_tokens, self.now)
        cases.change_case(
            self.batch,
            last_number=self._last_number,
            item_counts=self.facts.item_counts,
            record_seq=seq,
            record_head=head,
        )
        if self.undoable is not None:
            self._keep_undo(self.undoable, seq)
        self.flush()

    def incident(
        self,
        instance: Loaded,
        token: int,
        element: Element,
        error: Exception | str,
        *,
        kind: IncidentKind = IncidentKind.ELEMENT,
        change: str | None = None,
    ) -> int:
        """Park for a person: what is stuck, and why. A guard holds back the person who is there instead: raises it.

        `change`: JSON, of a deadline's that could not be heard; its element may stand in a process that has not begun.
        """
        if self.is_of_a_person and isinstance(error, GuardError):
            raise error
        number = self.allocate()
        add_incident(
            self.batch,
            number,
            instance=instance.number,
            token=token,
            element_id=element.id,
            kind=kind,
            message=str(error),
            process_id=element.process_id if element.process_id != instance.process_id else None,
            change=change,
            opened_at=self.now,
        )
        self.record(RecordKind.INCIDENT, incident=number, element=element.label, message=str(error))
        return number

    def allocate(self) -> int:
        """A number that nothing else in the case has."""
        self._last_number += 1
        return self._last_number

    # inside

    def _name(self) -> None:
        """Bring the title and the words of the case up to date.

        A policy that names no such facts leaves the case as it is, so that a case of an older version keeps what it
        was named by a newer one; only a new case gets the words of its reference.
        """
        settings = self.version.variant.settings
        if case_naming_facts(settings) or not self.case.record_seq:
            self.flush()  # what was told in this step is read with the rest
            name_case(self.connection, self.batch, self.case, settings)

    def _keep_undo(self, task: int, last_seq: int) -> None:
        """What this step changed and what it left does not show: numbers higher than the last one before are new, and
        a token that is gone says that what it waited for was open."""
        moved = {i.number: i.before.to_json() for i in self.loaded.values() if i.before is not None}
        keep_undo(
            self.batch,
            task=task,
            first_seq=self.case.record_seq + 1,
            last_seq=last_seq,
            last_number=self.case.last_number,
            item_counts=self.case.item_counts,
            instances=json.dumps(moved, ensure_ascii=False, separators=(",", ":")),
            days=self.days_before.to_json(self.case.last_number),
        )

    def _adopt(self, row: InstanceRow) -> Loaded:
        run = ProcessRun(
            self.version.program(row.process_id),
            self._host,
            number=row.number,
            tokens=unpack_tokens(row.state),
            watch=self.watch,
        )
        instance = self.loaded[row.number] = Loaded.of(row, run)
        return instance
