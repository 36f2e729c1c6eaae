"""A day that is a fact where one was agreed, and otherwise that of a limit: a correction takes it from one to the
other."""

from __future__ import annotations

from datetime import date

import pytest

from engine.casework.background.recalculation import recalculate_deadlines
from engine.casework.cases.corrections import correct_fact
from engine.casework.tasks.deadlines import extend_deadline
from engine.model import DeadlineStatus
from engine.store import Database, schema
from engine.variants import Variant
from tests.casework.builders import Play, user
from tests.casework.tasks import test_deadline_changed as changed
from tests.casework.tasks.test_deadlines import DUE, LIMITS
from tests.casework.tasks.test_frames import DUE_ON, IN_A_SUB_PROCESS, LATER, frame_id, variant

EITHER = "=if agreed_on = null then due(&quot;decide&quot;) else agreed_on"
AGREED = date(2026, 3, 30)
ON_TASK = DUE.replace("=due(&quot;decide&quot;)", EITHER)
#: The task, the frame round it, and the timer on the frame's edge.
BODY = (
    IN_A_SUB_PROCESS.replace("=due(&quot;decide&quot;)", EITHER)
    .replace('=due("decide")', EITHER)
    .replace(user("first"), user("first", more=ON_TASK))
)


def played(database: Database, *, agreed: str | None = None, policy: Variant | None = None) -> Play:
    play = Play(database, policy or variant(BODY), answers={"agreed_on": agreed})
    play.complete("before")
    return play


def agree(play: Play, day: date | None) -> None:
    value = day.isoformat() if day is not None else None
    correct_fact(play.office, play.reference, "agreed_on", value, reason="a slip", by="Officer 1")


def days(play: Play) -> list[date | None]:
    """Of the task, and of the frame."""
    (task,) = play.tasks()
    return [task.due_on, task.frame_due_on]


def running(play: Play) -> int:
    """Deadlines that count."""
    with play.office.database.read() as connection:
        rows = connection.execute(schema.deadlines.select()).all()
    return sum(row.status is DeadlineStatus.CURRENT for row in rows)


def test_what_was_agreed_after_all_is_due_then_and_by_no_limit(database: Database) -> None:
    play = played(database)
    assert (days(play), running(play)) == ([DUE_ON, DUE_ON], 3)
    agree(play, AGREED)
    assert (days(play), running(play), play.tasks()[0].explanation) == ([AGREED, AGREED], 0, None)
    play.wait(days=28)
    assert play.open() == ["first"]
    play.wait(days=1)
    assert play.open() == ["first", "say_when"]


def test_no_calendar_takes_an_agreed_day_back_to_the_limit(database: Database) -> None:
    working = LIMITS.replace(b'"days"', b'"working days"')
    play = played(database, policy=variant(BODY, limits=working))
    agree(play, AGREED)
    later = variant(BODY, limits=working, settings="[calendar]\nclosure_days = [2026-03-20]\n")
    assert recalculate_deadlines(play.office, later) == []
    assert days(play) == [AGREED, AGREED]


def test_what_was_not_agreed_after_all_is_due_by_its_limit_which_can_be_extended(database: Database) -> None:
    play = played(database, agreed=AGREED.isoformat())
    assert (days(play), running(play)) == ([AGREED, AGREED], 0)
    agree(play, None)
    assert (days(play), running(play)) == ([DUE_ON, DUE_ON], 3)
    assert "20 days after" in (play.tasks()[0].explanation or "")
    extend_deadline(play.office, frame_id(play), until=LATER, reason="an agency is late", by="Officer 1")
    assert days(play) == [DUE_ON, LATER]


@pytest.mark.parametrize(("agreed", "due"), [(AGREED, LATER), (date(2026, 4, 20), date(2026, 4, 20))])
def test_a_persons_extension_holds_where_it_is_later_than_what_was_agreed(
    database: Database, agreed: date, due: date
) -> None:
    play = played(database)
    extend_deadline(play.office, frame_id(play), until=LATER, reason="an agency is late", by="Officer 1")
    agree(play, agreed)
    assert days(play) == [agreed, due]


def test_who_listens_hears_the_day_that_was_said_last_and_the_one_that_was_agreed(database: Database) -> None:
    drawn = changed.part().replace('value="=due(&quot;decide&quot;)"', f'value="{EITHER}"')
    policy = changed.variant(changed.main(drawn, changed.hears("changed", on="part")))
    play = Play(database, policy, answers={"agreed_on": None})
    extend_deadline(play.office, frame_id(play), until=LATER, reason="an agency is late", by="Officer 1")
    agree(play, date(2026, 4, 20))
    told = changed.told(play)
    assert (told["was"], told["is"], told["limit"]) == (LATER, date(2026, 4, 20), None)
    agree(play, None)
    told = changed.told(play)
    assert (told["was"], told["is"], told["limit"]) == (date(2026, 4, 20), DUE_ON, "decide")
