"""What is not run gets one finding: what stands before, beside and behind it is judged as if a case passed it."""

from __future__ import annotations

import pytest

from engine.check.rules import RULES
from tests.check.builders import Drawing, folder, together

COMPENSATION = "<bpmn:compensateEventDefinition/>"
CONDITION = "<bpmn:conditionalEventDefinition><bpmn:condition>=x</bpmn:condition></bpmn:conditionalEventDefinition>"
ERROR = '<bpmn:errorEventDefinition errorRef="lost"/>'


def _drawn() -> Drawing:
    return Drawing().message("lost", "lost", "error", 'errorCode="lost"').start(form="application")


def _around(drawing: Drawing, *ids: str) -> Drawing:
    return drawing.user("after", form="application").end().flow("received", *ids, "after", "closed")


def _element(tag: str, inner: str = "") -> Drawing:
    return _around(_drawn().add(tag, "odd", inner=inner), "odd")


def _transaction() -> Drawing:
    drawing = (
        _drawn().add("transaction", "odd").start("begun", within="odd").user("a", form="application", within="odd")
    )
    return _around(drawing.end("done", within="odd").flow("begun", "a", "done"), "odd")


def _transaction_that_fails() -> Drawing:
    drawing = _drawn().add("transaction", "odd").start("begun", within="odd").end("failed", within="odd", inner=ERROR)
    drawing.flow("begun", "failed").boundary("caught", "odd", ERROR).user("mend", form="application").end("mended")
    return _around(drawing.flow("caught", "mend", "mended"), "odd")


def _ad_hoc() -> Drawing:
    drawing = _drawn().add("adHocSubProcess", "odd", inner="<bpmn:completionCondition>=x</bpmn:completionCondition>")
    drawing.user("a", form="application", within="odd").user("b", form="application", within="odd")
    return _around(drawing.user("c", form="application", within="odd").flow("b", "c"), "odd")


def _complex(*, conditions: bool) -> Drawing:
    drawing = _drawn().add("complexGateway", "odd", attributes=' default="odd_to_b"' if conditions else "")
    drawing.user("a", form="application").user("b", form="application").gateway("join", "inclusive")
    drawing.flow("odd", "a", "join").flow("odd", "b", "join")
    drawing._flows["odd_to_a"]["condition"] = '=applicant_name = "x"' if conditions else ""
    drawing.user("after", form="application").end()
    return drawing.flow("received", "odd").flow("join", "after", "closed")


def _complex_join(kind: str) -> Drawing:
    drawing = _drawn().gateway("part", kind, name="Is it x?", default="part_to_b" if kind != "parallel" else "")
    drawing.user("a", form="application").user("b", form="application").add("complexGateway", "odd")
    drawing.user("after", form="application").end().flow("received", "part", "b", "odd", "after", "closed")
    drawing.flow("part", "a", "odd")
    drawing._flows["part_to_a"]["name"] = "Yes"
    drawing._flows["part_to_a"]["condition"] = '=applicant_name = "x"' if kind != "parallel" else ""
    return drawing


def _compensated() -> Drawing:
    drawing = _drawn().user("pay", form="application").boundary("undone", "pay", COMPENSATION)
    drawing.user("undo", form="application", attributes=' isForCompensation="true"')
    drawing.raw = '<bpmn:association id="line" sourceRef="undone" targetRef="undo"/>'
    drawing.extra_shapes = (
        '<bpmndi:BPMNEdge id="line_di" bpmnElement="line"><di:waypoint x="0" y="900"/><di:waypoint x="9" y="900"/>'
        "</bpmndi:BPMNEdge>"
    )
    return _around(drawing, "pay")


def _conditional_start() -> Drawing:
    drawing = Drawing().start(inner=CONDITION).user("after", form="application").end()
    return drawing.flow("received", "after", "closed")


NOT_RUN = {
    "a transaction": (_transaction(), ["odd"]),
    "a transaction that fails": (_transaction_that_fails(), ["odd"]),
    "an ad-hoc sub-process": (_ad_hoc(), ["odd"]),
    "a complex gateway that parts": (_complex(conditions=False), ["odd"]),
    "a complex gateway that parts by conditions": (_complex(conditions=True), ["odd"]),
    "a complex gateway that joins all": (_complex_join("parallel"), ["odd"]),
    "a complex gateway that joins some": (_complex_join("inclusive"), ["odd"]),
    "a complex gateway that joins one": (_complex_join("exclusive"), ["odd"]),
    "a choreography task": (_element("choreographyTask"), ["odd"]),
    "a compensation throw": (_element("intermediateThrowEvent", COMPENSATION), ["odd"]),
    "a compensation, with what undoes it": (_compensated(), ["undone", "undo"]),
    "a conditional event": (_element("intermediateCatchEvent", CONDITION), ["odd"]),
    "a conditional start": (_conditional_start(), ["received"]),
}


@pytest.mark.parametrize("drawn", NOT_RUN)
def test_what_is_not_run_is_said_once(drawn: str) -> None:
    drawing, refused = NOT_RUN[drawn]
    said = [finding for rule in RULES for finding in together(rule, folder(drawing)) if rule.name not in _OF_THE_FOLDER]
    assert sorted((each.rule, each.element_id) for each in said) == sorted(("allow-list", id) for id in refused)


#: What they say of the small folder itself, and of tasks that stand in no lane.
_OF_THE_FOLDER = {"lanes", "limits", "clauses", "letters", "pages"}


@pytest.mark.parametrize("tag", ["task", "manualTask"])
def test_a_task_that_a_case_passes_is_only_hinted_at(tag: str) -> None:
    said = [finding for rule in RULES for finding in together(rule, folder(_element(tag)))]
    assert {each.rule for each in said if each.element_id == "odd"} == {"allow-list"}
