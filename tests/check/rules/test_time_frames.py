from __future__ import annotations

from typing import Any

import pytest

from engine.check import Finding, longest_way
from engine.check.rules.limits import RULE as LIMITS
from engine.check.rules.time_frames import RULE
from tests.check.builders import Drawing, about, folder, limits, together

TEN_TWENTY_FIFTEEN = (
    ("whole", 8, "weeks", "application_date"),
    ("collate", 10, "working days", "application_date"),
    ("consider", 20, "working days", "collated_on"),
    ("plan", 15, "working days", "considered_on"),
)


def in_a_row(due_date: str = '=due("whole")', plan: str = '=due("plan")') -> Drawing:
    """Three tasks, each counted from what the one before tells, in a process that is a time frame."""
    drawing = Drawing().start(form="application")
    drawing.raw = (
        '<bpmn:extensionElements><zeebe:properties><zeebe:property name="due_date" value="'
        + due_date.replace('"', "&quot;")
        + '"/></zeebe:properties></bpmn:extensionElements>'
    )
    drawing.user("collate", due='=due("collate")', properties={"happened_on": "collated_on"})
    drawing.user("consider", due='=due("consider")', properties={"happened_on": "considered_on"})
    drawing.user("plan", due=plan).end()
    return drawing.flow("received", "collate", "consider", "plan", "closed")


def in_a_row_called(process_id: str) -> Drawing:
    called = in_a_row()
    called.process_id, called.name, called.raw = process_id, "Other", ""
    called._elements["received"]["extension"] = ""
    return called


def findings(*drawings: Drawing, rows: tuple[tuple[str, int, str, str], ...] = TEN_TWENTY_FIFTEEN) -> list[Finding]:
    return together(RULE, folder(*drawings, time_limits_dmn=limits(*rows)))


def test_inner_limits_of_nine_weeks_in_a_whole_of_eight_are_refused_with_the_way_they_run_along() -> None:
    (finding,) = findings(in_a_row())
    assert about([finding]) == [("main", "error")]
    assert finding.sentence == (
        "“Case review” has to be done within 8 weeks (“whole”), and what follows one another inside may take 9 weeks: "
        "10 working days for “Collate” (“collate”), then 20 working days for “Consider” (“consider”), then 15 working "
        "days for “Plan” (“plan”). Shorten one of these limits, or give the whole longer."
    )


def test_eight_weeks_in_eight_are_left_alone() -> None:
    rows = (TEN_TWENTY_FIFTEEN[0], ("collate", 5, "working days", "application_date"), *TEN_TWENTY_FIFTEEN[2:])
    assert findings(in_a_row(), rows=rows) == []


def test_limits_that_count_from_the_same_day_are_not_added_up() -> None:
    rows = tuple((name, amount, unit, "application_date") for name, amount, unit, _ in TEN_TWENTY_FIFTEEN)
    assert findings(in_a_row(), rows=rows) == []


def test_a_limit_that_counts_from_today_follows_what_was_before() -> None:
    rows = (*TEN_TWENTY_FIFTEEN[:3], ("plan", 15, "working days", "application_date"))
    assert findings(in_a_row(), rows=rows) == []
    assert about(findings(in_a_row(plan='=due("plan", today())'), rows=rows)) == [("main", "error")]


def test_what_comes_before_the_day_from_which_the_whole_counts_is_no_part_of_it() -> None:
    rows = (("whole", 8, "weeks", "collated_on"), *TEN_TWENTY_FIFTEEN[1:])
    assert findings(in_a_row(), rows=rows) == []


@pytest.mark.parametrize(("more", "is_too_long"), [(5, False), (6, True)])
def test_of_two_ways_side_by_side_the_longer_counts(more: int, is_too_long: bool) -> None:
    drawing = Drawing().start(form="application").gateway("fork", "parallel")
    drawing.raw = in_a_row().raw
    drawing.user("short", due='=due("short", today())').user("long", due='=due("long", today())')
    drawing.gateway("join", "parallel").user("last", due='=due("last", today())').end()
    drawing.flow("received", "fork", "short", "join", "last", "closed").flow("fork", "long", "join")
    rows = (
        ("whole", 3, "weeks", "application_date"), ("short", 3, "days", "application_date"),
        ("long", 16, "days", "application_date"), ("last", more, "days", "application_date"),
    )  # fmt: skip
    assert (findings(drawing, rows=rows) != []) is is_too_long


def test_what_a_called_process_may_take_counts() -> None:
    main = Drawing().start(form="application")
    main.call("part", "other", properties={"due_date": '=due("whole")'}).end().flow("received", "part", "closed")
    called = in_a_row_called("other")
    (finding,) = findings(main, called)
    assert about([finding]) == [("part", "error")]


def test_what_an_event_sub_process_may_take_after_its_day_counts() -> None:
    drawing = Drawing().start(form="application").subprocess("work", properties={"due_date": '=due("whole")'})
    drawing.start("begun", within="work").user("collate", within="work", due='=due("collate")')
    drawing.end("done", within="work").flow("begun", "collate", "done").end().flow("received", "work", "closed")
    drawing.event_subprocess("late", within="work")
    day = '<bpmn:timerEventDefinition><bpmn:timeDate>=due("consider")</bpmn:timeDate></bpmn:timerEventDefinition>'
    drawing.event_start("too_late", "late", day).user("plan", within="late", due='=due("plan", today())')
    drawing.end("planned", within="late").flow("too_late", "plan", "planned")
    rows = (TEN_TWENTY_FIFTEEN[0], TEN_TWENTY_FIFTEEN[1], ("consider", 30, "working days", "application_date"))
    (finding,) = findings(drawing, rows=(*rows, ("plan", 15, "working days", "application_date")))
    assert "30 working days for “Too late”" in finding.sentence


def test_a_loop_is_gone_once() -> None:
    drawing = Drawing().start(form="application").gateway("again").user("try", due='=due("try", today())')
    drawing.raw = in_a_row().raw
    drawing.gateway("enough", default="enough_to_closed").end()
    drawing.flow("received", "again", "try", "enough", "closed").flow("enough", "again", condition="=1 = 2")
    rows = (("whole", 3, "weeks", "application_date"), ("try", 20, "days", "application_date"))
    assert findings(drawing, rows=rows) == []


def test_a_due_date_that_is_no_expression_is_refused() -> None:
    (finding,) = findings(in_a_row("2026-05-01"), rows=TEN_TWENTY_FIFTEEN)
    assert "no expression" in finding.sentence


def test_a_limit_that_only_a_time_frame_asks_for_is_asked_for() -> None:
    policy = folder(in_a_row(), time_limits_dmn=limits(*TEN_TWENTY_FIFTEEN))
    assert together(LIMITS, policy) == []


def steps_of(*drawings: Drawing, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many elements are gone through to find the longest way through the processes."""
    steps = 0
    through = longest_way._Walk._through

    def count(*args: Any) -> longest_way.Way:
        nonlocal steps
        steps += 1
        return through(*args)

    monkeypatch.setattr(longest_way._Walk, "_through", count)
    findings(*drawings)
    return steps


def diamonds(count: int, *, process_id: str = "main", calls: str = "") -> Drawing:
    """Forks one after another, each with two branches: tasks, or calls of another process."""
    drawing = Drawing(process_id).start(form="application").end()
    before = "received"
    for number in range(count):
        fork, join, left, right = (f"{name}_{number}" for name in ("fork", "join", "left", "right"))
        drawing.gateway(fork, "parallel").gateway(join, "parallel")
        for branch in (left, right):
            if calls:
                drawing.call(branch, calls)
            else:
                drawing.user(branch, due='=due("plan", today())')
            drawing.flow(fork, branch, join)
        drawing.flow(before, fork)
        before = join
    return drawing.flow(before, "closed")


def test_forty_diamonds_are_gone_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = diamonds(40)
    drawing.raw = in_a_row().raw
    assert steps_of(drawing, monkeypatch=monkeypatch) == 4 * 40 + 2


@pytest.mark.parametrize(("in_a_row_in_each", "walks"), [(1, 10 * 19), (3, longest_way._MOST_WALKS)])
def test_processes_that_call_the_next_one_in_each_branch_are_gone_through_a_few_times(
    monkeypatch: pytest.MonkeyPatch, in_a_row_in_each: int, walks: int
) -> None:
    depth = 19
    drawings = [
        diamonds(in_a_row_in_each, process_id=f"part_{n}", calls=f"part_{n + 1}" if n < depth else "")
        for n in range(depth)
    ]
    main = diamonds(1, calls="part_0")
    main.raw = in_a_row().raw
    assert steps_of(main, *drawings, in_a_row_called(f"part_{depth}"), monkeypatch=monkeypatch) <= walks * (
        4 * in_a_row_in_each + 2
    )


def test_a_process_that_calls_itself_in_each_branch_comes_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = diamonds(2, calls="main")
    drawing.raw = in_a_row().raw
    assert steps_of(drawing, monkeypatch=monkeypatch) <= 21 * (4 * 2 + 2)


def test_a_row_of_more_than_a_thousand_tasks_is_gone_through() -> None:
    names = [f"task_{number}" for number in range(1500)]
    drawing = Drawing().start(form="application")
    drawing.hidden = set(names)
    for name in names:
        drawing.user(name)
    drawing.user("last", due='=due("too_long")').end()
    drawing.raw = in_a_row().raw
    drawing.flow("received", *names, "last", "closed")
    rows = (*TEN_TWENTY_FIFTEEN, ("too_long", 1, "years", "application_date"))
    assert about(findings(drawing, rows=rows)) == [("main", "error")]
