"""A day that is not known exactly is typed in the places of day, month and year."""

from __future__ import annotations

import pytest

from webui.policyforms.days import join_day_or_about, split_day_or_about


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        (("5", "10", "2025"), "2025-10-05"),
        (("", "10", "2025"), "October 2025"),
        (("about 5", "Oct", "2025"), "about 5 October 2025"),
        (("early", "October", "2025"), "early October 2025"),
        (("", "", "2025"), "\n\n2025"),
        (("", "", ""), ""),
        (("soon", "10", "2025"), "soon\n10\n2025"),
    ],
)
def test_what_is_typed_is_the_answer_that_it_means(typed: tuple[str, str, str], answer: str) -> None:
    assert join_day_or_about(*typed) == answer
    assert join_day_or_about(*split_day_or_about(answer)) == answer
