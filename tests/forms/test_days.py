"""A question that is a day is held to what its form says: not to come, not before something else happened."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from engine.clock import LONDON
from engine.errors import FormAnswersError
from engine.forms import Form, labels_of
from tests.forms.builders import component, form_of, sound_form

NOW = datetime(2026, 3, 2, 10, 15, tzinfo=LONDON)


def day(key: str, label: str, **properties: str) -> dict[str, Any]:
    return component("datetime", key=key, id=key, dateLabel=label, label="", properties=properties)


def reports(*inner: dict[str, Any]) -> Form:
    return sound_form({"type": "dynamiclist", "path": "reports", "id": "l", "label": "Reports", "components": [*inner]})


def said(form: Form, answers: dict[str, Any], scope: dict[str, Any] | None = None) -> dict[str, str]:
    try:
        form.validate(answers, scope, now=NOW)
    except FormAnswersError as error:
        return dict(error.problems)
    return {}


HAPPENED = day("incident_on", "When did it happen?", max="=today()")
REPORTED = day("reported_on", "When was it reported?", min="=incident_on", max="=today()")


def test_what_has_happened_is_not_to_come() -> None:
    form = sound_form(HAPPENED)
    assert said(form, {"incident_on": "2026-03-02"}) == {}
    assert said(form, {"incident_on": "2027-04-01"}) == {
        "incident_on": "“When did it happen?” is Thursday 1 April 2027, which is in the future. "
        "Give the day on which it was, today at the latest."
    }


def test_what_is_planned_is_not_past() -> None:
    form = sound_form(day("due_on", "By when?", min="=today()"))
    assert said(form, {"due_on": "2026-03-02"}) == {}
    assert said(form, {"due_on": "2026-03-01"}) == {
        "due_on": "“By when?” is Sunday 1 March 2026, which is in the past. "
        "Give today, Monday 2 March 2026, or a later day."
    }


def test_a_day_is_held_against_another_answer_by_its_label() -> None:
    assert said(sound_form(HAPPENED, REPORTED), {"incident_on": "2026-02-03", "reported_on": "2026-02-02"}) == {
        "reported_on": "“When was it reported?” is Monday 2 February 2026, which is before “When did it happen?” "
        "(Tuesday 3 February 2026). Give Tuesday 3 February 2026 or a later day, or correct the other day."
    }


def test_in_a_list_the_entry_is_read_first_and_the_path_names_it() -> None:
    answers = {
        "reports": [
            {"incident_on": "2026-02-03", "reported_on": "2026-02-03"},
            {"incident_on": "2026-02-04", "reported_on": "2026-02-03"},
        ]
    }
    assert list(said(reports(HAPPENED, REPORTED), answers)) == ["reports[2].reported_on"]


def test_what_an_entry_leaves_as_it_is_on_record_is_read_there() -> None:
    form = reports(HAPPENED, REPORTED)
    known = {"reports": [{"id": "reports-1", "incident_on": form_day("2026-02-03"), "reported_on": None}]}
    corrected = {"reports": [{"id": "reports-1", "reported_on": "2026-02-02"}]}
    assert list(said(form, corrected, known)) == ["reports[1].reported_on"]


def test_what_was_still_to_come_when_it_was_told_may_stay() -> None:
    form = reports(day("due_on", "By when?", min="=today()"))
    known = {"reports": [{"id": "reports-1", "due_on": form_day("2026-02-01")}]}
    assert said(form, {"reports": [{"id": "reports-1", "due_on": "2026-02-01"}]}, known) == {}
    assert said(form, {"reports": [{"id": "reports-1", "due_on": "2026-02-02"}]}, known) != {}


def test_a_fact_of_the_case_is_named_as_the_form_that_asks_for_it_does() -> None:
    other = sound_form(day("application_date", "When was the application made?"))
    form = form_of(day("consent_asked_on", "When did you speak?", min="=application_date"))
    known = {"application_date": form_day("2026-02-10")}
    named = Form(id=form.id, file=form.file, title="", fields=form.fields, labels=labels_of([other]))
    assert (
        "before “When was the application made?”"
        in said(named, {"consent_asked_on": "2020-01-01"}, known)["consent_asked_on"]
    )
    assert (
        "before Tuesday 10 February 2026." in said(form, {"consent_asked_on": "2020-01-01"}, known)["consent_asked_on"]
    )


def test_a_day_before_the_case_is_said_to_be_so() -> None:
    form = sound_form(day("told_on", "When?", min="=case.opened_on"))
    known = {"case": {"opened_on": form_day("2026-02-10")}}
    assert (
        "before the case was opened (Tuesday 10 February 2026)"
        in said(form, {"told_on": "2026-02-09"}, known)["told_on"]
    )


def test_several_bounds_hold_together_and_what_is_not_known_bounds_nothing() -> None:
    form = sound_form(HAPPENED, day("told_on", "When?", min="=[incident_on, nothing_known]", max="=today()"))
    assert said(form, {"told_on": "1999-01-01"}) == {}
    assert list(said(form, {"incident_on": "2026-02-01", "told_on": "2026-01-31"})) == ["told_on"]


def test_a_day_with_a_time_counts_in_london() -> None:
    form = sound_form(
        component("datetime", subtype="datetime", key="at", label="When?", properties={"max": "=today()"})
    )
    assert said(form, {"at": "2026-03-02T23:30"}) == {}
    assert list(said(form, {"at": "2026-03-03T00:30"})) == ["at"]
    assert list(said(form, {"at": "2026-03-02T23:30:00-05:00"})) == ["at"]


def test_a_bound_that_is_no_day_is_said_to_be_none() -> None:
    for written in ('="soon"', "=3", "=[1]"):
        assert "cannot be worked out" in said(sound_form(day("d", "When?", max=written)), {"d": "2026-01-01"})["d"]


@pytest.mark.parametrize("kind", ["textfield", "number"])
def test_a_bound_where_no_day_is_asked_is_pointed_out(kind: str) -> None:
    (problem,) = form_of(component(kind, properties={"max": "=today()"})).problems
    assert "no day is asked" in problem.sentence


def form_day(text: str) -> Any:
    return datetime.fromisoformat(text).date()
