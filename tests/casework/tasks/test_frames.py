"""A time frame: a process, sub-process or call activity with a deadline for all that is inside."""

from __future__ import annotations

from datetime import date

import pytest

from engine.casework.background.recalculation import recalculate_deadlines
from engine.casework.cases.corrections import correct_fact
from engine.casework.cases.messages import send_message
from engine.casework.tasks.deadlines import extend_deadline, resume_deadline, suspend_deadline, take_back_extension
from engine.casework.tasks.undo import undo_completion
from engine.clock import NEVER
from engine.errors import BadInputError, TaskNotFoundError
from engine.model import FrameStatus, TaskId
from engine.store import Database, schema
from engine.store.frames import FrameRow, frames_of_case
from engine.variants import Variant
from tests.casework.builders import SETTINGS, Play, chain_of, process, user, variant_of
from tests.casework.cases.test_corrections import FROM_A_FACT
from tests.casework.tasks.test_deadlines import LIMITS
from tests.statements import counted

DUE = '<zeebe:property name="due_date" value="=due(&quot;decide&quot;)"/>'
FRAME = f"<bpmn:extensionElements><zeebe:properties>{DUE}</zeebe:properties></bpmn:extensionElements>"
LATE = (
    '<bpmn:boundaryEvent id="late" name="late" attachedToRef="part" cancelActivity="false">'
    '<bpmn:timerEventDefinition id="late_timer"><bpmn:timeDate>=due("decide")</bpmn:timeDate>'
    "</bpmn:timerEventDefinition></bpmn:boundaryEvent>" + user("say_when") + '<bpmn:endEvent id="said"/>'
    + chain_of("late", "say_when", "said")
)  # fmt: skip
INSIDE = (
    f'<bpmn:subProcess id="part" name="The part">{FRAME}<bpmn:startEvent id="begins"/>'
    + user("first") + user("second") + '<bpmn:endEvent id="over"/>' + chain_of("begins", "first", "second", "over")
    + "</bpmn:subProcess>"
)  # fmt: skip
IN_A_SUB_PROCESS = process(
    '<bpmn:startEvent id="begin"/>' + user("before") + INSIDE + user("after") + '<bpmn:endEvent id="done"/>'
    + chain_of("begin", "before", "part", "after", "done") + LATE
)  # fmt: skip
CALL = (
    f'<bpmn:callActivity id="part" name="The part"><bpmn:extensionElements>'
    '<zeebe:calledElement processId="other" propagateAllChildVariables="false"/>'
    f"<zeebe:properties>{DUE}</zeebe:properties></bpmn:extensionElements></bpmn:callActivity>"
)
WITHDRAWN = (
    '<bpmn:boundaryEvent id="withdrawn" name="withdrawn" attachedToRef="part">'
    '<bpmn:messageEventDefinition id="w" messageRef="message_withdraw"/></bpmn:boundaryEvent>'
    '<bpmn:endEvent id="gone"/>' + chain_of("withdrawn", "gone")
)
BY_A_CALL = process(
    '<bpmn:startEvent id="begin"/>' + CALL + '<bpmn:endEvent id="done"/>' + WITHDRAWN
    + chain_of("begin", "part", "done")
)  # fmt: skip
CALLED = process(
    '<bpmn:startEvent id="called"/>' + user("first") + user("second") + '<bpmn:endEvent id="over"/>'
    + chain_of("called", "first", "second", "over"),
    id="other",
)  # fmt: skip
WHOLE = process(
    FRAME + '<bpmn:startEvent id="begin"/>' + user("first") + user("second") + '<bpmn:endEvent id="done"/>'
    + chain_of("begin", "first", "second", "done")
)  # fmt: skip
WITHDRAW = '<bpmn:message id="message_withdraw" name="withdraw"/>'
FROM_A_DAY = FROM_A_FACT.replace(b'"told_on"', b'"date(told_on)"')
DUE_ON = date(2026, 3, 22)  # 20 days after Monday 2 March
LATER = date(2026, 4, 10)


def variant(*processes: str, limits: bytes = LIMITS, settings: str = "") -> Variant:
    files = {"time_limits.dmn": limits, "variant.toml": (SETTINGS + settings).encode()}
    return variant_of(*processes, definitions=WITHDRAW, files=files)


@pytest.fixture
def play(database: Database) -> Play:
    play = Play(database, variant(IN_A_SUB_PROCESS))
    play.complete("before")
    return play


def frames(play: Play) -> list[FrameRow]:
    case_id = play.case().case_id
    with play.office.database.read() as connection:
        return frames_of_case(connection, case_id)


def frame_id(play: Play) -> TaskId:
    return TaskId(reference=play.reference, number=frames(play)[-1].number)


def days(play: Play) -> list[tuple[date | None, str]]:
    return [(frame.due_on, frame.status.value) for frame in frames(play)]


def seen_on(play: Play) -> dict[str, date | None]:
    return {task.element_id: task.frame_due_on for task in play.tasks()}


def fires_at(play: Play) -> date:
    with play.office.database.read() as connection:
        return connection.execute(schema.timers.select()).one().fires_at.date()


def asked_of_frames(statements: list[str]) -> list[str]:
    return [each for each in statements if any(f"{verb} frames" in each for verb in ("FROM", "INTO", "UPDATE"))]


def test_the_deadline_of_a_sub_process_is_seen_on_every_task_inside_and_on_none_outside(database: Database) -> None:
    play = Play(database, variant(IN_A_SUB_PROCESS))
    assert seen_on(play) == {"before": None}
    play.complete("before")
    assert seen_on(play) == {"first": DUE_ON}
    play.complete("first")
    assert seen_on(play) == {"second": DUE_ON}
    assert "20 days after" in (frames(play)[0].explanation or "")
    play.complete("second")
    assert seen_on(play) == {"after": None}
    assert days(play) == [(DUE_ON, "ended")]


def test_the_deadline_of_a_call_activity_is_seen_on_the_tasks_of_the_called_process(database: Database) -> None:
    play = Play(database, variant(BY_A_CALL, CALLED))
    assert seen_on(play) == {"first": DUE_ON}
    play.complete("first")
    assert seen_on(play) == {"second": DUE_ON}
    send_message(play.office, play.reference, "withdraw", {}, by="Officer 1")
    assert days(play) == [(DUE_ON, "cancelled")]


def test_the_deadline_of_a_process_is_seen_on_all_its_tasks(database: Database) -> None:
    play = Play(database, variant(WHOLE))
    assert seen_on(play) == {"first": DUE_ON}
    play.complete("first")
    play.complete("second")
    assert days(play) == [(DUE_ON, "ended")]


def test_of_two_around_a_task_the_nearest_is_seen_and_knows_the_outer(database: Database) -> None:
    play = Play(database, variant(BY_A_CALL, CALLED.replace('isExecutable="true">', f'isExecutable="true">{FRAME}', 1)))
    outer, inner = frames(play)
    assert (outer.name, inner.name, inner.within) == ("The part", "other", outer.number)
    assert play.tasks()[0].frame == inner.number


def test_a_limit_that_is_switched_off_makes_none(database: Database) -> None:
    play = Play(database, variant(IN_A_SUB_PROCESS, limits=LIMITS.replace(b"<text>20</text>", b"<text></text>")))
    play.complete("before")
    assert frames(play) == []
    with counted(database) as statements:
        play.complete("first")
    assert asked_of_frames(statements) == []


def test_the_day_is_set_as_soon_as_it_is_known_from_when_it_counts(database: Database) -> None:
    play = Play(database, variant(IN_A_SUB_PROCESS, limits=FROM_A_DAY), answers={"told_on": None})
    play.complete("before")
    assert days(play) == [(None, "open")]
    assert fires_at(play) == NEVER.date()
    play.wait(days=60)
    assert play.open() == ["first"]  # nothing is late by a day that nobody knows
    correct_fact(play.office, play.reference, "told_on", "2026-05-01", reason="left out", by="Officer 1")
    assert seen_on(play) == {"first": date(2026, 5, 21)}
    assert fires_at(play) == date(2026, 5, 21)


def test_a_fact_that_is_told_sets_the_day_and_arms_the_timer_on_its_edge(database: Database) -> None:
    play = Play(database, variant(IN_A_SUB_PROCESS, limits=FROM_A_DAY))
    play.complete("before")
    play.complete("first", {"told_on": "2026-03-10"})
    assert seen_on(play) == {"second": date(2026, 3, 30)}
    assert [content["due_on"] for kind, content in play.record() if kind == "time frame due"] == ["2026-03-30"]
    play.wait(days=28)
    assert play.open() == ["second"]
    play.wait(days=1)
    assert play.open() == ["say_when", "second"]


def test_undone_the_day_is_not_known_and_the_frame_is_open_again(database: Database) -> None:
    play = Play(database, variant(IN_A_SUB_PROCESS, limits=FROM_A_DAY))
    play.complete("before")
    first = play.task_id("first")
    play.complete("first", {"told_on": "2026-03-10"})
    undo_completion(play.office, first, reason="a slip", by="Officer 1")
    assert (days(play), fires_at(play)) == ([(None, "open")], NEVER.date())
    play.complete("first", {"told_on": "2026-03-11"})
    second = play.task_id("second")
    play.complete("second")
    assert days(play) == [(date(2026, 3, 31), "ended")]
    undo_completion(play.office, second, reason="a slip", by="Officer 1")
    assert days(play) == [(date(2026, 3, 31), "open")]
    assert seen_on(play) == {"second": date(2026, 3, 31)}


def test_undone_a_day_that_is_a_fact_is_not_known_again(database: Database) -> None:
    agreed = IN_A_SUB_PROCESS.replace(DUE, DUE.replace("due(&quot;decide&quot;)", "agreed_on"))
    play = Play(database, variant(agreed))
    play.complete("before")
    first = play.task_id("first")
    play.complete("first", {"agreed_on": "2026-03-10"})
    assert days(play) == [(date(2026, 3, 10), "open")]
    undo_completion(play.office, first, reason="a slip", by="Officer 1")
    assert days(play) == [(None, "open")]
    play.complete("first", {"agreed_on": "2026-03-12"})
    second = play.task_id("second")
    play.complete("second")
    undo_completion(play.office, second, reason="a slip", by="Officer 1")
    assert days(play) == [(date(2026, 3, 12), "open")]


def test_undone_a_process_that_had_ended_is_a_frame_again(database: Database) -> None:
    play = Play(database, variant(WHOLE))
    play.complete("first")
    second = play.task_id("second")
    play.complete("second")
    undo_completion(play.office, second, reason="a slip", by="Officer 1")
    assert (days(play), frames(play)[0].ended_at) == ([(DUE_ON, "open")], None)


def test_extended_it_is_due_later_with_the_timer_on_its_edge_and_the_old_day_stays(play: Play) -> None:
    extend_deadline(play.office, frame_id(play), until=LATER, reason="an agency is late", by="Officer 1")
    assert seen_on(play) == {"first": LATER}
    assert frames(play)[0].explanation == (
        "Friday 10 April 2026: extended by Officer 1 from Sunday 22 March 2026 (an agency is late)."
    )
    play.wait(days=30)
    assert play.open() == ["first"]
    play.wait(days=10)
    assert play.open() == ["first", "say_when"]
    kinds = [(kind, content.get("was")) for kind, content in play.record() if kind == "deadline extended"]
    assert kinds == [("deadline extended", "2026-03-22")] * 2


def test_an_extension_is_taken_back_to_the_day_of_the_limit(play: Play) -> None:
    extend_deadline(play.office, frame_id(play), until=LATER, reason="an agency is late", by="Officer 1")
    take_back_extension(play.office, frame_id(play), reason="it has answered", by="Officer 1")
    assert seen_on(play) == {"first": DUE_ON}


def test_while_it_is_suspended_nothing_is_late(play: Play) -> None:
    suspend_deadline(play.office, frame_id(play), reason="a trial", by="Officer 1")
    assert seen_on(play) == {"first": None}
    play.wait(days=40)
    assert play.open() == ["first"]
    play.complete("first", {"word": "told"})  # a fact that is told sets no day of what stands still
    assert seen_on(play) == {"second": None}
    resume_deadline(play.office, frame_id(play), until=date(2026, 5, 1), reason="it is over", by="Officer 1")
    assert seen_on(play) == {"second": date(2026, 5, 1)}


def test_nobody_extends_one_that_is_over_or_gives_no_reason(play: Play) -> None:
    with pytest.raises(BadInputError, match="Say why"):
        extend_deadline(play.office, frame_id(play), until=LATER, reason=" ", by="Officer 1")
    play.complete("first")
    play.complete("second")
    with pytest.raises(TaskNotFoundError):
        extend_deadline(play.office, frame_id(play), until=LATER, reason="too late", by="Officer 1")


def test_a_start_that_is_put_right_moves_it_with_the_timer_on_its_edge(database: Database) -> None:
    play = Play(database, variant(IN_A_SUB_PROCESS, limits=FROM_A_DAY), answers={"told_on": "2026-03-02"})
    play.complete("before")
    correct_fact(play.office, play.reference, "told_on", "2026-03-09", reason="a slip", by="Officer 1")
    assert seen_on(play) == {"first": date(2026, 3, 29)}
    assert fires_at(play) == date(2026, 3, 29)
    extend_deadline(play.office, frame_id(play), until=LATER, reason="an agency is late", by="Officer 1")
    correct_fact(play.office, play.reference, "told_on", "2026-03-12", reason="a slip", by="Officer 1")
    assert seen_on(play) == {"first": LATER}  # a person's day holds where it is later


def test_a_calendar_that_changes_moves_it(database: Database) -> None:
    working = LIMITS.replace(b'"days"', b'"working days"')
    play = Play(database, variant(IN_A_SUB_PROCESS, limits=working))
    play.complete("before")
    assert seen_on(play) == {"first": date(2026, 3, 30)}
    later = variant(IN_A_SUB_PROCESS, limits=working, settings="[calendar]\nclosure_days = [2026-03-20]\n")
    (timer, frame) = sorted(recalculate_deadlines(play.office, later), key=lambda move: move.element != "late")
    assert (timer.now, frame.element, frame.was, frame.now) == (
        date(2026, 3, 31), "The part", date(2026, 3, 30), date(2026, 3, 31),
    )  # fmt: skip
    assert seen_on(play) == {"first": date(2026, 3, 31)}


def test_a_day_that_is_none_parks_and_can_be_tried_again(database: Database) -> None:
    wrong = variant(WHOLE.replace('value="=due(&quot;decide&quot;)"', 'value="=if ready then 7 else today()"'))
    play = Play(database, wrong, answers={"ready": False})
    assert seen_on(play) == {"first": date(2026, 3, 2)}
    stuck = Play(database, wrong, answers={"ready": True})
    assert stuck.open() == []
    assert [content["message"] for kind, content in stuck.record() if kind == "incident"] == [
        "The due date of “main” gives 7, which is no day."
    ]


def test_a_policy_without_frames_asks_for_none(database: Database) -> None:
    plain = variant(process(
        '<bpmn:startEvent id="begin"/>' + user("first") + '<bpmn:endEvent id="done"/>'
        + chain_of("begin", "first", "done")
    ))  # fmt: skip
    with counted(database) as statements:
        play = Play(database, plain)
        play.complete("first")
    assert asked_of_frames(statements) == []
    assert frames(play) == []
    assert FrameStatus.OPEN == "open"
