"""A step: everything that moves a case, in one transaction.

The case row is locked first. The instances a step touches are loaded, moved until they rest, with every delivery
between them, and saved with their tasks, deadlines, timers, jobs, facts and record. If anything is raised nothing
has happened, and what was loaded is thrown away.

Here stands what a step holds and does to it. It knows nothing of what acts on a step: those modules import this one,
`settlement` runs it to rest, and the office puts both together.
"""

from __future__ import annotations

import json
from collections import ChainMap, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from engine import feel
from engine.casework.step.case_frames import CaseFrames
from engine.casework.step.evaluator import Evaluator
from engine.casework.step.facts import CaseFacts, Source
from engine.casework.step.guards import hold
from engine.casework.step.instance import Loaded
from engine.casework.step.scope import NOTHING, CaseScope
from engine.casework.step.titles import case_naming_facts, name_case
from engine.casework.step.versions import Version, Versions
from engine.clock import local_date
from engine.diagram.model import Element, ElementKind, Process
from engine.errors import DiagramNotRunnableError, EndlessLoopError, GuardError
from engine.forms import Form
from engine.model import CASE, CaseStatus, IncidentKind, InstanceStatus, Subject
from engine.record_kinds import RecordKind
from engine.runtime import Host, ProcessRun, Watch
from engine.runtime.tokens import unpack_tokens
from engine.staff.directory import InForce
from engine.staff.known_people import KnownPeople, keep_people, known_people
from engine.store import Batch, Connection, cases
from engine.store import instances as stored
from engine.store import record as chain
from engine.store.batch import sent_together
from engine.store.cases import CaseRow
from engine.store.days_before import DaysBefore
from engine.store.incidents import add_incident, cancel_incidents
from engine.store.instances import InstanceRow
from engine.store.undo import keep_undo
from engine.variants import CASE_CLOSES, CORRECTION_REASON, TOLD_BY, WAS, Guard, VariantSettings

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
        self._closes = False  #: the last process instance has ended, and nothing has begun since
        self.days_before = DaysBefore()
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

    def evaluator(
        self, instance: Loaded | None, *, subject: Subject | None = None, within: tuple[Subject, ...] = ()
    ) -> Evaluator:
        """FEEL as the instance sees the case; without an instance, as the case, or an item within others, sees it."""
        items = instance.items if instance is not None else ()
        if subject is not None:
            items = within if subject.is_case else (subject, *within)
        return self._evaluator(instance, items)

    def evaluator_at(self, instance: Loaded, element: Element) -> Evaluator:
        """FEEL as the element sees the case: at a user task what its input mappings give comes first. They are read
        anew each time, so that the task follows what is told later."""
        evaluator = self.evaluator(instance)
        if element.kind is not ElementKind.USER or not element.inputs:
            return evaluator
        return evaluator.with_values(evaluator.mapped(element.inputs))

    def _evaluator(self, instance: Loaded | None, items: tuple[Subject, ...]) -> Evaluator:
        around = tuple(self.around(instance)) if instance is not None else ()
        scope = CaseScope(
            self.facts,
            items,
            variables=ChainMap(*(each.variables for each in around)),
            case=self.case_context(),
            council=lambda: self._in_force.council,
            elements=ChainMap(*(each.element for each in around)),
        )
        return Evaluator(self.version, scope, self.now)

    def around(self, instance: Loaded) -> Iterator[Loaded]:
        """The instance, and those whose variables are seen in it: of what is drawn inside a multi-instance activity
        that in which it is drawn. The innermost first."""
        yield instance
        while instance.run.program.process.drawn_in is not None and instance.parent is not None:
            instance = self.load(instance.parent)
            yield instance

    def case_context(self) -> dict[str, Any]:
        return {
            "reference": self.case.reference,
            "opened_on": local_date(self.case.opened_at),
            "council": self.case.council_id,
            "status": (CaseStatus.OPEN if self._reopened else self.case.status).value,
        }

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

    def save(self) -> None:
        """Save everything that came to rest, and close the case if no process instance runs any more."""
        running_here = any(i.has_begun for i in self.loaded.values())
        if self._reopened and running_here:
            cases.change_case(self.batch, status=CaseStatus.OPEN, closed_at=None, closed_as=None)
        elif self._closes and not running_here:
            ended = [i for i in self.loaded.values() if i.status is not InstanceStatus.RUNNING and i.parent is None]
            for waiting in self.waiting_to_begin():
                self.cancel_instance(waiting)
            words = next((i.ended_as for i in reversed(ended) if i.ended_as), None)
            cases.change_case(self.batch, status=CaseStatus.CLOSED, closed_at=self.now, closed_as=words)
            self.record(RecordKind.CASE_CLOSED, closed_as=words)
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

    def write_facts(self, subject: Subject, answers: dict[str, Any], source: Source) -> None:
        """Write answers as facts. Raises GuardError, where a guard stands before one of them."""
        keep_people(self.connection, self.people, self.case.council_id, by=self.actor, now=self.now)
        with self.facts.told_together():
            for name, value in answers.items():
                self.facts.write(subject, name, value, source)
            told, self.facts.guarded_told = self.facts.guarded_told, []
            before: dict[Subject, dict[str, feel.Value]] = {}
            for about, name, value in told:
                before.setdefault(about, {}).setdefault(name, value)
            for about, was in before.items():
                asking = (guard for guard in self.guards if guard.facts & was.keys())
                self.hold(
                    asking,
                    at=source.at or source.words,
                    items=(about,),
                    was=was,
                    correction_reason=source.correction_reason,
                    told_by=source.by,
                )

    def hold(
        self,
        guards: Iterable[Guard],
        *,
        at: str,
        items: Sequence[Subject] = (),
        was: Mapping[str, feel.Value] = NOTHING,
        correction_reason: str = "",
        told_by: str = "",
    ) -> None:
        """Raises GuardError where one of these guards of the policy holds; without any, nothing is looked at.

        `items`: those that it is about, the nearest first, each of which hides what the case has of the same name.
        `was`: of the guarded facts that are told, what was known before. `told_by`: who tells them.
        """
        if asking := tuple(guards):
            seen = self._evaluator(None, tuple(item for item in items if not item.is_case))
            who = self.people.staff(told_by) if any(guard.asks_who for guard in asking) else None
            told = {WAS: dict(was), CORRECTION_REASON: correction_reason or None, TOLD_BY: who}
            hold(asking, self.version, seen.with_values(told), at)

    def write_answers(self, subject: Subject, form: Form | None, answers: dict[str, Any], source: Source) -> None:
        """Write what was answered, or told with a message; of an item's form what is the case's is written there."""
        of_case = form.keys_of_case if form is not None and not subject.is_case else frozenset[str]()
        if of_case:
            self.write_facts(CASE, {name: value for name, value in answers.items() if name in of_case}, source)
        self.write_facts(subject, {name: value for name, value in answers.items() if name not in of_case}, source)

    def write_outputs(self, instance: Loaded, element: Element) -> None:
        """What the element's output mappings make of what the instance knows now becomes facts."""
        if element.outputs:
            self.write_outputs_of(element, self.evaluator_at(instance, element), instance.subject)

    def write_outputs_of(self, element: Element, evaluator: Evaluator, subject: Subject) -> None:
        """The same, of an element whose process instance does not run yet."""
        if element.outputs:
            told = evaluator.mapped(element.outputs, onto_known=True)
            self.write_facts(subject, told, Source(by=self.actor, words=f"outputs of {element.label}"))

    def allocate(self) -> int:
        """A number that nothing else in the case has."""
        self._last_number += 1
        return self._last_number

    def end_instance(self, instance: Loaded, element: Element) -> None:
        """An instance that nobody called is over, and with the last one the case closes.

        Where a guard of the policy stands before that, and nobody is there to be told, its token stands at its end
        again, as an incident.
        """
        instance.status = InstanceStatus.COMPLETED
        self._unsaved.add(instance.number)
        self._closes = not self._runs_on()
        if self._closes:
            try:
                self.hold((guard for guard in self.guards if CASE_CLOSES in guard.ends), at="closing the case")
            except GuardError as error:
                self._closes, instance.status = False, InstanceStatus.RUNNING
                token = instance.run.hold_at(element)
                self._unsaved.add(instance.number)
                self.incident(instance, token.number, element, error, kind=IncidentKind.END)
                return
        self.close_instance(instance)
        self.record(RecordKind.PROCESS_ENDED, process=instance.run.program.process.name, ended_as=instance.ended_as)

    def close_instance(self, instance: Loaded) -> None:
        instance.status = InstanceStatus.COMPLETED
        stored.change_instance(self.batch, instance.number, ended_at=self.now)
        if (instance.process_id, None) in self.version.frames:
            self.frames.end(instance.number, self.now, is_cancelled=False)

    def cancel_instance(self, instance: Loaded) -> None:
        """It ends from outside, with all that it waits for."""
        if instance.status is not InstanceStatus.RUNNING:
            return
        instance.status = InstanceStatus.CANCELLED
        stored.change_instance(self.batch, instance.number, ended_at=self.now)
        if (instance.process_id, None) in self.version.frames:
            self.frames.end(instance.number, self.now, is_cancelled=True)
        instance.run.cancel_all()

    def start_by_time(self) -> None:
        """A case is opened: each process that begins by time waits for it from now on."""
        for process_id, starts in self.version.time_starts.items():
            for start in starts:
                self.start(process_id, start.id)

    def waiting_to_begin(self) -> list[Loaded]:
        """The process instances that only wait for the time at which they begin."""
        if not self.version.time_starts:
            return []
        self.flush()
        rows = stored.running_instances(self.connection, self.case.case_id)
        found = [self.load(row.number) for row in rows if row.process_id in self.version.time_starts]
        return [instance for instance in found if instance.status is InstanceStatus.RUNNING and not instance.has_begun]

    # inside

    def _runs_on(self) -> bool:
        """Whether any process instance of the case is running."""
        if any(i.has_begun for i in self.loaded.values()):
            return True
        self.flush()  # what is asked now sees it
        if not self.version.time_starts:
            return stored.has_running(self.connection, self.case.case_id)
        rows = stored.running_instances(self.connection, self.case.case_id)
        return any(row.process_id not in self.version.time_starts or self.load(row.number).has_begun for row in rows)

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
