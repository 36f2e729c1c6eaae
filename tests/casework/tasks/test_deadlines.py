"""Deadlines change only by a person with a reason, and the old day stays."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from engine.casework.tasks.deadlines import (
    extend_deadline,
    resume_deadline,
    suspend_deadline,
    take_back_extension,
)
from engine.errors import BadInputError, NotAllowedError, TaskNotFoundError
from engine.model import DeadlineStatus, TaskId, TaskStatus
from engine.store import Database, schema
from tests.casework.builders import Play, chain_of, process, user, variant_of

LIMITS = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="time_limits_file" name="time limits"
  namespace="http://camunda.org/schema/1.0/dmn">
  <decision id="time_limits" name="Time limits"><decisionTable id="table" hitPolicy="UNIQUE">
    <input id="limit" label="Limit">
      <inputExpression id="e" typeRef="string"><text>limit</text></inputExpression></input>
    <output id="amount" name="amount" typeRef="number"/><output id="unit" name="unit" typeRef="string"/>
    <output id="counting" name="counting" typeRef="string"/>
    <output id="counted_from" name="counted_from" typeRef="string"/>
    <annotation name="Clause"/><annotation name="Reading"/>
    <rule id="r1"><inputEntry id="i1"><text>"decide"</text></inputEntry>
      <outputEntry id="o1"><text>20</text></outputEntry><outputEntry id="o2"><text>"days"</text></outputEntry>
      <outputEntry id="o3"><text>"after"</text></outputEntry>
      <outputEntry id="o4"><text>"case.opened_on"</text></outputEntry>
      <annotationEntry><text>T1</text></annotationEntry>
      <annotationEntry><text>Days are days.</text></annotationEntry></rule>
  </decisionTable></decision>
</definitions>"""
DUE = '<zeebe:taskSchedule dueDate="=due(&quot;decide&quot;)"/>'
LATE = (
    '<bpmn:boundaryEvent id="late" name="late" attachedToRef="decide" cancelActivity="false">'
    '<bpmn:timerEventDefinition id="late_timer"><bpmn:timeDate>=due("decide")</bpmn:timeDate>'
    "</bpmn:timerEventDefinition></bpmn:boundaryEvent>"
)
BODY = (
    '<bpmn:startEvent id="begin"/>'
    + user("decide", more=DUE, boundary=LATE)
    + user("chase")
    + user("free")
    + '<bpmn:endEvent id="done"/><bpmn:endEvent id="chased"/>'
    + chain_of("begin", "decide", "free", "done")
    + chain_of("late", "chase", "chased")
)
DUE_ON = date(2026, 3, 22)  # 20 days after Monday 2 March
LATER = date(2026, 4, 10)


@pytest.fixture
def play(database: Database) -> Play:
    return Play(database, variant_of(process(BODY), files={"time_limits.dmn": LIMITS}))


def deadlines(play: Play, task: TaskId) -> list[tuple[date, str]]:
    columns = schema.deadlines.c
    with play.office.database.begin() as connection:
        rows = connection.execute(
            schema.deadlines.select().where(columns.token == task.number).order_by(columns.number)
        ).all()
        for row, following in pairwise(rows):
            assert row.superseded_by == following.number
        return [(row.due_on, row.status) for row in rows]


def timer_id(play: Play) -> TaskId:
    with play.office.database.begin() as connection:
        return TaskId(reference=play.reference, number=connection.execute(schema.timers.select()).one().number)


def test_a_deadline_explains_itself(play: Play) -> None:
    (task,) = play.tasks()
    assert task.due_on == DUE_ON
    assert "20 days after" in (task.explanation or "")
    assert deadlines(play, task.task_id) == [(DUE_ON, DeadlineStatus.CURRENT)]


def test_extended_it_is_due_later_and_the_old_day_stays(play: Play) -> None:
    task = play.task_id("decide")
    extend_deadline(play.office, task, until=LATER, reason="the victim is away", by="Officer 1")
    (shown,) = play.tasks()
    assert shown.due_on == LATER
    assert "extended by Officer 1" in (shown.explanation or "")
    assert deadlines(play, task) == [(DUE_ON, DeadlineStatus.SUPERSEDED), (LATER, DeadlineStatus.CURRENT)]
    content = next(content for kind, content in play.record() if kind == "deadline extended")
    assert (content["by"], content["was"], content["now"], content["reason"]) == (
        "Officer 1",
        "2026-03-22",
        "2026-04-10",
        "the victim is away",
    )


@pytest.mark.parametrize("until", [DUE_ON, date(2026, 3, 21)])
def test_an_extension_is_to_a_later_day(play: Play, until: date) -> None:
    with pytest.raises(BadInputError, match="later day"):
        extend_deadline(play.office, play.task_id("decide"), until=until, reason="haste", by="Officer 1")


def extend(play: Play, until: date) -> None:
    extend_deadline(play.office, play.task_id("decide"), until=until, reason="the victim is away", by="Officer 1")


def test_an_extension_is_shortened_and_taken_back_with_a_reason(play: Play) -> None:
    extend(play, date(2031, 12, 17))
    extend(play, LATER)
    assert [t.due_on for t in play.tasks()] == [LATER]
    take_back_extension(play.office, play.task_id("decide"), reason="the wrong task", by="Officer 2")
    (task,) = play.tasks()
    assert task.due_on == DUE_ON
    assert "20 days after" in (task.explanation or "")
    kinds = [kind for kind, _ in play.record() if "exten" in kind or "short" in kind]
    assert kinds == ["deadline extended"] * 2 + ["deadline shortened"] * 2 + ["extension taken back"] * 2
    play.wait(days=21)  # the ladder is back, too
    assert play.open() == ["chase", "decide"]


def test_an_extension_is_not_shortened_to_before_the_limit_itself(play: Play) -> None:
    extend(play, LATER)
    with pytest.raises(BadInputError, match="limit itself ends on Sunday 22 March 2026"):
        extend(play, date(2026, 3, 21))


def test_what_is_not_extended_has_no_extension_to_be_taken_back(play: Play) -> None:
    with pytest.raises(BadInputError, match="no extension"):
        take_back_extension(play.office, play.task_id("decide"), reason="haste", by="Officer 1")


def test_suspended_it_is_not_late_and_resumed_it_has_a_new_day(play: Play) -> None:
    task = play.task_id("decide")
    suspend_deadline(play.office, task, reason="the court decides first", by="Officer 1")
    assert [t.due_on for t in play.tasks()] == [None]
    with pytest.raises(BadInputError, match="suspended already"):
        suspend_deadline(play.office, task, reason="again", by="Officer 1")
    resume_deadline(play.office, task, until=LATER, reason="the court has decided", by="Officer 2")
    assert [t.due_on for t in play.tasks()] == [LATER]
    with pytest.raises(BadInputError, match="not suspended"):
        resume_deadline(play.office, task, until=LATER, reason="again", by="Officer 2")
    assert deadlines(play, task) == [
        (DUE_ON, DeadlineStatus.SUPERSEDED),
        (DUE_ON, DeadlineStatus.SUPERSEDED),
        (LATER, DeadlineStatus.CURRENT),
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda office, task, **words: extend_deadline(office, task, until=LATER, **words),
        lambda office, task, **words: suspend_deadline(office, task, **words),
        lambda office, task, **words: resume_deadline(office, task, until=LATER, **words),
    ],
)
def test_nobody_changes_a_deadline_without_a_reason_or_a_name(play: Play, change) -> None:
    task = play.task_id("decide")
    with pytest.raises(BadInputError, match="why"):
        change(play.office, task, reason="  ", by="Officer 1")
    with pytest.raises(NotAllowedError):
        change(play.office, task, reason="a good one", by="Somebody")
    assert deadlines(play, task) == [(DUE_ON, DeadlineStatus.CURRENT)]


def test_what_has_no_deadline_has_none_to_change(play: Play) -> None:
    play.complete("decide")
    with pytest.raises(TaskNotFoundError):
        extend_deadline(play.office, play.task_id("free"), until=LATER, reason="why not", by="Officer 1")


def test_a_timer_s_day_moves_with_its_deadline(play: Play) -> None:
    extend_deadline(play.office, timer_id(play), until=LATER, reason="the victim is away", by="Officer 1")
    play.wait(days=21)  # 23 March
    assert play.open() == ["decide"]
    play.wait(days=19)  # 11 April, the day after
    assert play.open() == ["chase", "decide"]


def test_a_suspended_timer_does_not_fire_until_it_is_resumed(play: Play) -> None:
    timer = timer_id(play)
    suspend_deadline(play.office, timer, reason="the court decides first", by="Officer 1")
    play.wait(days=400)
    assert play.open() == ["decide"]
    resume_deadline(play.office, timer, until=date(2027, 5, 1), reason="the court has decided", by="Officer 1")
    play.wait(days=60)
    assert play.open() == ["chase", "decide"]


def test_the_deadline_of_a_task_that_is_done_cannot_be_changed(play: Play) -> None:
    task = play.task_id("decide")
    play.complete("decide")
    with pytest.raises(TaskNotFoundError):
        extend_deadline(play.office, task, until=LATER, reason="too late", by="Officer 1")
    with play.office.database.begin() as connection:
        (row,) = connection.execute(schema.tasks.select().where(schema.tasks.c.number == task.number))
    assert (row.status, row.due_on) == (TaskStatus.COMPLETED, DUE_ON)


def test_a_task_that_is_given_longer_is_not_chased_before_its_new_day_has_passed(play: Play) -> None:
    extend_deadline(play.office, play.task_id("decide"), until=LATER, reason="the victim is away", by="Officer 1")
    play.wait(days=39)  # 10 April, the new last day
    assert play.open() == ["decide"]
    play.wait(days=1)
    assert play.open() == ["chase", "decide"]
    told = [content for kind, content in play.record() if kind == "deadline extended"]
    assert [content.get("element") for content in told] == [None, "late"]
    assert {content["now"] for content in told} == {"2026-04-10"}


def test_a_suspended_task_is_not_chased_until_it_is_resumed_and_its_new_day_has_passed(play: Play) -> None:
    task = play.task_id("decide")
    suspend_deadline(play.office, task, reason="the court decides first", by="Officer 1")
    play.wait(days=400)
    assert play.open() == ["decide"]
    resume_deadline(play.office, task, until=date(2027, 5, 1), reason="the court has decided", by="Officer 1")
    assert [t.due_on for t in play.tasks()] == [date(2027, 5, 1)]
    play.wait(days=25)  # 1 May 2027
    assert play.open() == ["decide"]
    play.wait(days=1)
    assert play.open() == ["chase", "decide"]


def test_what_stands_on_the_task_keeps_its_distance_from_the_task_s_own_day(database: Database) -> None:
    later = LATE.replace("late", "much_later").replace('=due("decide")', '=due("decide", today() + duration("P7D"))')
    body = BODY.replace(LATE, LATE + later + user("scold") + '<bpmn:endEvent id="scolded"/>')
    play = Play(
        database,
        variant_of(process(body + chain_of("much_later", "scold", "scolded")), files={"time_limits.dmn": LIMITS}),
    )
    extend_deadline(play.office, play.task_id("decide"), until=LATER, reason="the victim is away", by="Officer 1")
    play.wait(days=46)  # 17 April
    assert play.open() == ["chase", "decide"]
    play.wait(days=1)
    assert play.open() == ["chase", "decide", "scold"]


def test_what_is_suspended_is_resumed_and_not_extended(play: Play) -> None:
    task = play.task_id("decide")
    suspend_deadline(play.office, task, reason="the court decides first", by="Officer 1")
    with pytest.raises(BadInputError, match="Resume it"):
        extend_deadline(play.office, task, until=LATER, reason="a slip", by="Officer 1")
