"""Forty-two pairs of drawings with a case in the first: in each it goes on as one that began under the second would,
or it is said in a sentence why it cannot."""

from __future__ import annotations

from tests.casework.migration.moves import move, refusals, standing
from tests.runtime.play import Case
from tests.runtime.sketch import (
    boundary,
    call,
    catch,
    end,
    event_gateway,
    exclusive,
    flow,
    inclusive,
    parallel,
    send,
    service,
    start,
    sub,
    user,
    variant,
    wire,
)

ONE = start() + user("a") + end() + wire("start a end")


def test_1_the_same_again_moves_and_nothing_else() -> None:
    case = Case(ONE)
    moved = move(case, variant(ONE, other=CHILD))
    assert moved.is_unchanged
    assert not moved.warnings
    case.complete("a")
    assert case.is_closed


def test_2_a_step_added_behind_comes_next() -> None:
    case = Case(ONE)
    move(case, variant(start() + user("a") + user("b") + end() + wire("start a b end")))
    assert case.open() == ["a"]
    case.complete("a")
    assert case.open() == ["b"]
    case.complete("b")
    assert case.is_closed


def test_3_a_step_added_before_is_skipped_and_that_is_said() -> None:
    case = Case(ONE)
    moved = move(case, variant(start() + user("b") + user("a") + end() + wire("start b a end")))
    assert case.open() == ["a"]
    assert moved.warnings == ("“b” comes before where the case stands, and is not done.",)
    case.complete("a")
    assert case.is_closed


def test_4_a_step_that_is_open_and_gone_is_asked_after() -> None:
    case = Case(ONE)
    assert refusals(case, variant(start() + user("b") + end() + wire("start b end"))) == (
        "“a” is open, and version 8 has no such step. Say what it became.",
    )


def test_5_a_step_that_is_gone_becomes_what_the_owner_says() -> None:
    case = Case(ONE)
    number = case.task_id("a").number
    moved = move(case, variant(start() + user("b") + end() + wire("start b end")), became={"a": "b"})
    assert case.task_id("b").number == number
    assert [task.name for task in case.tasks()] == ["b"]
    assert moved.renamed == (("a", "b"),)
    case.complete("b")
    assert case.is_closed


def test_6_a_later_step_that_is_gone_never_comes() -> None:
    case = Case(start() + user("a") + user("b") + end() + wire("start a b end"))
    move(case, variant(ONE))
    case.complete("a")
    assert case.is_closed


def test_7_a_step_that_was_done_and_is_gone_stays_in_the_record() -> None:
    case = Case(start() + user("z") + user("a") + end() + wire("start z a end"))
    case.complete("z")
    move(case, variant(ONE))
    assert case.open() == ["a"]
    assert [entry["element"] for entry in case.told("task completed")] == ["z"]
    case.complete("a")
    assert case.is_closed


def test_8_a_claimed_step_of_another_id_stays_with_whoever_has_it() -> None:
    from engine.casework.tasks.assignment import claim_task

    case = Case(ONE)
    claim_task(case.office, case.task_id("a"), by="Officer 1")
    new = start() + user("a2").replace('name="a2"', 'name="a"') + end() + wire("start a2 end")
    move(case, variant(new))  # by its name, which it alone has
    (task,) = case.tasks()
    assert (task.element_id, task.claimed_by) == ("a2", "Officer 1")
    case.complete("a2")
    assert case.is_closed


def test_9_a_step_gets_the_new_name_and_form() -> None:
    form = b'{"type": "default", "id": "asked", "components": [{"type": "textfield", "key": "why", "label": "Why"}]}'
    case = Case(ONE)
    body = user("a", more='<zeebe:formDefinition formId="asked"/>').replace('name="a"', 'name="Answer it"')
    moved = move(case, variant(start() + body + end() + wire("start a end"), files={"forms/asked.form": form}))
    (task,) = case.tasks()
    assert (task.name, task.form_id) == ("Answer it", "asked")
    assert moved.renamed == (("a", "Answer it"),)


def test_10_a_task_for_people_cannot_become_a_letter() -> None:
    case = Case(ONE)
    assert refusals(case, variant(start() + send("a") + end() + wire("start a end"))) == (
        "“a” is a task for people in version 7 and sent by itself in version 8.",
    )


def test_11_a_claimed_step_of_another_team_is_handed_back() -> None:
    from engine.casework.tasks.assignment import claim_task

    case = Case(ONE)
    claim_task(case.office, case.task_id("a"), by="Officer 1")
    moved = move(case, variant(start() + user("a", team="other") + end() + wire("start a end")))
    (task,) = case.tasks()
    assert (task.team, task.claimed_by) == ("other", None)
    assert moved.handed_back == ("a",)


INSIDE = start("s") + user("a") + end("e") + wire("s a e")
AROUND = start() + sub("round", INSIDE) + end() + wire("start round end")


def test_12_a_new_sub_process_is_round_what_runs_and_its_events_wait() -> None:
    case = Case(ONE)
    case.wait(days=2)
    late = boundary("late", "round", "timer", "P5D") + user("chase") + end("e2") + wire("late chase e2")
    moved = move(case, variant(AROUND + late))
    assert standing(case) == ["late", "round", "round > a"]
    assert moved.begun == ("round",)
    case.wait(days=2)
    assert case.open() == ["a"]
    case.wait(days=1)  # five days since the step came
    assert case.open() == ["chase"]


def test_12_a_case_in_a_new_sub_process_goes_on_behind_it() -> None:
    case = Case(ONE)
    move(case, variant(start() + sub("round", INSIDE) + user("b") + end() + wire("start round b end")))
    case.complete("a")
    assert case.open() == ["b"]


def test_13_what_is_inside_a_sub_process_that_is_gone_moves_up() -> None:
    late = boundary("late", "round", "timer", "P5D") + user("chase") + end("e2") + wire("late chase e2")
    case = Case(AROUND + late)
    moved = move(case, variant(ONE))
    assert standing(case) == ["a"]
    assert moved.ended == ("late",)
    case.wait(days=9)
    case.complete("a")
    assert case.is_closed


def test_14_a_step_that_changed_its_sub_process_is_refused() -> None:
    def two(first: str, second: str) -> str:
        def one(name: str, inner: str) -> str:
            return sub(name, start(f"s_{name}") + user(inner) + end(f"e_{name}") + wire(f"s_{name} {inner} e_{name}"))

        return start() + one("x", first) + one("y", second) + end() + wire("start x y end")

    case = Case(two("a", "b"))
    assert refusals(case, variant(two("b", "a"))) == (
        "“a” has moved from “x” into “y” in version 8, which has not begun there.",
    )


def with_timer(after: str, *, more: str = "", interrupting: bool = False, id: str = "late", on: str = "a") -> str:
    chase = user("chase") + end("e2") + wire(f"{id} chase e2")
    return ONE + more + boundary(id, on, "timer", after, interrupting=interrupting) + chase


def test_15_a_new_timer_counts_from_when_the_step_came() -> None:
    case = Case(ONE)
    case.wait(days=5)
    moved = move(case, variant(with_timer("P7D")))
    assert moved.armed == ("late",)
    case.wait(days=1)
    assert case.open() == ["a"]
    case.wait(days=1)
    assert case.open() == ["a", "chase"]


def test_16_a_timer_that_is_gone_waits_no_more() -> None:
    case = Case(with_timer("P7D"))
    moved = move(case, variant(ONE))
    assert moved.ended == ("late",)
    case.wait(days=9)
    assert case.open() == ["a"]


def test_17_a_timer_of_another_length_counts_from_when_it_was_set() -> None:
    case = Case(with_timer("P7D"))
    case.wait(days=5)
    move(case, variant(with_timer("P14D")))
    case.wait(days=8)
    assert case.open() == ["a"]
    case.wait(days=1)
    assert case.open() == ["a", "chase"]


def test_21_a_timer_that_has_fired_does_not_fire_again() -> None:
    case = Case(with_timer("P7D"))
    case.wait(days=7)
    case.complete("chase")
    moved = move(case, variant(with_timer("P3D")))
    assert moved.armed == ()
    case.wait(days=9)
    assert case.open() == ["a"]


def test_21_a_fired_timer_of_another_id_is_asked_after() -> None:
    case = Case(with_timer("P7D"))
    case.wait(days=7)
    case.complete("chase")
    new = variant(with_timer("P3D", id="later"))
    assert refusals(case, new) == (
        "“late” was taken on 9 March 2026 and is not in version 8, which has “later” there. Say whether it is the "
        'same, or that it became nothing: late = "".',
    )
    move(case, new, became={"late": "later"})
    case.wait(days=9)
    assert case.open() == ["a"]


def test_21_a_fired_timer_that_became_nothing_lets_the_new_one_be_set() -> None:
    case = Case(with_timer("P7D"))
    case.wait(days=7)
    case.complete("chase")
    moved = move(case, variant(with_timer("P9D", id="later")), became={"late": ""})
    assert moved.armed == ("later",)
    case.wait(days=2)
    assert case.open() == ["a", "chase"]


def test_22_a_timer_that_stands_on_another_step_waits_there_once_that_comes() -> None:
    two = start() + user("a") + user("b") + end() + wire("start a b end")
    chase = user("chase") + end("e2") + wire("late chase e2")
    case = Case(two + boundary("late", "a", "timer", "P7D", interrupting=False) + chase)
    move(case, variant(two + boundary("late", "b", "timer", "P7D", interrupting=False) + chase))
    case.wait(days=9)
    assert case.open() == ["a"]
    case.complete("a")
    case.wait(days=7)
    assert case.open() == ["b", "chase"]


def test_23_a_timer_that_no_longer_interrupts_comes_on_its_day_and_leaves_the_step() -> None:
    case = Case(with_timer("P7D", interrupting=True))
    case.wait(days=5)
    move(case, variant(with_timer("P7D")))
    case.wait(days=2)
    assert case.open() == ["a", "chase"]


def test_24_a_message_of_another_name_is_waited_for_once() -> None:
    def waiting(message: str) -> str:
        return start() + catch("heard", "message", message) + end() + wire("start heard end")

    case = Case(waiting("news"))
    move(case, variant(waiting("tidings")))
    assert case.can_be_told() == ["tidings"]
    case.tell("tidings")
    assert case.is_closed


def gate(*events: str) -> str:
    body = start() + event_gateway("first")
    for name in events:
        body += catch(name, "message", name) + user(f"after_{name}") + end(f"end_{name}")
        body += wire(f"first {name} after_{name} end_{name}")
    return body + wire("start first")


def test_25_an_event_added_behind_a_gateway_is_waited_for_too() -> None:
    case = Case(gate("yes", "no"))
    moved = move(case, variant(gate("yes", "no", "perhaps")))
    assert moved.armed == ("perhaps",)
    assert case.can_be_told() == ["no", "perhaps", "yes"]
    case.tell("perhaps")
    assert case.open() == ["after_perhaps"]
    assert case.can_be_told() == []


def test_26_an_event_that_is_gone_from_behind_a_gateway_is_waited_for_no_more() -> None:
    case = Case(gate("yes", "no"))
    moved = move(case, variant(gate("yes")))
    assert moved.ended == ("no",)
    assert case.can_be_told() == ["yes"]
    case.tell("yes")
    assert case.open() == ["after_yes"]


def test_26_where_no_event_is_left_it_is_refused() -> None:
    case = Case(gate("yes", "no"))
    assert refusals(case, variant(gate("perhaps"))) == (
        "“no” is open, and version 8 has no such step. Say what it became.",
    )


def branches(*names: str, join: str = "", more: str = "") -> str:
    body = start() + parallel("parted") + (join or parallel("all_done")) + user("last") + end()
    body += "".join(user(name) for name in names)
    return body + more + wire("start parted", *(f"parted {name} all_done" for name in names), "all_done last end")


def test_27_a_branch_that_never_began_would_keep_the_case_for_ever() -> None:
    case = Case(branches("a", "b"))
    case.complete("a")
    assert refusals(case, variant(branches("a", "b", "c"))) == (
        "From here the case could never end by version 8: “all_done” waits for “c”.",
    )


def test_28_a_branch_that_waits_and_whose_way_is_gone_is_refused() -> None:
    case = Case(branches("a", "b", "c"))
    case.complete("a")
    found = refusals(case, variant(branches("b", "c")))
    assert found == ("A branch waits at “all_done”, and version 8 does not show by which way it came there.",)


def test_29_a_step_inserted_before_a_join_is_skipped_by_the_branch_that_waits() -> None:
    case = Case(branches("a", "b"))
    case.complete("a")
    new = start() + parallel("parted") + parallel("all_done") + user("last") + end() + user("a") + user("b") + user("x")
    # a modeller keeps the flow that was there for its first half
    new += flow("a", "x").replace('id="a_to_x"', 'id="a_to_all_done"') + flow("x", "all_done")
    new += wire("start parted", "parted a", "parted b all_done", "all_done last end")
    moved = move(case, variant(new))
    assert moved.warnings == ("“x” comes before where the case stands, and is not done.",)
    case.complete("b")
    assert case.open() == ["last"]


def test_30_a_join_of_another_kind_is_refused_where_a_branch_waits() -> None:
    case = Case(branches("a", "b"))
    case.complete("a")
    assert refusals(case, variant(branches("a", "b", join=inclusive("all_done")))) == (
        "“all_done” is a parallel gateway in version 7 and an inclusive gateway in version 8.",
    )


CALLS = start() + call("called") + end() + wire("start called end")
CHILD = start("cs") + user("inside") + end("ce") + wire("cs inside ce")


def test_31_a_child_moves_too() -> None:
    case = Case(CALLS, child=CHILD)
    move(
        case, variant(CALLS, child=start("cs") + user("inside") + user("then") + end("ce") + wire("cs inside then ce"))
    )
    case.complete("inside")
    assert case.open() == ["then"]
    case.complete("then")
    assert case.is_closed


def test_32_a_call_of_another_process_is_refused_while_children_run() -> None:
    case = Case(CALLS, child=CHILD)
    new = variant(CALLS.replace('processId="child"', 'processId="measure"'), child=CHILD, measure=CHILD)
    assert refusals(case, new) == (
        "“called” calls “child” in version 7 and “measure” in version 8; 1 of them still runs.",
    )


def many(*, sequential: bool = False, over: str = "=agencies") -> str:
    asked = call("asked", over=over, element="agency", sequential=sequential)
    return start() + asked + end() + wire("start asked end")


AGENCIES = {"agencies": [{"name": "Police"}, {"name": "Landlord"}]}


def test_33_from_all_at_once_to_one_by_one_is_refused() -> None:
    case = Case(many(), child=CHILD, answers=AGENCIES)
    assert refusals(case, variant(many(sequential=True), child=CHILD)) == (
        "“asked” is done for each at the same time in version 7 and for each, one after the other, in version 8, and "
        "some of it is done already.",
    )


def test_34_from_each_to_one_is_refused() -> None:
    case = Case(many(), child=CHILD, answers=AGENCIES)
    assert refusals(case, variant(start() + call("asked") + end() + wire("start asked end"), child=CHILD)) == (
        "“asked” is done for each at the same time in version 7 and once in version 8, and some of it is done already.",
    )


def test_35_a_wider_collection_starts_a_child_for_what_has_none() -> None:
    case = Case(many(over='=agencies[name = "Police"]'), child=CHILD, answers=AGENCIES)
    assert case.statuses() == ["running"]
    move(case, variant(many(), child=CHILD))
    assert case.statuses() == ["running", "running"]


def test_40_a_drawing_that_only_looks_otherwise_changes_nothing() -> None:
    case = Case(ONE)
    moved = move(case, variant(start() + user("a") + end() + wire("start a end") + "<!-- moved on the page -->"))
    assert moved.is_unchanged
    assert not moved.warnings


def test_41_two_open_steps_that_would_become_one_are_refused() -> None:
    case = Case(branches("a", "b"))
    found = refusals(
        case,
        variant(start() + user("c") + user("last") + end() + wire("start c last end")),
        became={"a": "c", "b": "c"},
    )
    assert found == ("“a” and “b” are open, and both would become “c”.",)


def test_what_is_done_at_once_cannot_go_on_one_after_the_other() -> None:
    case = Case(branches("a", "b"))
    new = variant(start() + user("a") + user("b") + user("last") + end() + wire("start a b last end"))
    assert refusals(case, new) == (
        "From here “b” would be done twice: what the case does at the same time by version 7, version 8 does one after "
        "the other.",
    )


def test_38_a_stuck_gateway_goes_on_once_its_condition_is_mended() -> None:
    def choice(condition: str) -> str:
        body = start() + exclusive("which") + user("a") + end() + wire("start which a end", which_to_a=condition)
        return body + user("b") + end("e2") + wire("which b e2", which_to_b="=false")

    case = Case(choice("=nothing_like_it = 1"))
    assert case.stuck() == ["which"]
    move(case, variant(choice("=true")))
    assert case.stuck() == ["which"]
    case.retry()
    assert case.open() == ["a"]


def test_36_a_letter_that_was_not_begun_is_given_what_the_new_version_gives() -> None:
    from sqlalchemy import select

    from engine.casework.migration.move_case import move_case
    from engine.casework.tasks.completion import complete_task
    from engine.store.schema import jobs
    from tests.casework.migration.moves import keep, order_of

    def sends(words: str) -> str:
        return (
            start()
            + user("a")
            + service("job", inputs={"give": f'="{words}"'}, outputs={"got": "=given"})
            + end()
            + wire("start a job end")
        )

    case = Case(sends("old"))
    complete_task(case.office, case.task_id("a"), {}, by="Officer 1")
    new = variant(sends("new"))
    keep(case, new)

    def key() -> str:
        with case.office.database.begin() as connection:
            return connection.execute(select(jobs.c.once_key)).scalar_one()

    before = key()
    assert move_case(case.office, case.reference, order_of(new)) is not None
    assert key() == before
    case.work()
    assert case.facts()["got"] == "new"
    assert case.is_closed
