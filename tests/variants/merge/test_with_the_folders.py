"""Whole diagrams of the model and of Derby City's: what one side drew comes out, with what the other changed."""

from __future__ import annotations

import pytest

from engine.diagram import Diagram, read_diagram
from engine.variants.merge.diagrams import merge_diagrams
from engine.variants.merge.inquiry import Inquiry
from tests.house.checkout import ROOT

MODEL = ROOT / "bpmn/model"
PROCEDURE = (MODEL / "procedure.bpmn").read_bytes()
DERBY = (ROOT / "bpmn/derby_city/procedure.bpmn").read_bytes()
DIAGRAMS = sorted(path.name for path in MODEL.glob("*.bpmn"))


def merged(old: bytes, own: bytes, new: bytes) -> tuple[Diagram, Inquiry]:
    inquiry = Inquiry({})
    return read_diagram(merge_diagrams("d.bpmn", old, own, new, inquiry), file="d.bpmn"), inquiry


def said(diagram: Diagram) -> dict[str, object]:
    """What is drawn and said, without the order and the ids of ways."""
    return {
        process.id: (
            {id: _without_place(element) for id, element in process.elements.items()},
            {(flow.source, flow.target, flow.name, str(flow.condition)) for flow in process.flows.values()},
        )
        for process in diagram.processes.values()
    }


ASPECTS = (
    "name", "kind", "lane", "candidate_groups", "assignee", "form_id", "due_date", "job", "decision_id", "script",
    "called_process", "event", "loop", "is_interrupting", "inputs", "outputs", "properties", "documentation",
)  # fmt: skip


def _without_place(element: object) -> list[str]:
    return [str(getattr(element, aspect)) for aspect in ASPECTS]


@pytest.mark.parametrize("file", DIAGRAMS)
def test_a_council_that_drew_nothing_otherwise_has_what_the_base_drew(file: str) -> None:
    """Its copy of any diagram of the model, into which another diagram comes: Derby City's procedure."""
    old = (MODEL / file).read_bytes()
    own = old.replace(b'exporter="', b'exporter="Saved again by ')
    found, inquiry = merged(old, own, DERBY)
    assert inquiry.questions == []
    assert said(found) == said(read_diagram(DERBY, file="d.bpmn"))


def test_a_drawing_of_ones_own_stays_and_takes_over_what_the_base_says_of_what_both_have() -> None:
    new = PROCEDURE.replace(b'name="Met?"', b'name="Is the threshold met?"')
    assert new != PROCEDURE
    found, inquiry = merged(PROCEDURE, DERBY, new)
    derby = read_diagram(DERBY, file="d.bpmn")
    expected = said(derby)
    elements = {id: element.name for id, element in derby.processes["procedure"].elements.items()}
    assert elements["is_met"] == "Met?"
    assert {id: each.name for id, each in found.processes["procedure"].elements.items()} == elements | {
        "is_met": "Is the threshold met?"
    }
    assert said(found)["procedure"][1] == expected["procedure"][1]  # type: ignore[index]  # elements and ways
    assert inquiry.questions == []
