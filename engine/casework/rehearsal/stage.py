"""The office on which things are rehearsed: the same cases and the same policy, and nothing of it is kept or leaves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from engine.casework.step.office import Office, nobody_listens
from engine.clock import SettableClock
from engine.handler import Note


@contextmanager
def rehearse(office: Office, *, note: Note = lambda _effect: None) -> Iterator[Office]:
    """An office that sees everything this one sees. What is done on it is undone at the end, whatever happens.

    Stand-ins stand behind every port, and `note` hears what handlers would have done in the world; its jobs are
    announced to nobody, its clock stands still. Use it in one thread, and briefly: while it lasts, SQLite lets nobody
    else write, and PostgreSQL nobody else move the case. Raises CaseBusyError where somebody else is moving the case.
    """
    with office.database.rehearsal() as database:
        yield replace(
            office,
            database=database,
            clock=SettableClock(office.clock.now()),
            ports=office.ports.rehearsed(note),
            announce=nobody_listens,
            watch=None,
        )
