"""A person as an answer: who may be picked, what is found otherwise, and what the public is never asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.errors import FormAnswersError
from engine.forms import Form, PublicForm
from engine.staff.known_people import KnownPeople, KnownPerson
from tests.forms.builders import component, form_of, sound_form


def staff(name: str, *, team: str = "office", of_council: bool = True, manager: str | None = None) -> KnownPerson:
    details: dict[str, str | None] = {"role": None, "email": None, "phone": None, "agency": "The Council"}
    return KnownPerson(
        person_id=f"staff:{name}", name=name, details=details, teams=frozenset({team}), works_here=True,
        is_of_council=of_council, line_manager=manager,
    )  # fmt: skip


def entry(person_id: str, name: str, **told: str) -> KnownPerson:
    return KnownPerson(
        person_id=person_id, name=name, details={"role": None, "email": None, "phone": None, "agency": None, **told}
    )


def people(*more: KnownPerson) -> KnownPeople:
    known = (staff("Officer", manager="Manager"), staff("Manager", team="panel"), staff("Inspector", of_council=False))
    return KnownPeople(lambda: (*known, *more))


def asking(source: str = "any", **properties: str) -> Form:
    return sound_form(component("select", "chair", properties={"person": source, **properties}))


def problem(form: Form, answers: dict[str, Any], known: KnownPeople) -> str:
    with pytest.raises(FormAnswersError) as raised:
        form.validate(answers, people=known)
    [(_, sentence)] = raised.value.problems
    return sentence


def test_a_person_is_found_by_name_however_it_is_written_and_by_id() -> None:
    by_name = asking().validate({"chair": "officer"}, people=people())["chair"]
    assert by_name == asking().validate({"chair": "staff:Officer"}, people=people())["chair"]
    assert (by_name["id"], by_name["name"], by_name["agency"]) == ("staff:Officer", "Officer", "The Council")
    assert by_name["line_manager"]["id"] == "staff:Manager"
    assert by_name["head_of_service"] is None


def test_a_name_that_is_not_known_is_new_once_and_keeps_its_id() -> None:
    known = people()
    form = sound_form(*(component("select", key, properties={"person": "any"}) for key in ("chair", "contact")))
    told = form.validate({"chair": "Dr New", "contact": {"name": "Dr New", "email": "new@example.org"}}, people=known)
    assert told["chair"]["id"] == told["contact"]["id"]
    assert told["contact"]["email"] == "new@example.org"
    [added] = known.added.values()
    assert added.details["email"] == "new@example.org"


def test_looking_at_what_is_asked_adds_nobody() -> None:
    known = people()
    asking().shown({"chair": "Dr New"}, people=known)
    assert not known.added
    assert len(known.options(("any",))) == 3


@pytest.mark.parametrize(
    ("source", "offered"),
    [
        ("council", ["Manager", "Officer"]),
        ("agencies", ["Dr Known", "Inspector"]),
        ("team:panel", ["Manager"]),
        ("address_book", ["Dr Known"]),
        ("council, address_book", ["Dr Known", "Manager", "Officer"]),
        ("any", ["Dr Known", "Inspector", "Manager", "Officer"]),
    ],
)
def test_the_property_says_who_may_be_picked(source: str, offered: list[str]) -> None:
    form = asking(source)
    shown = form.shown({}, people=people(entry("person-1", "Dr Known", agency="A Charity")))
    assert [option.label.partition(" — ")[0] for option in shown.options_of(form.fields[0])] == offered


def test_somebody_who_may_not_be_picked_is_refused_with_who_may() -> None:
    assert problem(asking("team:panel"), {"chair": "Officer"}, people()) == (
        "Chair: Officer cannot be picked here. Choose one of: Manager — The Council."
    )
    assert "cannot be picked" in problem(asking("team:panel"), {"chair": "Dr New"}, people())
    assert "nobody with the id" in problem(asking(), {"chair": {"id": "person-9"}}, people())


def test_two_people_of_one_name_are_refused_with_both_ids() -> None:
    known = people(entry("person-1", "Sam"), entry("person-2", "Sam", role="Nurse"))
    sentence = problem(asking(), {"chair": "Sam"}, known)
    assert "person-1" in sentence
    assert "Sam — Nurse (person-2)" in sentence
    assert asking().validate({"chair": "person-2"}, people=known)["chair"]["role"] == "Nurse"


def test_what_is_said_of_a_person_fills_what_is_not_known_and_may_not_contradict_what_is() -> None:
    known = people(entry("person-1", "Sam", email="sam@example.org"))
    told = asking().validate({"chair": {"name": "Sam", "role": "Nurse"}}, people=known)["chair"]
    assert (told["id"], told["role"], told["email"]) == ("person-1", "Nurse", "sam@example.org")
    assert "known with another email" in problem(asking(), {"chair": {"name": "Sam", "email": "x@example.org"}}, known)


def test_nobody_who_works_here_is_somebody_else_of_another_name() -> None:
    works_here = replace(staff("Clerk"), details={**staff("Clerk").details, "email": "clerk@council.example"})
    told = {"name": "C. Lerk", "email": "Clerk@council.example"}
    for known in (people(works_here), people(works_here, entry("person-1", "C. Lerk"))):
        assert "is the address of Clerk, who works here" in problem(asking(), {"chair": told}, known)
    assert (
        asking().validate({"chair": {**told, "name": "Clerk"}}, people=people(works_here))["chair"]["id"]
        == "staff:Clerk"
    )


def test_an_address_that_is_asked_elsewhere_stands_in() -> None:
    form = sound_form(
        component("select", "chair", properties={"person": "any", "email": "=chair_email"}),
        component("textfield", "chair_email", properties={"asked": "no"}),
    )
    told = form.validate({"chair": "Dr New", "chair_email": "new@example.org"}, people=people())
    assert told["chair"]["email"] == "new@example.org"
    assert form.validate({"chair": "Dr Other"}, people=people())["chair"]["email"] is None


def test_what_nobody_answers_is_answered_otherwise_and_missed_only_where_that_gives_nothing() -> None:
    form = sound_form(
        component("select", "chair", properties={"person": "any"}, validate={"required": True}),
        component("select", "manager", properties={"person": "any", "otherwise": "=chair.line_manager"},
                  validate={"required": True}),
    )  # fmt: skip
    assert form.validate({"chair": "Officer"}, people=people())["manager"]["name"] == "Manager"
    assert form.validate({"chair": "Officer", "manager": "Dr New"}, people=people())["manager"]["name"] == "Dr New"
    assert problem(form, {"chair": "Inspector"}, people()) == "Answer “Manager”."


def test_what_is_asked_on_no_page_is_left_out_where_nobody_sends_it() -> None:
    form = sound_form(component("checkbox", "old", properties={"asked": "no"}), component("textfield", "new"))
    assert form.validate({"new": "x"}) == {"new": "x"}
    assert form.validate({"old": True}) == {"old": True}


@pytest.mark.parametrize(
    "answer",
    [{}, {"name": ""}, {"name": "X", "email": "nowhere"}, {"name": "X", "salary": "1"}, {"name": ["X"]}, 7, {"id": 7}],
)
def test_what_is_no_person_is_refused(answer: Any) -> None:
    assert problem(asking(), {"chair": answer}, people()).startswith("Chair: ")


def test_the_public_is_never_asked_for_a_person() -> None:
    form = sound_form(
        component("select", "chair", properties={"person": "any"}, validate={"required": True}),
        component("textfield", "name"),
        component("dynamiclist", "bodies", components=[component("select", "who", properties={"person": "any"}),
                                                       component("textfield", "what")]),
    )  # fmt: skip
    public = PublicForm(form)
    assert [question.field.key for question in public.questions] == ["name", "bodies"]
    assert public.validate({"name": "A"}, people=people()) == {"name": "A"}
    with pytest.raises(FormAnswersError, match="not asked"):
        public.validate({"chair": "Officer"}, people=people())
    with pytest.raises(FormAnswersError, match="does not ask"):
        public.validate({"bodies": [{"who": "Officer"}]}, people=people())


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (component("textfield", "chair", properties={"person": "any"}), "no select"),
        (component("person", "chair"), "no select"),
        (component("select", "chair", properties={"person": "everybody"}), "Write who may be picked"),
        (
            component("select", "chair", values=[{"value": "a", "label": "A"}], properties={"person": "any"}),
            "own choices",
        ),
        (component("textfield", "old", properties={"asked": "never"}), "Write no"),
        (component("textfield", "old", properties={"asked": "no"}, validate={"required": True}), "required"),
        (component("textfield", "old", properties={"otherwise": "chair"}), "no expression"),
    ],
)
def test_what_a_property_cannot_say_is_named(asked: dict[str, Any], words: str) -> None:
    [found] = form_of(asked).problems
    assert words in found.sentence


def test_the_choice_that_the_form_editor_writes_into_a_list_without_choices_counts_as_none() -> None:
    written = component("select", "chair", values=[{"label": "Value", "value": "value"}], properties={"person": "any"})
    assert form_of(written).problems == ()
