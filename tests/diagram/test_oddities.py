"""Whatever a diagram says that is not run is named, with the element that says it."""

from __future__ import annotations

import pytest

from engine.diagram import ElementKind, EventKind
from tests.diagram.builders import element, extended, only_oddity, read, words

_EVENT = "EventDefinition"


@pytest.mark.parametrize("tag", ["transaction", "adHocSubProcess", "complexGateway", "choreographyTask"])
def test_an_element_that_is_not_run_is_kept_and_named(tag: str) -> None:
    diagram = read(f'<{tag} id="a" name="A thing"/>')
    assert (element(diagram, "a").kind, element(diagram, "a").tag) == (ElementKind.UNSUPPORTED, tag)
    found = only_oddity(diagram)
    assert (found.element_id, found.element_name, found.what, found.process_id) == ("a", "A thing", tag, "p")
    assert found.line == 1


def test_what_stands_in_a_transaction_is_read_too() -> None:
    diagram = read('<transaction id="t"><complexGateway id="a"/></transaction>')
    assert element(diagram, "a").parent == "t"
    assert words(diagram) == ["transaction", "complexGateway"]


@pytest.mark.parametrize(
    ("drawn", "word"),
    [
        ('<subProcess id="a" triggeredByEvent="perhaps"/>', "triggeredByEvent"),
        ('<serviceTask id="a"><standardLoopCharacteristics/></serviceTask>', "standardLoopCharacteristics"),
        ('<serviceTask id="a" isForCompensation="true"/>', "isForCompensation"),
        ('<serviceTask id="a" startQuantity="2"/>', "startQuantity"),
        ('<serviceTask id="a" completionQuantity="2"/>', "completionQuantity"),
        ('<serviceTask id="a" implementation="python:os.system"/>', "implementation"),
        ('<serviceTask id="a" operationRef="o"/>', "operationRef"),
        ('<startEvent id="a" isInterrupting="false"/>', "isInterrupting"),
        ('<startEvent id="a" parallelMultiple="true"/>', "parallelMultiple"),
        ('<receiveTask id="a" instantiate="true"/>', "instantiate"),
        ('<eventBasedGateway id="a" eventGatewayType="Parallel"/>', "eventGatewayType"),
        ('<scriptTask id="a" scriptFormat="groovy"/>', "scriptFormat"),
        ('<scriptTask id="a"><script>import os</script></scriptTask>', "script"),
        ('<callActivity id="a" calledElement="other"/>', "calledElement"),
        ('<serviceTask id="a"><ioSpecification/></serviceTask>', "ioSpecification"),
        ('<serviceTask id="a"><dataInputAssociation/></serviceTask>', "dataInputAssociation"),
        ('<serviceTask id="a"><property id="pr"/></serviceTask>', "property"),
        ('<serviceTask id="a"><potentialOwner/></serviceTask>', "potentialOwner"),
        ('<subProcess id="a"><laneSet id="l"/></subProcess>', "laneSet"),
        ('<serviceTask id="a" camunda:class="X"/>', "camunda:class"),
        ('<serviceTask id="a" zeebe:something="X"/>', "zeebe:something"),
        ('<serviceTask id="a" madeUp="X"/>', "madeUp"),
        ('<serviceTask id="a"><extensionElements><camunda:properties/></extensionElements></serviceTask>',
         "camunda:properties"),
        ('<serviceTask id="a"><x:thing xmlns:x="urn:x"/></serviceTask>', "x:thing"),
        ('<startEvent id="Start"/>', "reserved-id"),
        ('<endEvent id="End"/>', "reserved-id"),
        ('<endEvent name="nameless"/>', "missing-id"),
        ('<userTask id="a"/>', "job-worker-user-task"),
        ('<serviceTask id="a" default="f"/>', "default"),
        ('<exclusiveGateway id="a" default="f"/>', "default"),
        ('<intermediateThrowEvent id="a"><conditionalEventDefinition/></intermediateThrowEvent>',
         "conditionalEventDefinition"),
        ('<endEvent id="a"><compensateEventDefinition/></endEvent>', "compensateEventDefinition"),
        ('<endEvent id="a"><cancelEventDefinition/></endEvent>', "cancelEventDefinition"),
        ('<endEvent id="a"><eventDefinitionRef>x</eventDefinitionRef></endEvent>', "eventDefinitionRef"),
        ('<endEvent id="a"><dataInput id="d"/></endEvent>', "dataInput"),
        ('<startEvent id="a"><timerEventDefinition/></startEvent>', "timer-times"),
        ('<startEvent id="a"><timerEventDefinition><timeDate>x</timeDate><timeCycle>y</timeCycle>'
         '</timerEventDefinition></startEvent>', "timer-times"),
        ('<receiveTask id="a" messageRef="nowhere"/>', "dangling-reference"),
        ('<endEvent id="a"><errorEventDefinition errorRef="nowhere"/></endEvent>', "dangling-reference"),
        ('<boundaryEvent id="a" attachedToRef="nowhere"/>', "dangling-reference"),
        ('<sequenceFlow id="a" sourceRef="x" targetRef="y"/>', "dangling-reference"),
        ('<resourceRole id="a"/>', "resourceRole"),
        ('<correlationSubscription id="a"/>', "correlationSubscription"),
    ],
)  # fmt: skip
def test_what_bpmn_can_say_and_we_do_not_run_is_named(drawn: str, word: str) -> None:
    assert set(words(read(drawn))) == {word}


@pytest.mark.parametrize(
    ("tag", "extension", "word"),
    [
        ("serviceTask", "<zeebe:executionListeners/>", "zeebe:executionListeners"),
        ("userTask", "<zeebe:userTask/><zeebe:taskListeners/>", "zeebe:taskListeners"),
        ("serviceTask", "<zeebe:linkedResources/>", "zeebe:linkedResources"),
        ("businessRuleTask", '<zeebe:taskDefinition type="x"/>', "zeebe:taskDefinition"),
        ("scriptTask", '<zeebe:taskDefinition type="x"/>', "zeebe:taskDefinition"),
        ("endEvent", '<zeebe:taskDefinition type="x"/>', "zeebe:taskDefinition"),
        ("serviceTask", '<zeebe:taskDefinition type="x"/><zeebe:taskDefinition type="y"/>', "zeebe:taskDefinition"),
        ("serviceTask", "<zeebe:taskHeaders/>", "zeebe:taskHeaders"),
        ("userTask", '<zeebe:userTask/><zeebe:formDefinition formKey="x"/>', "formKey"),
        ("userTask", '<zeebe:userTask/><zeebe:formDefinition formId="x" bindingType="versionTag"/>', "bindingType"),
        ("userTask", '<zeebe:userTask/><zeebe:assignmentDefinition candidateUsers="x"/>', "candidateUsers"),
        ("callActivity", '<zeebe:calledElement processId="x"/>', "propagateAllChildVariables"),
        (
            "callActivity",
            '<zeebe:calledElement processId="x" propagateAllChildVariables="true"/>',
            "propagateAllChildVariables",
        ),
        (
            "callActivity",
            '<zeebe:calledElement propagateAllChildVariables="false" propagateAllParentVariables="true"/>',
            "propagateAllParentVariables",
        ),
        ("parallelGateway", "<zeebe:ioMapping/>", "zeebe:ioMapping"),
        (
            "receiveTask",
            '<zeebe:ioMapping><zeebe:input source="=1" target="x"/></zeebe:ioMapping>',
            "zeebe:input",
        ),
        (
            "serviceTask",
            '<zeebe:properties><zeebe:property name="a"/><zeebe:property name="a"/></zeebe:properties>',
            "duplicate-property",
        ),
    ],
)
def test_what_the_zeebe_extension_can_say_and_we_do_not_run_is_named(tag: str, extension: str, word: str) -> None:
    assert words(read(extended(tag, extension))) == [word]


def test_a_loop_on_anything_but_an_activity_is_named() -> None:
    loop = (
        "<multiInstanceLoopCharacteristics><extensionElements>"
        '<zeebe:loopCharacteristics inputCollection="=reports"/></extensionElements></multiInstanceLoopCharacteristics>'
    )
    assert words(read(f'<startEvent id="a">{loop}</startEvent>')) == ["multiInstanceLoopCharacteristics"]
    for activity in ("callActivity", "serviceTask", "subProcess"):
        assert words(read(f'<{activity} id="a">{loop}</{activity}>')) == []


@pytest.mark.parametrize(
    ("inside", "words_found"),
    [
        ("<loopCardinality>3</loopCardinality>", ["loopCardinality", "inputCollection"]),
        ('<extensionElements><zeebe:loopCharacteristics inputCollection="reports"/></extensionElements>',
         ["inputCollection"]),
        ("<loopDataInputRef>x</loopDataInputRef>", ["loopDataInputRef", "inputCollection"]),
    ],
)  # fmt: skip
def test_a_loop_counts_over_a_feel_collection_and_nothing_else(inside: str, words_found: list[str]) -> None:
    loop = f"<multiInstanceLoopCharacteristics>{inside}</multiInstanceLoopCharacteristics>"
    assert words(read(f'<callActivity id="a">{loop}</callActivity>')) == words_found


def test_several_definitions_on_one_event_make_it_unsupported() -> None:
    diagram = read(
        f'<startEvent id="a"><message{_EVENT}/><timer{_EVENT}><timeDate>=x</timeDate></timer{_EVENT}></startEvent>'
    )
    event = element(diagram, "a").event
    assert event is not None
    assert event.kind is EventKind.UNSUPPORTED
    assert words(diagram) == ["several-event-definitions"]


def test_a_flow_into_a_sub_process_crosses_its_border() -> None:
    diagram = read(
        '<startEvent id="s"/><subProcess id="sub"><endEvent id="e"/></subProcess>'
        '<sequenceFlow id="f" sourceRef="s" targetRef="e"/>'
    )
    assert (only_oddity(diagram).what, only_oddity(diagram).element_id) == ("crosses-level", "f")


def test_a_flow_into_another_process_crosses_its_border() -> None:
    other = '<process id="q"><endEvent id="e"/></process>'
    diagram = read('<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="e"/>', beside=other)
    assert only_oddity(diagram).what == "crosses-level"


def test_a_flow_to_a_data_object_leads_nowhere() -> None:
    diagram = read('<startEvent id="s"/><dataObject id="d"/><sequenceFlow id="f" sourceRef="s" targetRef="d"/>')
    assert only_oddity(diagram).detail == "targetRef d"


def test_ways_in_and_out_that_contradict_the_flows_are_named() -> None:
    diagram = read(
        '<startEvent id="s"><outgoing>g</outgoing></startEvent><endEvent id="e"/>'
        '<sequenceFlow id="f" sourceRef="s" targetRef="e"/>'
    )
    assert (only_oddity(diagram).what, only_oddity(diagram).detail) == ("incoming-outgoing-differ", "f, g")
    assert element(diagram, "s").outgoing == ("f",)


def test_two_elements_with_one_id_are_both_named() -> None:
    diagram = read('<startEvent id="a" name="One"/><endEvent id="a" name="Two"/>')
    assert diagram.duplicate_ids == ("a",)
    assert [(o.what, o.element_name) for o in diagram.oddities] == [("duplicate-id", "One"), ("duplicate-id", "Two")]
    assert element(diagram, "a").kind is ElementKind.START


def test_data_tied_to_an_element_is_named() -> None:
    diagram = read('<serviceTask id="a"/><dataObject id="d"/><association id="l" sourceRef="a" targetRef="d"/>')
    assert only_oddity(diagram).what == "data-association"


def test_what_stands_at_the_top_and_is_not_known_is_named() -> None:
    assert words(read("", beside='<interface id="i"/><category id="c"/><itemDefinition id="d"/>')) == ["interface"]


def test_a_condition_in_another_language_is_named() -> None:
    condition = '<conditionExpression language="javascript">x</conditionExpression>'
    flow = f'<sequenceFlow id="f" sourceRef="s" targetRef="e">{condition}</sequenceFlow>'
    diagram = read(f'<exclusiveGateway id="s"/><endEvent id="e"/>{flow}')
    assert (only_oddity(diagram).what, only_oddity(diagram).element_id) == ("language", "f")


def test_what_many_tools_write_out_and_means_nothing_is_not_named() -> None:
    diagram = read(
        '<serviceTask id="a" isForCompensation="false" startQuantity="1" completionQuantity="1" '
        'implementation="##WebService" signavio:x="1"><extensionElements><signavio:signavioMetaData metaKey="k"/>'
        "</extensionElements></serviceTask>"
        '<exclusiveGateway id="g" gatewayDirection="Diverging"/><startEvent id="s" isInterrupting="true"/>'
        '<subProcess id="sub" triggeredByEvent="false"/>',
        attributes='isClosed="false" processType="None"',
    )
    assert diagram.oddities == ()


def test_shapes_with_impossible_numbers_are_named_and_left_out() -> None:
    shape = '<bpmndi:BPMNShape bpmnElement="{0}"><dc:Bounds x="{1}" y="0" width="10" height="10"/></bpmndi:BPMNShape>'
    shapes = "".join(shape.format(f"e{i}", x) for i, x in enumerate(["0", "NaN", "inf", "1e99", "left", ""]))
    edge = '<bpmndi:BPMNEdge bpmnElement="f"><di:waypoint x="0" y="0"/></bpmndi:BPMNEdge>'
    plane = (
        f'<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="p">{shapes}{edge}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>'
    )
    diagram = read("", beside=plane)
    assert list(diagram.shapes) == ["e0"]
    assert diagram.edges == {}
    assert words(diagram) == ["bad-coordinates"] * 6
