"""A collection changes while an activity goes through it: nobody is missed, and nobody asked twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from tests.runtime.play import Case
from tests.runtime.sketch import call, each, end, parallel, script, start, sub, user, wire

CHILD = start("cs") + user("act") + end("ce") + wire("cs act ce")


@dataclass(frozen=True, kw_only=True)
class Over:
    """Something that goes through a collection, and asks of each of its elements the task `act`."""

    place: str  #: its id

    def __call__(self, collection: str, answers: dict[str, Any], **more: Any) -> Case:
        more = {"element": "agency", **more}
        activities = {
            "calls": call("calls", over=collection, **more),
            "box": each(sub("box", CHILD), collection, **more),
            "act": each(user("act"), collection, **more),
        }
        main = start() + activities[self.place] + user("after") + end() + wire(f"start {self.place} after end")
        called = {"child": CHILD} if self.place == "calls" else {}
        return Case(main, answers=answers, **called)


@pytest.fixture(params=["calls", "box", "act"], ids=["call activity", "sub-process", "user task"])
def over(request: pytest.FixtureRequest) -> Over:
    return Over(place=request.param)


def _agencies(**needed: bool) -> dict[str, Any]:
    return {"agencies": [{"name": name, "needed": each} for name, each in needed.items()]}


NEEDED = "=agencies[needed = true]"


def _asked(case: Case) -> list[str]:
    """Each one that is asked, one after the other, until nobody is any more."""
    asked: list[str] = []
    while any(task.element_id == "act" for task in case.tasks()):
        (open_now,) = [each for each in case.open() if each.startswith("act")]
        asked.append(open_now.removeprefix("act:"))
        case.complete("act")
    return asked


def test_an_item_taken_out_after_it_was_asked_lets_nobody_be_missed(over: Over) -> None:
    case = over(NEEDED, _agencies(Police=True, Health=True, Housing=True), sequential=True)
    case.complete("act", item="agencies-1")
    case.correct("needed", False, item="agencies-1")
    assert _asked(case) == ["agencies-2", "agencies-3"]
    assert case.open() == ["after"]


def test_an_item_that_comes_in_before_the_one_being_asked_is_asked_and_nobody_twice(over: Over) -> None:
    case = over(NEEDED, _agencies(Police=False, Health=True, Housing=True), sequential=True)
    case.correct("needed", True, item="agencies-1")
    assert _asked(case) == ["agencies-2", "agencies-1", "agencies-3"]
    assert case.open() == ["after"]


def test_an_item_that_was_asked_and_comes_back_is_not_asked_again(over: Over) -> None:
    case = over(NEEDED, _agencies(Police=True, Health=True), sequential=True)
    case.complete("act", item="agencies-1")
    case.correct("needed", False, item="agencies-1")
    case.correct("needed", True, item="agencies-1")
    assert _asked(case) == ["agencies-2"]


def test_a_collection_put_in_another_order_is_gone_through_once(over: Over) -> None:
    answers = {**_agencies(Police=True, Health=True, Housing=True), "backwards": False}
    case = over("=if backwards then reverse(agencies) else agencies", answers, sequential=True)
    case.complete("act", item="agencies-1")
    case.correct("backwards", True)
    assert _asked(case) == ["agencies-2", "agencies-3"]


def test_an_item_that_stands_twice_in_the_collection_is_asked_once(over: Over) -> None:
    case = over("=concatenate(agencies, agencies)", _agencies(Police=True, Health=True), sequential=True)
    assert _asked(case) == ["agencies-1", "agencies-2"]


def test_plain_values_are_known_by_what_they_are(over: Over) -> None:
    for element in ("agency", ""):
        case = over("=streets", {"streets": ["Elm", "Oak", "Oak", "Ash"]}, sequential=True, element=element)
        case.complete("act")
        case.complete("act")
        case.correct("streets", ["Oak", "Oak", "Ash"])
        assert len(_asked(case)) == 2  # the Oak that was open, and the other one; then Ash
        case = over("=streets", {"streets": ["Elm", "Oak"]}, sequential=True, element=element)
        case.complete("act")
        case.correct("streets", ["Yew", "Oak", "Elm"])
        assert len(_asked(case)) == 2


def test_a_collection_that_turns_null_is_an_incident_and_goes_on_when_it_is_put_right(over: Over) -> None:
    case = over("=streets", {"streets": ["Elm", "Oak"]}, sequential=True)
    case.correct("streets", None)
    case.complete("act")
    assert case.stuck() == [over.place]
    assert "no list" in case.told("incident")[0]["message"]
    assert case.open() == []
    case.correct("streets", ["Elm", "Oak"])
    case.retry()
    assert _asked(case) == ["act"]
    assert case.open() == ["after"]


def test_a_collection_that_turns_null_is_an_incident_where_all_are_asked_at_once(over: Over) -> None:
    case = over("=if known then agencies else null", {**_agencies(Police=True, Health=True), "known": True})
    case.correct("known", False)
    assert case.stuck() == [over.place]
    case.complete("act", item="agencies-1")
    case.complete("act", item="agencies-2")
    assert case.open() == []
    case.correct("known", True)
    case.retry()
    assert case.open() == ["after"]


def test_an_item_that_passes_the_filter_after_a_correction_gets_its_child_at_once(over: Over) -> None:
    case = over(NEEDED, _agencies(Police=False, Health=True))
    case.correct("needed", True, item="agencies-1")
    assert case.open() == ["act:agencies-1", "act:agencies-2"]
    case.complete("act", item="agencies-1")
    case.complete("act", item="agencies-2")
    assert case.open() == ["after"]


def test_an_item_that_passes_the_filter_after_a_fact_of_the_case_was_told_gets_its_child(over: Over) -> None:
    case = over("=agencies[kind = asked_kind]", {"agencies": [{"kind": "a"}, {"kind": "b"}], "asked_kind": "a"})
    case.correct("asked_kind", "b")
    assert case.open() == ["act:agencies-1", "act:agencies-2"]


def test_an_item_that_passes_the_filter_by_an_answer_of_the_last_child_gets_its_own_child(over: Over) -> None:
    case = over("=agencies[item.first = true or all_asked]", {"agencies": [{"first": True}, {"first": False}]})
    case.complete("act", {"all_asked": True, "agencies": [{"id": "agencies-1", "seen": 1}]}, item="agencies-1")
    assert case.open() == ["after"]  # the answer is the item's: nothing of the other one has changed
    case = over(NEEDED, _agencies(Police=True, Health=False))
    case.complete("act", {"agencies": [{"id": "agencies-2", "needed": True}]}, item="agencies-1")
    assert case.open() == ["act:agencies-2"]


def test_a_correction_of_something_else_starts_nobody_anew(over: Over) -> None:
    case = over(NEEDED, _agencies(Police=True, Health=True))
    case.correct("name", "Constabulary", item="agencies-1")
    assert case.open() == ["act:agencies-1", "act:agencies-2"]
    case = over("=for one in agencies return {name: one.name}", _agencies(Police=True))
    case.correct("name", "Constabulary", item="agencies-1")
    assert case.open() == ["act"]  # what is no item is not known again


def test_a_collection_of_a_child_sees_a_correction_too() -> None:
    case = Case(
        start()
        + parallel("p")
        + call("outer", "middle")
        + end()
        + script("beside", "=1", "n")
        + end("e2")
        + wire("start p outer end", "p beside e2"),
        middle=start("ms") + call("calls", over=NEEDED, element="agency") + end("me") + wire("ms calls me"),
        child=CHILD,
        answers=_agencies(Police=False, Health=True),
    )
    case.correct("needed", True, item="agencies-1")
    assert case.open() == ["act:agencies-1", "act:agencies-2"]
