"""Answers and facts as a person reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from lxml import html

from tests.forms.builders import choosing, component, sound_form
from tests.webui.policyforms.every_kind import NOW, every_kind, site
from tests.webui.policyforms.pages import words
from webui.policyforms import facts_as_rows, rows_of_answers


def said(field: dict[str, Any], value: Any) -> str:
    form = sound_form(field)
    with site().test_request_context():
        [row] = facts_as_rows(form.fields, {"answer": value})
    return words(html.fromstring(f"<div>{row['value']['html']}</div>"))


@pytest.mark.parametrize(
    ("field", "value", "words_for_it"),
    [
        (component(), "<i>A</i>", "<i>A</i>"),
        (component(), None, "Not answered"),
        (component("number"), Decimal("1250.5"), "1,250.5"),
        (component("number"), "1250", "1,250"),
        (component("checkbox"), True, "Yes"),
        (component("checkbox"), False, "No"),
        (choosing("radio", "yes", "no"), "yes", "Yes"),
        (choosing("select", "police", "council"), "withdrawn", "withdrawn"),
        (choosing("checklist", "letter", "phone"), ["phone", "letter"], "Phone Letter"),
        (choosing("checklist", "letter", "phone"), [], "Not answered"),
        (component("datetime"), date(2026, 5, 5), "5 May 2026"),
        (component("datetime"), "2026-05-05", "5 May 2026"),
        (component("datetime"), "31\nx\n2026", "31 x 2026"),
        (component("datetime", subtype="time"), "14:30", "14:30"),
        (component("datetime", subtype="datetime"), datetime(2026, 7, 1, 9, tzinfo=UTC), "1 July 2026 at 10:00"),
        (component("filepicker"), ["a.pdf"], "a.pdf"),
    ],
)
def test_each_kind_of_value_is_said_as_people_write_it(field: dict[str, Any], value: Any, words_for_it: str) -> None:
    assert said(field, value) == words_for_it


def test_entries_are_said_with_their_own_labels() -> None:
    inner = [component(key="what", label="What?"), component("datetime", "on", dateLabel="When?", label="")]
    field = component("dynamiclist", components=inner)
    said_of = said(field, [{"what": "Noise", "on": date(2026, 5, 5), "id": "answer-1"}, {"what": "Litter"}])
    assert said_of == "What? Noise When? 5 May 2026 What? Litter"


def test_what_is_asked_and_not_answered_is_said_and_what_is_not_asked_is_not() -> None:
    form = every_kind()
    with site().test_request_context():
        rows = rows_of_answers(
            form, form.shown({"reached": "no", "told": "x"}, {}, now=NOW), link_to=lambda field: f"/{field.key}"
        )
    labels = [row["key"]["text"] for row in rows]
    assert "What was said?" not in labels
    assert "Missing so far" not in labels
    assert "Name" in labels
    [reached] = [row for row in rows if row["key"]["text"] == "Was the victim reached?"]
    assert reached["actions"]["items"] == [
        {"href": "/reached", "text": "Change", "visuallyHiddenText": "the answer to “Was the victim reached?”"}
    ]
