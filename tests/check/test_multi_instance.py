"""The check looks into what is done once for each: it finds there what it finds elsewhere, and nothing else."""

from __future__ import annotations

from html import escape

import pytest

from engine.check import Finding
from engine.check.machine import run_rules
from engine.check.policy import Policy
from engine.check.rules import RULES
from handlers import HANDLERS
from tests.check.builders import Drawing, folder, form


def _loop(collection: str, element: str, gives: str = "", into: str = "") -> str:
    more = f' outputElement="{escape(gives)}" outputCollection="{into}"' if into else ""
    return (
        "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics "
        f'inputCollection="{escape(collection)}" inputElement="{element}"{more}/></bpmn:extensionElements>'
        "</bpmn:multiInstanceLoopCharacteristics>"
    )


REPORTS = (
    {
        "type": "dynamiclist", "path": "reports", "id": "list", "label": "Reports", "allowAddRemove": True,
        "components": [{"type": "textfield", "key": "place", "label": "Place", "id": "f3"}],
    },
    {"type": "textfield", "key": "applicant_name", "label": "Name", "id": "f1"},
    {"type": "datetime", "subtype": "date", "key": "application_date", "dateLabel": "Day", "id": "f2",
     "properties": {"max": "=today()"}},
)  # fmt: skip
CHECKED = ({"type": "number", "key": "times", "label": "How often", "id": "f4", "validate": {"required": True}},)


def _drawing(
    *, script: str = "=base + 1", inside: str = "=report.place", given: str = "=counted", after: str = ""
) -> Drawing:
    """Every kind: a user task and a script for each report, and a sub-process with a task and a gateway in it."""
    drawing = Drawing().start(form="application").script("base", "=10", "base")
    drawing.user("check", form="checked", inner=_loop("=reports", "report"))
    drawing.script("count", script, "counted", inner=_loop("=reports", "report", given, "counts"))
    drawing.subprocess("look", inner=_loop("=reports", "report", "=seen", "all"))
    drawing.start("looked", within="look").script("see", inside, "seen", within="look")
    drawing.gateway("often", default="often_to_done", within="look").user("ask", form="checked", within="look")
    drawing.gateway("meet", within="look").end("done", within="look")
    drawing.flow("looked", "see", "often").flow("ask", "meet", "done")
    drawing.flow("often", "meet", id="often_to_done", name="no")
    drawing.flow("often", "ask", condition="=times > 2", name="yes")
    drawing.script("sum", after or "=sum(counts) + count(all)", "total").end()
    return drawing.flow("received", "base", "check", "count", "look", "sum", "closed")


def _found(drawing: Drawing) -> list[Finding]:
    variant = folder(
        drawing, forms__application_form=form("application", *REPORTS), forms__checked_form=form("checked", *CHECKED)
    )
    policy = Policy(diagrams=variant.diagrams, folder=variant, known_handlers=HANDLERS)
    drawn = {element.id for _, process in policy.drawn for element in process.elements.values()}
    found = run_rules(policy, RULES)
    beside = {"lanes", "clauses", "given", "drawn", "labels", "crossings", "overlaps"}
    return [each for each in found if each.element_id in drawn | {"main"} and each.rule not in beside]


def test_nothing_is_found_in_what_is_right() -> None:
    assert [(each.rule, each.element_id, each.sentence) for each in _found(_drawing())] == []


@pytest.mark.parametrize(
    ("changed", "at"),
    [
        ({"script": "=bsae + 1"}, "count"),
        ({"script": '=base + "1"'}, "count"),
        ({"inside": "=report.plaec"}, "see"),
        ({"given": "=coutned"}, "count"),
        ({"after": "=counted"}, "sum"),
        ({"after": "=upper case(counts)"}, "sum"),
    ],
)
def test_a_slip_is_found_where_it_is(changed: dict[str, str], at: str) -> None:
    assert at in {each.element_id for each in _found(_drawing(**changed))}


def test_a_join_that_waits_for_ever_inside_is_found() -> None:
    drawing = _drawing()
    drawing._elements["meet"]["tag"] = "parallelGateway"
    assert ("sound", "meet") in {(each.rule, each.element_id) for each in _found(drawing)}
