"""A question for a person on a page: those who are known to choose from, and what is asked of somebody else."""

from __future__ import annotations

from typing import Any

from lxml import html
from werkzeug.datastructures import MultiDict

from engine.forms import Form
from engine.staff.known_people import KnownPeople, KnownPerson
from tests.forms.builders import component, sound_form
from tests.webui.policyforms.pages import drawn, sent_from, words
from webui.policyforms import read_answers

ELSE = {"name": "Dr New", "role": "Nurse", "email": "new@example.org", "phone": "", "agency": "A Charity"}


def people() -> KnownPeople:
    details = {"role": "Officer", "email": None, "phone": None, "agency": "The Council"}
    return KnownPeople(lambda: [KnownPerson(person_id="staff:Sam", name="Sam", details=details, works_here=True)])


def form(**properties: str) -> Form:
    chair = component("select", "chair", properties={"person": "any", **properties})
    return sound_form(chair, component("dynamiclist", "bodies", components=[{**chair, "key": "member"}]))


def page(answers: dict[str, Any], asked: Form | None = None, **settings: Any) -> html.HtmlElement:
    return drawn(asked or form(), answers, people=people(), **settings)


def test_people_are_chosen_by_name_role_and_agency() -> None:
    [options] = [words(each) for each in page({}).xpath("//select[@name='chair']")]
    assert options == "Choose one Sam — Officer, The Council Somebody else"


def test_somebody_else_is_offered_only_where_others_may_be_named() -> None:
    assert "Somebody else" not in words(page({}, form(person="council")))


def test_what_is_asked_of_somebody_else_comes_with_the_choice_and_comes_back() -> None:
    answers = {"chair": ELSE, "bodies": [{"member": ELSE}]}
    sent = sent_from(page(answers))
    assert read_answers(form(), sent)[0] == answers
    assert sent["bodies.0.member"] == "somebody-else"
    assert page({}).xpath("//input[@name='chair-name']") == []
    assert words(page(answers).xpath("//fieldset[legend='Chair: somebody else']/legend")[0])


def test_a_person_who_is_chosen_comes_back_by_id() -> None:
    assert read_answers(form(), sent_from(page({"chair": "staff:Sam"})))[0]["chair"] == "staff:Sam"


def test_choosing_somebody_else_without_scripts_asks_who_it_is() -> None:
    answers, action = read_answers(form(), MultiDict({"chair": "somebody-else", "action": "update"}))
    assert action == "update"
    assert page(answers).xpath("//input[@name='chair-name']")
    assert page({}).xpath("//button[normalize-space()='Update the questions']")


def test_who_stands_on_record_can_be_left_as_they_are() -> None:
    gone = {"id": "staff:Gone", "name": "Gone", "role": None, "email": None, "phone": None, "agency": None}
    scope = {"bodies": [{"id": "bodies-1", "member": gone}]}
    shown = page({"bodies": [{"id": "bodies-1", "member": "staff:Gone"}]}, scope=scope)
    assert sent_from(shown)["bodies.0.member"] == "staff:Gone"
