"""The one form of an application, as the public fills it in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from engine.errors import FormAnswersError
from engine.forms import Form, PublicForm
from tests.forms.builders import choosing, component, form_of, sound_form

NOW = datetime(2026, 3, 2, 10, 15, tzinfo=UTC)


def application() -> Form:
    return sound_form(
        component("datetime", "received_on", subtype="date", validate={"required": True},
                  properties={"for_public": "=today()"}),
        choosing("select", "online", "phone", key="channel", validate={"required": True},
                 properties={"for_public": "online"}),
        choosing("radio", "victim", "senior_manager", "friend", key="role", validate={"required": True},
                 properties={"public_options": "friend, victim", "public_label": "Who are you?"}),
        component("textfield", "grade", validate={"required": True}, conditional={"hide": '=role != "senior_manager"'}),
        component("textfield", "why", conditional={"hide": "=grade = null"}),
        component("textfield", "consent", conditional={"hide": '=role != "friend"'}, description="Staff words",
                  properties={"public_hint": "Your words"}),
        component("textfield", "caller", conditional={"hide": '=channel != "phone"'}),
    )  # fmt: skip


def problems(answers: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(FormAnswersError) as raised:
        PublicForm(application()).validate(answers, now=NOW)
    return dict(raised.value.problems)


def test_what_is_stamped_or_can_never_come_up_is_not_asked() -> None:
    public = PublicForm(application())
    assert [question.field.key for question in public.questions] == ["role", "consent"]
    assert public.stamped == ("received_on", "channel")
    assert public.never_asked == {"grade", "why", "caller"}


def test_the_public_is_asked_in_its_own_words_and_offered_its_own_options_in_the_order_of_the_form() -> None:
    role, consent = PublicForm(application()).questions
    assert (role.field.label, [option.value for option in role.field.options]) == ("Who are you?", ["victim", "friend"])
    assert (consent.field.label, consent.field.hint) == ("Consent", "Your words")


def test_the_form_of_staff_stays_as_it_is() -> None:
    form = application()
    PublicForm(form)
    assert form.keys == ("received_on", "channel", "role", "grade", "why", "consent", "caller")
    assert [option.value for option in form.questions[2].field.options] == ["victim", "senior_manager", "friend"]


def test_what_is_stamped_joins_what_was_answered() -> None:
    told = PublicForm(application()).validate({"role": "friend", "consent": "yes"}, now=NOW)
    assert told == {"received_on": date(2026, 3, 2), "channel": "online", "role": "friend", "consent": "yes"}


def test_an_answer_to_what_is_stamped_is_refused() -> None:
    found = problems({"received_on": "2020-01-01", "channel": "phone", "role": "victim"})
    assert found.keys() == {"received_on", "channel"}
    assert "stamped" in found["channel"]


def test_an_answer_to_what_is_not_asked_or_not_offered_is_refused_with_all_else_that_is_wrong() -> None:
    found = problems({"role": "senior_manager", "grade": "Inspector", "colour": "red"})
    assert found.keys() == {"role", "grade", "colour"}
    assert "victim, friend" in found["role"]


def test_an_expression_that_gives_no_fitting_answer_says_so() -> None:
    form = sound_form(component("datetime", "on", subtype="date", properties={"for_public": '="soon"'}))
    with pytest.raises(FormAnswersError, match="answered for the public cannot be taken: Give a day"):
        PublicForm(form).answers_for_public(now=NOW)


def test_what_is_answered_with_null_is_left_out() -> None:
    form = sound_form(component("textfield", "note", properties={"for_public": "=null"}))
    assert PublicForm(form).validate({}, now=NOW) == {}


def test_a_question_that_depends_on_free_words_or_the_council_is_asked() -> None:
    form = sound_form(
        component("textfield", "name"),
        component("textfield", "title", conditional={"hide": '=name = "Nobody"'}),
        component("textfield", "ward", conditional={"hide": "=council.is_parish"}),
        component("textfield", "soon", conditional={"hide": "=now() > now()"}),
    )
    assert [question.field.key for question in PublicForm(form).questions] == ["name", "title", "ward", "soon"]


def test_a_group_in_which_nothing_is_left_is_not_shown_and_a_list_keeps_its_narrowed_options() -> None:
    form = sound_form(
        choosing("radio", "a", "b", key="which", properties={"public_options": "a"}),
        component("group", None, conditional={"hide": '=which != "b"'}, components=[component("textfield", "hidden")]),
        component("group", None, id="kept", components=[component("textfield", "seen")]),
        component(
            "dynamiclist", "reports",
            components=[choosing("select", "x", "y", key="kind", properties={"public_options": "y"})],
        ),
    )  # fmt: skip
    asked = PublicForm(form).asked
    assert [field.id for field in asked.fields] == ["field_which", "kept", "field_reports"]
    assert [option.value for option in asked.collections["reports"].fields[0].options] == ["y"]


def test_too_many_combinations_are_not_tried_and_the_question_is_asked() -> None:
    many = [choosing("radio", *(f"v{n}" for n in range(20)), key=f"q{n}") for n in range(4)]
    hide = "=" + " or ".join([*(f'q{n} != "x"' for n in range(4)), "true"])
    form = sound_form(*many, component("textfield", "last", conditional={"hide": hide}))
    assert "last" in PublicForm(form).asked.keys


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (component("textfield", "a", properties={"for_public": ""}), "says nothing"),
        (component("textfield", "a", properties={"for_public": "=1 +"}), "cannot be read"),
        (choosing("radio", "x", key="a", properties={"for_public": "z"}), "Choose one of: x"),
        (choosing("radio", "x", key="a", properties={"public_options": "x, z"}), "names “z”"),
        (choosing("radio", "x", key="a", properties={"public_options": ""}), "names none"),
        (component("textfield", "a", properties={"public_options": "x"}), "no written choices"),
        (component("dynamiclist", "a", properties={"for_public": "x"}), "can only be asked"),
        (component("text", None, properties={"for_public": "x"}), "Nothing is answered here"),
    ],
)
def test_what_cannot_be_said_of_the_public_is_a_problem(wrong: dict[str, Any], said: str) -> None:
    (problem,) = form_of(wrong).problems
    assert said in problem.sentence
