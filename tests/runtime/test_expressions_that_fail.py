"""An expression that fails parks the token; nothing is lost, and a retry goes on."""

from __future__ import annotations

from tests.runtime.play import Case
from tests.runtime.sketch import (
    boundary,
    catch,
    end,
    exclusive,
    parallel,
    receive,
    script,
    service,
    start,
    user,
    wire,
)


def _park(body: str, **answers: object) -> Case:
    case = Case(body, answers={"ready": False, **answers})
    assert len(case.stuck()) == 1
    assert case.is_record_whole()
    case.retry()
    assert len(case.stuck()) == 1
    case.correct("ready", True)
    return case


WRONG = '=if ready then {} else due("nothing")'


def test_a_script_that_fails_is_parked_and_done_on_retry() -> None:
    case = _park(
        start() + script("count", WRONG.format(7), "n") + user("after") + end() + wire("start count after end")
    )
    case.retry()
    assert case.variables() == {"n": 7}
    assert case.open() == ["after"]


def test_a_script_that_fails_is_resolved_and_the_case_goes_on_behind_it() -> None:
    case = _park(
        start() + script("count", WRONG.format(7), "n") + user("after") + end() + wire("start count after end")
    )
    case.resolve()
    assert case.variables() == {}
    assert case.open() == ["after"]


def test_a_condition_that_fails_is_parked_and_asked_again_on_retry() -> None:
    case = _park(
        start()
        + exclusive("which", "which_to_b")
        + user("a")
        + user("b")
        + end()
        + wire("start which a end", "which b end", which_to_a=WRONG.format("true"))
    )
    case.retry()
    assert case.open() == ["a"]


def test_a_due_date_that_fails_is_parked_and_the_task_is_made_on_retry() -> None:
    schedule = f"<zeebe:taskSchedule dueDate={chr(39)}{WRONG.format('today()')}{chr(39)}/>"
    case = _park(start() + user("act", more=schedule) + end() + wire("start act end"))
    assert case.open() == []
    case.retry()
    assert case.open() == ["act"]
    assert case.tasks()[0].due_on is not None


def test_a_timer_that_fails_is_parked_and_waits_on_retry() -> None:
    case = _park(
        start() + catch("wait", "timer", WRONG.format("today()")) + user("after") + end() + wire("start wait after end")
    )
    case.retry()
    case.wait(days=2)
    assert case.open() == ["after"]


def test_a_boundary_timer_that_fails_is_parked_and_its_task_can_still_be_done() -> None:
    case = _park(
        start()
        + user("act")
        + boundary("late", "act", "timer", WRONG.format("today()"))
        + user("chase")
        + end()
        + end("e2")
        + wire("start act end", "late chase e2")
    )
    assert case.open() == ["act"]
    case.resolve()  # seen to by hand: the task goes on without that timer
    assert case.open() == ["act"]
    case.wait(days=9)
    case.complete("act")
    assert case.is_closed


def test_a_boundary_timer_that_fails_is_armed_on_retry_and_gone_with_its_task() -> None:
    body = (
        start()
        + user("act")
        + boundary("late", "act", "timer", WRONG.format("today()"))
        + user("chase")
        + end()
        + end("e2")
        + wire("start act end", "late chase e2")
    )
    case = _park(body)
    case.retry()
    case.wait(days=2)
    assert case.open() == ["chase"]
    case = _park(body)
    case.complete("act")
    assert case.stuck() == []
    assert case.is_closed


def test_an_input_of_a_job_that_fails_is_parked_and_the_job_is_made_on_retry() -> None:
    case = _park(
        start()
        + service("post", inputs={"give": WRONG.format(3)}, outputs={"n": "=given"})
        + user("after")
        + end()
        + wire("start post after end")
    )
    case.retry()
    assert case.facts()["n"] == 3


def test_a_correlation_key_that_fails_is_parked() -> None:
    case = Case(
        start() + receive("hear", "news") + end() + wire("start hear end"),
        keys={"news": WRONG.format('"a"')},
        answers={"ready": False},
    )
    assert case.stuck() == ["hear"]
    case.correct("ready", True)
    case.retry()
    assert case.can_be_told() == ["news:a"]


def test_a_message_matched_by_the_case_is_told_to_whatever_waits_in_it() -> None:
    case = Case(
        start() + receive("hear", "news") + user("after") + end() + wire("start hear after end"),
        keys={"news": "=case.reference"},
    )
    assert case.can_be_told() == ["news"]
    case.tell("news")
    assert case.open() == ["after"]


def test_a_team_that_nobody_has_is_parked() -> None:
    case = Case(start() + user("act", team="nobody") + end() + wire("start act end"))
    assert case.stuck() == ["act"]


def test_what_is_stuck_does_not_hold_up_the_branch_beside_it() -> None:
    case = Case(
        start()
        + parallel("p")
        + script("count", '=due("nothing")', "n")
        + user("beside")
        + parallel("j")
        + end()
        + wire("start p count j end", "p beside j")
    )
    case.complete("beside")
    assert case.stuck() == ["count"]
    case.resolve()
    assert case.is_closed


def test_elements_called_start_and_end_are_run_like_any_other() -> None:
    case = Case(start("Start") + user("act") + end("End") + wire("Start act End"))
    assert case.open() == ["act"]
    case.complete("act")
    assert case.is_closed
