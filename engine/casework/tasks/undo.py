"""Undoing a wrong completion, while nothing followed and no letter left. The record keeps both."""

from __future__ import annotations

import json

from engine.casework.step.instance import Before
from engine.casework.step.office import Office
from engine.casework.step.step import Step
from engine.casework.tasks.rights import known_person, teams_of
from engine.casework.words.items import item_names
from engine.casework.words.sentences import Narrator
from engine.casework.words.values import in_words
from engine.errors import BadInputError, NotAllowedError, TaskNotFoundError, UndoRefusedError
from engine.model import CaseStatus, TaskId, TaskStatus
from engine.record_kinds import RecordKind, Trait
from engine.runtime.tokens import unpack_tokens
from engine.store import cases, undo
from engine.store import record as chain
from engine.store import tasks as stored
from engine.store.days_before import DaysBefore
from engine.words import typed_text

_INSTEAD = "Correct what is wrong with `asb correct`, or do what the case now asks for."


def undo_completion(office: Office, task: TaskId, *, reason: str, by: str, council_id: str | None = None) -> None:
    """Take the completion back: the task is open again, and the case stands as it stood before.

    What the completion told stays on its rows, no longer current, and its entries stay in the record. Numbers of the
    case are not used again. Raises TaskNotFoundError, NotAllowedError for a person who neither completed the task nor
    is of its team, and UndoRefusedError where something followed, with what that was.
    """
    reason = typed_text(reason)
    if not reason:
        raise BadInputError("Say why it is undone: the reason is kept in the record.")
    with office.step(task.reference, actor=by, council_id=council_id) as step:
        row = stored.load_task(step.connection, step.case.case_id, task.number)
        if row is None:
            raise TaskNotFoundError(str(task))
        if row.status != TaskStatus.COMPLETED:
            raise UndoRefusedError(f"“{row.name}” ({task}) is not completed; there is nothing to undo.")
        _check_may_undo(step, row, by)
        kept = undo.load_undo(step.connection, step.case.case_id)
        if kept is None or kept.task != task.number or _something_followed(step, kept.last_seq):
            raise UndoRefusedError(_what_followed(step, row, task, kept))
        _check_nothing_left(step, row, task, kept.last_number)
        _put_back(step, row, kept, reason)


def _check_may_undo(step: Step, row: stored.TaskRow, by: str) -> None:
    settings = step.settings
    person = known_person(settings, by)
    if row.completed_by != by and row.team not in teams_of(settings, person):
        raise NotAllowedError(
            f"“{row.name}” was done by {row.completed_by}. Only they, or somebody of the team "
            f"{settings.team_name(row.team)}, can undo it."
        )


def _something_followed(step: Step, last_seq: int) -> bool:
    """Whether more came after the entry than people who looked, noted something or added a file."""
    if last_seq == step.case.record_seq:
        return False
    return chain.has_entries_after(step.connection, step.case.case_id, last_seq, besides=RecordKind.having(Trait.QUIET))


def _what_followed(step: Step, row: stored.TaskRow, task: TaskId, kept: undo.UndoRow | None) -> str:
    """The first thing that happened after the completion or, where that cannot be told any more, the last one."""
    entries = chain.entries_of(step.connection, step.case.case_id, without=RecordKind.having(Trait.QUIET))
    entry = entries[-1]
    if kept is not None and kept.task == task.number:
        entry = next(e for e in entries if e.seq > kept.last_seq)
    case_id, settings = step.case.case_id, step.settings
    narrator = Narrator(step.version.variant, lambda: item_names(step.connection, case_id, settings), settings=settings)
    return (
        f"“{row.name}” ({task}) cannot be undone any more: something followed. "
        f"{in_words(entry.at.isoformat())}: {narrator.narrate(entry).sentence} {_INSTEAD}"
    )


def _check_nothing_left(step: Step, row: stored.TaskRow, task: TaskId, last_number: int) -> None:
    """Jobs that the completion made must not have been begun: what a worker has taken may have left the building."""
    for job in undo.lock_jobs_after(step.connection, step.case.case_id, last_number):
        if job.attempts:
            element = step.load_process(job.instance).elements[job.element_id]
            raise UndoRefusedError(
                f"“{row.name}” ({task}) cannot be undone any more: “{element.label}” has begun and cannot be called "
                f"back. {_INSTEAD}"
            )


def _put_back(step: Step, row: stored.TaskRow, kept: undo.UndoRow, reason: str) -> None:
    case_id = step.case.case_id
    before = {int(number): Before.from_json(values) for number, values in json.loads(kept.instances).items()}
    after = undo.states_of(step.connection, case_id, before)
    taken_back = undo.names_of_tasks_after(step.connection, case_id, kept.last_number)
    undo.put_back(
        step.batch,
        last_number=kept.last_number,
        now=step.now,
        gone=[number for instance in before for number in _live(before[instance].state) - _live(after[instance])],
        moved={number: {**values.columns(), "ended_at": None} for number, values in before.items()},
    )
    DaysBefore.from_json(kept.days or "{}").put_back(step.batch)
    undo.forget_undo(step.batch)
    step.facts.count_items_again(kept.item_counts)
    step.facts.is_renamed = True  # it may be: what was told is no longer current
    step.record(
        RecordKind.COMPLETION_UNDONE,
        task=row.number,
        element=row.name,
        element_id=row.element_id,
        item=row.item_id or None,
        completed_by=row.completed_by,
        entries=list(range(kept.first_seq, kept.last_seq + 1)),
        reason=reason,
        taken_back=list(taken_back) or None,
    )
    if step.case.status == CaseStatus.CLOSED:
        cases.change_case(step.batch, status=CaseStatus.OPEN, closed_at=None, closed_as=None)
        step.record(RecordKind.CASE_REOPENED)


def _live(state: bytes) -> set[int]:
    return {token.number for token in unpack_tokens(state)}
