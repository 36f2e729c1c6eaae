"""Gateways: who goes on, who waits for whom, and that no token is lost or doubled."""

from __future__ import annotations

import pytest

from engine.errors import BadInputError
from tests.runtime.play import Case
from tests.runtime.sketch import (
    end,
    exclusive,
    parallel,
    script,
    start,
    user,
    wire,
)


def test_an_exclusive_gateway_takes_the_first_true_way() -> None:
    case = Case(
        start()
        + exclusive("which")
        + user("low")
        + user("high")
        + user("other")
        + end()
        + wire(
            "start which low end",
            "which high end",
            "which other end",
            which_to_low="=n &lt; 5",
            which_to_high="=n &gt; 1",
            which_to_other="=n &gt; 0",
        ),
        answers={"n": 3},
    )
    # in the order of the file, which `wire` sorts: high, low, other
    assert case.open() == ["high"]


def test_an_exclusive_gateway_takes_its_default_where_nothing_is_true() -> None:
    case = Case(
        start()
        + exclusive("which", "which_to_other")
        + user("low")
        + user("other")
        + end()
        + wire("start which low end", "which other end", which_to_low="=n &lt; 5"),
        answers={"n": 7},
    )
    assert case.open() == ["other"]


def test_a_condition_that_is_null_is_not_true() -> None:
    case = Case(
        start()
        + exclusive("which", "which_to_other")
        + user("low")
        + user("other")
        + end()
        + wire("start which low end", "which other end", which_to_low="=nobody_said &lt; 5"),
    )
    assert case.open() == ["other"]


NO_WAY = (
    start()
    + exclusive("which")
    + user("low")
    + user("high")
    + end()
    + wire("start which low end", "which high end", which_to_low="=n &lt; 5", which_to_high="=n &gt; 8")
)


def test_where_no_way_leads_out_the_token_waits_until_the_fact_is_corrected() -> None:
    case = Case(NO_WAY, answers={"n": 7})
    assert case.stuck() == ["which"]
    assert "Correct the facts" in case.told("incident")[0]["message"]
    case.correct("n", 9)
    case.retry()
    assert case.open() == ["high"]
    assert case.stuck() == []


def test_a_retry_without_a_correction_is_stuck_again() -> None:
    case = Case(NO_WAY, answers={"n": 7})
    case.retry()
    assert case.stuck() == ["which"]


def test_a_gateway_of_several_ways_cannot_be_resolved_without_saying_which() -> None:
    case = Case(NO_WAY, answers={"n": 7})
    with pytest.raises(BadInputError, match="2 ways out"):
        case.resolve()
    assert case.stuck() == ["which"]
    assert not case.is_closed


def test_a_parallel_gateway_splits_and_joins() -> None:
    case = Case(
        start()
        + parallel("split")
        + user("a")
        + user("b")
        + user("c")
        + parallel("join")
        + user("last")
        + end()
        + wire("start split a join last end", "split b join", "split c join")
    )
    assert case.open() == ["a", "b", "c"]
    case.complete("b")
    case.complete("a")
    assert case.open() == ["c"]
    case.complete("c")
    assert case.open() == ["last"]
    case.complete("last")
    assert case.is_closed


def test_a_join_in_a_loop_joins_each_round_anew() -> None:
    case = Case(
        start()
        + exclusive("again")
        + parallel("split")
        + user("a")
        + user("b")
        + parallel("join")
        + exclusive("done", "done_to_again")
        + end()
        + wire("start again split a join done end", "split b join", "done again", done_to_end="=enough"),
    )
    for _ in range(3):
        assert case.open() == ["a", "b"]
        case.complete("a")
        assert case.open() == ["b"]
        case.complete("b")
    case.complete("a", {"enough": True})
    case.complete("b")
    assert case.is_closed


def test_an_excess_token_at_a_parallel_join_is_kept_and_seen() -> None:
    # a and b both come by one way, c by the other: the join goes on once, and one token is left over
    case = Case(
        start()
        + parallel("split")
        + user("a")
        + user("b")
        + user("c")
        + exclusive("merge")
        + parallel("join")
        + user("last")
        + end()
        + wire("start split a merge join last end", "split b merge", "split c join")
    )
    case.complete("a")
    case.complete("b")
    assert case.open() == ["c"]
    case.complete("c")
    assert case.open() == ["last"]
    case.complete("last")
    assert not case.is_closed
    assert case.stuck() == ["join"]


def test_excess_tokens_that_reach_a_join_within_one_step_are_not_lost() -> None:
    # all three stand at the join before the first of them is run
    case = Case(
        start()
        + parallel("split")
        + exclusive("merge")
        + script("way", "=1", "x")
        + parallel("join")
        + user("last")
        + end()
        + wire("start split merge join last end", "split way join")
        + '<bpmn:sequenceFlow id="second" sourceRef="split" targetRef="merge"/>'
    )
    assert case.open() == ["last"]
    case.complete("last")
    assert case.stuck() == ["join"]


def test_a_parallel_join_of_ways_of_which_one_is_taken_is_a_deadlock_that_a_person_sees() -> None:
    case = Case(
        start()
        + exclusive("which", "which_to_a")
        + user("a")
        + user("b")
        + parallel("join")
        + user("last")
        + end()
        + wire("start which a join last end", "which b join", which_to_b="=false")
    )
    case.complete("a")
    assert case.stuck() == ["join"]
    case.resolve()
    assert case.open() == ["last"]
    case.complete("last")
    assert case.is_closed
