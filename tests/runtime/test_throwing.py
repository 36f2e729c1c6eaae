"""What is thrown reaches whoever waits when everything else rests, before its thrower goes on."""

from __future__ import annotations

import pytest

from tests.runtime.play import Case
from tests.runtime.sketch import (
    boundary,
    call,
    catch,
    end,
    exclusive,
    parallel,
    script,
    start,
    sub,
    throw,
    user,
    wire,
)

KINDS = ("signal", "message")


def _listening(inner: str, kind: str, *, interrupting: bool = True) -> Case:
    """A sub-process with `inner` that listens on its border."""
    return Case(
        start()
        + sub("inside", inner)
        + boundary("heard", "inside", kind, "go", interrupting=interrupting)
        + boundary("failed", "inside", "error", "lost")
        + user("after_heard")
        + user("after_failed")
        + user("after_end")
        + end()
        + end("e2")
        + end("e3")
        + wire("start inside after_end end", "heard after_heard e2", "failed after_failed e3")
    )


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_last_step_of_a_sub_process_throws_is_heard_on_its_border(kind: str) -> None:
    case = _listening(start("s") + end("e", kind, "go") + wire("s e"), kind)
    assert case.open() == ["after_heard"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_behind_a_throw_that_ends_its_sub_process_never_happens(kind: str) -> None:
    case = _listening(start("s") + throw("t", kind, "go") + end("e", "error", "lost") + wire("s t e"), kind)
    assert case.open() == ["after_heard"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_behind_a_throw_comes_second_where_the_throw_interrupts_nothing(kind: str) -> None:
    inner = start("s") + throw("t", kind, "go") + end("e", "error", "lost") + wire("s t e")
    case = _listening(inner, kind, interrupting=False)
    assert case.open() == ["after_failed", "after_heard"]


def test_an_error_beside_a_throw_that_came_first_waits_for_its_turn() -> None:
    inner = start("s") + parallel("p") + throw("t", "signal", "go") + end("e") + end("x", "error", "lost")
    case = _listening(inner + wire("s p t e", "p x"), "signal")
    assert case.open() == ["after_heard"]


def test_a_message_is_not_lost_beside_a_terminate_end_event_that_comes_after_it() -> None:
    case = Case(
        start()
        + parallel("p")
        + end("a_tell", "message", "review")
        + end("b_stop", "terminate")
        + wire("start p a_tell", "p b_stop"),
        further=start("fs", "message", "review") + user("review_it") + end("fe") + wire("fs review_it fe"),
    )
    assert case.open() == ["review_it"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_task_behind_a_throw_that_ends_its_sub_process_is_never_made(kind: str) -> None:
    case = _listening(start("s") + throw("t", kind, "go") + user("never") + end("e") + wire("s t never e"), kind)
    assert case.open() == ["after_heard"]
    assert [told["element"] for told in case.told("task created")] == ["after_heard"]
    assert case.told("task cancelled") == []


def test_a_child_that_throws_at_its_end_is_ended_with_its_call_activity_by_what_it_throws() -> None:
    case = Case(
        start()
        + call("calls", over="=[1,2]")
        + boundary("heard", "calls", "signal", "go")
        + user("after_heard")
        + user("after_end")
        + end()
        + end("e2")
        + wire("start calls after_end end", "heard after_heard e2"),
        child=start("cs") + end("ce", "signal", "go") + wire("cs ce"),
    )
    assert case.open() == ["after_heard"]
    assert case.statuses() == ["cancelled", "cancelled"]


def test_a_signal_is_not_kept_for_what_waits_for_it_later() -> None:
    case = Case(
        start()
        + throw("t", "signal", "go")
        + catch("c", "signal", "go")
        + user("after")
        + end()
        + wire("start t c after end")
    )
    assert case.open() == []
    assert case.told("signal")[0]["heard"] == 0


@pytest.mark.parametrize("first", ["a_throws", "z_throws"])
def test_whatever_branch_is_drawn_first_what_the_other_waits_for_is_heard(first: str) -> None:
    case = Case(
        start()
        + parallel("p")
        + throw(first, "signal", "go")
        + end()
        + script("m_counts", "=1", "n")
        + catch("n_hears", "signal", "go")
        + user("heard")
        + end("e2")
        + wire(f"start p {first} end", "p m_counts n_hears heard e2")
    )
    assert case.open() == ["heard"]


def test_two_throws_in_a_row_reach_one_who_waits_for_them_in_a_row() -> None:
    case = Case(
        start()
        + parallel("p")
        + throw("t1", "signal", "one")
        + throw("t2", "message", "two")
        + end()
        + catch("c1", "signal", "one")
        + catch("c2", "message", "two")
        + user("heard")
        + end("e2")
        + wire("start p t1 t2 end", "p c1 c2 heard e2")
    )
    assert case.open() == ["heard"]


def test_a_process_that_a_message_starts_hears_what_is_thrown_next() -> None:
    case = Case(
        start()
        + throw("begin", "message", "review")
        + throw("more", "message", "evidence")
        + end()
        + wire("start begin more end"),
        further=start("fs", "message", "review")
        + catch("wait", "message", "evidence")
        + user("weigh")
        + end("fe")
        + wire("fs wait weigh fe"),
    )
    assert case.open() == ["weigh"]


def test_a_thrower_waits_where_its_message_reaches_nobody_until_that_is_resolved() -> None:
    case = Case(
        start() + throw("say", "message", "news") + user("after") + end() + wire("start say after end"),
    )
    assert case.stuck() == ["say"]
    assert case.open() == []
    assert not case.is_closed
    case.resolve()
    assert case.open() == ["after"]


def test_a_message_end_event_that_reaches_nobody_keeps_the_case_open() -> None:
    case = Case(start() + end("end", "message", "news") + wire("start end"))
    assert case.stuck() == ["end"]
    assert not case.is_closed
    case.retry()
    assert case.stuck() == ["end"]
    case.resolve()
    assert case.is_closed


def test_a_loop_that_throws_each_time_round_and_waits_for_nobody_is_stopped() -> None:
    case = Case(
        start()
        + exclusive("into")
        + throw("shout", "signal", "go")
        + exclusive("out", "out_to_into")
        + end()
        + wire("start into shout out end", "out into", out_to_end="=false")
    )
    assert len(case.stuck()) == 1
