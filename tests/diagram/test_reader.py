"""What the modeller writes is read as it stands."""

from __future__ import annotations

import pytest

from engine.diagram import ElementKind, EventKind, IoMapping, TimerKind
from tests.diagram.builders import element, extended, read, read_rich, words


def test_a_diagram_of_the_modeller_has_nothing_odd() -> None:
    assert read_rich().oddities == ()


def test_a_user_task_is_read_with_team_form_due_date_and_clauses() -> None:
    task = element(read_rich(), "acknowledge")
    assert (task.kind, task.name) == (ElementKind.USER, "Acknowledge the application")
    assert (task.candidate_groups, task.form_id) == ("community_safety", "acknowledge")
    assert task.due_date == '=due("acknowledge")'
    assert task.clauses == ("H5.1", "H11.5")
    assert task.is_zeebe_user_task
    assert task.lane == "Community Safety Team"
    assert task.line > 0


def test_a_send_task_is_read_with_handler_headers_and_inputs() -> None:
    task = element(read_rich(), "send_ct3")
    assert task.job is not None
    assert (task.job.handler, dict(task.job.headers), task.job.retries) == ("send-letter", {"letter": "CT3"}, "3")
    assert task.inputs == (IoMapping(source="=applicant", target="to"),)


def test_a_decision_is_read_with_its_result() -> None:
    task = element(read_rich(), "decide_threshold")
    assert (task.decision_id, task.result_variable) == ("threshold", "threshold")
    assert task.outputs == (IoMapping(source="=threshold", target="threshold_met"),)


def test_a_script_is_read_with_its_result() -> None:
    task = element(read_rich(), "collect")
    assert (task.script, task.result_variable) == ("=reports", "papers")


def test_a_call_activity_is_read_with_its_loop() -> None:
    loop = element(read_rich(), "ask_agencies").loop
    assert loop is not None
    assert not loop.is_sequential
    assert (loop.input_collection, loop.input_element) == ("=agencies", "agency")
    assert (loop.output_collection, loop.output_element) == ("answers", "=answer")
    assert loop.completion_condition == "=numberOfCompletedInstances > 2"
    assert element(read_rich(), "ask_agencies").called_process == "agency_answer"
    sequential = element(read_rich(), "follow_actions").loop
    assert sequential is not None
    assert sequential.is_sequential


def test_boundary_events_know_their_activity_and_whether_they_stop_it() -> None:
    diagram = read_rich()
    late, unknown = element(diagram, "acknowledge_late"), element(diagram, "no_address")
    assert (late.attached_to, late.is_interrupting) == ("acknowledge", False)
    assert (unknown.attached_to, unknown.is_interrupting) == ("send_ct3", True)
    boundaries = diagram.processes["review"].boundaries
    assert [event.id for event in boundaries["prepare"]] == ["withdrawn"]


@pytest.mark.parametrize(
    ("element_id", "timer", "expression"),
    [
        ("acknowledge_late", TimerKind.DATE, '=due("acknowledge")'),
        ("panel_late", TimerKind.DURATION, '=duration("P2M")'),
        ("answers_late", TimerKind.CYCLE, "R3/P7D"),
    ],
)
def test_timers_are_read_as_written(element_id: str, timer: TimerKind, expression: str) -> None:
    event = element(read_rich(), element_id).event
    assert event is not None
    assert (event.kind, event.timer, event.expression) == (EventKind.TIMER, timer, expression)


def test_events_know_what_they_refer_to() -> None:
    diagram = read_rich()
    events = {id: element(diagram, id).event for id in ("withdrawn", "no_address", "tell_manager", "reminded")}
    message, error, escalation, signal = events.values()
    assert message is not None
    assert (message.kind, message.name) == (EventKind.MESSAGE, "withdraw")
    assert message.correlation_key == "=case.reference"
    assert error is not None
    assert (error.kind, error.code) == (EventKind.ERROR, "address-unknown")
    assert escalation is not None
    assert (escalation.kind, escalation.code) == (EventKind.ESCALATION, "late")
    assert signal is not None
    assert (signal.kind, signal.name) == (EventKind.SIGNAL, "agencies reminded")


def test_a_receive_task_waits_for_its_message() -> None:
    event = element(read_rich(), "hear_police").event
    assert event is not None
    assert (event.kind, event.name) == (EventKind.MESSAGE, "police heard")


def test_a_plain_event_has_no_event_kind_and_a_task_no_event() -> None:
    diagram = read_rich()
    started = element(diagram, "applied").event
    assert started is not None
    assert started.kind is EventKind.NONE
    assert element(diagram, "acknowledge").event is None


def test_what_is_drawn_in_a_sub_process_belongs_to_it_and_to_its_lane() -> None:
    diagram = read_rich()
    assert element(diagram, "collect").parent == "prepare"
    assert element(diagram, "collect").lane == "Panel Chair"
    assert element(diagram, "prepare").parent is None
    process = diagram.processes["review"]
    assert [start.id for start in process.start_events("prepare")] == ["begin_preparing"]
    assert process.flows["f17"].parent == "prepare"


def test_ways_in_and_out_come_from_the_flows() -> None:
    diagram = read(
        '<startEvent id="s"/><endEvent id="e"/><endEvent id="e2"/>'
        '<sequenceFlow id="f2" sourceRef="s" targetRef="e2"/><sequenceFlow id="f1" sourceRef="s" targetRef="e"/>'
    )
    assert element(diagram, "s").outgoing == ("f2", "f1")
    assert element(diagram, "e").incoming == ("f1",)
    assert diagram.oddities == ()


def test_the_default_flow_and_conditions_are_read() -> None:
    diagram = read_rich()
    flows = diagram.processes["review"].flows
    assert element(diagram, "threshold_met").default_flow == "not_met"
    assert flows["met"].condition == "=threshold_met"
    assert flows["not_met"].condition is None
    assert flows["tell"].name == "applicant to be told"


def test_an_empty_condition_is_none() -> None:
    flow = (
        '<sequenceFlow id="f" sourceRef="s" targetRef="e"><conditionExpression>  </conditionExpression></sequenceFlow>'
    )
    diagram = read(f'<startEvent id="s"/><endEvent id="e"/>{flow}')
    assert diagram.processes["p"].flows["f"].condition is None


def test_white_space_in_names_is_folded() -> None:
    diagram = read('<userTask id="a" name="  Confirm&#10;the   reports "/>')
    assert element(diagram, "a").name == "Confirm the reports"


def test_an_element_in_a_nested_lane_has_the_innermost() -> None:
    inner = '<lane id="l2" name="Inner"><flowNodeRef>s</flowNodeRef></lane>'
    diagram = read(
        '<laneSet id="ls"><lane id="l1" name="Outer"><flowNodeRef>s</flowNodeRef><flowNodeRef>e</flowNodeRef>'
        f'<childLaneSet id="cl">{inner}</childLaneSet></lane></laneSet><startEvent id="s"/><endEvent id="e"/>'
    )
    assert (element(diagram, "s").lane, element(diagram, "e").lane) == ("Inner", "Outer")
    assert [(lane.id, lane.parent) for lane in diagram.processes["p"].lanes] == [("l1", None), ("l2", "l1")]


def test_properties_of_elements_flows_and_processes_are_read() -> None:
    properties = (
        '<extensionElements><zeebe:properties><zeebe:property name="clause" value="H1.1"/></zeebe:properties>'
        "</extensionElements>"
    )
    diagram = read(
        f'{properties}<startEvent id="s">{properties}</startEvent><endEvent id="e"/>'
        f'<sequenceFlow id="f" sourceRef="s" targetRef="e">{properties}</sequenceFlow>'
    )
    process = diagram.processes["p"]
    assert process.properties == element(diagram, "s").properties == process.flows["f"].properties == {"clause": "H1.1"}
    assert diagram.oddities == ()


def test_notes_groups_and_data_that_touch_nothing_are_only_drawn() -> None:
    diagram = read_rich()
    drawn = {note.id: (note.tag, note.text) for note in diagram.annotations}
    assert drawn["papers"] == ("dataObjectReference", "Case papers")
    assert drawn["corner"] == ("group", "Records")
    assert drawn["note"][1].startswith("The victim is heard")
    assert [line.target for line in diagram.associations if line.source == "note"] == ["contact_victim"]


def test_pools_and_message_flows_are_only_drawn() -> None:
    diagram = read_rich()
    assert [(pool.name, pool.process_id) for pool in diagram.participants][:2] == [
        ("Case review", "review"),
        ("Applicant", None),
    ]
    assert [line.name for line in diagram.associations if line.tag == "messageFlow"] == ["application", "outcome"]


def test_where_things_are_drawn_is_read() -> None:
    diagram = read_rich()
    shape = diagram.shapes["acknowledge"]
    assert (shape.bounds.x, shape.bounds.y, shape.bounds.width, shape.bounds.height) == (340, 180, 100, 80)
    assert shape.plane == "collaboration"
    assert diagram.shapes["threshold_met"].label is not None
    assert diagram.edges["f1"].waypoints == ((288, 220), (340, 220))
    assert diagram.exporter == "Camunda Modeler 5.30.0"


def test_prefixes_of_references_do_not_matter() -> None:
    diagram = read(
        '<boundaryEvent id="b" attachedToRef="tns:a"><messageEventDefinition messageRef="tns:m"/></boundaryEvent>'
        '<receiveTask id="a" messageRef="tns:m"/>',
        beside='<message id="m" name="tell"/>',
    )
    event = element(diagram, "b").event
    assert event is not None
    assert (event.name, element(diagram, "b").attached_to, words(diagram)) == ("tell", "a", [])


def test_an_applied_element_template_is_not_odd() -> None:
    template = 'zeebe:modelerTemplate="send-letter" zeebe:modelerTemplateVersion="1"'
    diagram = read(extended("serviceTask", '<zeebe:taskDefinition type="x"/>', attributes=template))
    assert diagram.oddities == ()
