from __future__ import annotations

import pytest

from engine.check.rules.facts import RULE
from tests.check.builders import SETTINGS, Drawing, about, decision, folder, form, limits, plain, together


def _reading(expression: str) -> Drawing:
    drawing = Drawing().start(form="application").user("check", due=expression).end()
    return drawing.flow("received", "check", "closed")


@pytest.mark.parametrize(
    "expression",
    [
        "=application_date",
        "=case.opened_on",
        '=if council.phone = "" then null else today()',
        '=count(reports[reported_by = "police"])',
        "=count(reports)",
    ],
)
def test_a_name_that_something_gives_is_left_alone(expression: str) -> None:
    reports = {
        "type": "dynamiclist", "path": "reports", "label": "Reports", "id": "l",
        "components": [{"type": "textfield", "key": "reported_by", "label": "By", "id": "b"}],
    }  # fmt: skip
    day = {"type": "datetime", "subtype": "date", "key": "application_date", "dateLabel": "Day", "id": "d"}
    assert together(RULE, folder(_reading(expression), forms__application_form=form("application", reports, day))) == []


@pytest.mark.parametrize(
    ("expression", "named"),
    [
        ("=aplication_date", "Is “application_date” meant?"),
        ("=case.opened", "“case.opened”"),
        ("=council.fax", "“council.fax”"),
        ('=count(reports[reported_bye = "x"])', "“reported_bye”"),
    ],
)
def test_a_name_that_nothing_gives_is_refused(expression: str, named: str) -> None:
    (finding,) = together(RULE, folder(_reading(expression)))
    assert about([finding]) == [("check", "error")]
    assert named in finding.sentence


def test_a_variable_is_known_in_its_own_process_only() -> None:
    own = Drawing().start(form="application").script("compute", "=1", "score").user("check", due="=score").end()
    own.flow("received", "compute", "check", "closed")
    other = Drawing("other").start().user("look", due="=score").end().flow("received", "look", "closed")
    assert [(f.file, f.element_id) for f in together(RULE, folder(own, other))] == [("other.bpmn", "look")]


def test_a_called_process_knows_what_it_is_given() -> None:
    main = (
        Drawing().start(form="application").call("ask", "child", mappings='<zeebe:input source="=1" target="round"/>')
    )
    main.end().flow("received", "ask", "closed")
    child = Drawing("child").start().user("look", due="=round").end().flow("received", "look", "closed")
    assert together(RULE, folder(main, child)) == []


def test_what_may_stand_in_a_slot_knows_what_the_slot_is_given() -> None:
    given = '<zeebe:input source="=1" target="round"/>'
    main = Drawing().start(form="application").call("ask", "child", mappings=given).end()
    main.flow("received", "ask", "closed")
    child = Drawing("child").start().end().flow("received", "closed")
    other = Drawing("other").start().user("look", due="=round").end().flow("received", "look", "closed")
    slot = SETTINGS + '\n[slots.asking]\nuse = "child"\nalternatives = ["child", "other"]\n'
    assert about(together(RULE, folder(main, child, other))) == [("look", "error")]
    assert together(RULE, folder(main, child, other, settings=slot)) == []


def test_what_a_call_gives_back_is_read_in_the_called_process() -> None:
    back = '<zeebe:output source="=score" target="child_score"/>'
    main = Drawing().start(form="application").call("ask", "child", mappings=back).end()
    child = Drawing("child").start().script("compute", "=1", "score").end().flow("received", "compute", "closed")
    assert together(RULE, folder(main.flow("received", "ask", "closed"), child)) == []


def test_outputs_may_read_what_the_handler_gives() -> None:
    def sending(source: str) -> Drawing:
        drawing = Drawing().start(form="application").send("write", outputs={"letter_day": source}).end()
        return drawing.flow("received", "write", "closed")

    assert together(RULE, folder(sending("=sent_on"))) == []
    assert about(together(RULE, folder(sending("=sent_day")))) == [("write", "error")]


@pytest.mark.parametrize(
    ("expression", "known"),
    [
        ("if received_on != null then received_on else application_date", True),
        ("if application_date != null then application_date else received_on", True),
        ("if received_on != null then received_on else sent_on", False),
        ("if received_on != null then application_date else received_on", False),
    ],
)
def test_of_two_names_that_are_read_as_one_one_is_known(expression: str, known: bool) -> None:
    drawing = Drawing().start(form="application").decide("decide", "day").end()
    reads = ("received_on", "sent_on" if "sent_on" in expression else "application_date")
    inputs = "".join(f'<inputData id="{name}" name="{name}"><variable name="{name}"/></inputData>' for name in reads)
    needs = "".join(
        f'<informationRequirement id="reads_{name}"><requiredInput href="#{name}"/></informationRequirement>'
        for name in reads
    )
    rows = (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">'
        f'<decision id="day" name="day"><variable name="day"/>{needs}<literalExpression id="e">'
        f"<text>{expression}</text></literalExpression></decision>{inputs}</definitions>"
    )
    found = together(RULE, folder(drawing.flow("received", "decide", "closed"), day_dmn=rows))
    assert (found == []) is known


def test_a_decision_reads_only_what_is_known() -> None:
    drawing = Drawing().start(form="application").decide("decide", "rate").end().flow("received", "decide", "closed")
    assert together(RULE, folder(drawing, rate_dmn=decision("rate", "applicant_name", reads="applicant_name"))) == []
    findings = together(RULE, folder(drawing, rate_dmn=decision("rate", "noise_level", reads="noise_level")))
    assert about(findings) == [("decide", "error")]


def test_a_limit_counts_from_a_known_day() -> None:
    rows = limits(("acknowledge", 2, "working days", "aplication_date"))
    (finding,) = together(RULE, folder(plain(), time_limits_dmn=rows))
    assert (finding.file, finding.severity) == ("time_limits.dmn", "error")
    assert "Is “application_date” meant?" in finding.sentence


def test_a_question_that_depends_on_something_unknown_is_refused() -> None:
    asked = {"type": "textfield", "key": "name", "label": "Name", "id": "n", "conditional": {"hide": "=is_hiden"}}
    (finding,) = together(RULE, folder(plain(), forms__other_form=form("other", asked)))
    assert (finding.file, finding.element_id) == ("forms/other.form", "n")


_MESSAGE = '<bpmn:messageEventDefinition messageRef="m"/>'


def _appeal(due: str) -> Drawing:
    drawing = Drawing("appeal").message("m", "appeal")
    drawing.start(inner=_MESSAGE, properties={"item": "reports", "form": "appeal"}).user("hear", due=due).end()
    return drawing.flow("received", "hear", "closed")


_APPEAL_FORM = form(
    "appeal", {"type": "datetime", "subtype": "date", "key": "appealed_on", "dateLabel": "Day", "id": "a"}
)


def test_what_an_item_is_told_is_known_where_it_is_seen() -> None:
    good = folder(_reading("=reports.appealed_on"), _appeal("=appealed_on"), forms__appeal_form=_APPEAL_FORM)
    assert together(RULE, good) == []
    bad = folder(_reading("=appealed_on"), _appeal("=application_date"), forms__appeal_form=_APPEAL_FORM)
    (finding,) = together(RULE, bad)
    assert "Read it as reports.appealed_on." in finding.sentence


def test_what_an_item_is_told_of_the_case_is_known_everywhere() -> None:
    field = {"type": "datetime", "subtype": "date", "key": "appealed_on", "dateLabel": "Day", "id": "a"}
    asked = form("appeal", {**field, "properties": {"fact_of": "case"}})
    assert together(RULE, folder(_reading("=appealed_on"), _appeal("=appealed_on"), forms__appeal_form=asked)) == []


@pytest.mark.parametrize(
    ("compared", "wrong"),
    [
        ("chair.id = clerk.id", False),
        ("chair != null", False),
        ('chair.name = "Dr A"', False),
        ("some body in [clerk] satisfies body.id = chair.id", False),
        ("chair = clerk", True),
        ('chair = "Dr A"', True),
        ("count([{chair: clerk}][item.chair != clerk]) = 1", True),
    ],
)
def test_a_person_is_compared_by_id(compared: str, wrong: bool) -> None:
    asked: list[dict[str, object]] = [
        {"type": "select", "id": key, "key": key, "label": key, "properties": {"person": "any"}}
        for key in ("chair", "clerk")
    ]
    asked.append({"type": "datetime", "subtype": "date", "key": "application_date", "dateLabel": "Day", "id": "d"})
    drawing = _reading(f"=if {compared} then today() else null")
    found = together(RULE, folder(drawing, forms__application_form=form("application", *asked)))
    assert about(found) == ([("check", "warning")] if wrong else [])
