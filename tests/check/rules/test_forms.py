from __future__ import annotations

from engine.check.rules.forms import RULE
from tests.check.builders import Drawing, about, folder, form, plain, together


def test_a_form_that_is_there_is_left_alone() -> None:
    assert together(RULE, folder(plain())) == []


def test_a_form_that_is_not_there_is_named_with_the_one_that_was_meant() -> None:
    drawing = Drawing().start(form="aplication").user("check", form="application").end()
    (finding,) = together(RULE, folder(drawing.flow("received", "check", "closed")))
    assert about([finding]) == [("received", "error")]
    assert "Is “application” meant?" in finding.sentence


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


def _application(**properties: str) -> bytes:
    asked = {"type": "textfield", "id": "x", "key": "applicant_name", "label": "Name", "properties": properties}
    return form("application", asked)


def test_what_is_answered_for_the_public_is_left_alone_where_it_can_be_worked_out() -> None:
    for answer in ("Somebody", "=string(today())", "=council.phone"):
        assert together(RULE, folder(plain(), forms__application_form=_application(for_public=answer))) == []


def test_an_answer_for_the_public_that_cannot_be_worked_out_is_refused() -> None:
    said = {"=1 +": "cannot be read", "=victim_name": "“victim_name”", '=due("x")': "a limit"}
    for answer, words in said.items():
        (finding,) = together(RULE, folder(plain(), forms__application_form=_application(for_public=answer)))
        assert about([finding]) == [("x", "error")]
        assert words in finding.sentence


def test_an_option_for_the_public_that_there_is_not_is_refused() -> None:
    values = [{"value": "yes", "label": "Yes"}]
    asked = {"type": "radio", "id": "x", "key": "a", "values": values, "properties": {"public_options": "yes, no"}}
    (finding,) = together(RULE, folder(plain(), forms__application_form=form("application", asked)))
    assert about([finding]) == [("x", "error")]
    assert "“no”" in finding.sentence


def test_an_answer_for_the_public_inside_a_list_is_refused() -> None:
    inner = {"type": "textfield", "id": "x", "key": "seen_by", "properties": {"for_public": "online"}}
    asked = {"type": "dynamiclist", "id": "l", "path": "reports", "components": [inner]}
    findings = together(RULE, folder(plain(), forms__application_form=form("application", asked)))
    assert about(findings) == [("x", "error")]


def test_only_the_form_of_an_application_is_for_the_public() -> None:
    drawing = Drawing().start(form="application").user("check", form="check").end()
    asked = {"type": "textfield", "id": "x", "key": "noted", "properties": {"public_label": "What?"}}
    findings = together(
        RULE, folder(drawing.flow("received", "check", "closed"), forms__check_form=form("check", asked))
    )
    assert [(f.file, f.severity, f.element_id) for f in findings] == [("forms/check.form", "warning", "check")]
