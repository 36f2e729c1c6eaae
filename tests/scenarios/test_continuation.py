"""A scenario that continues another plays its application and steps first, and expects nothing of them."""

from __future__ import annotations

from datetime import date

import pytest

from engine.errors import BadInputError
from engine.scenarios import Scenario, read_scenario
from engine.scenarios.scenario import Expectation

FIRST = """
title = "First"
[application]
on = 2026-03-02
answers = { name = "Ms A" }
[[step]]
on = 2026-03-03
by = "Officer 1"
task = "acknowledge"
[step.then]
letters = ["CT1"]
[[step]]
on = 2026-03-04
by = "Officer 2"
task = "decide"
refused = "not yet"
[[step]]
on = 2026-03-05
by = "Officer 2"
task = "decide"
"""
THEN = '[[step]]\non = 2026-03-06\nby = "Officer 1"\ntell = "withdraw"\n'


def read(text: str, **others: str) -> Scenario:
    beside = {f"scenarios/{name}.toml": other.encode() for name, other in {"first": FIRST, **others}.items()}
    return read_scenario(text.encode(), file="scenarios/next.toml", beside=beside)


def test_it_takes_over_the_application_and_the_steps_that_were_not_refused() -> None:
    scenario = read(f'title = "Next"\ncontinues = "first"\n{THEN}')

    assert (scenario.title, scenario.name, scenario.application) == ("Next", "next", {"name": "Ms A"})
    assert [step.task or step.tell for step in scenario.steps] == ["acknowledge", "decide", "withdraw"]
    assert all(step.then == Expectation() for step in scenario.steps[:2])


def test_until_names_the_last_step_that_is_taken_over() -> None:
    scenario = read(f'continues = "first"\nuntil = "acknowledge"\n{THEN}')

    assert [step.at.date() for step in scenario.steps] == [date(2026, 3, 3), date(2026, 3, 6)]


def test_what_is_continued_may_continue_another() -> None:
    scenario = read(f'continues = "second"\n{THEN}', second='continues = "first"\nuntil = "acknowledge"\n')

    assert [step.task or step.tell for step in scenario.steps] == ["acknowledge", "withdraw"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('continues = "nope"\n', "continues scenarios/nope.toml, which is not there"),
        ('continues = "first"\nuntil = "nope"\n', "until “nope”, and no step there"),
        ('continues = "next"\n', "continues itself"),
        ('continues = "first"\n[application]\non = 2026-03-02\n', "both continues and \\[application\\]"),
        ('continues = "first"\n[[step]]\non = 2026-03-04\n', "earlier than what it continues"),
    ],
)
def test_what_cannot_be_continued_is_said(text: str, said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        read(text, next=text)
