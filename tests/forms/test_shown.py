"""Which questions are asked as the answers stand, and which answers count."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import FormAnswersError
from tests.forms.builders import choosing, component, sound_form

HIDDEN_UNLESS_YES = {"hide": '=agrees != "yes"'}


def asking_more(**settings: Any) -> Any:
    return sound_form(
        choosing("radio", "yes", "no", key="agrees"),
        component(key="by", conditional=HIDDEN_UNLESS_YES, **settings),
        component(key="since", conditional={"hide": "=by = null"}),
    )


def test_a_question_is_asked_once_the_answer_it_waits_for_is_given() -> None:
    form = asking_more()
    assert form.shown({}).keys == {"agrees"}
    assert form.shown({"agrees": "yes"}).keys == {"agrees", "by"}
    assert form.shown({"agrees": "yes", "by": "A. Lee"}).keys == {"agrees", "by", "since"}


def test_what_hangs_on_a_question_that_is_no_longer_asked_goes_with_it() -> None:
    answers = {"agrees": "no", "by": "A. Lee", "since": "May"}
    shown = asking_more().shown(answers)
    assert shown.keys == {"agrees"}
    assert shown.answers == {"agrees": "no"}


def test_a_wrong_answer_counts_as_none_for_the_conditions_and_is_left_to_the_check() -> None:
    shown = asking_more().shown({"agrees": "perhaps"})
    assert shown.keys == {"agrees"}
    assert shown.answers == {"agrees": "perhaps"}


def test_an_entry_asks_by_its_own_answers_and_then_by_those_of_the_form() -> None:
    inner = [
        choosing("radio", "yes", "no", key="agrees"),
        component(key="by", conditional=HIDDEN_UNLESS_YES),
        component(key="leader", conditional={"hide": "=not(has_leader = true)"}),
    ]
    form = sound_form(component("checkbox", "has_leader"), component("dynamiclist", "bodies", components=inner))
    shown = form.shown({"has_leader": True, "bodies": [{"agrees": "yes"}, {"by": "gone", "id": "bodies-1"}]})
    first, second = shown.entries["bodies"]
    assert first.keys == {"agrees", "by", "leader"}
    assert second.keys == {"agrees", "leader"}
    assert shown.answers["bodies"] == [{"agrees": "yes"}, {"id": "bodies-1"}]


def test_a_group_hides_what_stands_in_it() -> None:
    group = component("group", None, components=[component(key="by")], conditional=HIDDEN_UNLESS_YES)
    form = sound_form(choosing("radio", "yes", "no", key="agrees"), group)
    assert form.shown({}).keys == {"agrees"}
    assert not form.shown({}).shows(form.fields[1])
    assert form.shown({"agrees": "yes"}).shows(form.fields[1])


def test_an_empty_answer_counts_only_where_something_is_on_record() -> None:
    form = sound_form(component(key="by"), component("dynamiclist", "bodies", components=[component(key="name")]))
    answers = {"by": "", "bodies": [{"id": "bodies-1", "name": ""}, {"name": ""}]}
    assert form.shown(answers).answers == {"bodies": [{"id": "bodies-1"}, {}]}
    on_record = {"by": "A. Lee", "bodies": [{"id": "bodies-1", "name": "Police"}]}
    assert form.shown(answers, on_record).answers == {"by": "", "bodies": [{"id": "bodies-1", "name": ""}, {}]}


def test_what_is_shown_for_information_is_no_answer() -> None:
    form = sound_form(component(key="by", readonly=True))
    shown = form.shown({"by": "forged"})
    assert shown.keys == {"by"}
    assert shown.answers == {}


def test_computed_options_are_those_of_the_case() -> None:
    form = sound_form(
        component("select", "who", valuesExpression="=for a in bodies return {value: a.id, label: a.name}")
    )
    shown = form.shown({}, {"bodies": [{"id": "b-1", "name": "Police"}]})
    [option] = shown.options_of(form.fields[0])
    assert (option.value, option.label) == ("b-1", "Police")
    assert form.shown({}).options_of(form.fields[0]) == ()


def test_conditions_in_a_circle_come_to_an_end() -> None:
    form = sound_form(
        component(key="one", conditional={"hide": "=two != null"}),
        component(key="two", conditional={"hide": "=one != null"}),
    )
    assert form.shown({"one": "a", "two": "b"}).keys <= {"one", "two"}


@pytest.mark.parametrize(
    "answers", [{"bodies": "x"}, {"bodies": [1, None]}, {"bodies": [{"name": {}}] * 400}, {"x": 1}]
)
def test_answers_of_any_shape_are_borne(answers: dict[str, Any]) -> None:
    form = sound_form(component("dynamiclist", "bodies", components=[component(key="name")]))
    assert form.shown(answers).keys == {"bodies"}


@given(
    st.dictionaries(
        st.sampled_from(["agrees", "by", "since"]), st.sampled_from(["yes", "no", "", "A. Lee"]), max_size=3
    )
)
def test_the_check_never_refuses_an_answer_as_not_asked_among_those_that_count(answers: dict[str, Any]) -> None:
    form = asking_more(validate={"required": True})
    problems: tuple[tuple[str, str], ...] = ()
    try:
        form.validate(form.shown(answers).answers)
    except FormAnswersError as error:
        problems = error.problems
    assert not [sentence for _, sentence in problems if "not asked" in sentence]
