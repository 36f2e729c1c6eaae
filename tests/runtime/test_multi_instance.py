"""Tasks and sub-processes that are done once for each element of a collection. That the collection may change meanwhile
is tried in `test_collections_that_change`, for them as for call activities."""

from __future__ import annotations

from typing import Any

import pytest

from engine.casework.background.verification import verify_records
from engine.casework.pages.case import Looker, read_diagrams
from engine.casework.tasks.undo import undo_completion
from engine.errors import DiagramNotRunnableError
from engine.store.tasks import load_task, open_tasks
from tests.runtime.play import Case
from tests.runtime.sketch import (
    boundary,
    call,
    each,
    end,
    event_start,
    event_sub,
    exclusive,
    receive,
    repeated,
    script,
    send,
    service,
    start,
    sub,
    throw,
    user,
    wire,
)

AGENCIES = {"agencies": [{"name": "Police"}, {"name": "Health"}]}


def case_with(activity: str, place: str, *, more: str = "", answers: dict[str, Any] | None = None) -> Case:
    return Case(
        start() + activity + user("after") + end() + wire(f"start {place} after end") + more,
        answers=answers or AGENCIES,
    )


def test_a_user_task_is_asked_for_each_item_and_its_answer_is_the_items() -> None:
    case = case_with(each(user("ask")), "ask")
    assert case.open() == ["ask:agencies-1", "ask:agencies-2"]
    case.complete("ask", {"said": "yes"}, item="agencies-2")
    assert (case.facts("agencies-1").get("said"), case.facts("agencies-2")["said"]) == (None, "yes")
    case.complete("ask", {"said": "no"}, item="agencies-1")
    assert case.open() == ["after"]
    assert case.facts().get("said") is None
    assert case.is_record_whole()


def test_user_tasks_come_one_after_the_other_where_the_activity_is_sequential() -> None:
    case = case_with(each(user("ask"), sequential=True), "ask")
    assert case.open() == ["ask:agencies-1"]
    case.complete("ask", item="agencies-1")
    assert case.open() == ["ask:agencies-2"]


def test_an_empty_collection_and_one_that_is_null_ask_nobody() -> None:
    assert case_with(each(user("ask")), "ask", answers={"agencies": []}).open() == ["after"]
    assert case_with(each(user("ask"), "=null"), "ask").open() == ["after"]


def test_the_completion_condition_ends_what_is_still_asked() -> None:
    case = case_with(each(user("ask"), until="=numberOfCompletedInstances = 1"), "ask")
    case.complete("ask", item="agencies-2")
    assert case.open() == ["after"]


def test_what_each_gives_is_gathered_in_the_order_of_the_collection() -> None:
    case = case_with(each(user("ask"), gives="=said", into="answers"), "ask")
    case.complete("ask", {"said": "second"}, item="agencies-2")
    case.complete("ask", {"said": "first"}, item="agencies-1")
    assert case.variables()["answers"] == ["first", "second"]


def test_a_script_is_run_for_each_and_sees_the_variables_of_its_process() -> None:
    activity = script("n", "=10", "base") + each(script("count", "=base + one", "sum"), "=[1, 2]", element="one",
                                                 gives="=sum", into="sums")  # fmt: skip
    case = Case(start() + activity + user("after") + end() + wire("start n count after end"))
    assert case.variables() == {"base": 10, "sums": [11, 12]}


@pytest.mark.parametrize("task", [service, send])
def test_a_handler_is_called_for_each_with_its_own_inputs_and_outputs(task: Any) -> None:
    case = case_with(each(task("letter", inputs={"give": "=agency.name"}, outputs={"sent_to": "=given"})), "letter")
    assert [case.facts(f"agencies-{n}")["sent_to"] for n in (1, 2)] == ["Police", "Health"]
    assert case.open() == ["after"]


def test_a_fault_of_one_is_caught_on_the_edge_and_ends_the_others() -> None:
    faulty = service("letter", inputs={"fault": '=if agency.name = "Health" then "lost" else null'})
    edge = boundary("lost", "letter", "error", "lost") + user("mend") + end("e2") + wire("lost mend e2")
    case = case_with(each(faulty), "letter", more=edge)
    assert case.open() == ["mend"]


def test_a_message_is_waited_for_by_each_about_its_own_item() -> None:
    case = case_with(each(receive("wait", "answer")), "wait")
    assert case.can_be_told() == ["answer:agencies-1", "answer:agencies-2"]
    case.tell("answer", "agencies-1", said="yes")
    assert case.facts("agencies-1")["said"] == "yes"
    case.tell("answer", "agencies-2")
    assert case.open() == ["after"]


def test_a_subprocess_keeps_what_is_worked_out_inside_for_each_and_gives_it_out() -> None:
    inside = start("is") + script("work_out", "=agency.name + suffix", "told") + user("ask") + end("ie")
    box = each(sub("box", inside + wire("is work_out ask ie")), gives="=told", into="all")
    case = Case(
        start() + script("s", '="!"', "suffix") + box + user("after") + end() + wire("start s box after end"),
        answers=AGENCIES,
    )
    assert case.open() == ["ask:agencies-1", "ask:agencies-2"]
    case.complete("ask", item="agencies-2")
    case.complete("ask", item="agencies-1")
    assert case.variables() == {"suffix": "!", "all": ["Police!", "Health!"]}


def test_what_stands_in_a_repeated_subprocess_is_repeated_within_it() -> None:
    """The inner one sees the element of the outer."""
    inner = each(
        script("pair", "=street + string(house)", "both"), "=[1, 2]", element="house", gives="=both", into="houses"
    )
    box = sub(
        "box",
        start("is") + inner + user("ask") + end("ie") + wire("is pair ask ie"),
        repeated('=["Elm ", "Oak "]', element="street", gives="=houses", into="all"),
    )
    case = case_with(box, "box")
    assert case.open() == ["ask", "ask"]
    case.complete("ask")
    case.complete("ask")
    assert case.variables()["all"] == [["Elm 1", "Elm 2"], ["Oak 1", "Oak 2"]]


def test_a_boundary_event_on_its_edge_holds_for_all_and_ends_them() -> None:
    edge = boundary("stop", "ask", "message", "stop") + end("e2") + wire("stop e2")
    case = case_with(each(user("ask")), "ask", more=edge)
    case.complete("ask", {"said": "yes"}, item="agencies-1")
    case.tell("stop")
    assert case.open() == []
    assert case.is_closed


def test_an_escalation_inside_is_heard_on_the_edge_and_a_termination_ends_only_its_own() -> None:
    inside = (
        start("is")
        + user("ask")
        + exclusive("which", default="which_to_over")
        + throw("up", "escalation", "help")
        + user("wait")
        + end("over", "terminate")
        + end("ie")
        + wire("is ask which over", "which up wait ie", which_to_up="=helpless = true")
    )
    box = sub("box", inside, repeated("=agencies", element="agency"))
    edge = boundary("heard", "box", "escalation", "help", interrupting=False) + user("help") + end("e2")
    case = case_with(box, "box", more=edge + wire("heard help e2"))
    case.complete("ask", {"helpless": True}, item="agencies-1")
    assert case.open() == ["ask:agencies-2", "help", "wait:agencies-1"]
    case.complete("ask", {"helpless": False}, item="agencies-2")
    assert case.open() == ["help", "wait:agencies-1"]


def test_a_repeated_call_activity_inside_is_called_about_both_items() -> None:
    box = sub(
        "box",
        start("is") + call("calls", over="=reports", element="report") + end("ie") + wire("is calls ie"),
        repeated("=agencies", element="agency"),
    )
    case = Case(
        start() + box + end() + wire("start box end"),
        child=start("cs") + service("note", inputs={"give": "=name + title"}, outputs={"noted": "=given"}) + end("ce")
        + wire("cs note ce"),
        answers={**AGENCIES, "reports": [{"title": "!"}]},
    )  # fmt: skip
    assert case.is_closed
    assert case.facts("reports-1")["noted"] in ("Police!", "Health!")


def test_one_that_cannot_be_worked_out_is_an_incident_and_the_others_go_on() -> None:
    case = case_with(each(user("ask"), gives="=due(said)", into="days"), "ask")
    case.complete("ask", {"said": "nothing"}, item="agencies-1")
    assert case.stuck() == ["ask"]
    case.resolve()
    case.complete("ask", {"said": "nothing"}, item="agencies-2")
    case.resolve()
    assert case.open() == ["after"]


def test_an_answer_is_taken_back_and_the_record_computes_again() -> None:
    case = case_with(each(user("ask")), "ask")
    task = case.task_id("ask")
    case.complete("ask", {"said": "yes"}, item="agencies-1")
    undo_completion(case.office, task, by="Officer 1", reason="a slip")
    assert case.open() == ["ask:agencies-1", "ask:agencies-2"]
    case.complete("ask", {"said": "no"}, item="agencies-1")
    assert case.facts("agencies-1")["said"] == "no"
    assert verify_records(case.office, replay=True) == (1, [])


def test_a_task_for_a_word_of_a_list_bears_it_in_its_name() -> None:
    case = case_with(each(user("visit"), "=streets", element="street"), "visit", answers={"streets": ["Elm", "Oak"]})
    assert [task.name for task in case.tasks()] == ["visit: Elm", "visit: Oak"]


def test_rungs_on_its_edge_are_the_ladder_of_every_task_inside() -> None:
    edge = boundary("chase", "ask", "timer", "P2D", interrupting=False, rung="1") + end("chased") + wire("chase chased")
    case = case_with(each(user("ask")), "ask", more=edge)
    case_id = case.case().case_id
    with case.office.database.begin() as connection:
        rows = [load_task(connection, case_id, number.task_id.number) for number in open_tasks(connection)]
    hosts = {row.ladder_host for row in rows if row is not None}
    assert len(rows) == 2
    assert len(hosts) == 1
    assert hosts.isdisjoint({row.number for row in rows if row is not None})


def test_an_event_subprocess_inside_belongs_to_each() -> None:
    beside = event_sub("esp", event_start("es", "message", "stop") + user("late") + end("ee") + wire("es late ee"))
    box = sub("box", start("is") + user("ask") + end("ie") + wire("is ask ie") + beside)
    case = case_with(each(box), "box")
    case.tell("stop", "agencies-1")
    assert case.open() == ["ask:agencies-2", "late:agencies-1"]
    case.complete("late")
    case.complete("ask")
    assert case.open() == ["after"]


def test_an_event_subprocess_is_done_for_nothing_but_its_event() -> None:
    beside = event_sub("esp", event_start("es", "message", "stop") + user("late") + end("ee") + wire("es late ee"))
    with pytest.raises(DiagramNotRunnableError):
        Case(start() + user("ask") + end() + wire("start ask end") + each(beside))


def test_each_is_a_part_of_the_case_on_the_picture_of_its_process() -> None:
    inside = start("is") + user("ask") + end("ie") + wire("is ask ie")
    case = case_with(each(sub("box", inside)), "box")
    looker = Looker(name="Officer 1", teams=frozenset({"team"}))
    page = read_diagrams(case.office, case.reference, looker, council_id=case.case().council_id)
    whole, *parts = page.instances
    assert (whole.name, whole.stands_at) == ("main", ("box",))
    assert [(part.name, part.about, part.stands_at) for part in parts] == [
        ("box", "Police", ("ask",)), ("box", "Health", ("ask",))
    ]  # fmt: skip
    assert page.chosen is not None
    assert page.chosen.depth == 1
    assert "ask" in page.outline
