"""Inclusive gateways: every true way is taken, and the join waits for what can still come."""

from __future__ import annotations

from tests.runtime.play import Case
from tests.runtime.sketch import (
    boundary,
    end,
    exclusive,
    inclusive,
    parallel,
    script,
    start,
    user,
    wire,
)

INCLUSIVE = (
    start()
    + inclusive("split", "split_to_c")
    + user("a")
    + user("b")
    + user("c")
    + inclusive("join")
    + user("last")
    + end()
    + wire("start split a join last end", "split b join", "split c join", split_to_a="=a_too", split_to_b="=b_too")
)


def test_an_inclusive_gateway_takes_every_true_way_and_joins_those() -> None:
    case = Case(INCLUSIVE, answers={"a_too": True, "b_too": True})
    assert case.open() == ["a", "b"]
    case.complete("a")
    assert case.open() == ["b"]
    case.complete("b")
    assert case.open() == ["last"]


def test_an_inclusive_gateway_takes_one_way_and_the_join_waits_for_nothing_else() -> None:
    case = Case(INCLUSIVE, answers={"b_too": True})
    assert case.open() == ["b"]
    case.complete("b")
    assert case.open() == ["last"]


def test_an_inclusive_gateway_takes_its_default_alone() -> None:
    case = Case(INCLUSIVE)
    assert case.open() == ["c"]
    case.complete("c")
    assert case.open() == ["last"]


def test_an_inclusive_join_waits_for_a_token_that_can_still_come_through_a_loop() -> None:
    case = Case(
        start()
        + inclusive("split")
        + user("a")
        + user("b")
        + exclusive("merge")
        + exclusive("again", "again_to_join")
        + inclusive("join")
        + user("last")
        + end()
        + wire(
            "start split a join last end",
            "split merge b again join",
            "again merge",
            split_to_a="=true",
            split_to_merge="=true",
            again_to_merge="=once_more",
        )
    )
    case.complete("a")
    case.complete("b", {"once_more": True})
    assert case.open() == ["b"]
    case.complete("b", {"once_more": False})
    assert case.open() == ["last"]
    case.complete("last")
    assert case.is_closed


def test_an_inclusive_join_in_a_loop_joins_each_round_anew() -> None:
    case = Case(
        start()
        + exclusive("merge")
        + inclusive("split")
        + user("a")
        + user("b")
        + inclusive("join")
        + exclusive("again", "again_to_end")
        + end()
        + wire(
            "start merge split a join again end",
            "split b join",
            "again merge",
            split_to_a="=true",
            split_to_b="=b_too",
            again_to_merge="=not(enough)",
        ),
        answers={"b_too": True, "enough": False},
    )
    assert case.open() == ["a", "b"]
    case.complete("a")
    case.complete("b", {"b_too": False})
    assert case.open() == ["a"]
    case.complete("a", {"enough": True})
    assert case.is_closed


def test_an_inclusive_join_waits_for_what_a_boundary_event_may_still_send() -> None:
    case = Case(
        start()
        + parallel("split")
        + user("a")
        + user("b")
        + boundary("late", "b", "timer", "P3D", interrupting=False)
        + user("chase")
        + inclusive("join")
        + user("last")
        + end()
        + wire("start split a join last end", "split b end2", "late chase join")
        + end("end2")
    )
    case.complete("a")
    assert case.open() == ["b"]  # b may still send somebody to chase
    case.wait(days=4)
    assert case.open() == ["b", "chase"]
    case.complete("b")
    assert case.open() == ["chase"]
    case.complete("chase")
    assert case.open() == ["last"]


def test_an_inclusive_join_goes_on_when_the_boundary_event_is_gone() -> None:
    case = Case(
        start()
        + parallel("split")
        + user("a")
        + user("b")
        + boundary("late", "b", "timer", "P3D", interrupting=False)
        + user("chase")
        + inclusive("join")
        + user("last")
        + end()
        + wire("start split a join last end", "split b end2", "late chase join")
        + end("end2")
    )
    case.complete("a")
    case.complete("b")
    assert case.open() == ["last"]


def test_a_second_token_by_the_same_way_passes_an_inclusive_join_on_its_own() -> None:
    case = Case(
        start()
        + parallel("split")
        + script("a", "=1", "x")
        + script("b", "=2", "y")
        + user("c")
        + exclusive("merge")
        + inclusive("join")
        + user("last")
        + end()
        + wire("start split a merge join last end", "split b merge", "split c join")
    )
    case.complete("c")
    assert case.open() == ["last", "last"]


def test_joins_that_wait_for_each_other_are_a_deadlock_that_a_person_sees() -> None:
    # the inclusive join waits for what the parallel one may send back, and the parallel one for the inclusive one
    case = Case(
        start()
        + parallel("split")
        + user("a")
        + user("b")
        + parallel("both")
        + inclusive("any")
        + exclusive("again", "again_to_end")
        + end()
        + wire("start split a both again end", "split b any both", "again any", again_to_any="=false")
    )
    case.complete("a")
    case.complete("b")
    assert not case.is_closed
    assert len(case.stuck()) == 1
    case.resolve()
    assert case.open() == []


def _border(join: str = "join") -> Case:
    return Case(
        start()
        + user("a")
        + boundary("b", "a", "message", "more", interrupting=False)
        + inclusive(join)
        + user("c")
        + end()
        + wire(f"start a {join} c end", f"b {join}")
    )


def test_an_inclusive_join_to_which_a_boundary_event_leads_waits_for_the_activity_itself() -> None:
    case = _border()
    case.tell("more")
    assert case.open() == ["a"]
    case.complete("a")
    assert case.open() == ["c"]
    case.complete("c")
    assert case.is_closed


def test_a_boundary_event_that_happens_twice_before_an_inclusive_join_gives_one_more_round() -> None:
    case = _border()
    case.tell("more")
    case.tell("more")
    assert case.open() == ["a"]
    case.complete("a")
    assert case.open() == ["c", "c"]


def test_an_inclusive_join_waits_for_no_activity_that_an_interrupting_boundary_event_ended() -> None:
    case = Case(
        start()
        + user("a")
        + boundary("b", "a", "message", "more")
        + inclusive("join")
        + user("c")
        + end()
        + wire("start a join c end", "b join")
    )
    case.tell("more")
    assert case.open() == ["c"]


def test_an_inclusive_join_waits_for_a_task_behind_the_boundary_event_and_for_the_activity() -> None:
    case = Case(
        start()
        + user("a")
        + boundary("b", "a", "message", "more", interrupting=False)
        + user("read")
        + user("d")
        + inclusive("join")
        + user("c")
        + end()
        + wire("start a d join c end", "b read join")
    )
    case.tell("more")
    case.complete("read")
    assert case.open() == ["a"]
    case.complete("a")
    assert case.open() == ["d"]
    case.complete("d")
    assert case.open() == ["c"]


def test_an_inclusive_join_waits_for_the_activity_beside_which_a_timer_has_happened() -> None:
    main = start() + user("a") + inclusive("join") + user("last") + end() + user("remind")
    main += boundary("late", "a", "timer", "P1D", interrupting=False) + wire(
        "start a join last end", "late remind join"
    )
    case = Case(main)
    case.wait(days=2)
    case.complete("a")
    assert case.open() == ["remind"]
    case.complete("remind")
    assert case.open() == ["last"]
    case.complete("last")
    assert case.is_closed


def test_a_message_that_comes_again_is_joined_with_the_main_way_once() -> None:
    main = start() + user("a") + inclusive("join") + user("last") + end()
    main += boundary("told", "a", "message", "more", interrupting=False) + wire("start a join last end", "told join")
    once, twice = Case(main), Case(main)
    once.tell("more")
    twice.tell("more")
    twice.tell("more")
    for case, open_ in ((once, ["last"]), (twice, ["last", "last"])):
        assert case.open() == ["a"]
        case.complete("a")
        assert case.open() == open_
