"""What BPMN reads into a drawing: links, and starts, ends, splits and merges that nobody drew."""

from __future__ import annotations

import pytest

from engine.casework.background.verification import verify_records
from engine.errors import DiagramNotRunnableError
from engine.store.frames import open_frames
from tests.casework.builders import flow
from tests.runtime.play import Case
from tests.runtime.sketch import (
    boundary,
    call,
    catch,
    each,
    end,
    event_start,
    event_sub,
    exclusive,
    link,
    parallel,
    script,
    start,
    sub,
    throw,
    user,
    wire,
)


def _out(id: str, name: str = "on") -> str:
    return link(throw(id, "none"), name)


def _in(id: str = "here", name: str = "on") -> str:
    return link(catch(id, "none"), name)


def _with_default(activity: str, default: str) -> str:
    return activity.replace(" id=", f' default="{default}" id=', 1)


# links


def test_a_link_goes_on_where_it_is_caught_from_each_of_its_throws() -> None:
    body = start() + user("ask") + exclusive("g", "g_to_b") + _out("a") + _out("b") + _in() + user("after") + end()
    flows = wire("start ask g a", "g b", "here after end", g_to_a="=n = 1")
    for answer in (1, 2):
        case = Case(body + flows)
        case.complete("ask", {"n": answer})
        assert case.open() == ["after"]
        case.complete("after")
        assert case.is_closed
        assert case.is_record_whole()


def test_a_link_leads_back_to_what_was_before() -> None:
    body = start() + exclusive("m") + user("ask") + exclusive("g", "g_to_end") + _out("back", "again") + end()
    case = Case(body + _in("here", "again") + wire("start m ask g end", "g back", "here m", g_to_back="=more"))
    case.complete("ask", {"more": True})
    assert case.open() == ["ask"]
    case.complete("ask", {"more": False})
    assert case.is_closed


def test_an_inclusive_join_waits_for_what_comes_by_a_link() -> None:
    body = start() + parallel("p") + user("ask") + _out("o") + _in() + user("other") + end()
    join = '<bpmn:inclusiveGateway id="j" name="j"/>' + user("after")
    case = Case(body + join + wire("start p ask o", "p other j after end", "here j"))
    case.complete("other")
    assert case.open() == ["ask"]
    case.complete("ask")
    assert case.open() == ["after"]


def test_links_of_one_name_on_two_levels_are_two() -> None:
    inside = start("is") + _out("io") + _in("ic") + user("deep") + end("ie") + wire("is io", "ic deep ie")
    body = start() + sub("box", inside) + _out("o") + _in("c") + user("after") + end()
    case = Case(body + wire("start box o", "c after end"))
    case.complete("deep")
    assert case.open() == ["after"]


@pytest.mark.parametrize(
    "body",
    [
        start() + user("ask") + _out("o") + wire("start ask o"),
        start() + user("ask") + _out("o") + _in("c1") + _in("c2") + end() + wire("start ask o", "c1 end", "c2 end"),
        start() + user("ask") + _out("o") + _in("c") + end() + wire("start ask o end", "c end"),
        start() + user("ask") + _in("c") + end() + wire("start ask c end"),
        start() + user("ask") + link(end(), "on") + wire("start ask end"),
    ],
    ids=["caught nowhere", "caught twice", "a flow leaves it", "a flow leads to it", "an end"],
)
def test_a_link_that_leads_nowhere_is_not_run(body: str) -> None:
    with pytest.raises(DiagramNotRunnableError):
        Case(body)


# starts and ends


def test_without_a_start_event_a_called_process_begins_with_all_to_which_nothing_leads() -> None:
    child = (
        user("a")
        + user("b")
        + script("c", "=1", "n")
        + user("d")
        + wire("a d")
        + end("ce")
        + wire("d ce", "b ce", "c ce")
    )
    case = Case(start() + call("calls") + user("after") + end() + wire("start calls after end"), child=child)
    assert case.open() == ["a", "b"]
    case.complete("a")
    case.complete("b")
    assert case.open() == ["d"]
    case.complete("d")
    assert case.open() == ["after"]


def test_a_subprocess_without_start_and_end_is_over_when_all_in_it_is() -> None:
    edge = boundary("stop", "a", "timer", "P2D", interrupting=True) + user("chase") + wire("stop chase")
    box = sub("box", user("a") + user("b") + edge)
    case = Case(start() + box + user("after") + end() + wire("start box after end"))
    assert case.open() == ["a", "b"]  # a boundary event begins nothing
    case.complete("a")
    assert case.open() == ["b"]
    case.complete("b")
    assert case.open() == ["after"]


def test_an_event_subprocess_and_a_link_are_no_beginnings() -> None:
    beside = event_sub("esp", event_start("es", "message", "stop") + user("late") + end("ee") + wire("es late ee"))
    box = sub("box", user("a") + _out("o") + _in() + user("b") + wire("a o", "here b") + beside)
    case = Case(start() + box + end() + wire("start box end"))
    assert case.open() == ["a"]
    case.complete("a")
    assert case.open() == ["b"]


def test_a_case_ends_with_an_activity_that_nothing_follows() -> None:
    case = Case(start() + user("ask") + wire("start ask"))
    case.complete("ask")
    assert case.is_closed
    assert case.case().closed_as is None


def test_a_time_frame_begins_with_a_process_that_has_no_start_event() -> None:
    framed = user("a") + end("ce") + wire("a ce")
    body = start() + call("calls") + end() + wire("start calls end")
    case = Case(body, child=framed + _DUE)
    case_id = case.case().case_id
    with case.office.database.begin() as connection:
        assert [str(frame.due_on) for frame in open_frames(connection, case_id)] == ["2026-05-05"]
    assert case.open() == ["a"]


_DUE = (
    "<bpmn:extensionElements><zeebe:properties>"
    '<zeebe:property name="due_date" value="=date(&quot;2026-05-05&quot;)"/>'
    "</zeebe:properties></bpmn:extensionElements>"
)


# splits and merges


def test_several_flows_out_of_an_activity_are_all_taken() -> None:
    case = Case(start() + user("ask") + user("a") + user("b") + end() + wire("start ask a end", "ask b end"))
    case.complete("ask")
    assert case.open() == ["a", "b"]
    case.complete("a")
    case.complete("b")
    assert case.is_closed


@pytest.mark.parametrize(
    ("n", "goes_on"), [(1, ["a", "always"]), (2, ["a", "always", "b"]), (0, ["always"])], ids=["one", "two", "none"]
)
def test_of_flows_with_a_condition_those_are_taken_that_are_true_and_those_without_always(
    n: int, goes_on: list[str]
) -> None:
    body = start() + user("ask") + user("a") + user("b") + user("always") + end()
    case = Case(body + wire("start ask a end", "ask b end", "ask always end", ask_to_a="=n > 0", ask_to_b="=n > 1"))
    case.complete("ask", {"n": n})
    assert case.open() == goes_on
    assert verify_records(case.office, replay=True) == (1, [])


def test_the_default_flow_of_an_activity_is_taken_where_no_condition_is_true() -> None:
    body = start() + _with_default(user("ask"), "ask_to_b") + user("a") + user("b") + end()
    flows = wire("start ask a end", "ask b end", ask_to_a="=n > 0")
    for n, goes_on in ((0, ["b"]), (1, ["a"])):
        case = Case(body + flows)
        case.complete("ask", {"n": n})
        assert case.open() == goes_on


def test_where_no_condition_is_true_and_there_is_no_default_the_answer_is_kept_and_the_case_waits_behind_it() -> None:
    body = start() + user("ask") + user("a") + user("b") + end()
    case = Case(body + wire("start ask a end", "ask b end", ask_to_a="=n > 0", ask_to_b="=n > 1"))
    case.complete("ask", {"n": 0})
    assert case.facts()["n"] == 0
    assert "“ask”" in case.told("incident")[0]["message"]
    case.correct("n", 1)
    case.retry()
    assert case.open() == ["a"]


def test_a_single_flow_with_a_condition_is_not_run() -> None:
    with pytest.raises(DiagramNotRunnableError):
        Case(start() + user("ask") + end() + wire("start ask end", ask_to_end="=n > 0"))


def test_each_token_passes_where_several_flows_lead_into_an_activity() -> None:
    body = start() + parallel("p") + user("a") + user("b") + user("both") + end()
    case = Case(body + wire("start p a both end", "p b both"))
    case.complete("a")
    assert case.open() == ["b", "both"]
    case.complete("b")
    assert case.open() == ["both", "both"]


def test_several_flows_out_of_a_boundary_event_and_out_of_what_is_done_for_each() -> None:
    edge = boundary("late", "ask", "timer", "P2D", interrupting=True) + user("c") + user("d") + flow("late", "c")
    case = Case(
        start() + each(user("ask")) + user("a") + user("b") + edge + flow("late", "d") + wire("start ask a", "ask b"),
        answers={"agencies": [{"name": "A"}]},
    )
    other = Case(
        start() + each(user("ask")) + user("a") + user("b") + edge + flow("late", "d") + wire("start ask a", "ask b"),
        answers={"agencies": [{"name": "A"}]},
    )
    case.complete("ask")
    assert case.open() == ["a", "b"]
    other.wait(days=3)
    assert other.open() == ["c", "d"]


def test_the_branches_of_an_activity_hear_each_other() -> None:
    """A signal thrown on one of them is heard on the other."""
    body = start() + user("ask") + throw("t", "signal", "go") + catch("c", "signal", "go") + user("after") + end()
    case = Case(body + wire("start ask t", "ask c after end"))
    case.complete("ask")
    assert case.open() == ["after"]
