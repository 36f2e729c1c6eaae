"""Whoever clicks whatever in whichever order: no case in which a review is owed closes without one.

A walk is a case on which people act by chance: they answer every form with whatever it takes, tell the case whatever it
can be told, put facts right, and let days pass. Each walk has a seed, so that it can be walked again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from engine import feel
from engine.bootstrap import build_simulation_office
from engine.clock import LONDON
from engine.diagram import ElementKind
from engine.scenarios import Coverage
from engine.store.facts import RecordedFact
from tests.scenarios.shown_clauses import HERTSMERE, SCENARIOS
from tests.walks.owed import Told, complaints, ends_without, is_owed
from tests.walks.walk import Walker

#: Walks of one test, so that those of `make test` can be shared out.
EACH = 10
SAMPLE, ALL = range(0, 50, EACH), range(0, 2_000, EACH)
#: What is done in a walk at most, after what it takes over from a scenario.
SHORT, LONG = 12, 30


@pytest.fixture(scope="module")
def walker() -> Walker:
    return Walker(build_simulation_office(), HERTSMERE, SCENARIOS)


def walk(walker: Walker, first: int, most: int) -> None:
    for seed in range(first, first + EACH):
        for so_far, told, closed_as in walker.walk(seed, most=most):
            why, ending = is_owed(told, HERTSMERE.calendar), ends_without(told)
            if why and not ending:
                pytest.fail(f"Walk {seed} closed as “{closed_as}” without a review: {why}.\n\n{so_far.as_scenario()}")


@pytest.mark.parametrize("first", SAMPLE)
def test_no_case_closes_without_the_review_that_is_owed(walker: Walker, first: int) -> None:
    walk(walker, first, SHORT)


@pytest.mark.proof
@pytest.mark.parametrize("first", ALL)
def test_no_case_closes_without_the_review_that_is_owed_however_long_one_walks(walker: Walker, first: int) -> None:
    walk(walker, first, LONG)


@pytest.mark.proof
def test_the_walks_reach_every_task_and_every_end() -> None:
    coverage = Coverage()
    walker = Walker(replace(build_simulation_office(), watch=coverage.take), HERTSMERE, SCENARIOS)
    wanted = {
        (process.id, element.id)
        for process in HERTSMERE.processes.values()
        for element in process.elements.values()
        if element.kind in (ElementKind.USER, ElementKind.END)
    }
    for seed in range(ALL.stop):
        for _ in walker.walk(seed, most=LONG):
            pass
        if wanted <= set(coverage.taken):
            break
    assert wanted - set(coverage.taken) == set()


def told(*said: tuple[str, object], reports: int = 3, **of_each: object) -> Told:
    """What a case was told: so many reports a month apart, then the rest."""
    report: dict[str, object] = {"reported_to": "police", **of_each}
    facts: list[tuple[str, str, object]] = [("", "application_date", date(2026, 3, 2))]
    for number in range(reports):
        day = date(2026, 2 - number % 2, 1 + number)
        facts += [(f"reports-{number + 1}", name, value) for name, value in report.items()]
        facts += [(f"reports-{number + 1}", name, day) for name in ("incident_on", "reported_on")]
    facts += [("", name, value) for name, value in said]
    return Told([
        RecordedFact(
            number=number, collection=item.rpartition("-")[0], item_id=item, name=name, value=feel.dump(value),
            happened_on=None, recorded_at=datetime(2026, 3, 2, tzinfo=LONDON), recorded_by="Officer 1", source="task",
            supersedes=None, is_current=True, undone_at=None,
        )
        for number, (item, name, value) in enumerate(facts, start=1)
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("case", "owed"),
    [
        (told(), True),
        (told(reports=2), False),
        (told(incident=1), False),
        (told(confirmed="wrong"), False),
        (told(reported_to="other"), False),
        (told(("panel_outcome", "a plan")), False),
        (told(("safeguarding_review_needed", "yes"), reports=0), True),
        (told(("safeguarding_review_needed", "yes"), ("panel_outcome", "a plan"), reports=0), False),
        (told(("panel_outcome", "a plan"), ("safeguarding_review_needed", "yes")), True),
    ],
)
def test_what_the_walks_hold_to_be_owed(case: Told, owed: bool) -> None:
    assert bool(is_owed(case, HERTSMERE.calendar)) is owed


def test_reports_told_after_a_review_are_counted_anew() -> None:
    assert complaints(told(), HERTSMERE.calendar) == 3
    assert complaints(told(), HERTSMERE.calendar, after=100) == 0


OFFICER_1, OFFICER_2, MANAGER = ({"id": f"staff-{n}", "name": f"Officer {n}"} for n in (1, 2, 3))
PASSED_ON = [
    ("acknowledged_by", OFFICER_1),
    ("passed_on_because", "All of it happened there."),
    ("passed_on_sent_on", date(2026, 3, 5)),
]
SAFEGUARDED = [("safeguarding_review_needed", "yes"), ("safeguarding_decided_by", MANAGER)]


@pytest.mark.parametrize(
    ("said", "may_end"),
    [
        ([("withdrawn_because", "asked")], True),
        ([("consent_confirmed", "no")], True),
        ([("after_efforts", "withdraw")], False),
        ([("threshold_met", False), ("unsuitable_because", "service_only")], False),
        ([*PASSED_ON, ("passed_on_by", OFFICER_2)], True),
        ([*PASSED_ON, ("passed_on_by", OFFICER_1)], False),
        ([*PASSED_ON, ("passed_on_by", OFFICER_2), *SAFEGUARDED], False),
        ([*PASSED_ON, ("passed_on_by", MANAGER), *SAFEGUARDED], True),
    ],
)
def test_which_endings_need_no_review(said: list[tuple[str, object]], may_end: bool) -> None:
    assert bool(ends_without(told(*said))) is may_end
