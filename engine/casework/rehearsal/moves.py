"""What moving a case to another version of its policy would do to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.casework.migration.move_case import move_case
from engine.casework.migration.order import CaseMoved, MoveOrder
from engine.casework.rehearsal.consequences import Consequences
from engine.casework.rehearsal.copies import CopiedCouncil
from engine.casework.rehearsal.places import PlaceMove, StandingPlace, moved_places, places_of
from engine.casework.rehearsal.preview import after
from engine.casework.step.office import Office
from engine.errors import MoveRefusedError
from engine.handler import Effect
from engine.model import TaskStatus
from engine.store import cases, tasks
from engine.store.cases import CaseRow
from engine.words import weekday_in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class MovePreview:
    reference: str
    title: str
    refusals: tuple[str, ...]  #: why it cannot be moved; () where it can
    moved: CaseMoved | None  #: None where it cannot
    follows: Consequences | None  #: at once; None where it cannot
    stands_at: tuple[str, ...]  #: the tasks that would be open, with the days on which they would be due
    places: tuple[PlaceMove, ...]  #: every token, timer, task and process inside; () where they were not asked for


def what_follows_moving(
    copies: CopiedCouncil, row: CaseRow, order: MoveOrder, *, with_places: bool = False
) -> MovePreview:
    """Tried on a copy of the case; warnings are told, and keep nothing back."""
    effects: list[Effect] = []
    moved: list[CaseMoved | None] = []
    with copies.rehearse(row, note=effects.append) as stage:
        was = _places(stage, row) if with_places else {}
        try:
            follows = after(
                stage,
                effects,
                row.reference,
                row.council_id,
                lambda: moved.append(move_case(stage, row.reference, order, council_id=row.council_id)),
            )
        except MoveRefusedError as error:
            return MovePreview(
                reference=row.reference, title=row.title, refusals=error.sentences, moved=None, follows=None,
                stands_at=(), places=moved_places(was, was),
            )  # fmt: skip
        now = _places(stage, row) if with_places else {}
        with stage.database.read() as connection:
            waiting = [each for each in tasks.of_case(connection, row.case_id) if each.status is TaskStatus.OPEN]
    return MovePreview(
        reference=row.reference,
        title=row.title,
        refusals=(),
        moved=moved[0],
        follows=follows,
        stands_at=tuple(
            f"{task.name} (due {weekday_in_words(task.due_on)})" if task.due_on is not None else task.name
            for task in waiting
        ),
        places=moved_places(was, now),
    )


def _places(stage: Office, row: CaseRow) -> Mapping[int, StandingPlace]:
    """By the version that the case has on the stage at this moment."""
    with stage.database.read() as connection:
        case = cases.case_by_id(connection, row.case_id)
        version = stage.versions.get(connection, case.variant_digest, case.calendar_digest)
        return places_of(connection, row.case_id, version)
