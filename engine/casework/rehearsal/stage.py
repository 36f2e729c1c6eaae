"""The office on which things are rehearsed: the same cases and the same policy, and nothing of it is kept or leaves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from engine.casework.step.office import Office, nobody_listens
from engine.clock import SettableClock
from engine.handling import LetterWriter
from engine.letters import LetterSet, MemoryPost
from engine.variants import Variant


@contextmanager
def rehearse(office: Office) -> Iterator[Office]:
    """An office that sees everything this one sees. What is done on it is undone at the end, whatever happens.

    Its letters are text alone and go nowhere, its jobs are announced to nobody, its clock stands still. Use it in one
    thread, and briefly: while it lasts, SQLite lets nobody else write, and PostgreSQL nobody else move the case.
    Raises CaseBusyError where somebody else is moving the case.
    """
    with office.database.rehearsal() as database:
        yield replace(
            office,
            database=database,
            clock=SettableClock(office.clock.now()),
            letters=_text_alone,
            post=MemoryPost(),
            announce=nobody_listens,
            watch=None,
        )


def _text_alone(variant: Variant) -> LetterWriter:
    return LetterSet(variant.letters, variant.settings.council, with_pdf=False)
