"""What has followed the completion of a task, in sentences."""

from __future__ import annotations

from dataclasses import dataclass

from engine.casework.step.office import Office
from engine.casework.words.items import item_names
from engine.casework.words.sentences import NarratedEntry, Narrator
from engine.model import TaskId
from engine.record_kinds import RecordKind, Trait
from engine.store import cases, jobs
from engine.store import record as chain
from engine.store.letters import SentLetter, listed_letters

#: Entries that are told; what came later stands in the history.
MOST_TOLD = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Aftermath:
    followed: tuple[NarratedEntry, ...]  #: the completion itself first
    letters: tuple[SentLetter, ...]  #: that left after it
    has_more: bool  #: the history tells more
    on_the_way: bool  #: something is still being sent


def read_aftermath(office: Office, task: TaskId, *, council_id: str) -> Aftermath:
    """What the record tells from the completion (or the end) of this task on. Raises CaseNotFoundError."""
    with office.database.read() as connection:
        case = cases.find_case(connection, task.reference, council_id)
        version = office.versions.get(connection, case.variant_digest)
        settings = office.in_force(connection, version, council_id).settings
        entries = chain.entries_of(connection, case.case_id)
        names = item_names(connection, case.case_id, version.variant.settings)
        letters = listed_letters(connection, case.case_id)[::-1]
        waiting = jobs.has_waiting_jobs(connection, case.case_id)
    narrator = Narrator(version.variant, lambda: names, settings=settings)
    told = [narrator.narrate(entry) for entry in entries]  # in order: a later entry names what an earlier one said
    ends = {RecordKind.TASK_COMPLETED, RecordKind.TASK_CANCELLED}
    begin = next(
        (
            place
            for place in range(len(entries) - 1, -1, -1)
            if entries[place].kind in ends and (entries[place].content or {}).get("task") == task.number
        ),
        None,
    )
    if begin is None:
        return Aftermath(followed=(), letters=(), has_more=False, on_the_way=False)
    quiet = RecordKind.having(Trait.QUIET)
    after = [entry for entry in told[begin:] if entry.kind not in quiet]
    return Aftermath(
        followed=tuple(after[:MOST_TOLD]),
        letters=tuple(letter for letter in letters if letter.sent_at >= entries[begin].at),
        has_more=len(after) > MOST_TOLD,
        on_the_way=waiting,
    )
