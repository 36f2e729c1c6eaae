"""What an expression can come to where only some of what it reads is known."""

from __future__ import annotations

import pytest

from engine.check.suppositions import outcomes

EITHER = frozenset((True, False))


@pytest.mark.parametrize(
    ("expression", "can_be"),
    [
        ("counted.complaints < 3", EITHER),
        ("counted.complaints < council.threshold.complaints", EITHER),
        ("threshold_met = null", EITHER),
        ("decided_by.id = decided_by.id and 1 = 2", frozenset((False,))),
    ],
)
def test_what_is_not_known_can_be_anything_however_deep_it_lies(expression: str, can_be: frozenset[bool]) -> None:
    assert outcomes(expression, {}) == can_be
