"""The ladder and the working days as the engine keeps them, against counting on the fingers, over ten years of days.

Each example opens a case with the council's own diagram and limits and lets the clock go from sweep to sweep, as
somebody would who switches the machine on at odd days.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.bootstrap import build_simulation_office
from engine.calendar import Calendar
from engine.casework.background.timers import fire_due_timers
from engine.casework.cases.intake import open_case
from engine.casework.step.office import Office
from engine.casework.step.versions import Versions
from engine.casework.tasks.completion import complete_task
from engine.clock import LONDON, SettableClock
from engine.store import cases, record, tasks
from engine.variants import Variant, load_variant
from tests.casework.background.test_recalculation import DUE, LIMITS, limit
from tests.casework.builders import SETTINGS, chain_of, process, user, variant_of
from tests.time.test_against_a_plain_count import ONE_DAY, days, plain_corresponding_date, plainly_after

BPMN = Path(__file__).parents[2] / "bpmn"
HERTSMERE = load_variant(BPMN / "hertsmere", root=BPMN)
#: Hertsmere with its action as the whole of its procedure.
ACTION = Variant.from_files(
    {
        **HERTSMERE.files,
        "variant.toml": HERTSMERE.files["variant.toml"].replace(b'"case_review"', b'"action"'),
    },
    "hertsmere",
)
RUNGS = {
    element.id: int(element.properties["rung"])
    for element in ACTION.processes["action"].elements.values()
    if "rung" in element.properties
}
VERSIONS = Versions()


def plainly_reached(due_on: date) -> dict[int, date]:
    """The day on which each rung is reached: day 22, and the days after the corresponding dates."""
    return {
        1: due_on + 22 * ONE_DAY,
        2: plain_corresponding_date(due_on, 2) + ONE_DAY,
        3: plain_corresponding_date(due_on, 3) + ONE_DAY,
    }


def plainly_climbed(due_on: date, sweeps: list[date], done_on: date | None) -> list[tuple[date, str, int]]:
    """What happens on which day: of the rungs that have been reached since the sweep before, the highest acts."""
    happened = []
    left = plainly_reached(due_on)
    for day in sweeps:
        if done_on is not None and day > done_on:
            break
        reached = sorted(rung for rung, reached_on in left.items() if reached_on <= day)
        for rung in reached:
            happened.append((day, "acts" if rung == reached[-1] else "passed", rung))
            del left[rung]
    return sorted(happened)


@settings(max_examples=60)
@given(
    due_on=days,
    gaps=st.lists(st.integers(1, 45), min_size=1, max_size=8),
    done_after=st.one_of(st.none(), st.integers(0, 8)),
)
@example(due_on=date(2026, 5, 1), gaps=[21, 1, 30, 9, 1, 30, 1], done_after=None)  # day 21 and day 22
@example(due_on=date(2027, 12, 31), gaps=[60, 1, 30, 1], done_after=None)  # 31 December + 2 months: 29 February
@example(due_on=date(2026, 1, 31), gaps=[120], done_after=None)  # a long sleep
@example(due_on=date(2026, 3, 7), gaps=[22, 40, 40], done_after=1)  # the night the clocks go forward
@example(due_on=date(2026, 10, 3), gaps=[21, 1], done_after=None)  # day 22 is the day the clocks go back
def test_the_ladder_is_climbed_as_counted_on_the_fingers(due_on: date, gaps: list[int], done_after: int | None) -> None:
    sweeps = [due_on + timedelta(days=sum(gaps[: n + 1])) for n in range(len(gaps))]
    done_on = sweeps[done_after] if done_after is not None and done_after < len(sweeps) else None
    office = office_at(due_on)
    reference = open_case(office, ACTION, {"due_on": due_on, "assigned_team": "police"}, by="the panel")
    for day in sweeps:
        go_to(office, day)
        while fire_due_timers(office):
            pass
        if day == done_on:
            finish(office, reference, day)
    assert climbed(office, reference) == plainly_climbed(due_on, sweeps, done_on)


@settings(max_examples=60)
@given(received_on=days, amount=st.integers(0, 30))
@example(received_on=date(2026, 12, 24), amount=5)  # Christmas and New Year
@example(received_on=date(2026, 4, 2), amount=2)  # Easter, with two bank holidays
@example(received_on=date(2026, 5, 2), amount=2)  # a Saturday before a bank holiday
def test_a_task_is_due_on_the_day_counted_on_the_fingers(received_on: date, amount: int) -> None:
    office = office_at(received_on)
    answers = {"received_on": received_on, "asked": f"limit {amount}"}
    reference = open_case(office, WITHIN, answers, by="the applicant")
    with office.database.begin() as connection:
        [task] = tasks.open_tasks(connection, reference=reference)
    assert task.due_on == plainly_after(Calendar(), received_on, amount)


WITHIN = variant_of(
    process(
        '<bpmn:startEvent id="begin"/><bpmn:endEvent id="done"/>'
        + user("act", more=DUE.replace("&quot;{}&quot;", "asked"))
        + chain_of("begin", "act", "done")
    ),
    files={
        "variant.toml": SETTINGS.encode(),
        "time_limits.dmn": LIMITS.format(rows="".join(limit(f"limit {n}", n) for n in range(31))).encode(),
    },
)


def office_at(day: date) -> Office:
    """An office of its own for each example; what is compiled is shared."""
    morning = datetime(day.year, day.month, day.day, 9, tzinfo=LONDON).astimezone(UTC)
    return replace(build_simulation_office(), versions=VERSIONS, clock=SettableClock(morning))


def go_to(office: Office, day: date) -> None:
    """To half past midnight: whatever is reached on this day has been reached for half an hour."""
    assert isinstance(office.clock, SettableClock)
    office.clock.set(datetime(day.year, day.month, day.day, 0, 30, tzinfo=LONDON).astimezone(UTC))


def finish(office: Office, reference: str, day: date) -> None:
    """The action's own task is done; what else is open stays."""
    with office.database.begin() as connection:
        open_now = tasks.open_tasks(connection, reference=reference)
    [task] = [task for task in open_now if task.element_id == "carry_out_action"]
    answers = {"action_outcome": "done", "action_done_on": day.isoformat(), "action_result": "It was served."}
    complete_task(office, task.task_id, answers, by="Neighbourhood Inspector")


def climbed(office: Office, reference: str) -> list[tuple[date, str, int]]:
    words = {"timer fired": "acts", "rung passed": "passed"}
    with office.database.begin() as connection:
        entries = record.entries_of(connection, cases.find_case(connection, reference).case_id)
    return sorted(
        (entry.at.astimezone(LONDON).date(), words[entry.kind], RUNGS[entry.content["element_id"]])
        for entry in entries
        if entry.kind in words and entry.content is not None and entry.content["element_id"] in RUNGS
    )
