"""What is read of a form, and what is said of the rest."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from engine.errors import BadInputError
from engine.forms import FieldKind, Option, read_form
from tests.forms.builders import choosing, component, form_of, sound_form


def test_a_field_says_all_that_the_modeller_set() -> None:
    form = sound_form(
        component(
            "number",
            "floors",
            description="As many as there are.",
            decimalDigits=0,
            validate={"required": True, "min": 1, "max": "9"},
            conditional={"hide": "=house = false"},
            properties={"visible_to": "victim, panel", "clause": "H5.1, H5.2"},
            defaultValue=2,
        ),
        choosing("radio", "yes", "no", key="house"),
        component("text", None, text="# Read this"),
    )
    floors, house, text = form.fields
    assert (floors.kind, floors.key, floors.label, floors.hint) == (
        FieldKind.NUMBER, "floors", "Floors", "As many as there are.",
    )  # fmt: skip
    assert (floors.is_required, floors.minimum, floors.maximum, floors.decimal_digits) == (
        True, Decimal(1), Decimal(9), 0,
    )  # fmt: skip
    assert floors.hidden_if is not None
    assert floors.hidden_if.names == {"house"}
    assert (floors.visible_to, floors.clauses, floors.default) == (("victim", "panel"), ("H5.1", "H5.2"), 2)
    assert house.options == (Option(value="yes", label="Yes"), Option(value="no", label="No"))
    assert house.visible_to == ("officers",)
    assert (text.kind, text.text) == (FieldKind.TEXT, "# Read this")


def test_dates_and_times_are_told_apart() -> None:
    form = sound_form(
        component("datetime", "day", subtype="date", label="", dateLabel="Which day?"),
        component("datetime", "hour", subtype="time", label="", timeLabel="What time?"),
        component("datetime", "moment", subtype="datetime"),
    )
    assert [field.kind for field in form.fields] == [FieldKind.DATE, FieldKind.TIME, FieldKind.DATE_TIME]
    assert [field.label for field in form.fields] == ["Which day?", "What time?", "Moment"]


def test_questions_in_groups_are_the_forms_and_those_in_lists_the_lists() -> None:
    form = sound_form(
        component("group", None, components=[component(key="one"), component("separator", None)]),
        component("dynamiclist", "reports", components=[component(key="reported_to")]),
    )
    assert form.keys == ("one", "reports")
    assert [field.key for field in form.collections["reports"].fields] == ["reported_to"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (component(key="Applicant Name"), "cannot name a fact"),
        (component(key="case"), "cannot name a fact"),
        (component(key=None), "has no key"),
        (component("dynamiclist", None, components=[]), "has no path"),
        (component("group", None, path="address", components=[]), "has a path"),
        (component("documentPreview"), "Say in a text"),
        (component("filepicker", accept="=kinds"), "Write endings"),
        (component("filepicker", multiple="=true"), "Tick it or not"),
        (component("textfield", "access_code"), "cannot name a fact"),
        (component("taglist"), "Use a checklist"),
        (component("button", None), "Take it out"),
        (component("hologram"), "not shown"),
        (component("datetime", subtype="century"), "not shown"),
        (choosing("radio"), "has no choices"),
        (choosing("radio", "a", "a"), "no value of its own"),
        (component("select", values=[{"label": "One", "value": 1}]), "no value of its own"),
        (component("select", valuesKey="agencies"), "come from input data"),
        (component("select", valuesExpression="agencies"), "no expression"),
        (component(properties={"offered_when": "={a: true}"}), "here is none"),
        (component("select", valuesExpression="=agencies["), "cannot be read"),
        (component(conditional={"hide": "=a +"}), "cannot be read"),
        (component(conditional={"hide": "a"}), "no expression"),
        (component(label="=name"), "not worked out"),
        (component("text", None, text="Dear {{name}}"), "not worked out"),
        (component(validate={"pattern": "(a"}), "regular expression"),
        (component(validate={"pattern": "(?=a)"}), "regular expression"),
        (component(validate={"pattern": "a" * 1_000}), "regular expression"),
        (component(validate={"validationType": "postcode"}), "not known"),
        (component("number", validate={"min": "=1"}), "no number"),
        (component(validate={"maxLength": -1}), "no whole number"),
        (component("datetime", disallowPassedDates=True), "not kept to"),
        (component(properties={"visible_to": "everybody"}), "visible_to"),
    ],
)
def test_what_cannot_be_shown_or_checked_is_a_problem(wrong: dict[str, Any], words: str) -> None:
    problems = form_of(wrong).problems
    assert len(problems) == 1, problems
    assert words in problems[0].sentence
    assert problems[0].element_id == wrong["id"]
    assert problems[0].sentence.endswith((".", ")"))


def test_two_questions_of_one_key_are_a_problem_also_across_groups() -> None:
    form = form_of(component(), component("group", None, components=[component()]))
    assert [problem.sentence[:35] for problem in form.problems] == ["Two questions have the key “answer”"]


def test_a_key_may_stand_in_a_list_and_in_the_form() -> None:
    sound_form(component(), component("dynamiclist", "reports", components=[component()]))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no readable form"),
        (b"{", "no readable form"),
        (b"\xff", "no readable form"),
        (b"[" * 200_000, "no readable form"),
        (b"[]", "no list of components"),
        (b'{"id": "x"}', "no list of components"),
        (b'{"components": []}', "no usable form id"),
        (b'{"id": "../x", "components": []}', "no usable form id"),
        (b" " * 2_000_000, "at most"),
    ],
)
def test_a_file_that_is_no_form_is_refused_in_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(BadInputError, match=words):
        read_form(data, file="forms/x.form")


def test_an_old_form_is_a_problem() -> None:
    assert "old form" in form_of(schemaVersion=4).problems[0].sentence


def test_a_form_too_large_or_too_deep_is_cut_off_and_said_once() -> None:
    many = form_of(*[component("separator", None)] * 800)
    assert (len(many.fields), len(many.problems)) == (500, 1)
    deep: dict[str, Any] = component("group", None, components=[])
    for _ in range(30):
        deep = component("group", None, components=[deep])
    assert len(form_of(deep).problems) == 1


@pytest.mark.parametrize("odd", [None, 3, "x", [], {}, {"type": ["textfield"]}, {"type": "textfield", "key": 3}])
def test_nothing_in_a_form_ends_in_a_traceback(odd: Any) -> None:
    assert form_of(odd).problems
    settings = ["label", "validate", "properties", "conditional", "values", "components", "readonly", "decimalDigits"]
    for setting in settings:
        form_of(component(**{setting: odd}), component("dynamiclist", "items", **{setting: odd}))


def test_choices_that_a_council_is_to_list_are_none_yet() -> None:
    assert not form_of(choosing("select", properties={"choices_from": "agencies"})).problems


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ({"type": "textfield", "validate": {"minLength": 5, "maxLength": 2}}, "at least 5 and at most 2"),
        ({"type": "number", "validate": {"min": 5, "max": 3}}, "at least 5 and at most 3"),
        (
            {"type": "radio", "values": [{"value": "a", "label": "A"}], "defaultValue": "b"},
            "What is chosen at first, “b”, is none of its choices: a.",
        ),
        (
            {"type": "datetime", "subtype": "date", "properties": {"min": "=today()", "max": '=date("2020-01-01")'}},
            'takes days from today() on and until date("2020-01-01"), and there is none.',
        ),
        ({"type": "select", "properties": {"person": "any"}, "defaultValue": "Officer 1"}, "“Officer 1”, is nobody"),
        ({"type": "number", "validate": {"max": 3}, "defaultValue": 4}, "It stands at 4 at first"),
        ({"type": "textfield", "validate": {"required": True}, "readonly": True}, "must be answered, and is read-only"),
    ],
)
def test_a_question_that_nobody_can_answer_is_named(field: dict[str, Any], said: str) -> None:
    data = json.dumps(
        {"schemaVersion": 18, "id": "asked", "components": [{"id": "x", "key": "asked", "label": "Asked", **field}]}
    )
    (problem,) = read_form(data.encode(), file="asked.form").problems
    assert problem.element_id == "x"
    assert said in problem.sentence


@pytest.mark.parametrize("most", ["=today()", '=date("2090-01-01")', "=received_on", '=today() + duration("P1D")'])
def test_days_between_which_one_is_or_comes_can_be_answered(most: str) -> None:
    bounds = {"min": "=today()", "max": most}
    field = {"type": "datetime", "subtype": "date", "id": "x", "key": "asked", "dateLabel": "A", "properties": bounds}
    data = json.dumps({"schemaVersion": 18, "id": "asked", "components": [field]})
    assert not read_form(data.encode(), file="asked.form").problems
