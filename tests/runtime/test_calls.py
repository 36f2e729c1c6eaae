"""Call activities: child process instances, one or many, at once or one after the other."""

from __future__ import annotations

from engine.casework.tasks.completion import complete_task
from tests.runtime.play import Case
from tests.runtime.sketch import boundary, call, end, exclusive, script, service, start, sub, user, wire

CHILD = start("cs") + user("act") + end("ce") + wire("cs act ce")
AGENCIES = {"agencies": [{"name": "Police"}, {"name": "Health"}]}


def over(collection: str = "=agencies", *, child: str = CHILD, answers: dict | None = None, **more: object) -> Case:
    """A call activity over a collection, and a task behind it."""
    return Case(
        start()
        + call("calls", over=collection, element="agency", **more)
        + user("after")
        + end()  # type: ignore[arg-type]
        + wire("start calls after end"),
        child=child,
        answers=AGENCIES if answers is None else answers,
    )


def test_a_call_activity_waits_for_its_child() -> None:
    case = Case(start() + call("calls") + user("after") + end() + wire("start calls after end"), child=CHILD)
    assert case.open() == ["act"]
    case.complete("act")
    assert case.open() == ["after"]
    assert case.statuses() == ["completed"]


def test_a_child_that_ends_at_once_lets_its_parent_go_on_at_once() -> None:
    case = Case(
        start() + call("calls") + user("after") + end() + wire("start calls after end"),
        child=start("cs") + end("ce") + wire("cs ce"),
    )
    assert case.open() == ["after"]


def test_a_child_sees_what_is_mapped_and_gives_back_what_is_mapped() -> None:
    case = Case(
        start()
        + script("count", "=7", "n")
        + call("calls", inputs={"m": "=n + 1"}, outputs={"answer": "=doubled"})
        + end()
        + wire("start count calls end"),
        child=start("cs")
        + script("double", "=m * 2", "doubled")
        + script("look", "=n", "seen")
        + end("ce")
        + wire("cs double look ce"),
    )
    assert case.facts()["answer"] == 16
    assert case.told("script run")[-1].get("value") is None  # the parent's own variables stay the parent's


def test_each_element_of_a_collection_gets_a_child_about_its_item() -> None:
    case = over()
    assert case.open() == ["act:agencies-1", "act:agencies-2"]
    case.complete("act", {"answered": True}, item="agencies-2")
    assert case.facts("agencies-2") == {"name": "Health", "answered": True}
    assert "answered" not in case.facts()
    assert case.open() == ["act:agencies-1"]
    case.complete("act", item="agencies-1")
    assert case.open() == ["after"]


def test_children_run_one_after_the_other_where_the_call_is_sequential() -> None:
    case = over(sequential=True)
    assert case.open() == ["act:agencies-1"]
    case.complete("act")
    assert case.open() == ["act:agencies-2"]
    case.complete("act")
    assert case.open() == ["after"]


def test_an_empty_collection_needs_no_child() -> None:
    for sequential in (False, True):
        assert over("=[]", sequential=sequential).open() == ["after"]
        assert over("=nobody_said", sequential=sequential).open() == ["after"]


def test_an_item_added_to_the_collection_gets_its_child_at_once() -> None:
    case = over()
    case.complete("act", {"agencies": [{"name": "Fire"}]}, item="agencies-1")
    assert case.open() == ["act:agencies-2", "act:agencies-3"]
    case.complete("act", item="agencies-2")
    case.complete("act", item="agencies-3")
    assert case.open() == ["after"]


def test_an_item_added_by_the_last_child_keeps_the_call_activity_open() -> None:
    case = over(answers={"agencies": [{"name": "Police"}]})
    case.complete("act", {"agencies": [{"name": "Fire"}]})
    assert case.open() == ["act:agencies-2"]


def test_an_item_added_while_children_run_one_by_one_gets_its_turn() -> None:
    case = over(sequential=True)
    case.complete("act", {"agencies": [{"name": "Fire"}]})
    case.complete("act")
    assert case.open() == ["act:agencies-3"]
    case.complete("act")
    assert case.open() == ["after"]


def test_a_corrected_item_gets_no_second_child() -> None:
    case = over()
    case.complete("act", {"agencies": [{"id": "agencies-2", "name": "NHS"}]}, item="agencies-1")
    assert case.open() == ["act:agencies-2"]
    assert case.facts("agencies-2")["name"] == "NHS"


def test_a_filtered_collection_takes_only_the_added_items_that_pass() -> None:
    case = over('=agencies[name != "Fire"]')
    case.complete("act", {"agencies": [{"name": "Fire"}, {"name": "Housing"}]}, item="agencies-1")
    assert case.open() == ["act:agencies-2", "act:agencies-4"]


def test_a_completion_condition_ends_the_call_and_cancels_the_rest() -> None:
    case = over("=for i in 1..5 return i", until="=numberOfCompletedInstances &gt;= 2 and numberOfActiveInstances = 3")
    case.complete("act")
    assert len(case.open()) == 4
    case.complete("act")
    assert case.open() == ["after"]
    assert sorted(case.statuses()) == ["cancelled"] * 3 + ["completed"] * 2


def test_a_completion_condition_sees_how_many_there_are_and_were_ended() -> None:
    case = over(
        "=for i in 1..3 return i",
        until="=numberOfInstances = 3 and numberOfTerminatedInstances = 0 and numberOfCompletedInstances = 1",
    )
    case.complete("act")
    assert case.open() == ["after"]


def test_what_the_children_give_is_gathered_in_the_order_of_the_collection() -> None:
    case = over(
        "=[3,1,2]", gives="=agency * 10", into="gathered", outputs={"total": "=sum(gathered)", "listed": "=gathered"}
    )
    for task in reversed(case.tasks()):
        complete_task(case.office, task.task_id, {}, by="Officer 1")
    assert case.variables()["gathered"] == [30, 10, 20]
    assert case.facts() == {"total": 60, "listed": [30, 10, 20]} | {
        k: v for k, v in case.facts().items() if k == "agencies"
    }


def test_calls_stand_three_deep() -> None:
    case = Case(
        start() + call("calls", "one") + user("after") + end() + wire("start calls after end"),
        one=start("s1") + call("c1", "two") + end("e1") + wire("s1 c1 e1"),
        two=start("s2")
        + sub("box", start("s3") + call("c2", "child") + end("e3") + wire("s3 c2 e3"))
        + end("e2")
        + wire("s2 box e2"),
        child=CHILD,
    )
    case.complete("act")
    assert case.open() == ["after"]


def test_the_called_process_may_be_named_by_an_expression() -> None:
    case = Case(
        start() + call("calls", "=which") + end() + wire("start calls end"), answers={"which": "child"}, child=CHILD
    )
    assert case.open() == ["act"]


def test_a_call_finds_the_plain_start_of_a_process_that_a_message_starts_too() -> None:
    child = start("by_message", "message", "news") + user("other") + end("oe") + CHILD + wire("by_message other oe")
    assert Case(start() + call("calls") + end() + wire("start calls end"), child=child).open() == ["act"]


def test_a_call_of_a_process_that_only_a_message_starts_is_an_incident() -> None:
    child = start("by_message", "message", "news") + user("other") + end("oe") + wire("by_message other oe")
    assert Case(start() + call("calls") + end() + wire("start calls end"), child=child).stuck() == ["calls"]


# what goes wrong


def test_an_unknown_process_is_an_incident() -> None:
    case = Case(start() + call("calls", "nothing") + user("after") + end() + wire("start calls after end"))
    assert case.stuck() == ["calls"]
    case.resolve()
    assert case.open() == ["after"]


def test_a_mapping_that_fails_for_one_child_starts_none_and_a_retry_starts_each_once() -> None:
    case = over(
        "=[1,2,3]",
        inputs={"share": '=if agency = 3 and not(ready) then due("nothing") else agency'},
        answers={"ready": False},
    )
    assert case.stuck() == ["calls"]
    assert case.statuses() == []
    case.correct("ready", True)
    case.retry()
    assert case.open() == ["act", "act", "act"]


def test_an_added_item_whose_child_cannot_be_started_is_an_incident_and_the_answer_is_kept() -> None:
    case = over(inputs={"share": '=if agency.name = "Fire" and ready = null then due("nothing") else 1'})
    case.complete("act", {"agencies": [{"name": "Fire"}], "said": "yes"}, item="agencies-1")
    assert case.stuck() == ["calls"]
    assert case.facts("agencies-1")["said"] == "yes"
    assert case.open() == ["act:agencies-2"]
    case.complete("act", item="agencies-2")
    assert case.open() == []
    case.correct("name", "Fire and Rescue", item="agencies-3")
    case.retry()
    assert case.open() == ["act:agencies-3"]
    case.complete("act")
    assert case.open() == ["after"]


def test_an_output_that_cannot_be_computed_parks_the_call_and_loses_nothing() -> None:
    case = Case(
        start()
        + call("calls", outputs={"last": '=if ready then 1 else due("nothing")'})
        + user("after")
        + end()
        + wire("start calls after end"),
        child=CHILD,
        answers={"ready": False},
    )
    case.complete("act", {"said": "yes"})
    assert case.facts()["said"] == "yes"
    assert case.stuck() == ["calls"]
    assert case.open() == []
    case.retry()
    assert case.stuck() == ["calls"]
    case.correct("ready", True)
    case.retry()
    assert case.open() == ["after"]
    assert case.facts()["last"] == 1
    assert case.statuses() == ["completed"]


def test_an_output_that_cannot_be_computed_is_resolved_without_it() -> None:
    case = Case(
        start()
        + call("calls", outputs={"last": '=due("nothing")'})
        + user("after")
        + end()
        + wire("start calls after end"),
        child=CHILD,
    )
    case.complete("act")
    case.resolve()
    assert case.open() == ["after"]
    assert "last" not in case.facts()


def test_one_output_element_that_cannot_be_computed_keeps_the_call_open() -> None:
    case = over("=[1,2]", gives='=if agency = 1 then due("nothing") else agency', into="gathered")
    case.complete("act")
    case.complete("act")
    assert case.stuck() == ["calls"]
    assert case.open() == []
    case.resolve()
    assert case.open() == ["after"]
    assert case.variables()["gathered"] == [None, 2]


def test_a_completion_condition_that_fails_parks_the_call_once_and_a_retry_goes_on() -> None:
    case = over(
        "=[1,2]", until='=if ready then numberOfCompletedInstances = 2 else due("nothing")', answers={"ready": False}
    )
    case.complete("act")
    case.complete("act")
    assert case.stuck() == ["calls"]
    case.correct("ready", True)
    case.retry()
    assert case.open() == ["after"]


def test_a_stuck_call_is_resolved_and_what_runs_below_is_cancelled() -> None:
    case = over("=[1,2]", until='=due("nothing")')
    case.complete("act")
    assert case.open() == ["act"]
    case.resolve()
    assert case.open() == ["after"]
    assert case.statuses() == ["completed", "cancelled"]


def test_what_a_call_was_stuck_at_is_gone_when_it_is_cancelled() -> None:
    case = Case(
        start()
        + call("calls", outputs={"last": '=due("nothing")'})
        + boundary("stop", "calls", "message", "withdraw")
        + end()
        + end("e2")
        + wire("start calls end", "stop e2"),
        child=CHILD,
    )
    case.complete("act")
    assert case.stuck() == ["calls"]
    case.tell("withdraw")
    assert case.stuck() == []
    assert case.is_closed


def test_an_input_collection_that_is_no_list_is_an_incident() -> None:
    case = over("=if ready then [1] else 3", answers={"ready": False})
    assert "no list" in case.told("incident")[0]["message"]
    case.correct("ready", True)
    case.retry()
    assert case.open() == ["act"]


def test_more_children_than_any_policy_needs_are_refused() -> None:
    case = over("=for i in 1..2001 return i")
    assert case.stuck() == ["calls"]
    assert case.statuses() == []


def test_a_process_that_calls_itself_without_end_is_an_incident() -> None:
    case = Case(
        start() + call("calls") + end() + wire("start calls end"),
        child=start("cs") + call("again", "child") + end("ce") + wire("cs again ce"),
    )
    assert case.stuck() == ["again"]
    assert "come to an end, then retry" in case.told("incident")[0]["message"]
    assert len(case.statuses()) <= 21


def test_a_process_calls_itself_until_the_facts_lead_past_the_call() -> None:
    child = start("cs") + user("look") + exclusive("enough", "enough_to_again") + call("again", "child")
    child += exclusive("met") + end("ce")
    child += wire("cs look enough met ce", "enough again met", enough_to_met="=is_enough")
    case = Case(start() + call("calls") + user("after") + end() + wire("start calls after end"), child=child)
    for is_enough in (False, False, True):
        assert case.open() == ["look"]
        case.complete("look", {"is_enough": is_enough})
    assert case.open() == ["after"]
    assert case.statuses() == ["completed"] * 3


def test_one_that_has_gone_too_deep_comes_to_an_end_once_its_facts_are_put_right() -> None:
    child = start("cs") + exclusive("enough", "enough_to_again") + call("again", "child") + exclusive("met") + end("ce")
    child += wire("cs enough met ce", "enough again met", enough_to_met="=is_enough")
    case = Case(start() + call("calls") + end() + wire("start calls end"), child=child, answers={"is_enough": False})
    assert case.stuck() == ["again"]
    case.correct("is_enough", True)
    case.resolve()
    assert case.is_closed


def test_a_loop_through_a_child_that_waits_for_nothing_is_an_incident() -> None:
    case = Case(
        start()
        + exclusive("again")
        + call("calls")
        + exclusive("enough", "enough_to_again")
        + end()
        + wire("start again calls enough end", "enough again", enough_to_end="=false"),
        child=start("cs") + end("ce") + wire("cs ce"),
    )
    assert len(case.stuck()) == 1


def test_a_job_of_a_child_gives_its_result_to_the_childs_item() -> None:
    child = (
        start("cs")
        + service("post", inputs={"give": "=name"}, outputs={"posted_to": "=given"})
        + end("ce")
        + wire("cs post ce")
    )
    case = over(child=child)
    assert case.open() == ["after"]
    assert case.facts("agencies-1")["posted_to"] == "Police"
    assert case.facts("agencies-2")["posted_to"] == "Health"
