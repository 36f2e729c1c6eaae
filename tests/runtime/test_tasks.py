"""Tasks of every kind, sub-processes, and what the branches of one instance write."""

from __future__ import annotations

import pytest

from tests.dmn.builders import decision, file, literal
from tests.runtime.play import Case
from tests.runtime.sketch import (
    end,
    exclusive,
    parallel,
    receive,
    rule,
    script,
    send,
    service,
    start,
    sub,
    throw,
    user,
    wire,
)


def test_a_user_task_waits_in_the_inbox_and_its_answers_become_facts() -> None:
    case = Case(start() + user("act") + end() + wire("start act end"))
    assert case.open() == ["act"]
    case.complete("act", {"seen_on": "2026-03-03", "met": True})
    assert case.facts() == {"seen_on": "2026-03-03", "met": True}
    assert case.is_closed


def test_a_user_task_may_map_its_answers_to_a_fact_of_another_name() -> None:
    mapping = '<zeebe:ioMapping><zeebe:output source="=a + b" target="total"/></zeebe:ioMapping>'
    case = Case(start() + user("act", more=mapping) + end() + wire("start act end"))
    case.complete("act", {"a": 1, "b": 2})
    assert case.facts() == {"a": 1, "b": 2, "total": 3}


@pytest.mark.parametrize("draw", [service, send])
def test_a_job_is_given_its_inputs_and_its_result_becomes_facts(draw) -> None:
    case = Case(
        start()
        + draw("post", inputs={"give": '="to " + who'}, outputs={"posted": "=given"})
        + user("after")
        + end()
        + wire("start post after end"),
        answers={"who": "Ann"},
    )
    assert case.facts()["posted"] == "to Ann"
    assert case.open() == ["after"]


@pytest.mark.parametrize("draw", [throw, end])
def test_a_message_event_with_a_handler_is_a_send_task(draw) -> None:
    if draw is throw:
        body = throw("post", "message", handler="work") + user("after") + end() + wire("start post after end")
    else:
        body = throw("post", "message", handler="work").replace("intermediateThrowEvent", "endEvent") + wire(
            "start post"
        )
    case = Case(start() + body)
    assert [each["handler"] for each in case.told("job done")] == ["work"]
    assert case.is_closed is (draw is end)


def test_a_job_that_fails_is_tried_again_and_then_parked_retried_and_done() -> None:
    case = Case(
        start() + service("post", inputs={"fail": "=fail"}) + user("after") + end() + wire("start post after end"),
        answers={"fail": True},
    )
    for _ in range(5):
        case.wait(hours=2)
    assert len(case.told("job failed")) == 4
    assert case.stuck() == ["post"]
    assert "on fire" in case.told("incident")[0]["message"]
    case.resolve()
    assert case.open() == ["after"]


def test_a_parked_job_is_done_on_retry_when_what_it_lacked_is_there() -> None:
    case = Case(start() + service("post", "nobody_wrote_it") + user("after") + end() + wire("start post after end"))
    assert case.stuck() == ["post"]
    case.office.handlers["nobody_wrote_it"] = case.office.handlers["work"]
    case.retry()
    assert case.open() == ["after"]


def test_a_job_whose_result_cannot_be_mapped_is_parked_and_nothing_is_lost() -> None:
    case = Case(
        start()
        + service("post", outputs={"last": '=due("nothing")'})
        + user("after")
        + end()
        + wire("start post after end")
    )
    assert case.stuck() == ["post"]
    case.resolve()
    assert case.open() == ["after"]


def test_a_receive_task_waits_until_it_is_told() -> None:
    case = Case(start() + receive("hear", "news") + user("after") + end() + wire("start hear after end"))
    assert case.can_be_told() == ["news"]
    case.tell("news", what="all is well")
    assert case.open() == ["after"]
    assert case.facts() == {"what": "all is well"}


def test_a_script_and_a_decision_give_variables_and_no_facts() -> None:
    case = Case(
        start()
        + script("count", "=1 + 2", "n")
        + rule("judge", "decide", "size")
        + user("after")
        + end()
        + wire("start count judge after end"),
        files={"size.dmn": file(decision(literal('if n > 2 then "many" else "few"')))},
    )
    assert case.variables() == {"n": 3, "size": "many"}
    assert case.facts() == {}


def test_an_unknown_decision_is_an_incident() -> None:
    case = Case(start() + rule("judge", "nothing", "size") + end() + wire("start judge end"))
    assert case.stuck() == ["judge"]


def test_a_sub_process_three_deep_runs_inside_out() -> None:
    inner = sub("c", start("cs") + user("deep") + end("ce") + wire("cs deep ce"))
    middle = sub("b", start("bs") + inner + user("mid") + end("be") + wire("bs c mid be"))
    outer = sub("a", start("as") + middle + user("high") + end("ae") + wire("as b high ae"))
    case = Case(start() + outer + user("top") + end() + wire("start a top end"))
    for element in ("deep", "mid", "high", "top"):
        assert case.open() == [element]
        case.complete(element)
    assert case.is_closed


def test_a_sub_process_waits_for_all_its_ends() -> None:
    inner = start("s") + parallel("p") + user("a") + user("b") + end("e1") + end("e2") + wire("s p a e1", "p b e2")
    case = Case(start() + sub("box", inner) + user("after") + end() + wire("start box after end"))
    case.complete("a")
    assert case.open() == ["b"]
    case.complete("b")
    assert case.open() == ["after"]


def test_branches_that_write_the_same_variable_lose_no_update() -> None:
    # b is done after a has counted; SpiffWorkflow's own join would bring back what b never changed
    case = Case(
        start()
        + script("zero", "=0", "n")
        + parallel("split")
        + user("a")
        + script("one", "=n + 1", "n")
        + user("b")
        + parallel("join")
        + user("last")
        + end()
        + wire("start zero split a one join last end", "split b join")
    )
    case.complete("a", {"seen": ["x"]})
    case.complete("b")
    assert case.variables() == {"n": 1}
    assert case.facts() == {"seen": ["x"]}


def test_branches_that_count_in_turn_count_everything() -> None:
    branches = "".join(user(f"u{i}") + script(f"count{i}", "=n + 1", "n") for i in range(5))
    case = Case(
        start()
        + script("zero", "=0", "n")
        + parallel("split")
        + branches
        + parallel("join")
        + user("last")
        + end()
        + wire("start zero split", "join last end", *(f"split u{i} count{i} join" for i in range(5)))
    )
    for i in (3, 1, 4, 0, 2):
        case.complete(f"u{i}")
    assert case.variables() == {"n": 5}
    assert case.open() == ["last"]


def test_a_task_is_done_three_hundred_times_in_a_loop() -> None:
    case = Case(
        start()
        + script("zero", "=0", "n")
        + exclusive("again")
        + user("try")
        + script("count", "=n + 1", "n")
        + exclusive("enough", "enough_to_again")
        + end()
        + wire("start zero again try count enough end", "enough again", enough_to_end="=n >= 300".replace(">", "&gt;"))
    )
    for _ in range(300):
        case.complete("try")
    assert case.is_closed
    assert case.variables() == {"n": 300}


def test_a_loop_that_waits_for_nobody_is_an_incident() -> None:
    case = Case(
        start()
        + exclusive("again")
        + script("count", "=1", "n")
        + exclusive("enough", "enough_to_again")
        + end()
        + wire("start again count enough end", "enough again", enough_to_end="=false")
    )
    assert len(case.stuck()) == 1
    assert "goes round" in case.told("incident")[0]["message"]


def test_a_message_that_starts_its_own_thrower_without_end_is_an_incident() -> None:
    case = Case(
        start() + end("end", "message", "again") + wire("start end"),
        child=start("cs", "message", "again") + end("ce", "message", "again") + wire("cs ce"),
    )
    assert len(case.stuck()) == 1
    assert "goes round" in case.told("incident")[0]["message"]


def test_several_ends_close_the_case_with_the_words_of_the_last() -> None:
    case = Case(
        start()
        + parallel("p")
        + user("a")
        + user("b")
        + end("e1", closes_as="first")
        + end("e2", closes_as="second")
        + wire("start p a e1", "p b e2")
    )
    case.complete("b")
    assert not case.is_closed
    case.complete("a")
    assert case.case().closed_as == "first"


@pytest.mark.parametrize("tag", ["task", "manualTask"])
def test_a_task_of_no_kind_is_passed(tag: str) -> None:
    case = Case(
        start() + user("act") + f'<bpmn:{tag} id="by"/>' + user("after") + end() + wire("start act by after end")
    )
    case.complete("act")
    assert case.open() == ["after"]
