"""What else stands in a case that is moved: jobs under way, questions, frames, several levels, what begins by time."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from engine.casework.migration.move_case import move_case
from engine.casework.tasks.completion import complete_task
from engine.model import JobStatus
from engine.store.schema import jobs
from tests.casework.migration.moves import keep, move, order_of, refusals, standing
from tests.casework.migration.test_pairs import AGENCIES, AROUND, CHILD, INSIDE, ONE, branches
from tests.runtime.play import Case
from tests.runtime.sketch import (
    boundary,
    call,
    each,
    end,
    event_start,
    event_sub,
    exclusive,
    inclusive,
    parallel,
    script,
    service,
    start,
    sub,
    user,
    variant,
    wire,
)


def sends(give: str) -> str:
    step = service("job", inputs={"give": f'="{give}"'}, outputs={"got": "=given"})
    return start() + user("a") + step + end() + wire("start a job end")


def waiting_job(case: Case, **changes: object) -> None:
    complete_task(case.office, case.task_id("a"), {}, by="Officer 1")
    if changes:
        with case.office.database.begin() as connection:
            connection.execute(update(jobs).values(**changes))


def test_37_what_is_being_sent_at_this_moment_keeps_the_case_for_five_minutes() -> None:
    case = Case(sends("old"))
    waiting_job(case, status=JobStatus.LEASED, attempts=1)
    assert refusals(case, variant(sends("new"))) == ("“job” is being done at this moment. Try again in five minutes.",)


def test_37_what_was_tried_and_is_done_otherwise_has_to_be_finished_first() -> None:
    case = Case(sends("old"))
    waiting_job(case, attempts=1)
    assert refusals(case, variant(sends("new"))) == (
        "“job” was tried already and may have left the building, and version 8 does it otherwise. Let it be finished "
        "first.",
    )


def test_37_what_was_tried_and_is_done_alike_goes_as_it_was_made() -> None:
    case = Case(sends("old"))
    waiting_job(case, attempts=1)
    move(case, variant(sends("old") + user("z") + end("ez") + wire("z ez")))
    assert case.facts()["got"] == "old"


def test_a_job_that_is_stuck_is_given_what_the_new_version_gives() -> None:
    def fails(fail: str) -> str:
        return start() + service("job", inputs={"fail": fail}) + end() + wire("start job end")

    case = Case(fails("=true"))
    for _ in range(6):
        case.wait(hours=1)
    assert case.stuck() == ["job"]
    move(case, variant(fails("=false")))
    case.retry()
    assert case.is_closed


FORM = '{"type": "default", "id": "%s", "components": [{"type": "textfield", "key": "%s", "label": "%s"}]}'


def asks(key: str) -> bytes:
    return (FORM % ("asked", key, "How is it?")).encode()


def test_39_a_new_question_that_was_passed_and_is_read_later_is_told() -> None:
    form = '<zeebe:formDefinition formId="asked"/>'
    ways = exclusive("which", "which_to_end") + end() + user("b") + end("e2")
    body = start() + user("q", more=form) + user("a") + ways + wire("start q a which end", "which b e2")
    old = variant(body.replace("which_to_b", "which_to_b"), files={"forms/asked.form": asks("old_key")})
    case = Case(old)
    case.complete("q", {"old_key": "well"})
    read = body + script("reads", "=harm", "seen") + end("er") + wire("reads er")
    moved = move(case, variant(read, files={"forms/asked.form": asks("harm")}))
    assert "The new question “How is it?” is asked where the case has been already." in moved.warnings


def test_what_is_done_for_each_moves_with_its_activity() -> None:
    def many(name: str) -> str:
        return start() + each(user(name)) + end() + wire(f"start {name} end")

    case = Case(many("a"), answers=AGENCIES)
    assert case.open() == ["a:agencies-1", "a:agencies-2"]
    move(case, variant(many("b")), became={"a": "b"})
    assert case.open() == ["b:agencies-1", "b:agencies-2"]
    case.complete("b")
    case.complete("b")
    assert case.is_closed


def test_a_task_that_is_done_for_each_from_now_on_is_refused() -> None:
    case = Case(ONE, answers=AGENCIES)
    assert refusals(case, variant(start() + each(user("a")) + end() + wire("start a end"))) == (
        "“a” is done once in version 7 and for each at the same time in version 8, and some of it is done already.",
    )


def test_sub_processes_within_sub_processes_begin_round_what_runs() -> None:
    case = Case(ONE)
    inner = start("s2") + sub("inner", INSIDE) + end("e3") + wire("s2 inner e3")
    new = variant(start() + sub("outer", inner) + end() + wire("start outer end"))
    move(case, new)
    assert standing(case) == ["outer", "outer > inner", "outer > inner > a"]
    case.complete("a")
    assert case.is_closed


def test_the_outer_of_two_sub_processes_may_go_and_the_inner_stays() -> None:
    inner = start("s2") + sub("inner", INSIDE) + end("e3") + wire("s2 inner e3")
    case = Case(start() + sub("outer", inner) + end() + wire("start outer end"))
    move(case, variant(start() + sub("inner", INSIDE) + end() + wire("start inner end")))
    assert standing(case) == ["inner", "inner > a"]
    case.complete("a")
    assert case.is_closed


def test_two_branches_share_the_new_sub_process_round_them() -> None:
    case = Case(branches("a", "b"))
    inside = start("s") + parallel("parted") + parallel("all_done") + user("a") + user("b") + end("e")
    inside += wire("s parted", "parted a all_done", "parted b all_done", "all_done e")
    move(case, variant(start() + sub("round", inside) + user("last") + end() + wire("start round last end")))
    assert standing(case) == ["round", "round > a", "round > b"]
    case.complete("a")
    case.complete("b")
    assert case.open() == ["last"]


def test_a_new_event_sub_process_waits_beside_the_case_that_runs() -> None:
    case = Case(ONE)
    beside = event_sub("told", event_start("hears", "message", "news", interrupting=False) + user("n") + end("en"))
    moved = move(case, variant(ONE + beside.replace("</bpmn:subProcess>", wire("hears n en") + "</bpmn:subProcess>")))
    assert moved.armed == ("hears",)
    case.tell("news")
    assert case.open() == ["a", "n"]


def test_a_step_that_stands_in_an_event_sub_process_now_is_refused() -> None:
    case = Case(ONE)
    inside = event_start("hears", "message", "news") + user("a") + end("en") + wire("hears a en")
    new = start() + user("b") + end() + wire("start b end") + event_sub("told", inside)
    assert refusals(case, variant(new)) == ("“a” has moved into “told” in version 8, which has not begun there.",)


def test_an_inclusive_join_that_nothing_can_reach_any_more_goes_on_at_once() -> None:
    def split(*names: str) -> str:
        body = start() + inclusive("parted") + inclusive("all_done") + user("last") + end()
        body += "".join(user(name) for name in names)
        ways = {f"parted_to_{name}": "=true" for name in names}
        return body + wire("start parted", *(f"parted {name} all_done" for name in names), "all_done last end", **ways)

    case = Case(split("a", "b", "c"))
    case.complete("a")
    move(case, variant(split("a", "b", "c").replace('name="last"', 'name="The last"')))
    case.complete("b")
    case.complete("c")
    assert [task.name for task in case.tasks()] == ["The last"]


def test_a_process_that_begins_by_time_waits_in_a_case_that_is_moved() -> None:
    review = start("by_time", "timer", "P7D") + user("look_again") + end("seen") + wire("by_time look_again seen")
    case = Case(ONE)
    move(case, variant(ONE, review=review))
    case.wait(days=7)
    assert case.open() == ["a", "look_again"]


def test_a_process_that_waited_to_begin_and_is_gone_begins_no_more() -> None:
    review = start("by_time", "timer", "P7D") + user("look_again") + end("seen") + wire("by_time look_again seen")
    case = Case(ONE, review=review)
    move(case, variant(ONE))
    case.wait(days=9)
    assert case.open() == ["a"]
    case.complete("a")
    assert case.is_closed


def test_a_process_that_runs_and_is_gone_is_refused() -> None:
    case = Case(start() + call("called") + end() + wire("start called end"), child=CHILD)
    assert refusals(case, variant(ONE)) == (
        "“called” is open, and version 8 has no such step. Say what it became.",
        "“child” runs, and version 8 has no such process.",
    )


def test_all_that_stands_against_a_move_is_said_at_once() -> None:
    case = Case(branches("a", "b"))
    found = refusals(case, variant(start() + user("z") + end() + wire("start z end")))
    assert found == (
        "“a” is open, and version 8 has no such step. Say what it became.",
        "“b” is open, and version 8 has no such step. Say what it became.",
    )


def test_a_case_of_that_version_is_left_alone() -> None:
    case = Case(ONE)
    new = variant(start() + user("a") + user("b") + end() + wire("start a b end"))
    move(case, new)
    assert move_case(case.office, case.reference, order_of(new)) is None


def test_what_was_completed_before_cannot_be_undone_once_the_case_has_moved() -> None:
    from engine.casework.tasks.undo import undo_completion
    from engine.errors import UndoRefusedError

    case = Case(start() + user("z") + user("a") + end() + wire("start z a end"))
    done = case.task_id("z")
    case.complete("z")
    move(case, variant(ONE))
    with pytest.raises(UndoRefusedError):
        undo_completion(case.office, done, reason="a slip", by="Officer 1")


def test_a_case_stuck_at_a_join_is_rescued_by_a_drawing_that_lets_it_on() -> None:
    def ways(join: str) -> str:
        body = start() + exclusive("which") + user("a") + user("b") + join + end()
        conditions = {"which_to_a": "=true", "which_to_b": "=false"}
        return body + wire("start which a all_done end", "which b all_done", **conditions)

    case = Case(ways(parallel("all_done")))
    case.complete("a")
    assert case.stuck() == ["all_done"]
    move(case, variant(ways(exclusive("all_done"))))
    case.retry()
    assert case.is_closed


def test_a_sub_process_with_a_timer_that_fired_keeps_that_behind_it() -> None:
    late = boundary("late", "round", "timer", "P5D", interrupting=False)
    late += user("chase") + end("e2") + wire("late chase e2")
    case = Case(AROUND + late)
    case.wait(days=5)
    case.complete("chase")
    moved = move(case, variant(AROUND + late + user("z") + end("ez") + wire("z ez")))
    assert moved.armed == ()
    case.wait(days=9)
    assert case.open() == ["a"]


def test_the_versions_of_the_case_are_kept_apart() -> None:
    case = Case(ONE)
    was = case.case().variant_digest
    new = variant(start() + user("a") + user("b") + end() + wire("start a b end"))
    keep(case, new)
    moved = move_case(case.office, case.reference, order_of(new))
    assert moved is not None
    assert moved.was_digest == was
    assert case.case().variant_digest == new.digest
