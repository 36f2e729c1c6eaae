from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.check.replacements import INSTEAD
from engine.check.rules.allow_list import RULE
from engine.diagram import oddities
from tests.check.builders import Drawing, about, alone, plain


def _with(xml: str) -> Drawing:
    drawing = plain()
    drawing.raw = xml
    return drawing


def test_what_the_dialect_has_is_left_alone() -> None:
    assert alone(RULE, plain()) == []


@pytest.mark.parametrize(
    ("xml", "instead"),
    [
        ('<bpmn:transaction id="x" name="X"/>', "embedded sub-process with an error boundary event"),
        ('<bpmn:adHocSubProcess id="x" name="X"/>', "gateways"),
        ('<bpmn:complexGateway id="x" name="X"/>', "exclusive, parallel or inclusive gateway"),
        ('<bpmn:subProcess id="x" name="X" triggeredByEvent="perhaps"/>', "neither true nor false"),
        ('<bpmn:startEvent id="x" name="X" isInterrupting="false"/>', "stands in no event sub-process"),
        ('<bpmn:endEvent id="x" name="X"><bpmn:compensateEventDefinition/></bpmn:endEvent>', "compensation event"),
        ('<bpmn:endEvent id="x" name="X"><bpmn:cancelEventDefinition/></bpmn:endEvent>', "error end event"),
        (
            (
                '<bpmn:intermediateCatchEvent id="x"'
                ' name="X"><bpmn:conditionalEventDefinition/></bpmn:intermediateCatchEvent>'
            ),
            "message or signal event",
        ),
        (
            (
                '<bpmn:scriptTask id="x" name="X" scriptFormat="python"><bpmn:script>import'
                " os</bpmn:script></bpmn:scriptTask>"
            ),
            "Write a FEEL expression",
        ),
        (
            '<bpmn:receiveTask id="x" name="X"><bpmn:standardLoopCharacteristics/></bpmn:receiveTask>',
            "exclusive gateway behind it with a flow back",
        ),
        (
            '<bpmn:startEvent id="x" name="X"><bpmn:multiInstanceLoopCharacteristics/></bpmn:startEvent>',
            "only a task, a sub-process or a call activity",
        ),
        ('<bpmn:receiveTask id="Start" name="X"/>', "Give it another"),
        ('<bpmn:receiveTask id="x" name="X" isForCompensation="true"/>', "marked for compensation"),
        (
            '<bpmn:dataObjectReference id="x"/><bpmn:association id="a" sourceRef="x" targetRef="closed"/>',
            "needs no line",
        ),
        (
            '<bpmn:userTask id="x" name="X"><bpmn:potentialOwner/></bpmn:userTask>',
            "Write the team's id into candidate groups",
        ),
        (
            (
                '<bpmn:callActivity id="x" name="X"><bpmn:extensionElements><zeebe:calledElement processId="p"/>'
                "</bpmn:extensionElements></bpmn:callActivity>"
            ),
            "propagate all child variables",
        ),
        (
            (
                '<bpmn:receiveTask id="x" name="X"><bpmn:extensionElements><zeebe:executionListeners/>'
                "</bpmn:extensionElements></bpmn:receiveTask>"
            ),
            "execution listeners",
        ),
        ('<bpmn:sequenceFlow id="x" name="X" sourceRef="nowhere" targetRef="closed"/>', "not in the file"),
    ],
)
def test_what_is_not_run_gets_a_sentence_that_says_what_to_draw_instead(xml: str, instead: str) -> None:
    messages = [finding.sentence for finding in alone(RULE, _with(xml))]
    assert any(instead in message for message in messages), messages


def test_what_another_tool_wrote_is_named_with_the_tool() -> None:
    xml = (
        '<bpmn:receiveTask id="x" name="Wait" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
        'camunda:assignee="me"/>'
    )
    assert any("Camunda 7" in finding.sentence for finding in alone(RULE, _with(xml)))


def test_what_nobody_has_heard_of_is_named_too() -> None:
    xml = '<bpmn:receiveTask id="x" name="Wait" colour="red"/>'
    (finding,) = alone(RULE, _with(xml))
    assert "“Wait”" in finding.sentence
    assert "colour" in finding.sentence


def test_a_finding_names_the_element_by_its_name_and_id() -> None:
    (finding,) = alone(RULE, _with('<bpmn:transaction id="check_it" name="Check the form"/>'))
    assert about([finding]) == [("check_it", "error")]
    assert finding.element_name == "Check the form"
    assert finding.sentence.startswith("“Check the form” is ")


def test_each_word_of_the_reader_has_a_sentence_of_its_own() -> None:
    source = Path(oddities.__file__).read_text()
    words = re.findall(r'^[A-Z_]+ = "([a-z-]+)"$', source, flags=re.MULTILINE)
    assert len(words) > 10
    assert [word for word in words if word not in INSTEAD] == []


@pytest.mark.parametrize("tag", ["task", "manualTask"])
def test_a_task_that_a_case_passes_gets_a_hint(tag: str) -> None:
    (finding,) = alone(RULE, _with(f'<bpmn:{tag} id="x" name="X"/>'))
    assert about([finding]) == [("x", "warning")]
    assert "nobody is asked" in finding.sentence
