"""Several places wait for the same message about the same: each has a name, and can be told."""

from __future__ import annotations

import pytest

from engine.casework.cases.messages import what_can_be_told, what_could_be_told
from engine.errors import NobodyWaitsError
from tests.runtime.play import Case
from tests.runtime.sketch import boundary, call, end, start, throw, user, wire

AGAIN = user("h") + boundary("b", "h", "message", "stop", told_by="team") + end("ae") + end("be")
MAIN = start() + user("a") + end() + wire("start a end")


def _twice() -> Case:
    case = Case(MAIN, again=start("begun", "message", "again", told_by="team") + AGAIN + wire("begun h ae", "b be"))
    case.tell("again")
    case.wait(hours=2)
    case.tell("again")
    return case


def _stops(case: Case) -> list[str]:
    told = what_can_be_told(case.office, case.reference)
    return [each.handle for each in told if each.message == "stop"]


def test_each_of_two_instances_without_an_item_is_offered_by_a_name_of_its_own() -> None:
    case = _twice()
    offered = [each.item for each in what_could_be_told(case.office, case.reference) if each.name == "b"]
    assert offered == ["again, begun on 2 March 2026 at 10:15", "again, begun on 2 March 2026 at 12:15"]


def test_which_of_two_is_told_is_said_by_its_handle() -> None:
    case = _twice()
    first, second = _stops(case)
    with pytest.raises(NobodyWaitsError) as refused:
        case.tell("stop")
    assert f"{first} (again, begun on 2 March 2026 at 10:15)" in str(refused.value)
    case.tell("stop", item=second)
    assert case.statuses("again") == ["running", "completed"]
    with pytest.raises(NobodyWaitsError):
        case.tell("stop", item=second)
    assert _stops(case) == [""]  # one waits, and needs no name
    case.tell("stop")
    assert case.open() == ["a"]


def test_a_handle_of_something_else_is_refused() -> None:
    case = _twice()
    for handle in ("at:1", "at:99999", "at:x", "at:-1", "at:", "at:²"):
        with pytest.raises(NobodyWaitsError):
            case.tell("stop", item=handle)
    with pytest.raises(NobodyWaitsError):
        case.tell("again", item=_stops(case)[0])
    assert len(case.open()) == 3


def test_two_places_that_are_about_the_same_item_have_a_name_each_with_the_item() -> None:
    child = start("cs") + AGAIN + wire("cs h ae", "b be")
    case = Case(
        start() + call("one", over="=agencies") + end() + wire("start one end"),
        child=child,
        answers={"agencies": [{"name": "Police"}]},
        again=start("begun", "message", "again") + call("two", over="=agencies") + end("e2") + wire("begun two e2"),
    )
    case.tell("again")
    handles = _stops(case)
    assert len(set(handles)) == 2
    assert {each.item for each in what_could_be_told(case.office, case.reference) if each.name == "b"} == {
        "Police, child, begun on 2 March 2026 at 10:15",
        "Police, child, begun on 2 March 2026 at 10:15 (2)",
    }
    case.tell("stop", item=handles[1], reason="enough")
    assert case.facts("agencies-1")["reason"] == "enough"
    assert case.open() == ["h:agencies-1"]


def _one_at_a_time(**more: str) -> str:
    begun = start("begun", "message", "again", told_by="team", one_at_a_time="true", **more)
    return begun + user("h") + end("ae") + wire("begun h ae")


def test_a_message_that_begins_one_at_a_time_is_refused_while_one_runs() -> None:
    case = Case(MAIN, again=_one_at_a_time())
    case.tell("again")
    with pytest.raises(NobodyWaitsError, match="“again” runs already"):
        case.tell("again")
    assert case.can_be_told() == []
    case.complete("h")
    case.tell("again")
    assert case.open() == ["a", "h"]


def test_why_a_second_one_is_refused_may_be_said_in_the_policys_words() -> None:
    case = Case(MAIN, again=_one_at_a_time(refused_because="A further review runs already."))
    case.tell("again")
    with pytest.raises(NobodyWaitsError, match=r"^A further review runs already\.$"):
        case.tell("again")


def test_thrown_by_a_diagram_it_waits_until_the_one_has_ended() -> None:
    case = Case(
        start() + user("a") + throw("t", "message", "again") + end() + wire("start a t end"), again=_one_at_a_time()
    )
    case.tell("again")
    case.complete("a")
    assert case.stuck() == ["t"]
    case.complete("h")
    case.retry()
    assert case.open() == ["h"]
