"""What a scenario expects, where a name alone is also the task of an item; and what corrects a fact."""

from __future__ import annotations

from datetime import date

import pytest

from engine.errors import BadInputError
from engine.scenarios import Scenario, read_scenario
from engine.scenarios.misses import are_the_tasks


@pytest.mark.parametrize(
    ("expected", "open_now"),
    [
        ([], []),
        (["hear"], ["hear"]),
        (["hear"], ["hear:appeals-2"]),
        (["hear:appeals-2", "hear"], ["hear:appeals-1", "hear:appeals-2"]),
        (["hear", "hear:appeals-2"], ["hear:appeals-1", "hear:appeals-2"]),
    ],
)
def test_these_are_the_open_tasks(expected: list[str], open_now: list[str]) -> None:
    assert are_the_tasks(expected, open_now)


@pytest.mark.parametrize(
    ("expected", "open_now"),
    [
        (["hear"], []),
        ([], ["hear:appeals-1"]),
        (["hear"], ["hear:appeals-1", "hear:appeals-2"]),
        (["hear:appeals-1"], ["hear:appeals-2"]),
        (["hear:appeals-1"], ["hear"]),
        (["hear", "tell"], ["hear:appeals-1"]),
    ],
)
def test_these_are_not(expected: list[str], open_now: list[str]) -> None:
    assert not are_the_tasks(expected, open_now)


def test_a_step_can_correct_a_fact_of_an_item() -> None:
    [step] = read(
        'by = "Officer 1"\ncorrect = "reported_on"\nitem = "reports-1"\nto = 2026-02-20\nrefused = "before"'
    ).steps
    assert (step.what, step.item, step.to, step.refused) == ("reported_on", "reports-1", "2026-02-20", "before")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('by = "Officer 1"\ncorrect = "a"\ntask = "b"', "has both task and correct"),
        ('by = "Officer 1"\ntask = "b"\nto = 1', "corrects nothing"),
        ('correct = "a"', "does not say who"),
    ],
)
def test_a_step_that_corrects_says_what_and_who(text: str, words: str) -> None:
    with pytest.raises(BadInputError, match=words):
        read(text)


def read(step: str) -> Scenario:
    text = f'title = "x"\n[application]\non = 2026-03-02\n[[step]]\non = 2026-03-03\n{step}\n'
    return read_scenario(text.encode(), file="scenarios/x.toml")


def test_a_step_can_give_a_task_or_a_whole_another_day() -> None:
    [step] = read('by = "Officer 1"\nextend = "part"\nto = 2026-03-20\nreason = "Ill."').steps
    assert (step.what, step.to, step.reason) == ("part", date(2026, 3, 20), "Ill.")


@pytest.mark.parametrize(
    "text",
    ['extend = "part"\nto = 2026-03-20', 'extend = "part"\nreason = "Ill."', 'extend = "part"\nto = 1\nreason = "x"'],
)
def test_a_step_that_extends_says_until_when_and_why(text: str) -> None:
    with pytest.raises(BadInputError, match="until when, or why"):
        read(f'by = "Officer 1"\n{text}')
