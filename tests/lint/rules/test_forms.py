from __future__ import annotations

from engine.lint.rules.forms import RULE
from tests.lint.building import Drawing, about, folder, form, plain, together


def test_a_form_that_is_there_is_left_alone() -> None:
    assert together(RULE, folder(plain())) == []


def test_a_form_that_is_not_there_is_named_with_the_one_that_was_meant() -> None:
    drawing = Drawing().start(form="aplication").user("check", form="application").end()
    (finding,) = together(RULE, folder(drawing.flow("received", "check", "closed")))
    assert about([finding]) == [("received", "error")]
    assert "Is “application” meant?" in finding.message


def test_the_form_of_a_message_is_looked_for_too() -> None:
    drawing = (
        plain()
        .message("m", "withdraw")
        .boundary(
            "withdrawn", "acknowledge", '<bpmn:messageEventDefinition messageRef="m"/>', properties={"form": "withdraw"}
        )
    )
    assert about(together(RULE, folder(drawing))) == [("withdrawn", "error")]


def test_a_task_without_a_form_is_pointed_out() -> None:
    drawing = Drawing().start(form="application").user("check").end().flow("received", "check", "closed")
    assert about(together(RULE, folder(drawing))) == [("check", "warning")]


def test_a_form_that_nothing_shows_is_pointed_out() -> None:
    (finding,) = together(RULE, folder(plain(), forms__other_form=form("other")))
    assert (finding.file, finding.severity) == ("forms/other.form", "warning")


def test_a_component_that_cannot_be_shown_is_refused() -> None:
    asked = {"type": "expression", "id": "x", "key": "total", "label": "Total"}
    findings = together(RULE, folder(plain(), forms__application_form=form("application", asked)))
    assert [(f.file, f.element_id, f.severity) for f in findings] == [("forms/application.form", "x", "error")]
