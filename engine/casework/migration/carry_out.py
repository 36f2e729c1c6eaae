"""Carrying a move out: everything of one case that waits stands by the new version when it is done, or nothing moved.

Two steps in one transaction. The first, by the old version, ends what is no more: only that knows what it was. Then the
rows say where everything stands, and the second, by the new version, sets what is new. What comes out is looked at
before anything is kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from engine.casework.migration.came import Came
from engine.casework.migration.days import move_deadlines
from engine.casework.migration.matches import PolicyMatches
from engine.casework.migration.notes import late_by, notes_on
from engine.casework.migration.numbers import came_to, numbered, opened, renamed
from engine.casework.migration.order import CaseMoved, MoveOrder
from engine.casework.migration.plan import Armed, CasePlan, InstancePlan, plan_move
from engine.casework.migration.refusals import Refusals
from engine.casework.migration.rows import WaitingRows, begin_frames
from engine.casework.migration.verification import whats_wrong
from engine.casework.migration.whereabouts import Standing, read_standing
from engine.casework.step.closure import cancel_instance
from engine.casework.step.office import Office
from engine.casework.step.settlement import finish
from engine.casework.step.step import Step
from engine.casework.tasks.recount import WaitingDay, waiting_days
from engine.diagram.model import ElementKind, Process
from engine.errors import EngineError, MoveRefusedError
from engine.record_kinds import RecordKind
from engine.runtime.tokens import pack_tokens
from engine.store import Batch, Connection, cases, moves
from engine.store.cases import CaseRow
from engine.store.frames import change_frame
from engine.store.incidents import change_incident, incidents_since
from engine.store.instances import place_instance
from engine.store.undo import forget_undo


class CaseMove:
    """One case, locked in `connection`, moved by `order`."""

    def __init__(self, office: Office, connection: Connection, case: CaseRow, order: MoveOrder) -> None:
        self._office = office
        self._connection = connection
        self._case = case
        self._order = order
        self._refusals = Refusals(order.words)
        self._old = office.step_on(connection, case, actor=order.by)
        self._version = office.versions.put(order.variant)
        self._processes = order.variant.processes
        self._matches = PolicyMatches(self._old.version.variant.processes, self._processes, order.table)
        self.step = self._old  #: the last one that was made, whose jobs are to be announced

    def carry_out(self) -> CaseMoved:
        """Raises MoveRefusedError, with everything that stands against it. The caller commits, or takes all back."""
        try:
            return self._carry_out()
        except MoveRefusedError:
            raise
        except EngineError as error:  # a guard, an expression
            self._refusals.cannot_be_set(self._case.reference, str(error))
            raise self._refusal() from error

    def _carry_out(self) -> CaseMoved:
        old, case_id = self._old, self._case.case_id
        standing = read_standing(old)
        came = Came(moves.made_at(self._connection, case_id), old.now)
        self._refuse_lost_items(standing)
        stuck = self._where_stuck()
        plan = plan_move(old.version.variant.processes, standing, self._matches, self._order.fresh, self._refusals)
        if plan.refusals:
            raise self._refusal()
        before, were_late = waiting_days(old, came.since), late_by(old)
        ended = self._end(plan)
        numbers = {placeholder: old.allocate() for each in plan.instances for placeholder in each.opened}
        plan = numbered(plan, numbers)
        old.save()
        last_number = old.case.last_number
        self._put(plan, stuck)
        new = self.step = self._office.step_on(
            self._connection, cases.case_by_id(self._connection, case_id), actor=self._order.by
        )
        new.came = came_to(plan, came)
        moved = self._set_up(new, plan, standing, came, before)
        finish(new)
        self._verify(new, last_number)
        notes = notes_on(new, plan, were_late, old.version.variant)
        return replace(moved, ended=ended, warnings=notes)

    def _refusal(self) -> MoveRefusedError:
        return MoveRefusedError(self._case.reference, tuple(self._refusals.sentences))

    def _refuse_lost_items(self, standing: Standing) -> None:
        for collection, count in standing.items.items():
            if count and collection not in self._order.variant.settings.items:
                self._refusals.items_lost(collection, count)

    def _where_stuck(self) -> list[moves.StuckAt]:
        """The open incidents, each with the process and the element at which it is by the new version."""
        found: list[moves.StuckAt] = []
        for row in moves.stuck_at(self._connection, self._case.case_id):
            matches = self._matches.of(row.process_id)
            image = matches.image(row.element_id) if matches is not None else None
            if image is not None:
                found.append(replace(row, process_id=image.process_id, element_id=image.id))
            else:
                self._refusals.no_step(self._old.version.variant.processes[row.process_id].elements[row.element_id])
        return found

    def _end(self, plan: CasePlan) -> tuple[str, ...]:
        """What is no more ends by the old version; gives the names of events that people could have waited for."""
        old, labels = self._old, []
        for number in plan.dropped:
            cancel_instance(old, old.load(number))
        for each in plan.instances:
            run = old.load(each.number).run
            events = [number for number in each.ended if not _is_level(run.element_of(run.tokens[number]).kind)]
            for number in events:
                element = run.element_of(run.tokens[number])
                labels += [element.label] if element.event is not None else []
                run.disarm(number)
            for number in (number for number in each.ended if number in run.tokens):
                run.open_up(number)
            for number in (each.number, *each.became):
                self._end_frame(each, number)
        return tuple(labels)

    def _end_frame(self, plan: InstancePlan, number: int) -> None:
        """A time frame that is none any more ends."""
        if not self._old.version.frames or number not in self._old.frames.open:
            return
        element_id = plan.tokens[number].element_id if number in plan.tokens else None
        if (plan.process.id, element_id) not in self._version.frames:
            self._old.frames.end(number, self._old.now, is_cancelled=True)

    def _put(self, plan: CasePlan, stuck: Sequence[moves.StuckAt]) -> None:
        """The rows say where everything stands by the new version, and that the case is of it."""
        batch = Batch(self._case.case_id, self._case.council_id)
        is_framed = self._old.frames.open if self._old.version.frames else {}
        for each in plan.instances:
            place_instance(batch, each.number, process_id=each.process.id, state=pack_tokens(each.tokens.values()))
            if each.number in is_framed:
                change_frame(batch, each.number, name=each.process.name or each.process.id)
            for number, (_, now) in each.became.items():
                if number in is_framed:
                    change_frame(batch, number, element_id=now.id, name=now.label)
        of_instances = {each.number: each.process.id for each in plan.instances}
        for row in stuck:
            is_elsewhere = of_instances.get(row.instance) not in (None, row.process_id)
            change_incident(
                batch, row.number, element_id=row.element_id, process_id=row.process_id if is_elsewhere else None
            )
        kept = self._calendar_digest()
        cases.change_case(batch, variant_digest=self._order.variant.digest, calendar_digest=kept)
        batch.flush(self._connection)

    def _calendar_digest(self) -> str | None:
        """A calendar that was applied to the case stays where it is later than the new version's own."""
        if self._case.calendar_digest is None:
            return None
        stored = {row.digest: row.stored_at for row in cases.versions_of(self._connection, self._case.council_id)}
        own, applied = stored.get(self._order.variant.digest), stored.get(self._case.calendar_digest)
        return self._case.calendar_digest if own is not None and applied is not None and applied > own else None

    def _set_up(
        self, new: Step, plan: CasePlan, standing: Standing, came: Came, before: Mapping[int, WaitingDay]
    ) -> CaseMoved:
        order = self._order
        self._record(new, plan)
        rows = WaitingRows(new, standing, self._refusals)
        for each in plan.instances:
            rows.rewrite(each)
        new.flush()
        begin_frames(new, plan.instances)
        days = move_deadlines(new, before, came, order.table, reason=order.why, refusals=self._refusals)
        armed = [event for each in plan.instances for event in _arm(new, each)]
        begun = [label for each in plan.instances for label in opened(each)] + self._begin_by_time(new)
        if self._refusals.sentences:
            raise self._refusal()
        new.facts.is_renamed = True  # by other facts, perhaps
        return CaseMoved(
            reference=self._case.reference,
            was_digest=self._case.variant_digest,
            renamed=renamed(plan),
            armed=tuple(event.element.label for event in armed),
            ended=(),
            begun=tuple(begun),
            days=days,
            handed_back=tuple(rows.handed_back),
            warnings=(),
        )

    def _record(self, new: Step, plan: CasePlan) -> None:
        order = self._order
        became: dict[str, dict[str, str]] = {}
        for each in plan.instances:
            for was, now in each.became.values():
                if was.id != now.id:
                    became.setdefault(was.process_id, {})[was.id] = now.id
        for process, said in order.table.elements.items():
            became.setdefault(process, {}).update({was: now for was, now in said.items() if now})
        table = order.table.to_json()
        new.record(
            RecordKind.POLICY_CHANGED,
            version=order.words.now,
            was=self._case.variant_digest,
            now=order.variant.digest,
            calendar=new.case.calendar_digest,
            reason=order.why,
            despite=order.despite or None,
            table=table if any(table.values()) else None,
        )
        moves.add_move(
            new.batch,
            new.allocate(),
            was_digest=self._case.variant_digest,
            now_digest=order.variant.digest,
            moved_at=new.now,
            table=json.dumps(table, ensure_ascii=False),
            became=json.dumps(became, ensure_ascii=False),
        )
        forget_undo(new.batch)

    def _begin_by_time(self, new: Step) -> list[str]:
        """Processes that begin by time in every case, and that the old version did not have, wait from now on."""
        known = moves.processes_begun(self._connection, self._case.case_id)
        begun: list[str] = []
        for process_id, starts in new.version.time_starts.items():
            if process_id not in known:
                for start in starts:
                    new.start(process_id, start.id)
                begun.append(_name_of(self._processes[process_id]))
        return begun

    def _verify(self, new: Step, last_number: int) -> None:
        """Nothing may have come to a stand, and nothing may wait for what nobody knows."""
        for row in incidents_since(self._connection, self._case.case_id, last_number):
            label = self._processes[row.process_id].elements[row.element_id].label
            self._refusals.cannot_be_set(label, row.message)
        for sentence in whats_wrong(self._connection, self._case.case_id, new.version):
            self._refusals.cannot_be_set(self._case.reference, sentence)
        if self._refusals.sentences:
            raise self._refusal()


def _arm(new: Step, plan: InstancePlan) -> list[Armed]:
    run = new.load(plan.number).run
    for number in plan.opened:
        run.begin_round(number)
    for event in plan.armed:
        run.spawn(event.element.id, scope=event.scope, host=event.host, gate=event.gate, via=event.via)
    return plan.armed


def _is_level(kind: ElementKind) -> bool:
    return kind is ElementKind.SUBPROCESS


def _name_of(process: Process) -> str:
    return process.name or process.id
