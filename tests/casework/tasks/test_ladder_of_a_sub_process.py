"""A ladder on the edge of a sub-process: the tasks inside stand on it one after the other, and it goes on between."""

from __future__ import annotations

from datetime import date

import pytest

from engine.casework.cases.corrections import correct_fact
from engine.casework.overview import late_now, rungs_reached
from engine.casework.pages.case import Looker, read_actions
from engine.casework.pages.inbox import InboxChoice, InboxRow, Tab, Viewer, read_inbox
from engine.casework.pages.task import read_task
from engine.casework.rehearsal import what_follows
from engine.casework.tasks.deadlines import extend_deadline, resume_deadline, suspend_deadline
from engine.casework.tasks.undo import undo_completion
from engine.casework.words.ladders import in_words, ladders_of
from engine.clock import local_date
from engine.model import TimerStatus
from engine.store import Database, schema
from tests.casework.builders import Play, chain_of, process, timer, user, variant_of
from tests.casework.cases.test_corrections import FROM_A_FACT, SETS
from tests.casework.tasks.test_deadlines import DUE, LIMITS

PAGE = {"limit": 25}
YEAR = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}


def rung(id: str, *, number: int, day: str) -> str:
    return (
        f'<bpmn:boundaryEvent id="{id}" name="{id}" attachedToRef="outstanding" cancelActivity="false">'
        f'<bpmn:extensionElements><zeebe:properties><zeebe:property name="rung" value="{number}"/></zeebe:properties>'
        f'</bpmn:extensionElements><bpmn:timerEventDefinition id="{id}_timer"><bpmn:timeDate>{day}</bpmn:timeDate>'
        f'</bpmn:timerEventDefinition></bpmn:boundaryEvent><bpmn:endEvent id="{id}_told"/>' + chain_of(id, f"{id}_told")
    )


#: Both tasks are due 20 days after Monday 2 March, which is Sunday 22 March. The first rung comes as that day ends.
INSIDE = (
    '<bpmn:subProcess id="outstanding" name="Outstanding"><bpmn:startEvent id="begins"/>'
    + user("act", more=DUE)
    + user("agree", more=DUE, team="other")
    + '<bpmn:endEvent id="over"/>'
    + chain_of("begins", "act", "agree", "over")
    + "</bpmn:subProcess>"
)
BODY = (
    '<bpmn:startEvent id="begin"/>'
    + INSIDE
    + user("after")
    + '<bpmn:endEvent id="done"/>'
    + chain_of("begin", "outstanding", "after", "done")
    + rung("first", number=1, day='=due("decide")')
    + rung("second", number=2, day='=due("decide") + duration("P20D")')
)
VARIANT = variant_of(process(BODY), files={"time_limits.dmn": LIMITS})


@pytest.fixture
def play(database: Database) -> Play:
    return Play(database, VARIANT)


def agree(play: Play) -> None:
    play.complete("agree", by="Other 1")


def words(play: Play) -> list[str]:
    case_id = play.case().case_id
    with play.office.database.read() as connection:
        return [in_words(ladder) for ladder in ladders_of(connection, case_id, VARIANT)]


def inbox(play: Play) -> list[InboxRow]:
    viewer = Viewer(council_id="test_council", names=("Officer 1",), teams=frozenset({"team", "other"}), sees_all=True)
    with play.office.database.read() as connection:
        page = read_inbox(connection, viewer, InboxChoice(tab=Tab.ALL), VARIANT, local_date(play.office.clock.now()))
    return list(page.rows)


def rungs(play: Play) -> dict[str, TimerStatus]:
    with play.office.database.read() as connection:
        return {row.element_id: row.status for row in connection.execute(schema.timers.select())}


def fires_on(play: Play) -> dict[str, date]:
    """The last day before each rung comes."""
    with play.office.database.read() as connection:
        return {row.element_id: local_date(row.fires_at) for row in connection.execute(schema.timers.select())}


def test_what_is_done_of_it_ends_no_ladder_and_no_rung_is_taken_twice(play: Play) -> None:
    play.wait(days=7)
    play.complete("act")
    play.wait(days=14)
    assert rungs(play) == {"first": TimerStatus.FIRED, "second": TimerStatus.WAITING}
    play.wait(days=20)
    assert rungs(play) == {"first": TimerStatus.FIRED, "second": TimerStatus.FIRED}
    assert [content["rung"] for kind, content in play.record() if kind == "timer fired"] == [1, 2]


def test_its_end_ends_the_ladder(play: Play) -> None:
    play.complete("act")
    agree(play)
    play.wait(days=400)
    assert play.open() == ["after"]
    assert set(rungs(play).values()) == {TimerStatus.CANCELLED}


def test_the_inbox_shows_the_ladder_at_the_task_that_stands_on_it_now(play: Play) -> None:
    play.wait(days=21)
    (row,) = inbox(play)
    assert row.rung is not None
    assert row.next_rung is not None
    assert (row.task.element_id, row.rung.name, row.next_rung.name) == ("act", "first", "second")
    play.complete("act")
    (row,) = inbox(play)
    assert row.rung is not None
    assert row.next_rung is not None
    assert (row.task.element_id, row.rung.name, row.next_rung.name) == ("agree", "first", "second")
    agree(play)
    (row,) = inbox(play)
    assert (row.task.element_id, row.rung, row.next_rung) == ("after", None, None)


def test_the_pages_of_both_tasks_show_it(play: Play) -> None:
    act = play.task_id("act")
    play.complete("act")
    play.wait(days=21)
    for task in (act, play.task_id("agree")):
        ladder = read_task(play.office, task, by="Officer 1", council_id="test_council").ladder
        assert ladder is not None
        assert ladder.taken is not None
        assert ladder.to_come is not None
        assert (ladder.name, ladder.taken.name, ladder.to_come.name) == ("agree", "first", "second")
    agree(play)
    assert read_task(play.office, play.task_id("after"), by="Officer 1", council_id="test_council").ladder is None


def test_the_case_tells_it_once(play: Play) -> None:
    assert words(play) == ["due 22 March 2026; no rung taken; rung 1 (first) comes on 23 March 2026"]
    play.complete("act")
    play.wait(days=21)
    assert words(play) == [
        "due 22 March 2026; rung 1 (first) taken on 23 March 2026; rung 2 (second) comes on 12 April 2026"
    ]
    agree(play)
    assert words(play) == ["due 22 March 2026; rung 1 (first) taken on 23 March 2026; done on 23 March 2026"]


def test_the_action_plan_draws_one_line_and_leads_to_the_task_that_is_open(play: Play) -> None:
    play.complete("act")
    looker = Looker(name="Officer 1")
    (action,) = read_actions(play.office, play.reference, looker, council_id="test_council").actions
    (line,) = action.ladders
    assert (line.task, line.name) == (play.task_id("agree").number, "agree")
    assert [(point.words, point.on) for point in line.points] == [
        ("Due", date(2026, 3, 22)), ("first", date(2026, 3, 23)), ("second", date(2026, 4, 12)),
    ]  # fmt: skip


def test_what_is_late_tells_its_rungs(play: Play) -> None:
    play.wait(days=7)
    play.complete("act")
    play.wait(days=14)
    (task,) = late_now(play.office, VARIANT, **PAGE).tasks
    assert task.taken is not None
    assert task.to_come is not None
    assert (task.name, task.team, task.taken.name, task.to_come.name) == ("agree", "Other Team", "first", "second")


def test_a_rung_counts_once_and_for_the_team_whose_task_stood_on_it(play: Play) -> None:
    play.wait(days=21)
    play.complete("act")
    play.wait(days=20)
    reached = rungs_reached(play.office, VARIANT, **YEAR, **PAGE)
    assert [(each.rung, each.count, each.still_open, each.teams) for each in reached.counts] == [
        (1, 1, 1, (("The Team", 1),)), (2, 1, 1, (("Other Team", 1),)),
    ]  # fmt: skip
    assert [(each.rung, each.name, each.is_open, each.completed_on) for each in reached.taken] == [
        (2, "agree", True, None), (1, "act", True, None),
    ]  # fmt: skip
    agree(play)
    reached = rungs_reached(play.office, VARIANT, **YEAR, **PAGE)
    assert [each.still_open for each in reached.counts] == [0, 0]
    assert {each.completed_on for each in reached.taken} == {date(2026, 4, 12)}


def test_more_time_for_whichever_task_is_open_moves_the_rungs_to_come(play: Play) -> None:
    play.complete("act")
    extend_deadline(play.office, play.task_id("agree"), until=date(2026, 4, 1), reason="illness", by="Officer 1")
    assert fires_on(play)["first"] == date(2026, 4, 2)
    play.wait(days=30)
    assert rungs(play)["first"] is TimerStatus.WAITING
    play.wait(days=1)
    assert rungs(play)["first"] is TimerStatus.FIRED


def test_what_stands_still_with_a_task_goes_on_when_that_is_done(play: Play) -> None:
    suspend_deadline(play.office, play.task_id("act"), reason="the police ask us to wait", by="Officer 1")
    play.wait(days=10)
    play.complete("act")
    assert fires_on(play)["first"] == date(2026, 4, 2)  # ten days later than it was
    play.wait(days=21)
    assert rungs(play)["first"] is TimerStatus.FIRED
    assert [content["now"] for kind, content in play.record() if kind == "deadline resumed"] == ["2026-04-01"]


def test_a_clock_that_a_person_lets_go_on_goes_on_with_its_ladder(play: Play) -> None:
    task = play.task_id("act")
    suspend_deadline(play.office, task, reason="the police ask us to wait", by="Officer 1")
    resume_deadline(play.office, task, until=date(2026, 3, 25), reason="they are done", by="Officer 1")
    play.complete("act")
    assert fires_on(play)["first"] == date(2026, 3, 26)


def test_what_follows_by_itself_is_told_of_the_sub_process(play: Play) -> None:
    play.complete("act")
    found = what_follows(play.office, play.task_id("agree"), {}, by="Other 1")
    assert [entry.sentence for entry in found.no_longer_by_itself][:1] == [
        "If “Outstanding” is not over by the end of 22 March 2026: “first” (rung 1)."
    ]


def test_what_is_undone_leaves_the_ladder_as_it_was(play: Play) -> None:
    act = play.task_id("act")
    play.complete("act")
    undo_completion(play.office, act, reason="the wrong case", by="Officer 1")
    assert words(play) == ["due 22 March 2026; no rung taken; rung 1 (first) comes on 23 March 2026"]
    play.wait(days=21)
    (taken,) = rungs_reached(play.office, VARIANT, **YEAR, **PAGE).taken
    assert taken.name == "act"


def test_undone_the_ladder_stands_still_again_with_the_task(play: Play) -> None:
    act = play.task_id("act")
    suspend_deadline(play.office, act, reason="the police ask us to wait", by="Officer 1")
    play.wait(days=10)
    play.complete("act")
    undo_completion(play.office, act, reason="the wrong case", by="Officer 1")
    play.wait(days=60)
    assert (play.open(), rungs(play)["first"]) == (["act"], TimerStatus.WAITING)
    resume_deadline(play.office, act, until=date(2026, 6, 1), reason="they are done", by="Officer 1")
    assert fires_on(play)["first"] == date(2026, 6, 2)
    play.complete("act")
    assert fires_on(play)["first"] == date(2026, 6, 2)


def test_a_start_put_right_while_it_stands_still_takes_none_of_that_time_away(database: Database) -> None:
    body = SETS + BODY.replace(chain_of("begin", "outstanding"), chain_of("begin", "set", "outstanding"))
    play = Play(database, variant_of(process(body), files={"time_limits.dmn": FROM_A_FACT}))
    suspend_deadline(play.office, play.task_id("act"), reason="the police ask us to wait", by="Officer 1")
    play.wait(days=10)
    correct_fact(play.office, play.reference, "told_on", "2026-03-05", reason="misread", by="Officer 1")
    (standing,) = late_now(play.office, VARIANT, **PAGE).standing_still
    assert (local_date(standing.since), standing.due_on) == (date(2026, 3, 2), date(2026, 3, 22))
    play.complete("act")
    assert fires_on(play)["first"] == date(2026, 4, 5)  # ten days later than 25 March, and comes as that day ends


def test_of_two_ladders_a_task_stands_on_the_nearest(database: Database) -> None:
    body = (
        '<bpmn:startEvent id="begin"/><bpmn:subProcess id="outer" name="Outer"><bpmn:startEvent id="begins"/>'
        + user("one", boundary=timer("own", on="one", after="P5D", rung=1))
        + user("two")
        + '<bpmn:endEvent id="own_told"/><bpmn:endEvent id="over"/>'
        + chain_of("own", "own_told")
        + chain_of("begins", "one", "two", "over")
        + "</bpmn:subProcess>"
        + timer("around", on="outer", after="P9D", rung=1)
        + '<bpmn:endEvent id="around_told"/><bpmn:endEvent id="done"/>'
        + chain_of("around", "around_told")
        + chain_of("begin", "outer", "done")
    )
    variant = variant_of(process(body))
    play = Play(database, variant)

    def next_rung() -> str | None:
        viewer = Viewer(council_id="test_council", names=("Officer 1",), teams=frozenset({"team"}), sees_all=True)
        with play.office.database.read() as connection:
            (row,) = read_inbox(connection, viewer, InboxChoice(tab=Tab.ALL), variant, date(2026, 3, 2)).rows
        return row.next_rung.name if row.next_rung is not None else None

    assert next_rung() == "own"
    play.complete("one")
    assert next_rung() == "around"


def test_a_corrected_day_moves_the_ladder_with_the_task_that_is_open(database: Database) -> None:
    body = SETS + BODY.replace(chain_of("begin", "outstanding"), chain_of("begin", "set", "outstanding"))
    play = Play(database, variant_of(process(body), files={"time_limits.dmn": FROM_A_FACT}))
    play.complete("act")
    task = play.task_id("agree")
    extend_deadline(play.office, task, until=date(2026, 3, 29), reason="illness", by="Officer 1")
    correct_fact(play.office, play.reference, "told_on", "2026-03-06", reason="misread", by="Officer 1")
    assert [each.due_on for each in play.tasks()] == [date(2026, 3, 29)]
    assert fires_on(play)["first"] == date(2026, 3, 30)
    correct_fact(play.office, play.reference, "told_on", "2026-03-16", reason="misread", by="Officer 1")
    assert [each.due_on for each in play.tasks()] == [date(2026, 4, 5)]
    assert fires_on(play) == {"first": date(2026, 4, 6), "second": date(2026, 4, 26)}
