"""A ladder on the edge of a time frame is that of the tasks inside; the other timers there move with the frame."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine.casework.cases.corrections import correct_fact
from engine.casework.tasks.deadlines import extend_deadline
from engine.clock import local_date
from engine.store import Database, schema
from tests.casework.builders import Play, user
from tests.casework.tasks.test_deadlines import DUE, LIMITS
from tests.casework.tasks.test_frames import DUE_ON, FROM_A_DAY, IN_A_SUB_PROCESS, LATE, LATER, frame_id, variant

RUNG = (
    LATE.replace('id="late', 'id="rung').replace('name="late"', 'name="rung"').replace("say_when", "climbed")
    .replace('id="said"', 'id="rung_said"').replace('"late"', '"rung"').replace("late_to", "rung_to")
    .replace('"said"', '"rung_said"').replace(
        'cancelActivity="false">',
        'cancelActivity="false"><bpmn:extensionElements><zeebe:properties><zeebe:property name="rung" value="1"/>'
        "</zeebe:properties></bpmn:extensionElements>",
    )
)  # fmt: skip
BODY = IN_A_SUB_PROCESS.replace(user("first"), user("first", more=DUE)).replace(LATE, LATE + RUNG)
SOONER = date(2026, 3, 25)


def played(database: Database, limits: bytes = LIMITS) -> Play:
    play = Play(database, variant(BODY, limits=limits), answers={"told_on": "2026-03-02"})
    play.complete("before")
    return play


def days_of_timers(play: Play) -> dict[str, date]:
    """The last day before each comes."""
    with play.office.database.read() as connection:
        rows = connection.execute(schema.timers.select()).all()
    return {row.element_id: local_date(row.fires_at) - timedelta(days=1) for row in rows}


def extend(play: Play, *, frame: date | None = None, task: date | None = None) -> None:
    if frame is not None:
        extend_deadline(play.office, frame_id(play), until=frame, reason="an agency is late", by="Officer 1")
    if task is not None:
        extend_deadline(play.office, play.task_id("first"), until=task, reason="illness", by="Officer 1")


def test_extended_each_moves_with_what_it_is_of(database: Database) -> None:
    play = played(database)
    assert days_of_timers(play) == {"late": DUE_ON, "rung": DUE_ON}
    extend(play, frame=LATER)
    assert days_of_timers(play) == {"late": LATER, "rung": DUE_ON}
    extend(play, task=SOONER)
    assert days_of_timers(play) == {"late": LATER, "rung": SOONER}


@pytest.mark.parametrize(
    ("frame", "task"), [(None, None), (LATER, None), (None, LATER), (LATER, SOONER), (SOONER, LATER)]
)
def test_a_start_that_is_put_right_leaves_each_the_time_it_was_given(
    database: Database, frame: date | None, task: date | None
) -> None:
    play = played(database, FROM_A_DAY)
    extend(play, frame=frame, task=task)
    correct_fact(play.office, play.reference, "told_on", "2026-03-04", reason="a slip", by="Officer 1")
    counted = DUE_ON + timedelta(days=2)
    assert days_of_timers(play) == {"late": frame or counted, "rung": task or counted}
    (seen,) = play.tasks()
    assert (seen.frame_due_on, seen.due_on) == (frame or counted, task or counted)
