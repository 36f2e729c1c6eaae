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


def test_answers_of_the_application_that_differ_are_given_and_the_others_are_taken_over() -> None:
    first = FIRST.replace('name = "Ms A"', 'name = "Ms A", persists = "yes"')
    scenario = read('continues = "first"\n[application.answers]\npersists = "no"\nsince = 2026-01-31\n', first=first)

    assert scenario.application == {"name": "Ms A", "persists": "no", "since": "2026-01-31"}
    assert scenario.applied_at.date() == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('continues = "nope"\n', "continues scenarios/nope.toml, which is not there"),
        ('continues = "first"\nuntil = "nope"\n', "until “nope”, and no step there"),
        ('continues = "next"\n', "continues scenarios/next.toml, which builds on scenarios/next.toml"),
        ('continues = "first"\n[application]\non = 2026-03-02\n', "“on” means nothing here. Known are answers"),
        ('continues = "first"\napplication = 1\n', "is one value"),
        ('continues = "first"\n[[step]]\non = 2026-03-04\n', "earlier than what it continues"),
    ],
)
def test_what_cannot_be_continued_is_said(text: str, said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        read(text, next=text)
