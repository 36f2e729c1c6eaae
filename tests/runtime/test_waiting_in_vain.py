"""A case that waits for what nothing can throw any more is an incident; one that something can move is left alone."""

from __future__ import annotations

from tests.runtime.play import Case
from tests.runtime.sketch import boundary, catch, end, exclusive, parallel, start, sub, throw, user, wire

CROSSED = (
    start()
    + parallel("g")
    + catch("c1", "signal", "s1")
    + throw("t2", "signal", "s2")
    + catch("c2", "signal", "s2")
    + throw("t1", "signal", "s1")
    + parallel("j")
    + end()
    + wire("start g c1 t2 j end", "g c2 t1 j")
)


def test_branches_that_wait_for_each_other_are_an_incident_and_go_on_when_one_is_resolved() -> None:
    case = Case(CROSSED)
    assert case.stuck() == ["c1"]
    assert "nothing in this case can throw it any more" in case.told("incident")[0]["message"]
    case.retry()
    assert case.stuck() == ["c1"]
    case.resolve()
    assert case.is_closed


def _choosing(**more: str) -> Case:
    drawn = start() + parallel("g") + user("act") + exclusive("x", "x_to_end") + throw("t", "signal", "go") + end()
    drawn += end("e2") + catch("c", "signal", "go") + end("e3")
    return Case(drawn + wire("start g act x end", "x t e2", "g c e3", x_to_t="=yes"), **more)


def test_a_wait_is_in_vain_once_the_last_way_to_what_throws_was_not_taken() -> None:
    case = _choosing()
    assert case.stuck() == []
    case.complete("act", {"yes": False})
    assert case.stuck() == ["c"]
    case = _choosing()
    case.complete("act", {"yes": True})
    assert case.is_closed


def test_a_wait_is_not_in_vain_while_a_message_can_begin_what_throws() -> None:
    case = _choosing(other=start("o", "message", "news") + throw("ot", "signal", "go") + end("oe") + wire("o ot oe"))
    case.complete("act", {"yes": False})
    assert case.stuck() == []
    case.tell("news")
    assert case.is_closed


def test_that_the_case_can_be_withdrawn_helps_no_wait() -> None:
    inner = start("s") + throw("t", "signal", "go") + catch("c", "signal", "go") + end("e") + wire("s t c e")
    drawn = start() + sub("box", inner) + boundary("b", "box", "message", "withdraw", told_by="team")
    case = Case(drawn + end() + end("e2") + wire("start box end", "b e2"))
    assert case.stuck() == ["c"]
    case.tell("withdraw")
    assert case.stuck() == []
    assert case.is_closed


def test_an_incident_of_a_wait_is_gone_when_it_is_told_after_all() -> None:
    case = Case(start() + catch("c", "message", "go") + throw("t", "message", "go") + end() + wire("start c t end"))
    assert case.stuck() == ["c"]
    case.tell("go")
    assert case.stuck() == ["t"]
