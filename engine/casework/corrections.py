"""Correcting what is known, and erasing what may no longer be kept. The old entry, or that there was one, stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine import feel
from engine.casework.case_facts import Source
from engine.casework.office import Office
from engine.casework.people import known_person
from engine.errors import BadInputError
from engine.model import CASE, Subject
from engine.store import record, undo


def correct_fact(
    office: Office, reference: str, name: str, value: Any, *, reason: str, by: str, item_id: str = "",
    council_id: str | None = None,
) -> None:
    """A fact was wrong: the new one supersedes it. Nothing that followed from it is undone."""
    if not reason.strip():
        raise BadInputError("Say why it is corrected: the reason is kept in the record.")
    subject = Subject(collection=item_id.rpartition("-")[0], item_id=item_id) if item_id else CASE
    with office.step(reference, actor=by, council_id=council_id) as step:
        known_person(step.version.variant.settings, by)
        known = step.facts.of(subject)
        if name not in known:
            about = f" of {item_id}" if item_id else ""
            raise BadInputError(f"No fact “{name}”{about} is known in {reference}; there is nothing to correct.")
        new = feel.from_json(value)
        step.record("fact corrected", fact=name, item=item_id or None, was=known[name], now=new, reason=reason)
        step.tell_facts(subject, {name: new}, Source(by=by, words=f"correction: {reason}"[:200]))


def erase_contents(
    office: Office, reference: str, entries: Sequence[int], *, reason: str, by: str, council_id: str | None = None
) -> None:
    """Take away what these entries of the record say (retention, a person's right). The chain stays whole, and an
    entry says that it was done, by whom and why."""
    if not reason.strip():
        raise BadInputError("Say why it is erased: the reason is kept in the record.")
    with office.step(reference, actor=by, council_id=council_id) as step:
        known_person(step.version.variant.settings, by)
        beyond = [seq for seq in entries if not 1 <= seq <= step.case.record_seq]
        if beyond:
            raise BadInputError(f"The record of {reference} has no entry {beyond[0]}.")
        erasures = record.erasures_among(step.connection, step.case.case_id, entries)
        if erasures:
            raise BadInputError(f"Entry {erasures[0]} says what was erased before. It holds the chain together; leave it.")
        record.erase(step.connection, step.case.case_id, entries)
        undo.forget(step.connection, step.case.case_id)  # it holds what the process instances knew
        step.record(record.ERASURE, entries=list(entries), reason=reason)
