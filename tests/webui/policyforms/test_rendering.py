"""A form as HTML: every kind of question, what was typed, what is wrong, and where the focus goes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from tests.forms.builders import choosing, component, sound_form
from tests.webui.policyforms.every_kind import SCOPE, every_kind
from tests.webui.policyforms.pages import drawn, drawn_problems, sent_from, words
from webui.policyforms import read_answers

REQUIRED = {"required": True}
TYPED = {
    "applicant_name": "<b>A & B</b>",
    "email": "not an address",
    "phone": "020 7946 0123",
    "story": "\none\n\ntwo",
    "floors": "two",
    "consent": True,
    "is_met": "false",
    "reached": "yes",
    "told": 'That "we" call.',
    "ways": ["letter", "email"],
    "team": "council",
    "happened_on": "2026-02-31",
    "at": "soon",
    "meets_at": "2026-03-27T14:30",
    "papers": ["a.pdf", "b.pdf"],
    "chair": "",
    "agencies": [
        {"agency_name": "Police", "is_public": "yes", "asked_on": "x\n\n2026", "id": "agencies-1"},
        {"agency_name": " ", "is_public": "no"},
    ],
}


def labels(page: Any) -> list[str]:
    return [words(each) for each in page.iter("label", "legend")]


def test_what_was_typed_comes_back_exactly_however_wrong_it_is() -> None:
    answers, _ = read_answers(every_kind(), sent_from(drawn(every_kind(), TYPED)))
    assert answers == TYPED


def test_what_is_not_asked_at_the_moment_is_kept_for_when_it_is() -> None:
    typed = {**TYPED, "reached": "no"}
    page = drawn(every_kind(), typed)
    assert "What was said?" not in labels(page)
    assert read_answers(every_kind(), sent_from(page))[0] == typed


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        (component("datetime"), date(2026, 3, 7), {"answer-day": "7", "answer-month": "3", "answer-year": "2026"}),
        (component("datetime", subtype="time"), time(9, 5), {"answer": "09:05"}),
        (
            component("datetime", subtype="datetime"),
            datetime(2026, 7, 1, 9, 5, tzinfo=UTC),
            {"answer-day": "1", "answer-month": "7", "answer-year": "2026", "answer-time": "10:05"},
        ),
        (component("number"), Decimal("1250.50"), {"answer": "1250.50"}),
        (component("number", defaultValue=2), None, {"answer": "2"}),
        (component("textfield", defaultValue="Town hall"), None, {"answer": "Town hall"}),
        (choosing("radio", "yes", "no", defaultValue="no"), None, {"answer": "no"}),
    ],
)
def test_a_value_of_the_case_and_a_default_stand_in_the_input(
    field: dict[str, Any], value: Any, shown: dict[str, str]
) -> None:
    page = drawn(sound_form(field), {} if value is None else {"answer": value})
    assert {name: texts[-1] for name, texts in sent_from(page).lists()} == shown


def test_an_answer_that_was_emptied_does_not_get_its_default_back() -> None:
    page = drawn(sound_form(component("number", defaultValue=2)), {"answer": ""})
    assert sent_from(page)["answer"] == ""


def test_what_may_be_left_out_says_so_and_a_checkbox_need_not() -> None:
    form = sound_form(
        component(key="one", validate=REQUIRED),
        component(key="two"),
        component("checkbox", "three"),
    )
    assert labels(drawn(form)) == ["One", "Two (optional)", "Three"]


def test_every_input_has_a_label_a_hint_and_its_error() -> None:
    form = sound_form(component(label="Name", description="In full."))
    [field] = drawn(form, problems=[("answer", "Name: Write it on one line.")]).xpath("//input[@id='answer']")
    described = [field.getroottree().xpath(f"//*[@id='{each}']")[0] for each in field.get("aria-describedby").split()]
    assert [words(each) for each in described] == ["In full.", "Error: Write it on one line."]


def test_the_summary_leads_to_the_inputs_in_the_order_of_the_page() -> None:
    page = drawn_problems(
        every_kind(),
        (
            ("agencies[2].asked_on", "When was it asked?: There is no such day."),
            ("nothing", "This form does not ask for it."),
            ("happened_on", "When did it happen?: There is no such day."),
            ("ways", "Answer “How may we reach you?”."),
            ("agencies", "Add at least one entry to “Agencies to ask”."),
        ),
    )
    assert [(each.get("href"), words(each)) for each in page.iter("a")] == [
        ("#ways", "Answer “How may we reach you?”."),
        ("#happened_on-day", "When did it happen? There is no such day."),
        ("#agencies-add", "Add at least one entry to “Agencies to ask”."),
        ("#agencies.1.asked_on-day", "Agencies to ask, entry 2: When was it asked? There is no such day."),
    ]
    ids = set(drawn(every_kind(), TYPED).xpath("//@id"))
    assert {each.get("href")[1:] for each in page.iter("a")} - ids == {"agencies.1.asked_on-day"}
    assert "This form does not ask for it." in words(page)


@pytest.mark.parametrize("path", ["", "x[0]", "agencies[99999].", "agencies[2].id", "a[b].c", "агентство", "]." * 50])
def test_no_path_breaks_the_page(path: str) -> None:
    assert "Wrong." in words(drawn_problems(every_kind(), ((path, "Wrong."),)))
    drawn(every_kind(), problems=[(path, "Wrong.")])


def test_a_text_is_markdown_without_html_pictures_and_scripts() -> None:
    text = "# Read\n\n<script>x</script> **this** ![p](https://x.example/p.png) [here](javascript:x) [there](/help)"
    page = drawn(sound_form(component("text", None, text=text)))
    assert words(page.find(".//h2")) == "Read"
    assert words(page.find(".//strong")) == "this"
    assert page.xpath("//a/@href") == ["https://x.example/p.png", "/help"]
    assert page.xpath("//script | //img") == []


def test_only_one_question_is_drawn_as_the_page_and_none_where_it_is_not_asked() -> None:
    for key in every_kind().keys:
        page = drawn(every_kind(), TYPED, only=key)
        if key != "panel_missing":
            assert len(page.findall(".//h1")) == 1, key
        answers, _ = read_answers(every_kind(), sent_from(page))
        assert answers == {each: answer for each, answer in TYPED.items() if each == key}
    assert len(drawn(every_kind(), {"reached": "no"}, only="told")) == 0
    assert len(drawn(every_kind(), only="nothing")) == 0


def test_what_is_shown_for_information_comes_from_the_case() -> None:
    page = drawn(
        sound_form(component("datetime", dateLabel="Heard on", readonly=True)), scope={"answer": date(2026, 3, 7)}
    )
    assert words(page).endswith("7 March 2026")
    assert sent_from(page) == {}


def test_an_item_on_record_is_corrected_and_not_removed() -> None:
    page = drawn(every_kind(), {"agencies": [{"id": "agencies-1"}, {}]}, scope=SCOPE)
    assert page.xpath("//button[@name='remove']/@value") == ["agencies.1"]
    assert sent_from(page)["agencies.0.id"] == "agencies-1"


def test_a_list_that_needs_an_entry_starts_with_one() -> None:
    inner = [component(key="what")]
    needed = sound_form(component("dynamiclist", "reports", components=inner, validate=REQUIRED))
    free = sound_form(component("dynamiclist", "reports", components=inner))
    assert drawn(needed).xpath("//legend[.='Entry 1']")
    assert not drawn(free).xpath("//legend[.='Entry 1']")
    assert not drawn(needed, {"reports": []}).xpath("//legend[.='Entry 1']")


@pytest.mark.parametrize(
    ("action", "focused"),
    [
        ("add:agencies", "agencies.1.agency_name"),
        ("remove:agencies.2", "agencies-add"),
        ("update", "applicant_name"),
        ("add:agencies.9.x", None),
        ("add:story", None),
        ("remove:x", None),
        ("complete", None),
    ],
)
def test_the_focus_goes_where_the_page_has_changed(action: str, focused: str | None) -> None:
    page = drawn(every_kind(), {"agencies": [{"agency_name": "Police"}, {}], "story": "x"}, action=action)
    assert page.xpath("//*[@autofocus]/@id") == ([focused] if focused else [])


def test_the_first_button_sends_the_answers_so_that_enter_removes_nothing() -> None:
    first = drawn(every_kind()).xpath("//button")[0]
    assert (first.get("name"), first.get("tabindex")) == (None, "-1")


def test_questions_can_be_updated_only_where_one_decides_about_another() -> None:
    assert drawn(every_kind()).xpath("//button[@value='update']")
    assert drawn(every_kind()).xpath("//*[@data-controls]/@data-part") == ["reached", "agencies.0.is_public"]
    assert not drawn(sound_form(component())).xpath("//button")
    assert not drawn(every_kind(), TYPED, only="told").xpath("//button")


def test_addresses_of_others_are_not_filled_in_with_those_of_the_reader() -> None:
    form = sound_form(component(validate={"validationType": "email"}))
    assert drawn(form).xpath("//input[@type='email']/@autocomplete") == ["off"]
    assert drawn(form, is_about_reader=True).xpath("//input[@type='email']/@autocomplete") == ["email"]


def test_answers_of_any_shape_are_drawn() -> None:
    for key in every_kind().keys:
        for answer in ({"x": 1}, [1, None], 5, None, True, "\x00"):
            drawn(every_kind(), {key: answer})


def test_three_hundred_entries_are_drawn_and_no_more() -> None:
    page = drawn(every_kind(), {"agencies": [{"agency_name": str(number)} for number in range(1_000)]})
    assert len(page.xpath("//legend[starts-with(., 'Entry')]")) == 300


def test_the_hint_of_a_checkbox_stands_under_its_label() -> None:
    form = sound_form(component("checkbox", label="The applicant stays anonymous", description="Say why."))
    [box] = drawn(form).xpath("//input[@type='checkbox']")
    assert words(box.getparent()) == "The applicant stays anonymous Say why."
    assert box.get("aria-describedby") == "answer-item-hint"


def test_yes_or_no_is_two_buttons_of_which_none_is_chosen_until_somebody_does() -> None:
    form = sound_form(component("checkbox", "met", label="Is it met?", properties={"asked_as": "yes or no"}))
    for answers, chosen in (({}, []), ({"met": True}, ["true"]), ({"met": "false"}, ["false"])):
        page = drawn(form, answers)
        radios = [each for each in page.iter("input") if each.get("type") == "radio"]
        assert [each.get("value") for each in radios] == ["true", "false"]
        assert [each.get("value") for each in radios if each.get("checked") is not None] == chosen
