"""A value of another kind than its place takes is found, in every place where there are expressions."""

from __future__ import annotations

from typing import Any

import pytest

from engine.check.rules.values import RULE
from tests.check.builders import SETTINGS, Drawing, about, alone, decision, folder, form, limits, plain, together

_DAY = {"type": "datetime", "subtype": "date", "key": "application_date", "dateLabel": "Day", "id": "field_day"}
_RISK = {
    "type": "radio", "id": "field_risk", "key": "risk", "label": "Risk",
    "values": [{"value": value, "label": value} for value in ("yes", "no")],
}  # fmt: skip
_TEAM = {
    "type": "select", "id": "field_team", "key": "team", "label": "Team",
    "values": [{"value": value, "label": value} for value in ("officers", "icb2")],
}  # fmt: skip
_NAME = {"type": "textfield", "id": "field_name", "key": "who", "label": "Name"}
_REPORTS = {
    "type": "dynamiclist", "path": "reports", "label": "Reports", "id": "l",
    "components": [{**_RISK, "id": "inner", "key": "inner_risk"}],
}  # fmt: skip


def _asking(*more: dict[str, Any]) -> bytes:
    return form("application", _DAY, _RISK, _TEAM, _NAME, _REPORTS, *more)


def _said(drawing: Drawing, *more: dict[str, Any], settings: str = "", **files: Any) -> list[str]:
    checked = folder(drawing, settings=SETTINGS + settings, forms__application_form=_asking(*more), **files)
    findings = together(RULE, checked)
    assert {severity for _, severity in about(findings)} <= {"error"}
    return [finding.sentence for finding in findings]


def _task(**more: Any) -> Drawing:
    return Drawing().start(form="application").user("check", **more).end().flow("received", "check", "closed")


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("=application_date + 2", "which comes to nothing."),
        ("P2D", "“P2D”, which is no day."),
        ("in 3 days", "which is no day. Write one such as"),
        ("=who", "“who”, a text, and a day is needed."),
        ("=5", "a number, and a day is needed."),
        ('="05/05/2026"', "“05/05/2026”, which is no day."),
    ],
)
def test_a_due_date_is_a_day(due: str, said: str) -> None:
    (sentence,) = _said(_task(due=due))
    assert said in sentence


@pytest.mark.parametrize("due", ['=due("acknowledge")', "=application_date", "2026-05-05", '="2026-05-05"', "=null"])
def test_a_due_date_that_the_run_reads_is_left_alone(due: str) -> None:
    assert _said(_task(due=due)) == []


@pytest.mark.parametrize(
    ("kind", "time"),
    [
        ("timeDuration", '=date("2026-05-05")'),
        ("timeDuration", '="P3X"'),
        ("timeDate", '=duration("P2D")'),
        ("timeDate", '="tomorrow"'),
        ("timeDate", "=now() + 5"),
        ("timeCycle", '="R3/PT10S"'),
        ("timeCycle", '="R0/P1D"'),
        ("timeCycle", "=5"),
    ],
)
def test_a_timer_waits_for_what_its_kind_says(kind: str, time: str) -> None:
    inner = f"<bpmn:timerEventDefinition><bpmn:{kind}>{time}</bpmn:{kind}></bpmn:timerEventDefinition>"
    drawing = _task().boundary("late", "check", inner, interrupts=False).end("told").flow("late", "told")
    assert [finding.element_id for finding in alone(RULE, drawing)] == ["late"]


def test_a_team_that_an_answer_chooses_is_one_that_there_is() -> None:
    (sentence,) = _said(_task(team="=team"))
    assert "“icb2”, which there is not." in sentence


def test_a_condition_is_true_or_false_and_a_collection_a_list() -> None:
    drawing = Drawing().start(form="application").gateway("risky", default="no").user("a").user("b").end().end("done")
    drawing.flow("received", "risky").flow("risky", "a", condition="=risk", id="yes").flow("risky", "b", id="no")
    (sentence,) = _said(drawing.flow("a", "closed").flow("b", "done"))
    assert "“risk”, a text, and true or false is needed. Compare it with one of its values: risk = …" in sentence
    loop = (
        "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics "
        'inputCollection="=application_date" inputElement="each"/></bpmn:extensionElements>'
        "</bpmn:multiInstanceLoopCharacteristics>"
    )
    calling = Drawing().start(form="application").call("many", "child", inner=loop).end()
    child = Drawing("child").start().end().flow("received", "closed")
    checked = folder(calling.flow("received", "many", "closed"), child, forms__application_form=_asking())
    assert about(together(RULE, checked)) == [("many", "error")]


def test_what_a_handler_is_given_is_what_it_takes() -> None:
    given = {"letter": "CT1", "to": "=application_date", "channel": "=risk"}
    drawing = Drawing().start(form="application").send("write", inputs=given).end().flow("received", "write", "closed")
    said = _said(drawing)
    assert [sentence.split("”, ")[1].split(":")[0] for sentence in said] == ["the input “to”", "the input “channel”"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"conditional": {"hide": '=risk != "Yes"'}}, "“Yes” is none of what “risk” can be. Is “yes” meant?"),
        ({"conditional": {"hide": "=risk"}}, "What hides it is “risk”, a text, and true or false is needed."),
        ({"properties": {"otherwise": "=application_date"}}, "What answers it otherwise is a day"),
    ],
)
def test_what_a_form_works_out_is_such_as_it_needs(more: dict[str, Any], said: str) -> None:
    (sentence,) = _said(plain(), {"type": "textfield", "id": "x", "key": "more", "label": "More", **more})
    assert said in sentence


def test_a_cell_is_of_the_kind_of_its_column_and_a_box_is_gone_through() -> None:
    (sentence,) = _said(_task(), d_dmn=decision("d", 'if risk = "Yes" then 1 else 2', reads="risk"))
    assert "In “d”: “Yes” is none of what “risk” can be." in sentence
    (sentence,) = _said(_task(), d_dmn=decision("d", 'reports[inner_risk = "Yes"]', reads="reports"))
    assert "“Yes” is none of what “inner_risk” can be." in sentence


def test_a_limit_counts_from_a_day() -> None:
    (sentence,) = _said(plain(), time_limits_dmn=limits(("acknowledge", 2, "working days", "who")))
    assert "That is “who”, a text, and a day is needed." in sentence


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('[figures.a]\nlabel = "A"\nfact = "risk"\nvalue = "Yes"\n', "“Yes” is none of what “risk” can be."),
        ('[figures.a]\nlabel = "A"\nfact = "risk"\ncounted_on = "value"\n', "a text, and a day is needed"),
        ('[copies.victim]\nleaves_out = "inner_risk"\n', "“inner_risk”, a text, and true or false is needed."),
        ('[case_page]\n"Who" = ["reports.inner_risky"]\n', "has no “inner_risky”. Is “inner_risk” meant?"),
        ('[owed.a]\nclause = "X1"\nwhen = "risk = 5"\nsentence = "A."\n', "is never equal to it."),
    ],
)
def test_what_settings_say_is_held_against_the_facts(settings: str, said: str) -> None:
    (sentence,) = _said(plain(), settings=settings)
    assert said in sentence


def test_what_cannot_be_known_is_left_alone() -> None:
    assert alone(RULE, _task(due="=whatever", team="=team")) == []
    assert _said(_task(due="=unheard_of")) == []


def test_one_fact_that_two_forms_ask_for_otherwise_is_named_once_at_the_odd_one_out() -> None:
    drawing = Drawing().start(form="application").user("check", form="later").end().flow("received", "check", "closed")
    later = form("later", {**_NAME, "key": "application_date", "id": "odd"})
    again = form("again", {**_DAY, "id": "again_day"})
    checked = folder(drawing, forms__application_form=_asking(), forms__again_form=again, forms__later_form=later)
    (finding,) = together(RULE, checked)
    assert about([finding]) == [("odd", "error")]
    assert (
        "asks for a text under the name “application_date”, for which another form asks as a day." in finding.sentence
    )
