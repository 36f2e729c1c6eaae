"""What is wrong with a case that was just moved, before it is kept: tokens and rows have to say the same."""

from __future__ import annotations

from collections.abc import Iterator

from engine.casework.step.versions import Version
from engine.diagram.model import ElementKind, EventKind
from engine.model import TaskStatus
from engine.runtime.tokens import Token, unpack_tokens
from engine.store import Connection, instances, jobs, moves, tasks


def whats_wrong(connection: Connection, case_id: int, version: Version) -> Iterator[str]:
    """A sentence for each thing that waits without a token, or each token that waits for nothing."""
    open_tasks = {
        row.number: row.element_id for row in tasks.of_case(connection, case_id) if row.status is TaskStatus.OPEN
    }
    waiting: dict[int, str] = {
        **open_tasks,
        **{row.number: row.element_id for row in jobs.lock_open_jobs(connection, case_id)},
        **dict.fromkeys(moves.armed_timers(connection, case_id), ""),
        **dict.fromkeys(moves.waiting_subscriptions(connection, case_id), ""),
    }
    known: set[int] = set()
    for row in instances.running_instances(connection, case_id):
        process = version.program(row.process_id).process
        tokens = {token.number: token for token in unpack_tokens(_state(connection, case_id, row.number))}
        known |= tokens.keys()
        for token in tokens.values():
            element = process.elements.get(token.element_id)
            if element is None:
                yield f"Something would stand at “{token.element_id}”, which {row.process_id} does not have."
                continue
            if not _has_place(token, tokens, row.number):
                yield f"“{element.label}” would stand nowhere."
            if token.is_parked:
                continue
            event = element.event.kind if element.event is not None else None
            has_row = element.kind is ElementKind.USER or element.job is not None
            waits_by_row = has_row or event in (EventKind.MESSAGE, EventKind.SIGNAL)
            if waits_by_row and token.number not in waiting:
                yield f"Nobody would be asked for “{element.label}”."
            elif has_row and waiting[token.number] != element.id:
                yield f"“{element.label}” would wait as “{waiting[token.number]}”."
    for number in sorted(waiting.keys() - known):
        yield f"Number {number} would wait for ever."


def _has_place(token: Token, tokens: dict[int, Token], instance: int) -> bool:
    return (token.scope is None or token.scope in tokens) and (
        token.host is None or token.host == instance or token.host in tokens
    )


def _state(connection: Connection, case_id: int, number: int) -> bytes:
    return instances.load_instance(connection, case_id, number).state
