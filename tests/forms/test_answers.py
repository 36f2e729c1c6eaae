"""Answers to a form: what they become, and what is said of those that cannot be taken."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from engine.clock import LONDON
from engine.errors import FormAnswersError
from tests.forms.builders import choosing, component, form_of, sound_form

REQUIRED = {"required": True}


def refused(form: Any, answers: dict[str, Any], scope: dict[str, Any] | None = None) -> dict[str, str]:
    """What is said of each answer that is wrong, by its path."""
    with pytest.raises(FormAnswersError) as raised:
        form.validate(answers, scope)
    assert all(sentence.endswith((".", ")")) for _, sentence in raised.value.problems)
    return dict(raised.value.problems)


@pytest.mark.parametrize(
    ("field", "answer", "value"),
    [
        (component(), "  A. Lee ", "A. Lee"),
        (component("textarea"), "one\r\ntwo", "one\ntwo"),
        (component("textarea"), "one\x0btwo\xad\u200b", "one\ntwo"),
        (component(), "Ms\x0bA\x00", "Ms A"),
        (component(validate={"validationType": "email"}), "\u200ba.lee@mail.example\xa0", "a.lee@mail.example"),
        (component("number"), "\u20603\xa0", Decimal(3)),
        (component("datetime"), "\u200e2026-03-27", date(2026, 3, 27)),
        (component(validate={"validationType": "email"}), "a.lee@mail.example", "a.lee@mail.example"),
        (component(validate={"validationType": "phone"}), "+44 (0)20 7946 0123", "+44 (0)20 7946 0123"),
        (component(validate={"pattern": "^WD[0-9]"}), "WD6 1WA", "WD6 1WA"),
        (component("number"), 3, Decimal(3)),
        (component("number"), "1,250.50", Decimal("1250.50")),
        (component("number"), "1 250 000", Decimal(1250000)),
        (component("number"), "-1,250", Decimal(-1250)),
        (component("number", decimalDigits=0), "100", Decimal(100)),
        (component("checkbox"), True, True),
        (component("checkbox"), "on", True),
        (component("checkbox"), False, False),
        (choosing("radio", "yes", "no"), "yes", "yes"),
        (choosing("select", "yes", "no"), "no", "no"),
        (choosing("checklist", "a", "b", "c"), ["c", "a", "c"], ["c", "a"]),
        (choosing("checklist", "a", "b", "c"), "b", ["b"]),
        (component("datetime"), "2026-03-27", date(2026, 3, 27)),
        (component("datetime"), date(2026, 3, 27), date(2026, 3, 27)),
        (component("datetime", subtype="time"), "14:30", time(14, 30)),
        (component("datetime", subtype="datetime"), "2026-07-01T10:00", datetime(2026, 7, 1, 10, tzinfo=LONDON)),
        (
            component("datetime", subtype="datetime"),
            datetime(2026, 7, 1, 10, tzinfo=UTC),
            datetime(2026, 7, 1, 11, tzinfo=LONDON),
        ),
    ],
)
def test_each_kind_of_answer_becomes_a_value(field: dict[str, Any], answer: Any, value: Any) -> None:
    [found] = sound_form(field).validate({"answer": answer}).values()
    assert found == value
    assert type(found) is type(value)
    assert getattr(found, "tzinfo", None) == getattr(value, "tzinfo", None)


@pytest.mark.parametrize(
    ("field", "answer", "words"),
    [
        (component(), 3, "Give a text"),
        (component(), "one\ntwo", "one line"),
        (component(), "x" * 2_000, "at most 1,000"),
        (component("textarea"), "x" * 30_000, "at most 20,000"),
        (component(validate={"maxLength": 3}), "four", "at most 3"),
        (component(validate={"minLength": 3}), "ab", "at least 3"),
        (component(validate={"validationType": "email"}), "a.lee", "email address"),
        (component(validate={"validationType": "phone"}), "call me", "telephone number"),
        (component(validate={"pattern": "^WD[0-9]"}), "SW1A", "form that is asked for"),
        (component("number"), "three", "Give a number"),
        (component("number"), True, "Give a number"),
        (component("number"), "3,5", "3,5 can be meant in two ways. Write 3.5 if"),
        (component("number"), "1,2", "1,2 can be meant in two ways"),
        (component("number"), "12,34", "Write 12.34 if the comma stands for a point"),
        (component("number"), "0,500", "Write 0.500 if"),
        (component("number"), "1.000,50", "Write 1000.50 if"),
        (component("number"), "1,2,3", "Give a number"),
        (component("number"), "1 2", "Give a number"),
        (component("number"), float("nan"), "Give a number"),
        (component("number"), "1e9", "Give a number"),
        (component("number"), "9" * 400, "Give a number"),
        (component("number", decimalDigits=0), "2.5", "whole number"),
        (component("number", decimalDigits=1), "2.55", "at most 1 digit"),
        (component("number", validate={"min": 1}), 0, "at least 1"),
        (component("number", validate={"max": 9}), 10, "at most 9"),
        (component("checkbox"), "maybe", "true or false"),
        (choosing("radio", "yes", "no"), "perhaps", "yes, no"),
        (choosing("select", "yes", "no"), ["yes"], "yes, no"),
        (choosing("checklist", "a", "b"), ["a", "z"], "a, b"),
        (component("datetime"), "27/3/2026", "such as 27 March 2026 (2026-03-27)"),
        (component("datetime"), "2026-02-30", "no such day"),
        (component("datetime"), "1066-10-14", "1900"),
        (component("datetime"), datetime(2026, 3, 27), "such as 27 March 2026 (2026-03-27)"),  # noqa: DTZ001 - as TOML gives it
        (component("datetime", subtype="time"), "25:00", "time of day"),
        (component("datetime", subtype="datetime"), "2026-03-27", "a day and a time"),
        (component("datetime", subtype="datetime"), "2026-03-29T01:30", "clocks go forward"),
    ],
)
def test_an_answer_that_cannot_be_taken_is_said_in_a_sentence(field: dict[str, Any], answer: Any, words: str) -> None:
    said = refused(sound_form(field), {"answer": answer})
    assert words in said["answer"]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    form = sound_form(component(validate=REQUIRED), component("number", "age"), component("datetime", "day"))
    assert set(refused(form, {"age": "old", "day": "soon", "shoe": 3})) == {"answer", "age", "day", "shoe"}


@pytest.mark.parametrize(
    "nothing",
    [
        *(
            {},
            {"answer": None},
            {"answer": "  "},
            {"answer": []},
            {"answer": "\u00a0\u2003"},
            {"answer": "\u200b\u2060"},
        ),
        *({"answer": "\u200c\u200d"}, {"answer": "\u3164"}, {"answer": "\u2800"}, {"answer": "\ufe0f\u034f"}),
    ],
)
@pytest.mark.parametrize("field", [component(validate=REQUIRED), choosing("checklist", "a", validate=REQUIRED)])
def test_a_required_question_has_to_be_answered(field: dict[str, Any], nothing: dict[str, Any]) -> None:
    assert refused(sound_form(field), nothing) == {"answer": "Answer “Answer”."}


def test_yes_or_no_has_to_be_answered_and_no_is_an_answer() -> None:
    form = sound_form(component("checkbox", properties={"asked_as": "yes or no"}))
    assert refused(form, {}) == {"answer": "Answer “Answer”."}
    assert form.validate({"answer": False}) == {"answer": False}
    assert form.validate({"answer": "true"}) == {"answer": True}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (component("checkbox", properties={"asked_as": "maybe"}), "asked_as says “maybe”. Write yes or no."),
        (component("textfield", properties={"asked_as": "yes or no"}), "where no box is to be ticked"),
    ],
)
def test_yes_or_no_is_asked_with_a_checkbox_and_in_these_words(asked: dict, said: str) -> None:
    [problem] = form_of(asked).problems
    assert said in problem.sentence


def test_a_required_checkbox_has_to_be_ticked() -> None:
    assert refused(sound_form(component("checkbox", validate=REQUIRED)), {}) == {"answer": "Confirm “Answer”."}


def test_what_is_not_answered_is_left_out_and_what_is_emptied_is_null() -> None:
    form = sound_form(component(key="one"), component(key="two"), component("checkbox", "three"))
    assert form.validate({"two": ""}) == {"two": None, "three": False}


def test_an_answer_to_no_question_is_refused_by_name() -> None:
    said = refused(sound_form(component()), {"answre": "x"})
    assert said == {"answre": "This form does not ask for it. It asks for: answer."}


def hiding_form() -> Any:
    return sound_form(
        choosing("radio", "victim", "other", key="role", validate=REQUIRED),
        component(key="consent", validate=REQUIRED, conditional={"hide": '=role != "other"'}),
        component(
            "group",
            None,
            conditional={"hide": "=vulnerable != true"},
            components=[component(key="needs", validate=REQUIRED)],
        ),
    )


def test_a_hidden_question_is_not_required_and_a_shown_one_is() -> None:
    assert hiding_form().validate({"role": "victim"}) == {"role": "victim"}
    assert set(refused(hiding_form(), {"role": "other"})) == {"consent"}


def test_an_answer_to_a_hidden_question_is_refused() -> None:
    assert "is not asked" in refused(hiding_form(), {"role": "victim", "consent": "given"})["consent"]
    assert hiding_form().validate({"role": "victim", "consent": ""}) == {"role": "victim"}


def test_a_group_hides_what_is_in_it_and_reads_the_case() -> None:
    assert set(refused(hiding_form(), {"role": "victim"}, {"vulnerable": True})) == {"needs"}
    assert "is not asked" in refused(hiding_form(), {"role": "victim", "needs": "x"}, {"vulnerable": False})["needs"]


def test_a_form_reads_its_own_answer_and_not_an_older_fact_of_the_same_name() -> None:
    assert hiding_form().validate({"role": "victim"}, {"role": "other"}) == {"role": "victim"}


def test_a_condition_may_ask_for_the_day() -> None:
    form = sound_form(component(conditional={"hide": '=today() > date("2026-05-05")'}, validate=REQUIRED))
    assert form.validate({}, now=datetime(2026, 5, 6, 12, tzinfo=UTC)) == {}
    with pytest.raises(FormAnswersError):
        form.validate({}, now=datetime(2026, 5, 5, 12, tzinfo=UTC))


def test_choices_may_come_from_the_case() -> None:
    form = sound_form(component("select", valuesExpression="=for a in agencies return {value: a.id, label: a.name}"))
    scope = {"agencies": [{"id": "police", "name": "Constabulary"}]}
    assert form.validate({"answer": "police"}, scope) == {"answer": "police"}
    assert "police" in refused(form, {"answer": "fire"}, scope)["answer"]
    assert "no choice" in refused(form, {"answer": "fire"}, {"agencies": []})["answer"]


def test_a_choice_may_be_offered_only_in_some_cases_and_the_hint_says_why() -> None:
    settings = {"description": "A public body must answer.", "properties": {"offered_when": "={no: not(is_public)}"}}
    form = sound_form(choosing("radio", "yes", "no", **settings))
    assert form.validate({"answer": "no"}, {"is_public": False}) == {"answer": "no"}
    assert form.validate({"answer": "yes"}, {"is_public": True}) == {"answer": "yes"}
    assert refused(form, {"answer": "no"}, {"is_public": True}) == {
        "answer": "Answer: “No” is not offered here. A public body must answer."
    }


def test_what_is_shown_for_information_cannot_be_answered() -> None:
    assert "for information" in refused(sound_form(component(readonly=True)), {"answer": "x"})["answer"]


def reports_form(**settings: Any) -> Any:
    return sound_form(
        component(key="role"),
        component(
            "dynamiclist",
            "reports",
            components=[
                component("datetime", "reported_on", validate=REQUIRED),
                choosing("checklist", "police", "council", key="reported_to"),
                component(
                    key="officer", conditional={"hide": '=role != "x" and not(list contains(reported_to, "police"))'}
                ),
            ],
            **settings,
        ),
    )


def test_the_entries_of_a_list_become_contexts() -> None:
    answers = [
        {"reported_on": "2026-03-01", "reported_to": ["police"], "officer": "PC 1"},
        {"reported_on": "2026-03-02"},
    ]
    assert reports_form().validate({"reports": answers}) == {
        "reports": [
            {"reported_on": date(2026, 3, 1), "reported_to": ["police"], "officer": "PC 1"},
            {"reported_on": date(2026, 3, 2)},
        ]
    }


def test_an_entry_that_corrects_an_item_keeps_its_id() -> None:
    form = reports_form()
    entry = {"id": "reports-1", "reported_on": "2026-03-01"}
    assert form.validate({"reports": [entry]})["reports"][0]["id"] == "reports-1"
    for wrong in (3, "", "x", "reports-1; drop"):
        assert set(refused(form, {"reports": [{**entry, "id": wrong}]})) == {"reports[1].id"}


def test_what_is_wrong_in_an_entry_is_said_with_its_number() -> None:
    entries = [{"reported_on": "2026-03-01"}, {"reported_on": "soon", "colour": "red"}, {}]
    said = refused(reports_form(), {"reports": entries})
    assert set(said) == {"reports[2].reported_on", "reports[2].colour", "reports[3].reported_on"}


def test_a_condition_in_an_entry_reads_the_entry_and_the_form() -> None:
    entry = {"reported_on": "2026-03-01", "reported_to": ["council"], "officer": "PC 1"}
    assert set(refused(reports_form(), {"reports": [entry]})) == {"reports[1].officer"}
    assert reports_form().validate({"role": "x", "reports": [entry]})["reports"][0]["officer"] == "PC 1"


@pytest.mark.parametrize("wrong", ["x", {"reported_on": "2026-03-01"}, ["x"], [{}] * 301])
def test_what_is_no_list_of_entries_is_refused(wrong: Any) -> None:
    assert set(refused(reports_form(), {"reports": wrong})) == {"reports"}


def test_a_required_list_needs_an_entry() -> None:
    assert set(refused(reports_form(validate=REQUIRED), {})) == {"reports"}
    assert reports_form().validate({"reports": []}) == {}


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (["consent.pdf", " photo.jpg ", "consent.pdf"], ["consent.pdf", "photo.jpg"]),
        ("consent.pdf", ["consent.pdf"]),
        ([f"{n}.pdf" for n in range(20)], [f"{n}.pdf" for n in range(20)]),
    ],
)
def test_files_are_told_by_their_names(answer: Any, told: list[str]) -> None:
    form = sound_form(component("filepicker", "papers", multiple=True, accept=".pdf, .JPG"))
    assert form.validate({"papers": answer}) == {"papers": told}
    assert form.questions[0].field.accept == (".pdf", ".jpg")


@pytest.mark.parametrize(
    ("settings", "answer", "said"),
    [
        ({}, ["a.pdf", "b.pdf"], "only 1"),
        ({"multiple": True}, [f"{n}.pdf" for n in range(21)], "at most 20"),
        ({}, ["../a.pdf"], "no / and no"),
        ({}, ["..\\a.pdf"], "no / and no"),
        ({}, ["a\x00.pdf"], "no / and no"),
        ({}, ["a" * 201], "at most 200 characters"),
        ({}, [{"name": "a.pdf"}], "as texts"),
        ({}, [""], "as texts"),
        ({"validate": {"required": True}}, [], "Answer"),
    ],
)
def test_files_that_cannot_be_taken_are_refused(settings: dict[str, Any], answer: Any, said: str) -> None:
    with pytest.raises(FormAnswersError, match=said):
        sound_form(component("filepicker", "papers", **settings)).validate({"papers": answer})
