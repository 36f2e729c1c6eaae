"""Ways that no case takes, and questions that no case shows."""

from __future__ import annotations

from typing import Any

import pytest

from engine.check.rules.dead_ways import RULE
from tests.check.builders import Drawing, about, alone, folder, form, plain, together

_RISK = {
    "type": "radio", "id": "field_risk", "key": "risk", "label": "Risk",
    "values": [{"value": value, "label": value} for value in ("yes", "no")],
}  # fmt: skip


def _gateway(first: str, second: str = "") -> Drawing:
    drawing = Drawing().start(form="application").gateway("risky", default="other").user("a").user("b").user("c")
    drawing.gateway("met").end().flow("received", "risky").flow("risky", "c", id="other")
    drawing.flow("risky", "a", condition=first, id="first", name="First")
    if second:
        drawing.flow("risky", "b", condition=second, id="second", name="Second")
    for task in ("a", "b", "c"):
        drawing.flow(task, "met")
    return drawing.flow("met", "closed")


def _found(drawing: Drawing) -> list[tuple[str, str]]:
    return about(together(RULE, folder(drawing, forms__application_form=form("application", _RISK))))


@pytest.mark.parametrize(
    ("first", "second", "dead"),
    [
        ("=true", "", "other"),
        ('=risk = "yes"', '=risk = "yes"', "second"),
        ('=risk = "yes" and risk = "no"', "", "first"),
        ('=risk = "yes"', '=risk = "no" or risk = null', "other"),
    ],
)
def test_a_way_that_no_case_takes_is_named(first: str, second: str, dead: str) -> None:
    assert _found(_gateway(first, second)) == [(dead, "warning")]


@pytest.mark.parametrize(
    ("first", "second"),
    [('=risk = "yes"', ""), ('=risk = "yes"', '=risk = "no"'), ("=unheard_of", ""), ("=count(reports) > 2", "")],
)
def test_ways_that_some_case_takes_are_left_alone(first: str, second: str) -> None:
    assert _found(_gateway(first, second)) == []


def test_a_way_behind_what_is_always_true_is_named_in_a_diagram_alone() -> None:
    assert about(alone(RULE, _gateway("=true"))) == [("other", "warning")]


@pytest.mark.parametrize(
    ("hide", "found"),
    [
        ('=risk = "yes" or risk != "yes"', [("field_more", "warning")]),
        ('=risk != "yes"', []),
        ("=false", []),
        ("=true", [("field_more", "warning")]),
    ],
)
def test_a_question_that_is_hidden_in_every_case_is_named(hide: str, found: list[Any]) -> None:
    more = {"type": "textfield", "id": "field_more", "key": "more", "label": "More", "conditional": {"hide": hide}}
    checked = folder(plain(), forms__application_form=form("application", _RISK, more))
    assert about(together(RULE, checked)) == found
