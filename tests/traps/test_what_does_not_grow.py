"""What grows in SpiffWorkflow with the life of a case, and does not here (traps 4 and those seen elsewhere)."""

from __future__ import annotations

import time
from typing import Any

import pytest
from sqlalchemy import event, func, select

from engine.casework.tasks.completion import complete_task
from engine.store.schema import instances, timers
from tests.runtime.play import Case
from tests.runtime.sketch import (
    boundary,
    call,
    end,
    exclusive,
    parallel,
    script,
    service,
    start,
    user,
    wire,
)


def _rows(case: Case, query: Any) -> list[Any]:
    with case.office.database.read() as connection:
        return list(connection.execute(query).all())


def _round(boundaries: str = "") -> str:
    return (
        start()
        + exclusive("again")
        + user("try")
        + boundaries
        + script("note", "=now()", "at")
        + exclusive("enough", "enough_to_again")
        + end()
        + wire("start again try note enough end", "enough again", enough_to_end="=done")
    )


@pytest.mark.parametrize("with_boundary", [False, True])
def test_a_loop_of_a_thousand_rounds_leaves_one_token_and_no_depth(with_boundary: bool) -> None:
    late = boundary("late", "try", "timer", "P3D") + end("le") + wire("late le") if with_boundary else ""
    case = Case(_round(late), answers={"done": False})
    sizes = []
    for number in range(1000):
        task = case.tasks()[0].task_id
        complete_task(case.office, task, {}, by="Officer 1")
        if number in (10, 999):
            sizes.append(len(_rows(case, select(instances.c.state))[0].state))
    assert sizes[1] <= sizes[0] + 12  # the numbers in it have grown by some digits
    case.complete("try", {"done": True})
    assert case.is_closed


def test_the_hundredth_round_of_a_loop_asks_no_more_of_the_database_than_the_tenth() -> None:
    case = Case(_round(), answers={"done": False})
    asked: list[str] = []
    event.listen(case.office.database.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    counts = []
    for _ in range(100):
        task = case.tasks()[0].task_id
        asked.clear()
        complete_task(case.office, task, {}, by="Officer 1")
        counts.append(len(asked))
    assert counts[99] == counts[9]


def test_one_gateway_in_front_of_a_wide_split_needs_no_deep_stack() -> None:
    ways = "".join(script(f"s{i}", f"={i}", f"v{i}") for i in range(400))
    case = Case(
        start()
        + parallel("split")
        + ways
        + parallel("join")
        + user("last")
        + end()
        + wire("start split", "join last end", *(f"split s{i} join" for i in range(400)))
    )
    assert case.open() == ["last"]


def test_old_instances_get_no_slower_and_no_larger() -> None:
    """Two years of weekly chases leave as many live rows as the first did."""
    case = Case(
        start()
        + user("act")
        + boundary("weekly", "act", "timer", "R/P7D", interrupting=False)
        + service("post")
        + end()
        + end("e2")
        + wire("start act end", "weekly post e2")
    )
    case.wait(days=7)
    early = len(_rows(case, select(instances.c.state))[0].state)
    for _ in range(103):
        case.wait(days=7)
    assert len(case.told("timer fired")) == 104
    assert len(_rows(case, select(instances.c.state))[0].state) <= early + 8
    assert _rows(case, select(func.count()).select_from(timers).where(timers.c.status == "waiting"))[0][0] == 1


def test_three_hundred_children_cost_about_three_times_a_hundred() -> None:
    child = start("cs") + script("s", "=1", "x") + end("ce") + wire("cs s ce")

    def took(count: int) -> float:
        body = (
            start()
            + call("calls", over=f"=for i in 1..{count} return i", gives="=x", into="all")
            + end()
            + wire("start calls end")
        )
        began = time.process_time()
        assert Case(body, child=child).is_closed
        return time.process_time() - began

    took(10)
    assert took(300) < 6 * min(took(100), took(100))  # linear but for the noise of a busy machine
