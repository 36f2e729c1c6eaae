"""What a browser sends, as answers; and back onto the page."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from engine.errors import FormAnswersError
from engine.forms import Form
from tests.forms.builders import choosing, component, sound_form
from tests.webui.policyforms.every_kind import every_kind
from webui.policyforms import first_answers, read_answers


def read(form: Form, *pairs: tuple[str, str]) -> tuple[dict[str, Any], str]:
    return read_answers(form, MultiDict(list(pairs)))


def listing(*inner: dict[str, Any], **settings: Any) -> Form:
    return sound_form(
        component("dynamiclist", "reports", components=list(inner or [component(key="what")]), **settings)
    )


@pytest.mark.parametrize(
    ("field", "sent", "answer"),
    [
        (component(), {"answer": " A. Lee "}, " A. Lee "),
        (component("textarea"), {"answer": "one\r\ntwo"}, "one\r\ntwo"),
        (component("number"), {"answer": "1,250"}, "1,250"),
        (component("checkbox"), {"answer": ["", "true"]}, True),
        (component("checkbox"), {"answer": ""}, False),
        (choosing("radio", "yes", "no"), {"answer": "yes"}, "yes"),
        (choosing("radio", "yes", "no"), {"answer": ""}, ""),
        (choosing("checklist", "a", "b"), {"answer": ["", "a", "b"]}, ["a", "b"]),
        (choosing("checklist", "a", "b"), {"answer": ""}, []),
        (component("datetime"), {"answer-day": "7", "answer-month": "3", "answer-year": "2026"}, "2026-03-07"),
        (component("datetime"), {"answer-day": "07", "answer-month": "March", "answer-year": "2026"}, "2026-03-07"),
        (component("datetime"), {"answer-day": "", "answer-month": "", "answer-year": ""}, ""),
        (component("datetime"), {"answer-day": "31", "answer-month": "2", "answer-year": "2026"}, "2026-02-31"),
        (component("datetime", subtype="time"), {"answer": "9.30pm"}, "21:30"),
        (component("datetime", subtype="time"), {"answer": "12am"}, "00:00"),
        (component("datetime", subtype="time"), {"answer": "soon"}, "soon"),
        (
            component("datetime", subtype="datetime"),
            {"answer-day": "7", "answer-month": "3", "answer-year": "2026", "answer-time": "9:05"},
            "2026-03-07T09:05",
        ),
    ],
)
def test_each_kind_of_input_becomes_the_answer_that_is_checked(
    field: dict[str, Any], sent: dict[str, Any], answer: Any
) -> None:
    assert read_answers(sound_form(field), MultiDict(sent)) == ({"answer": answer}, "complete")


def test_what_was_not_on_the_page_is_no_answer() -> None:
    assert read(every_kind()) == ({}, "complete")


@pytest.mark.parametrize("parts", [("31", "2", "2026"), ("x", "", "2026"), ("1", "1", "26"), ("99", "99", "9999")])
def test_a_day_that_does_not_exist_is_refused_by_the_check(parts: tuple[str, str, str]) -> None:
    form = sound_form(component("datetime"))
    names = ("answer-day", "answer-month", "answer-year")
    answers, _ = read(form, *zip(names, parts, strict=True))
    with pytest.raises(FormAnswersError):
        form.validate(answers)


def test_entries_come_in_their_order_and_items_on_record_keep_their_ids() -> None:
    answers, _ = read(
        listing(),
        ("reports", "list"),
        ("reports.7.what", "second"),
        ("reports.2.what", "first"),
        ("reports.2.id", "reports-1"),
    )
    assert answers == {"reports": [{"what": "first", "id": "reports-1"}, {"what": "second"}]}


def test_an_entry_left_blank_is_left_out_when_the_answers_are_sent_and_kept_until_then() -> None:
    form = listing(component(key="what"), component("number", "times", defaultValue=2), component("checkbox", "done"))
    blank = (("reports", "list"), ("reports.0.what", " "), ("reports.0.times", "2"), ("reports.0.done", ""))
    assert read(form, *blank) == ({"reports": []}, "complete")
    assert read(form, *blank, ("action", "update"))[0]["reports"] == [{"what": " ", "times": "2", "done": False}]
    assert len(read(form, *blank, ("reports.0.id", "reports-1"))[0]["reports"]) == 1


def test_add_and_remove_are_done_before_the_page_is_drawn_again() -> None:
    sent = (("reports.0.what", "first"), ("reports.1.what", "second"))
    assert read(listing(), *sent, ("add", "reports")) == (
        {"reports": [{"what": "first"}, {"what": "second"}, {}]},
        "add:reports",
    )
    assert read(listing(), *sent, ("remove", "reports.0")) == ({"reports": [{"what": "second"}]}, "remove:reports.0")


def test_lists_in_lists_are_added_to_where_the_button_stands() -> None:
    form = listing(component("dynamiclist", "calls", components=[component(key="to")]))
    sent = (("reports.0.calls.0.to", "police"), ("reports.4.calls.0.to", "council"))
    answers, action = read(form, *sent, ("add", "reports.4.calls"))
    assert action == "add:reports.4.calls"
    assert answers == {"reports": [{"calls": [{"to": "police"}]}, {"calls": [{"to": "council"}, {}]}]}


@pytest.mark.parametrize(
    "button",
    [
        ("add", "nothing"),
        ("add", "reports.9.what"),
        ("add", "reports." * 200),
        ("remove", "reports.9"),
        ("remove", "reports.٣"),
        ("remove", "reports.0.what"),
        ("remove", "."),
        ("add", "\x00"),
    ],
)
def test_a_button_that_the_form_does_not_have_only_draws_the_page_again(button: tuple[str, str]) -> None:
    assert read(listing(), ("reports.0.what", "a"), button) == ({"reports": [{"what": "a"}]}, "update")


@pytest.mark.parametrize("action", ["", "Delete!", "x" * 50, "add", "remove"])
def test_an_action_that_is_no_word_sends_the_answers(action: str) -> None:
    assert read(listing(), ("action", action))[1] == "complete"


def test_more_entries_than_are_taken_are_refused_and_not_read() -> None:
    form = listing()
    answers, _ = read(form, *((f"reports.{number}.what", "a") for number in range(5_000)))
    assert len(answers["reports"]) == 301
    with pytest.raises(FormAnswersError, match="at most 300"):
        form.validate(answers)
    assert len(read(form, *((f"reports.{n}.what", "a") for n in range(300)), ("add", "reports"))[0]["reports"]) == 300


def test_nothing_that_no_database_keeps_comes_through() -> None:
    assert read(sound_form(component()), ("answer", "a\x00b"))[0] == {"answer": "ab"}


def test_what_is_only_shown_cannot_be_answered() -> None:
    assert read(sound_form(component(readonly=True)), ("answer", "forged"))[0] == {}


NAMES = st.lists(
    st.sampled_from(
        ["reports", "agencies", "id", "email", ".", "0", "1", "999999999", "-day", "\x00", "é", "_", "add"]
    ),
    max_size=8,
).map("".join)


@given(
    st.lists(st.tuples(NAMES | st.sampled_from(["add", "remove", "action"]), NAMES | st.text(max_size=20)), max_size=30)
)
def test_no_name_and_no_text_breaks_the_reading(pairs: list[tuple[str, str]]) -> None:
    answers, action = read(every_kind(), *pairs)
    assert set(answers) <= set(every_kind().keys)
    assert action


def test_a_list_starts_with_the_items_on_record() -> None:
    form = listing(component(key="what"), component("datetime", "on"), component(key="shown", readonly=True))
    items = [{"id": "reports-1", "what": "Noise", "shown": "x", "other": "y", "on": None}, "no item"]
    assert first_answers(form, {"reports": items, "what": "z"}) == {"reports": [{"what": "Noise", "id": "reports-1"}]}
    assert first_answers(form, {}) == {}
