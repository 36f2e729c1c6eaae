"""Drafts: what a person has typed into a form and not yet said. Each person's own; nothing of them is in the record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.casework.step.office import Office
from engine.errors import BadInputError
from engine.model import TaskId
from engine.store import drafts as stored

#: Characters of a draft, written as JSON. The longest form with every answer at its longest has a tenth of it.
LARGEST = 2_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    answers: Mapping[str, Any]  #: as JSON, as typed: nothing is checked yet
    saved_at: datetime


def place_of_task(task: TaskId) -> str:
    return f"task {task}"


def draft_of(office: Office, place: str, *, council_id: str, person: str) -> Draft | None:
    """The person's draft of what `place` names; None where there is none."""
    with office.database.read() as connection:
        row = stored.load_draft(connection, council_id=council_id, person=person, place=place)
    return Draft(answers=json.loads(row.content), saved_at=row.saved_at) if row is not None else None


def keep_draft(office: Office, place: str, answers: Mapping[str, Any], *, council_id: str, person: str) -> None:
    """Keep what was typed, instead of what was kept before. Raises BadInputError where it is too long."""
    content = json.dumps(answers, ensure_ascii=False, separators=(",", ":"))
    if len(content) > LARGEST:
        raise BadInputError("This is too long to be kept. Make the longest answers shorter, or attach a file instead.")
    with office.database.begin() as connection:
        stored.save_draft(
            connection, council_id=council_id, person=person, place=place, content=content, now=office.clock.now()
        )


def forget_drafts(office: Office, beginning: str, *, before: datetime) -> list[Mapping[str, Any]]:
    """Delete everybody's drafts of places that begin so, and were kept before that moment; gives what they held."""
    with office.database.begin() as connection:
        return [json.loads(each) for each in stored.delete_drafts(connection, beginning=beginning, before=before)]


def drop_draft(office: Office, place: str, *, council_id: str, person: str) -> None:
    with office.database.begin() as connection:
        stored.delete_draft(connection, council_id=council_id, person=person, place=place)
