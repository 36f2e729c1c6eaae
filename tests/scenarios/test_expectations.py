"""What a scenario expects: a name alone is also the task of an item."""

from __future__ import annotations

import pytest

from engine.scenarios.player import are_the_tasks


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
