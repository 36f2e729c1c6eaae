"""A fact that was wrong or left out is put right, and what is still due moves with the day that it counts from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engine import feel
from engine.casework.background.incidents import retry_incident
from engine.casework.cases.corrections import correct_fact
from engine.casework.tasks.deadlines import extend_deadline, suspend_deadline, take_back_extension
from engine.errors import BadInputError
from engine.model import CASE, Subject, TaskId
from engine.store import Database, facts, incidents
from tests.casework.builders import Play, chain_of, process, user, variant_of
from tests.casework.tasks.test_deadlines import LATE, LIMITS

FROM_A_FACT = LIMITS.replace(b'"case.opened_on"', b'"told_on"')
SETS = (
    '<bpmn:scriptTask id="set" name="set"><bpmn:extensionElements>'
    '<zeebe:script expression="=date(&quot;2026-03-02&quot;)" resultVariable="day"/>'
    '<zeebe:ioMapping><zeebe:output source="=day" target="told_on"/></zeebe:ioMapping>'
    "</bpmn:extensionElements></bpmn:scriptTask>"
)
DUE = '<zeebe:taskSchedule dueDate="=due(&quot;decide&quot;)"/>'
BODY = (
    '<bpmn:startEvent id="begin"/>'
    + SETS
    + user("decide", more=DUE, boundary=LATE)
    + user("chase")
    + user("check", team="=if ready then &quot;team&quot; else &quot;nobody&quot;", more=DUE)
    + '<bpmn:endEvent id="done"/><bpmn:endEvent id="chased"/>'
    + chain_of("begin", "set", "decide", "check", "done")
    + chain_of("late", "chase", "chased")
)
DUE_ON = date(2026, 3, 22)


@pytest.fixture
def play(database: Database) -> Play:
    variant = variant_of(process(BODY), files={"time_limits.dmn": FROM_A_FACT})
    answers = {"ready": False, "word": "noise", "count": 3, "reports": [{"name": "first"}]}
    return Play(database, variant, answers=answers)


def correct(play: Play, name: str, value: Any, item: str = "") -> None:
    correct_fact(play.office, play.reference, name, value, reason="a slip", by="Officer 1", item_id=item)


def known(play: Play, name: str, subject: Subject = CASE) -> Any:
    case_id = play.case().case_id
    with play.office.database.begin() as connection:
        return {row.name: feel.load(row.value) for row in facts.current_facts(connection, case_id, subject)}[name]


def incident(play: Play) -> TaskId:
    case_id = play.case().case_id
    with play.office.database.begin() as connection:
        (row,) = incidents.open_incidents(connection, case_id=case_id)
    return TaskId(reference=play.reference, number=row.number)


def due(play: Play) -> list[date | None]:
    return [task.due_on for task in play.tasks()]


def test_a_corrected_day_is_a_day(play: Play) -> None:
    correct(play, "told_on", "2026-03-05")
    assert known(play, "told_on") == date(2026, 3, 5)


def test_a_corrected_day_moves_the_deadline_and_the_timer_that_count_from_it(play: Play) -> None:
    play.wait(days=5)
    correct(play, "told_on", "2026-03-05")
    assert due(play) == [date(2026, 3, 25)]
    (task,) = play.tasks()
    assert "20 days after Thursday 5 March" in (task.explanation or "")
    play.wait(days=18)  # 25 March
    assert play.open() == ["decide"]
    play.wait(days=1)
    assert play.open() == ["chase", "decide"]
    moved = [content for kind, content in play.record() if kind == "deadline followed"]
    assert [(each["element"], each["was"], each["now"]) for each in moved] == [
        ("decide", "2026-03-22", "2026-03-25"),
        ("late", "2026-03-22", "2026-03-25"),
    ]


def test_what_does_not_count_from_the_corrected_fact_stays(play: Play) -> None:
    correct(play, "word", "shouting")
    assert due(play) == [DUE_ON]
    assert not any(kind == "deadline followed" for kind, _ in play.record())


def extended(play: Play, until: date) -> None:
    extend_deadline(play.office, play.task_id("decide"), until=until, reason="a slip of the pen", by="Officer 1")


def test_an_extension_holds_where_it_is_later_than_the_limit_counted_anew(play: Play) -> None:
    extended(play, date(2031, 12, 17))
    correct(play, "told_on", "2026-02-20")
    (task,) = play.tasks()
    assert task.due_on == date(2031, 12, 17)
    assert "as Officer 1 set it (a slip of the pen). The limit itself: Thursday 12 March 2026" in (
        task.explanation or ""
    )
    take_back_extension(play.office, play.task_id("decide"), reason="it was one", by="Officer 1")
    assert due(play) == [date(2026, 3, 12)]
    play.wait(days=11)
    assert play.open() == ["chase", "decide"]


def test_the_limit_counted_anew_holds_where_it_is_later_than_the_extension(play: Play) -> None:
    extended(play, date(2026, 3, 24))
    correct(play, "told_on", "2026-03-10")
    assert due(play) == [date(2026, 3, 30)]


def test_a_suspended_deadline_stays_suspended(play: Play) -> None:
    suspend_deadline(play.office, play.task_id("decide"), reason="the court decides first", by="Officer 1")
    correct(play, "told_on", "2026-02-01")
    play.wait(days=60)
    assert (due(play), play.open()) == ([None], ["decide"])


def test_what_stands_still_says_once_since_what_day_and_what_it_would_be_due_on(play: Play) -> None:
    suspend_deadline(play.office, play.task_id("decide"), reason="the court decides first", by="Officer 1")
    correct(play, "told_on", "2026-03-05")
    correct(play, "told_on", "2026-03-06")
    (task,) = play.tasks()
    assert (task.explanation or "").startswith(
        "Suspended by Officer 1 (the court decides first); it was due on Sunday 22 March 2026. Counted anew, it would "
        "be due on Thursday 26 March 2026: 20 days after"
    )
    assert (task.explanation or "").count("Counted anew") == 1


def test_what_is_set_after_the_correction_is_counted_from_the_corrected_day(play: Play) -> None:
    correct(play, "told_on", "2026-03-05")
    correct(play, "ready", True)
    play.complete("decide")
    assert due(play) == [date(2026, 3, 25)]


def test_a_task_that_is_retried_after_days_is_due_when_it_would_have_been(play: Play) -> None:
    play.complete("decide")
    assert play.open() == []
    play.wait(days=10)
    correct(play, "ready", True)
    retry_incident(play.office, incident(play), by="Officer 1")
    assert (play.open(), due(play)) == (["check"], [DUE_ON])


@pytest.mark.parametrize(
    ("name", "value"),
    [("told_on", "yesterday"), ("told_on", 5), ("ready", "true"), ("ready", 1), ("count", "4"), ("word", 4)],
)
def test_a_correction_is_of_the_same_kind_as_what_it_corrects(play: Play, name: str, value: Any) -> None:
    before = known(play, name)
    with pytest.raises(BadInputError, match="in the same way"):
        correct(play, name, value)
    assert known(play, name) == before


def test_what_is_known_after_all_to_be_unknown_can_be_said(play: Play) -> None:
    correct(play, "count", None)
    assert known(play, "count") is None
    correct(play, "count", 4)
    assert known(play, "count") == Decimal(4)


def test_what_is_so_already_is_not_corrected(play: Play) -> None:
    with pytest.raises(BadInputError, match="is noise already"):
        correct(play, "word", "noise")
    assert not any(kind == "fact corrected" for kind, _ in play.record())


def test_a_fact_that_the_policy_knows_and_that_was_left_out_is_recorded(database: Database) -> None:
    body = BODY.replace(SETS, "").replace(chain_of("begin", "set", "decide"), chain_of("begin", "decide"))
    asked = process('<bpmn:startEvent id="other"/>' + SETS + chain_of("other", "set"), id="never_run")
    play = Play(
        database, variant_of(process(body), asked, files={"time_limits.dmn": FROM_A_FACT}), answers={"ready": True}
    )
    assert play.open() == []
    correct(play, "told_on", "2026-03-02")
    assert [content["fact"] for kind, content in play.record() if kind == "fact recorded"] == ["told_on"]
    case_id = play.case().case_id
    with play.office.database.begin() as connection:
        stuck = [
            TaskId(reference=play.reference, number=row.number)
            for row in incidents.open_incidents(connection, case_id=case_id)
        ]
    for each in stuck:
        retry_incident(play.office, each, by="Officer 1")
    assert (play.open(), due(play)) == (["decide"], [DUE_ON])


@pytest.mark.parametrize(("name", "item"), [("unheard_of", ""), ("name", "reports-2"), ("told_on", "reports-2")])
def test_what_the_policy_does_not_know_is_not_recorded(play: Play, name: str, item: str) -> None:
    with pytest.raises(BadInputError, match="nothing to correct"):
        correct(play, name, "something", item)


def test_an_item_s_fact_is_corrected(play: Play) -> None:
    correct(play, "name", "second", "reports-1")
    assert known(play, "name", Subject(collection="reports", item_id="reports-1")) == "second"
