"""The case as its applicant sees it, with the reference and the code from the letter of acknowledgement."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from engine.casework.cases.access_code import is_same_code, new_code
from engine.casework.step.office import SYSTEM, Office
from engine.casework.words.copy_contents import Copy, current_by_subject
from engine.casework.words.items import name_of, told_apart
from engine.clock import local_date
from engine.errors import AccessRefusedError, CaseNotFoundError
from engine.language import say, spoken
from engine.model import ACCESS_CODE, BEGUN_ON, CASE, CaseStatus, Subject, TaskStatus
from engine.person import spoken_name
from engine.store import Connection, cases, facts
from engine.store import tasks as stored_tasks
from engine.store.cases import CaseRow
from engine.store.frames import FrameRow, open_frames
from engine.store.letters import WholeLetter, letters_of
from engine.store.tasks import TaskOfCase
from engine.variants import Variant

_REFERENCE = re.compile(r"[A-Z0-9-]{1,60}")
#: Compared with what was typed where there is no case, so that the answer takes as long.
_NO_CODE = new_code()


class StageState(StrEnum):
    DONE = "done"
    NOW = "now"


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """A step of the procedure, in the words that its diagram tells the applicant."""

    words: str
    state: StageState
    done_on: date | None = None  #: of one that is done
    due_on: date | None = None  #: of one that is to be done now; None where it has no deadline, or none at present
    is_late: bool = False  #: that day has passed


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """Who deals with the case, and how to reach them; "" where it is not known."""

    name: str
    service: str
    phone: str
    email: str
    address: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ApplicantView:
    council_id: str
    council_name: str
    reference: str
    status: CaseStatus
    opened_on: date
    closed_on: date | None
    closed_as: str | None  #: in the diagram's words
    stages: tuple[Stage, ...]  #: those that are done by their day, then those of now, the most urgent first
    contact: Contact
    letters: tuple[WholeLetter, ...]  #: the latest first

    @property
    def now(self) -> tuple[Stage, ...]:
        """What happens next, with the day by which it does."""
        return tuple(stage for stage in self.stages if stage.state is StageState.NOW)

    def letter(self, number: int) -> WholeLetter | None:
        """The letter of this number, if it is one that the applicant may read."""
        return next((letter for letter in self.letters if letter.number == number), None)


def case_for_applicant(office: Office, council_id: str, reference: str, code: str) -> ApplicantView:
    """The case of this reference for who holds its code.

    Raises AccessRefusedError, the same for a case that there is not and for a code that is not its own.
    """
    with office.database.read() as connection:
        row = _find(connection, council_id, reference)
        known = current_by_subject(facts.history(connection, row.case_id if row is not None else 0))
        kept = known.get(CASE, {}).get(ACCESS_CODE)
        if not is_same_code(str(kept) if kept is not None else _NO_CODE, code) or row is None or kept is None:
            raise AccessRefusedError
        step = office.step_on(connection, row, actor=SYSTEM)
        has_frames = bool(step.version.frames)
        return _read(connection, row, step.version.variant, known, step.now, has_frames=has_frames)


def _find(connection: Connection, council_id: str, reference: str) -> CaseRow | None:
    typed = reference.strip().upper()
    try:
        return cases.find_case(connection, typed if _REFERENCE.fullmatch(typed) else "", council_id)
    except CaseNotFoundError:
        return None


def _read(
    connection: Connection,
    row: CaseRow,
    variant: Variant,
    known: Mapping[Subject, Mapping[str, Any]],
    now: datetime,
    *,
    has_frames: bool,
) -> ApplicantView:
    leaves_out = variant.settings.applicant.leaves_out
    copy = Copy(variant=variant, audience="victim", facts=known, now=now, leaves_out=leaves_out)
    of_case = known.get(CASE, {})
    opened_on = local_date(row.opened_at)
    frames = open_frames(connection, row.case_id) if has_frames else []
    told = [task for task in stored_tasks.of_case(connection, row.case_id) if copy.has_item(task.item_id)]
    return ApplicantView(
        council_id=row.council_id,
        council_name=variant.name,
        reference=row.reference,
        status=row.status,
        opened_on=opened_on,
        closed_on=local_date(row.closed_at) if row.closed_at is not None else None,
        closed_as=row.closed_as,
        stages=(
            Stage(words=say("We received your application"), state=StageState.DONE, done_on=opened_on),
            *_stages(told, copy),
            *_frames(frames, copy),
        ),
        contact=_contact(variant, of_case),
        letters=tuple(_letters(letters_of(connection, row.case_id), variant, of_case)),
    )


def _stages(tasks: Iterable[TaskOfCase], copy: Copy) -> list[Stage]:
    """One stage for all tasks that are told in the same words: it is done when none of them is to be done.

    Of items that a message made each has its own, with its name where the words alone would not tell which.
    """
    variant, names = copy.variant, _names(copy)
    found: dict[tuple[str, str], list[TaskOfCase]] = {}
    for task in tasks:
        process = variant.processes.get(task.process_id)
        element = process.elements.get(task.element_id) if process is not None else None
        told_as = " ".join(element.properties.get("told_to_applicant", "").split()) if element is not None else ""
        words = variant.settings.said(told_as, spoken())
        if words and task.status != TaskStatus.CANCELLED:
            found.setdefault((words, task.item_id if task.item_id in names else ""), []).append(task)
    count = Counter(words for words, _ in found)
    stages = [
        _stage(f"{words} ({names[item_id]})" if item_id and count[words] > 1 else words, told, copy.now)
        for (words, item_id), told in found.items()
    ]
    return sorted(stages, key=lambda stage: (stage.state is StageState.NOW, stage.done_on or stage.due_on or date.max))


def _frames(frames: Iterable[FrameRow], copy: Copy) -> Iterator[Stage]:
    """What is to be done as a whole, where the diagram tells the applicant of it and a day is set."""
    today = local_date(copy.now)
    for frame in frames:
        process = copy.variant.processes[frame.process_id]
        of = process.elements[frame.element_id].properties if frame.element_id is not None else process.properties
        words = copy.variant.settings.said(" ".join(of.get("told_to_applicant", "").split()), spoken())
        if words and frame.due_on is not None and copy.has_item(frame.item_id):
            yield Stage(words=words, state=StageState.NOW, due_on=frame.due_on, is_late=frame.due_on < today)


def _names(copy: Copy) -> Mapping[str, str]:
    """What the items that messages made are called, from what the applicant may see of them."""
    made = {element.item for element in copy.variant.elements if element.item is not None}
    return told_apart(
        {
            subject.item_id: name_of(
                copy.variant.settings,
                subject.collection,
                subject.item_id,
                {name: told for name, told in known.items() if name == BEGUN_ON or copy.has_fact(subject, name)},
            )
            for subject, known in copy.facts.items()
            if subject.collection in made
        }
    )


def _stage(words: str, tasks: Sequence[TaskOfCase], now: datetime) -> Stage:
    to_do = [task for task in tasks if task.status == TaskStatus.OPEN]
    if not to_do:
        done = [task.done_on for task in tasks if task.done_on is not None]
        return Stage(words=words, state=StageState.DONE, done_on=max(done, default=None))
    due = [None if task.is_suspended else task.due_on for task in to_do]
    days = [day for day in due if day is not None]
    # the whole stage has a last day only where each of its tasks has one
    due_on = max(days) if len(days) == len(due) else None
    is_late = due_on is not None and due_on < local_date(now)
    return Stage(words=words, state=StageState.NOW, due_on=due_on, is_late=is_late)


def _contact(variant: Variant, of_case: Mapping[str, Any]) -> Contact:
    council = variant.settings.contact
    name = spoken_name(of_case.get(variant.settings.applicant.contact))
    return Contact(
        name=name if isinstance(name, str) else "",
        service=council.get("service", ""),
        phone=council.get("phone", ""),
        email=council.get("email", ""),
        address=council.get("address", ""),
    )


def _letters(letters: Sequence[WholeLetter], variant: Variant, of_case: Mapping[str, Any]) -> Iterable[WholeLetter]:
    settings = variant.settings
    names = settings.applicant.letters_to or settings.copy_for("victim").letters_to
    recipients = {name for name in (spoken_name(of_case.get(fact)) for fact in names) if isinstance(name, str)}
    return (
        letter
        for letter in reversed(letters)
        if letter.recipient in recipients or not set(letter.of_roles).isdisjoint(names)
    )
