"""The check follows links and what is not drawn as the engine does: it finds what is wrong there, and only hints."""

from __future__ import annotations

import pytest

from engine.check import Finding
from engine.check.machine import run_rules
from engine.check.policy import Policy
from engine.check.rules import RULES
from handlers import HANDLERS
from tests.check.builders import Drawing, folder, form

ASKED = ({"type": "number", "key": "times", "label": "How often", "id": "f4", "validate": {"required": True}},)
LINK = '<bpmn:linkEventDefinition name="Tell"/>'


def _found(drawing: Drawing, **files: bytes) -> list[Finding]:
    variant = folder(drawing, forms__asked_form=form("asked", *ASKED), **files)
    found = run_rules(Policy(diagrams=variant.diagrams, folder=variant, known_handlers=HANDLERS), RULES)
    drawn = {element.id for each in variant.drawn_processes.values() for element in each.elements.values()} | {"main"}
    drawn |= {flow.id for each in variant.drawn_processes.values() for flow in each.flows.values()}
    beside = {"lanes", "clauses", "given", "drawn", "labels", "crossings", "overlaps", "names", "forms"}
    return [each for each in found if each.element_id in drawn and each.rule not in beside]


def _drawing(*, condition: str = "=times > 2", join: str = "inclusive") -> Drawing:
    """A task with a conditional way out; a join of both; a link over a box without start and end."""
    drawing = Drawing().start(form="application").user("ask", form="asked", attributes=' default="else"')
    drawing.user("look").user("note").gateway("meet", join)
    drawing.add("intermediateThrowEvent", "go", inner=LINK).add("intermediateCatchEvent", "here", inner=LINK)
    drawing.subprocess("box").user("one", within="box").user("two", within="box").user("tell")
    drawing.flow("received", "ask").flow("ask", "note", id="else").flow("look", "meet", "go").flow("note", "meet")
    drawing.flow("here", "box", "tell")
    return drawing.flow("ask", "look", condition=condition)


def test_what_is_not_drawn_is_hinted_at_and_nothing_else_is_found() -> None:
    found = _found(_drawing())
    assert {(each.rule, each.severity.value) for each in found} == {("ways", "warning")}
    assert {each.element_id for each in found} == {"ask", "one", "two", "tell"}


@pytest.mark.parametrize("condition", ["=tmies > 2", '=times > "2"', '=times = "often"'])
def test_a_slip_in_a_condition_out_of_a_task_is_found(condition: str) -> None:
    assert "ask_to_look" in {each.element_id for each in _found(_drawing(condition=condition)) if each.rule != "ways"}


def test_a_parallel_join_behind_ways_on_a_condition_waits_for_ever() -> None:
    assert ("sound", "meet") in {(each.rule, each.element_id) for each in _found(_drawing(join="parallel"))}


def test_what_comes_behind_two_ways_that_are_both_taken_is_done_twice() -> None:
    drawing = Drawing().start(form="application").user("ask", form="asked").user("one").user("two").user("tell").end()
    drawing.flow("received", "ask", "one", "tell", "closed").flow("ask", "two", "tell")
    assert ("sound", "tell") in {(each.rule, each.element_id) for each in _found(drawing)}


def test_a_circle_by_a_link_that_never_ends_is_found() -> None:
    drawing = Drawing().start(form="application").gateway("meet").user("ask", form="asked")
    drawing.add("intermediateThrowEvent", "go", inner=LINK).add("intermediateCatchEvent", "here", inner=LINK)
    drawing.flow("received", "meet", "ask", "go").flow("here", "meet")
    assert {each.rule for each in _found(drawing) if each.severity.value == "error"} & {"sound", "reachable"}
