"""What a letter prints is there by the time it is sent, or the check says so."""

from __future__ import annotations

from typing import Any

import pytest

from engine.check.rules.given import RULE
from engine.check.rules.values import RULE as VALUES
from tests.check.builders import Drawing, about, folder, form, together

_HEAD = '+++\nid = "CT1"\ntitle = "A"\nto = "the applicant"\nclauses = ["X1"]\n+++\n'
_PHONE: dict[str, Any] = {"type": "textfield", "id": "p", "key": "phone", "label": "Telephone"}
_LATER: dict[str, Any] = {
    "type": "textfield", "id": "l", "key": "later", "label": "Later", "validate": {"required": True},
}  # fmt: skip
_REPORTS = {
    "type": "dynamiclist", "path": "reports", "label": "Reports", "id": "r",
    "components": [{"type": "textfield", "id": "k", "key": "kind", "label": "Kind"}],
}  # fmt: skip


def _drawing() -> Drawing:
    drawing = Drawing().start(form="application").send("write").user("check", form="check").end()
    return drawing.flow("received", "write", "check", "closed")


def _checked(text: str, *asked: dict[str, Any], drawing: Drawing | None = None) -> Any:
    letter = f"{_HEAD}{text}\n"
    return folder(
        drawing or _drawing(),
        letters__ct1_md=letter,
        forms__application_form=form("application", *asked, _REPORTS),
        forms__check_form=form("check", _LATER),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("((phone))", "nobody has to answer ((phone)): where it was left out, the letter stops."),
        ("((later))", "((later)) is given only after it: the letter stops."),
    ],
)
def test_what_may_not_be_there_is_named_where_the_letter_is_sent(text: str, said: str) -> None:
    (finding,) = together(RULE, _checked(text, _PHONE))
    assert about([finding]) == [("write", "warning")]
    assert said in finding.sentence


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("((phone??((phone))))", {}),
        ("((phone))", {"validate": {"required": True}}),
        ("((phone))", {"properties": {"otherwise": '="none"'}}),
        ("((case.reference)), ((council.name)), ((to))", {}),
    ],
)
def test_what_is_there_or_looked_for_first_is_left_alone(text: str, more: dict[str, Any]) -> None:
    assert together(RULE, _checked(text, {**_PHONE, **more})) == []


def test_what_a_condition_on_the_way_asks_for_is_left_alone() -> None:
    drawing = Drawing().start(form="application").gateway("known", default="no").send("write").end().end("silent")
    drawing.flow("received", "known").flow("known", "write", condition="=phone != null", id="yes")
    drawing.flow("known", "silent", id="no").flow("write", "closed")
    assert together(RULE, _checked("((phone))", _PHONE, drawing=drawing)) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("((reports.kinds))", "An item of reports has no “kinds”. Is “kind” meant?"),
        ("((reports))", "prints a group of values. Name one of them"),
    ],
)
def test_what_cannot_be_printed_is_an_error(text: str, said: str) -> None:
    (finding,) = together(VALUES, _checked(text, _PHONE))
    assert about([finding]) == [("write", "error")]
    assert said in finding.sentence
