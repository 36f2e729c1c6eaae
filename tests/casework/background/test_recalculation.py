"""A bank holiday is proclaimed: open deadlines move, the record keeps both days and why, and replaying still holds."""

from __future__ import annotations

from datetime import date

import pytest

from engine.casework.background.recalculation import recalculate_deadlines
from engine.casework.background.verification import verify_records
from engine.casework.cases.intake import open_case
from engine.casework.tasks.deadlines import extend_deadline, suspend_deadline
from engine.model import DeadlineStatus
from engine.store import Database, cases, schema
from engine.variants import Variant
from tests.casework.builders import SETTINGS, Play, chain_of, flow, process, user, variant_of

LIMITS = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="d">
<decision id="time_limits" name="Limits"><decisionTable id="t" hitPolicy="UNIQUE">
<input id="i" label="Limit"><inputExpression id="e"><text>limit</text></inputExpression></input>
<output id="o1" name="amount"/><output id="o2" name="unit"/><output id="o3" name="counting"/>
<output id="o4" name="counted_from"/><annotation name="Clause"/>
{rows}</decisionTable></decision></definitions>"""


def limit(name: str, amount: int, unit: str = "working days") -> str:
    cells = "".join(
        f'<outputEntry id="{name}{n}"><text>{text}</text></outputEntry>'
        for n, text in enumerate((amount, f'"{unit}"', '"after"', '"received_on"'))
    )
    return (
        f'<rule id="row_{name}"><inputEntry id="{name}"><text>"{name}"</text></inputEntry>{cells}'
        "<annotationEntry><text>X1</text></annotationEntry></rule>"
    )


DUE = '<zeebe:taskSchedule dueDate="=due(&quot;{}&quot;)"/>'
LATE = (
    '<bpmn:boundaryEvent id="late" name="late" attachedToRef="answer" cancelActivity="false">'
    '<bpmn:timerEventDefinition id="l"><bpmn:timeDate>=due("answer")</bpmn:timeDate></bpmn:timerEventDefinition>'
    "</bpmn:boundaryEvent>"
)
BODY = (
    '<bpmn:startEvent id="begin"/><bpmn:parallelGateway id="all"/><bpmn:parallelGateway id="joined"/>'
    + user("answer", more=DUE.format("answer"), boundary=LATE)
    + user("review", more=DUE.format("review"))
    + '<bpmn:exclusiveGateway id="soon" default="soon_to_done"/>'
    + user("tell", more=DUE.format("tell"))
    + '<bpmn:endEvent id="done"/><bpmn:endEvent id="told"/><bpmn:endEvent id="chased"/>'
    + chain_of("begin", "all", "answer", "joined", "soon", "done")
    + chain_of("all", "review", "joined")
    + flow("soon", "tell", '=due("answer") &gt; date("2026-03-05")')
    + chain_of("tell", "told")
    + chain_of("late", "chased")
)
ROWS = limit("answer", 3) + limit("review", 1, "months") + limit("tell", 20)


def variant(calendar: str = "") -> Variant:
    files = {
        "variant.toml": f"{SETTINGS}\n[calendar]\n{calendar}\n".encode(),
        "time_limits.dmn": LIMITS.format(rows=ROWS).encode(),
    }
    return variant_of(process(BODY), files=files)


#: The case is received on Monday 2 March 2026; Wednesday 4 March is proclaimed a bank holiday.
PROCLAIMED = variant('extra_holidays = { "2026-03-04" = "A jubilee" }')
BACK = variant()


@pytest.fixture
def play(database: Database) -> Play:
    return Play(database, variant(), answers={"received_on": date(2026, 3, 2)})


def due(play: Play) -> dict[str, date | None]:
    return {task.element_id: task.due_on for task in play.tasks()}


def entries(play: Play, kind: str) -> list[dict]:
    return [content for entry, content in play.record() if entry == kind]


def test_a_dry_run_says_what_would_move_and_moves_nothing(play: Play) -> None:
    before = play.record()
    moves = recalculate_deadlines(play.office, PROCLAIMED, dry_run=True)
    assert [(move.element, move.was, move.now) for move in moves] == [
        ("answer", date(2026, 3, 5), date(2026, 3, 6)),
        ("late", date(2026, 3, 5), date(2026, 3, 6)),
    ]
    assert due(play)["answer"] == date(2026, 3, 5)
    assert play.record() == before


def test_open_deadlines_move_and_the_record_keeps_both_days_and_why(play: Play) -> None:
    recalculate_deadlines(play.office, PROCLAIMED)
    assert due(play) == {"answer": date(2026, 3, 6), "review": date(2026, 4, 2)}
    [task] = [task for task in play.tasks() if task.element_id == "answer"]
    assert task.explanation is not None
    assert "Wednesday 4 March is a bank holiday" in task.explanation
    moved, _ = entries(play, "deadline moved")
    assert (moved["was"], moved["now"]) == ("2026-03-05", "2026-03-06")
    assert moved["reason"] == "Wednesday 4 March 2026 is a bank holiday (A jubilee)."
    with play.office.database.begin() as connection:
        rows = connection.execute(schema.deadlines.select().where(schema.deadlines.c.limit_name == "answer")).all()
    superseded = [row for row in rows if row.status == DeadlineStatus.SUPERSEDED]
    assert [row.due_on for row in superseded] == [date(2026, 3, 5)] * 2
    assert {row.superseded_by for row in superseded} == {r.number for r in rows if r.status == DeadlineStatus.CURRENT}


def test_a_timer_that_stands_on_a_moved_deadline_fires_a_day_later(play: Play) -> None:
    recalculate_deadlines(play.office, PROCLAIMED)
    play.wait(days=4)  # Friday 6 March
    assert not entries(play, "timer fired")
    play.wait(days=1)
    assert [entry["element_id"] for entry in entries(play, "timer fired")] == ["late"]


def test_doing_it_again_moves_nothing_and_taking_the_holiday_back_moves_it_back(play: Play) -> None:
    recalculate_deadlines(play.office, PROCLAIMED)
    before = play.record()
    assert recalculate_deadlines(play.office, PROCLAIMED) == []
    assert play.record() == before
    back = recalculate_deadlines(play.office, BACK)
    assert {move.reason for move in back} == {"Wednesday 4 March 2026 is a working day again."}
    assert due(play)["answer"] == date(2026, 3, 5)


def test_what_a_person_extended_or_suspended_stays(play: Play) -> None:
    answer = play.task_id("answer")
    extend_deadline(play.office, answer, until=date(2026, 3, 20), reason="Ill.", by="Officer 1")
    assert recalculate_deadlines(play.office, PROCLAIMED) == []  # nor what waits on the task and moved with it
    assert due(play)["answer"] == date(2026, 3, 20)
    suspend_deadline(play.office, answer, reason="Waits for the court.", by="Officer 1")
    assert recalculate_deadlines(play.office, BACK) == []


def test_deadlines_that_are_set_later_are_counted_by_the_later_calendar_too(play: Play) -> None:
    recalculate_deadlines(play.office, PROCLAIMED)
    play.complete("answer")
    play.complete("review")
    # the way to “tell” itself hangs on the later calendar: by the old one the answer was due on 5 March
    assert due(play) == {"tell": date(2026, 3, 31)}


def test_the_whole_record_can_be_computed_again_across_a_change_of_the_calendar(play: Play) -> None:
    recalculate_deadlines(play.office, PROCLAIMED)
    play.complete("answer")
    play.complete("review")
    recalculate_deadlines(play.office, BACK)
    assert [entry["ways"] for entry in entries(play, "way chosen")] == [["tell"]]
    assert verify_records(play.office, replay=True) == (1, [])


def test_a_case_keeps_its_policy_and_a_case_of_another_council_its_calendar(play: Play) -> None:
    digest = play.case().variant_digest
    settings = variant().files["variant.toml"].replace(b'"T"', b'"O"')
    other = Variant.from_files({**variant().files, "variant.toml": settings}, "other_council")
    reference = open_case(play.office, other, {"received_on": date(2026, 3, 2)}, by="the applicant")
    moves = recalculate_deadlines(play.office, PROCLAIMED)
    assert {move.reference for move in moves} == {play.reference}
    assert play.case().variant_digest == digest
    assert play.case().calendar_digest == PROCLAIMED.digest
    with play.office.database.begin() as connection:
        assert cases.find_case(connection, reference).calendar_digest is None


def test_a_deadline_that_was_kept_does_not_move(play: Play) -> None:
    play.complete("answer")
    assert recalculate_deadlines(play.office, PROCLAIMED) == []
    assert play.case().calendar_digest == PROCLAIMED.digest
