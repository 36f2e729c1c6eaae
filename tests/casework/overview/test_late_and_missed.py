"""What a manager sees of late tasks, limits, rungs, figures and incidents is what happened in the cases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine.casework.background.incidents import resolve_incident
from engine.casework.cases.intake import open_case
from engine.casework.overview import (
    deadline_outcomes,
    late_now,
    published_figures,
    rungs_reached,
    stuck_at,
    stuck_now,
)
from engine.casework.tasks.completion import claim_task
from engine.casework.tasks.deadlines import extend_deadline, suspend_deadline
from engine.errors import BadInputError, IncidentNotFoundError
from engine.handler import Handler, HandlerContext
from engine.model import TaskId
from engine.store import Database
from engine.variants import Variant
from tests.casework.builders import SETTINGS, Play, chain_of, job, process, timer, user, variant_of
from tests.casework.tasks.test_deadlines import DUE, LIMITS
from tests.statements import counted

YEAR = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
PAGE = {"limit": 25}
#: Due 20 days after Monday 2 March, which is Sunday 22 March; rungs 25 and 40 days after it opened.
LADDER = (
    '<bpmn:startEvent id="begin"/>'
    + user("decide", more=DUE, boundary=timer("told_manager", on="decide", after="P25D", rung=1))
    + timer("told_head", on="decide", after="P40D", rung=2)
    + '<bpmn:endEvent id="done"/><bpmn:endEvent id="told"/><bpmn:endEvent id="told_again"/>'
    + chain_of("begin", "decide", "done")
    + chain_of("told_manager", "told")
    + chain_of("told_head", "told_again")
)
FIGURES = """
[figures.applications]
label = "Applications"
record = "application received"
"""
POLICY = b'[T1]\ntext = "Decide within 20 days."\n'
VARIANT = variant_of(
    process(LADDER),
    files={"time_limits.dmn": LIMITS, "policy.toml": POLICY, "variant.toml": (SETTINGS + FIGURES).encode()},
)


@pytest.fixture
def play(database: Database) -> Play:
    return Play(database, VARIANT)


def failing(handler: str = "work") -> Handler:
    def refuse(_context: HandlerContext) -> None:
        raise RuntimeError("the printer is on fire")

    return Handler(
        name=handler, title="Work", summary="Work.", function=refuse,  # type: ignore[arg-type]
        inputs=(), outputs=(), faults=(), ports=(), takes_more_inputs=True,
    )  # fmt: skip


def test_a_task_is_late_from_the_day_after_its_last(play: Play) -> None:
    play.wait(days=20)
    on_the_day = late_now(play.office, VARIANT, **PAGE)
    assert (on_the_day.total, on_the_day.longest, on_the_day.due_today, on_the_day.tasks) == (0, 0, 1, ())
    play.wait(days=1)
    late = late_now(play.office, VARIANT, **PAGE)
    (task,) = late.tasks
    assert (late.total, late.longest, task.working_days, task.due_on) == (1, 1, 1, date(2026, 3, 22))
    assert (task.task_id, task.name, task.team) == (play.task_id("decide"), "decide", "The Team")
    assert task.explanation.startswith("Sunday 22 March 2026: 20 days after Monday 2 March")


def test_who_has_a_late_task_and_which_rung_it_reached_is_told(play: Play) -> None:
    claim_task(play.office, play.task_id("decide"), by="Officer 2")
    play.wait(days=26)
    late = late_now(play.office, VARIANT, **PAGE)
    (task,) = late.tasks
    assert (task.holder, task.is_claimed) == ("Officer 2", True)
    assert task.taken is not None
    assert task.to_come is not None
    assert (task.taken.number, task.taken.name, task.to_come.name) == (1, "told_manager", "told_head")
    assert [(each.key, each.name, each.count) for each in late.by_team] == [("team", "The Team", 1)]
    assert [(each.key, each.count) for each in late.by_person] == [("Officer 2", 1)]
    assert late_now(play.office, VARIANT, person="", **PAGE).chosen == 0
    assert late_now(play.office, VARIANT, team="team", person="Officer 2", **PAGE).chosen == 1


def test_a_task_whose_clock_stands_still_is_not_late(play: Play) -> None:
    suspend_deadline(play.office, play.task_id("decide"), reason="the police ask us to wait", by="Officer 1")
    play.wait(days=60)
    late = late_now(play.office, VARIANT, **PAGE)
    (standing,) = late.standing_still
    assert (late.total, late.standing_in_all) == (0, 1)
    assert (standing.by, standing.reason) == ("Officer 1", "the police ask us to wait")
    assert standing.due_on == date(2026, 3, 22)
    assert deadline_outcomes(play.office, VARIANT, **YEAR, **PAGE).limits == ()


def test_a_limit_is_told_with_its_clause_and_how_late_it_was(play: Play) -> None:
    play.wait(days=23)
    outcomes = deadline_outcomes(play.office, VARIANT, **YEAR, **PAGE)
    (limit,) = outcomes.limits
    assert (limit.name, limit.kept, limit.missed, limit.running, limit.share) == ("decide", 0, 1, 0, 0)
    assert (limit.length, limit.median_days, limit.longest_days) == ("20 days after case.opened_on", 3, 3)
    assert [(clause.id, clause.text) for clause in limit.clauses] == [("T1", "Decide within 20 days.")]
    (missed,) = outcomes.missed
    assert (missed.task_id.reference, missed.completed_on, missed.days) == (play.reference, None, 3)
    assert [(month.year, month.month, month.kept, month.missed) for month in outcomes.months] == [(2026, 3, 0, 1)]


def test_a_task_completed_in_time_has_kept_its_limit(play: Play) -> None:
    play.wait(days=20)
    play.complete("decide")
    play.wait(days=20)
    (limit,) = deadline_outcomes(play.office, VARIANT, **YEAR, **PAGE).limits
    assert (limit.kept, limit.missed, limit.share, limit.median_days) == (1, 0, 100, None)


def test_an_extended_deadline_counts_on_its_new_day_and_as_extended(play: Play) -> None:
    extend_deadline(
        play.office, play.task_id("decide"), until=date(2026, 4, 10), reason="the victim is away", by="Officer 1"
    )
    play.wait(days=30)
    outcomes = deadline_outcomes(play.office, VARIANT, **YEAR, **PAGE)
    (limit,) = outcomes.limits
    assert (limit.missed, limit.running, limit.extended) == (0, 1, 1)
    assert deadline_outcomes(play.office, VARIANT, first=date(2026, 3, 1), last=date(2026, 3, 31), **PAGE).limits == ()


def test_the_median_is_of_the_missed_alone(database: Database) -> None:
    play = Play(database, VARIANT)
    for days in (1, 6):
        play.wait(days=days)
        open_case(play.office, VARIANT, {}, by="the applicant")
    play.wait(days=24)  # opened 31, 30 and 24 days ago, so late by 11, 10 and 4
    (limit,) = deadline_outcomes(play.office, VARIANT, **YEAR, **PAGE).limits
    assert (limit.missed, limit.median_days, limit.longest_days) == (3, 10, 11)


def test_rungs_are_counted_with_their_names_and_cases(play: Play) -> None:
    play.wait(days=26)
    reached = rungs_reached(play.office, VARIANT, **YEAR, **PAGE)
    (rung,) = reached.counts
    assert (rung.process, rung.rung, rung.name, rung.count) == ("main", 1, "told_manager", 1)
    assert (rung.in_cases, rung.still_open, rung.teams) == (1, 1, (("The Team", 1),))
    (taken,) = reached.taken
    assert (taken.reference, taken.name, taken.is_open) == (play.reference, "decide", True)
    assert rungs_reached(play.office, VARIANT, rung=2, **YEAR, **PAGE).chosen == 0
    before = rungs_reached(play.office, VARIANT, first=date(2026, 3, 1), last=date(2026, 3, 26), **PAGE)
    assert (before.counts, before.taken) == ((), ())


def test_figures_stand_beside_those_of_the_year_before(play: Play) -> None:
    (figure,) = published_figures(play.office, VARIANT, first=date(2027, 2, 1), last=date(2027, 3, 31))
    assert (figure.figure.label, figure.count, figure.year_before) == ("Applications", 0, 1)


def test_a_period_that_ends_with_february_is_held_against_all_of_the_february_before(play: Play) -> None:
    play.office.clock.set(play.office.clock.now() + timedelta(days=729))  # type: ignore[attr-defined]
    open_case(play.office, VARIANT, {}, by="the applicant")  # on 29 February 2028
    (figure,) = published_figures(play.office, VARIANT, first=date(2029, 2, 1), last=date(2029, 2, 28))
    assert figure.year_before == 1


def test_a_period_that_ends_before_it_begins_is_refused(play: Play) -> None:
    backwards = {"first": date(2026, 3, 2), "last": date(2026, 3, 1)}
    for ask in (deadline_outcomes, rungs_reached):
        with pytest.raises(BadInputError, match="before it begins"):
            ask(play.office, VARIANT, **backwards, **PAGE)


def test_an_incident_is_listed_with_its_element_until_somebody_settles_it(database: Database) -> None:
    body = (
        '<bpmn:startEvent id="begin"/>' + job("send") + '<bpmn:endEvent id="done"/>' + chain_of("begin", "send", "done")
    )
    variant = variant_of(process(body))
    play = Play(database, variant, handlers=(failing(),))
    for _ in range(12):
        play.wait(hours=12)
    (stuck,) = (page := stuck_now(play.office, variant, **PAGE)).incidents
    assert (page.total, stuck.element, stuck.process, stuck.kind, stuck.handler) == (1, "send", "main", "job", "work")
    assert stuck.attempts
    assert stuck.attempts > 1
    assert "printer" in stuck.message
    assert stuck_at(play.office, variant, stuck.incident) == stuck
    resolve_incident(play.office, stuck.incident, reason="posted by hand", by="Officer 1")
    assert stuck_now(play.office, variant, **PAGE).total == 0
    with pytest.raises(IncidentNotFoundError):
        stuck_at(play.office, variant, stuck.incident)


def test_another_council_sees_nothing_of_it(play: Play) -> None:
    play.wait(days=60)
    other = Variant.from_files(VARIANT.files, "other_council")
    assert late_now(play.office, VARIANT, **PAGE).total == 1
    assert late_now(play.office, other, **PAGE).total == 0
    assert deadline_outcomes(play.office, other, **YEAR, **PAGE).limits == ()
    assert rungs_reached(play.office, other, **YEAR, **PAGE).total == 0
    assert published_figures(play.office, other, **YEAR)[0].count == 0
    with pytest.raises(IncidentNotFoundError):
        stuck_at(play.office, other, TaskId(reference=play.reference, number=1))


def test_what_is_asked_of_the_database_does_not_grow_with_what_is_late(database: Database) -> None:
    play = Play(database, VARIANT)
    play.wait(days=30)
    asked = []
    for more in (0, 5):
        for _ in range(more):
            open_case(play.office, VARIANT, {}, by="the applicant")
        play.wait(days=30)
        late_now(play.office, VARIANT, **PAGE)
        with counted(database) as seen:
            late = late_now(play.office, VARIANT, **PAGE)
            deadline_outcomes(play.office, VARIANT, **YEAR, **PAGE)
            rungs_reached(play.office, VARIANT, **YEAR, **PAGE)
        asked.append((late.total, len(seen)))
    (few, statements), (many, as_many) = asked
    assert (few, many) == (1, 6)
    assert statements == as_many == 17
