"""The deadlines of a case that is moved: no clock starts again, and what a person has set is theirs."""

from __future__ import annotations

from datetime import date

from engine.casework.tasks.deadlines import extend_deadline, suspend_deadline
from engine.variants import Variant
from tests.casework.migration.moves import everything, move, refusals
from tests.casework.tasks.test_deadlines import LIMITS
from tests.runtime.play import Case
from tests.runtime.sketch import boundary, end, start, user, variant, wire

DUE = '<zeebe:taskSchedule dueDate="{}"/>'


def limits(days: int, name: str = "decide") -> bytes:
    return LIMITS.replace(b"<text>20</text>", f"<text>{days}</text>".encode()).replace(
        b'"decide"', f'"{name}"'.encode()
    )


def drawn(days: int, *, due: str = "=due(&quot;decide&quot;)", ladder: bool = True, name: str = "decide") -> Variant:
    body = start() + user("a", more=DUE.format(due) if due else "") + end() + wire("start a end")
    if ladder:
        body += boundary("late", "a", "timer", f'=due("{name}")', interrupting=False)
        body += user("chase") + end("e2") + wire("late chase e2")
    return variant(body, files={"time_limits.dmn": limits(days, name)})


def due(case: Case) -> date | None:
    return next(task.due_on for task in case.tasks() if task.element_id == "a")


def test_18_a_limit_of_more_days_counts_from_where_it_always_counted() -> None:
    case = Case(drawn(20))
    case.wait(days=5)
    moved = move(case, drawn(27))
    assert due(case) == date(2026, 3, 29)  # 27 days after Monday 2 March
    assert [(day.label, day.was, day.now, day.is_kept) for day in moved.days] == [
        ("a", date(2026, 3, 22), date(2026, 3, 29), False),
        ("late", date(2026, 3, 22), date(2026, 3, 29), False),
    ]
    case.wait(days=21)
    assert case.open() == ["a"]
    case.wait(days=2)
    assert case.open() == ["a", "chase"]


def test_18_the_record_says_both_days_and_why() -> None:
    case = Case(drawn(20))
    move(case, drawn(27))
    (entry,) = case.told("policy changed")
    assert (entry["version"], entry["reason"]) == ("version 8", "The policy was changed.")
    first = case.told("deadline followed")[0]
    assert (first["was"], first["now"]) == ("2026-03-22", "2026-03-29")


def test_a_limit_that_the_owner_keeps_stays_on_its_day() -> None:
    case = Case(drawn(20))
    moved = move(case, drawn(27), deadlines={"decide": "kept"})
    assert due(case) == date(2026, 3, 22)
    assert all(day.is_kept for day in moved.days)
    assert case.told("policy changed")[0]["table"]["deadlines"] == {"decide": "kept"}


def test_the_earlier_of_both_days_is_taken_where_the_owner_says_so() -> None:
    case = Case(drawn(20))
    move(case, drawn(27), deadlines={"decide": "earlier"})
    assert due(case) == date(2026, 3, 22)
    move(case, drawn(14), deadlines={"decide": "earlier"})
    assert due(case) == date(2026, 3, 16)


def test_19_a_day_that_a_person_gave_stays_while_it_is_later() -> None:
    case = Case(drawn(20))
    extend_deadline(
        case.office, case.task_id("a"), until=date(2026, 4, 10), reason="They asked for it.", by="Officer 1"
    )
    move(case, drawn(27))
    assert due(case) == date(2026, 4, 10)


def test_19_a_clock_that_stands_still_stands_still() -> None:
    case = Case(drawn(20))
    suspend_deadline(case.office, case.task_id("a"), reason="They are away.", by="Officer 1")
    move(case, drawn(27))
    assert due(case) is None


def test_20_a_day_that_would_be_past_has_to_be_accepted() -> None:
    case = Case(drawn(20))
    case.wait(days=15)
    new = drawn(10)
    assert refusals(case, new, despite="") == (
        "“a” would be overdue at once: due on Thursday 12 March 2026.",
        "“late” would happen at once.",
        "Say why that does not matter, and it is moved.",
    )
    move(case, new)
    assert case.open() == ["a", "chase"]


def test_a_day_counted_from_today_counts_from_the_day_on_which_the_step_came() -> None:
    case = Case(drawn(20, due="=due(&quot;decide&quot;, today())", ladder=False))
    case.wait(days=5)
    move(case, drawn(25, due="=due(&quot;decide&quot;, today())", ladder=False))
    assert due(case) == date(2026, 3, 27)


def test_a_limit_that_is_gone_is_asked_after() -> None:
    case = Case(drawn(20, ladder=False))
    new = drawn(20, due="", ladder=False, name="other")
    assert refusals(case, new) == (
        "The limit “decide” is gone in version 8, and “a” has a deadline by it. Say under [deadlines] whether that is "
        'kept: decide = "kept", or ends: "anew".',
    )
    move(case, new, deadlines={"decide": "anew"})
    assert due(case) is None


def test_a_step_that_had_no_day_gets_one() -> None:
    case = Case(drawn(20, due="", ladder=False))
    move(case, drawn(20, ladder=False))
    assert due(case) == date(2026, 3, 22)
    assert case.tasks()[0].explanation is not None


def test_a_rung_that_is_new_and_cannot_be_counted_keeps_the_case_where_it_is() -> None:
    case = Case(drawn(20, ladder=False))
    unknown = drawn(20).files | {"time_limits.dmn": limits(20).replace(b'"case.opened_on"', b'"never_told"')}
    new = Variant.from_files(dict(unknown), "test_council")
    (sentence,) = refusals(case, new, deadlines={"decide": "kept"})[-1:]
    assert "late" in sentence
    assert "never_told" in sentence


def test_moving_back_puts_every_row_back_as_it_was() -> None:
    case = Case(drawn(20))
    case.wait(days=2)

    def seen() -> object:
        rows = everything(case)
        return [
            [task[:16] for task in rows["tasks"]],
            list(rows["instances"]),
            [timer[:7] for timer in rows["timers"] if timer[-3] == "waiting"],
        ]

    before, old = seen(), drawn(20)
    move(case, drawn(27))
    assert seen() != before
    move(case, old)
    assert seen() == before
