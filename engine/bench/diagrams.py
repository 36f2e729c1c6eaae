"""The processes that are measured, as small as shows what is measured."""

from __future__ import annotations

from itertools import pairwise

from engine.variants import Variant

PERSON = "Officer"

_SETTINGS = f"""
name = "Measured Council"
main_process = "main"
reference_prefix = "M"
[contact]
name = "Measured Council"
phone = "020 7946 0000"
[items]
actions = "action"
[[teams]]
id = "officers"
name = "Officers"
[[people]]
name = "{PERSON}"
teams = ["officers"]
"""

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'id="measured" targetNamespace="http://bpmn.io/schema/bpmn">'
)

_LETTER = """+++
id = "receipt"
title = "We have your application"
to = "the applicant"
+++
Dear ((applicant_name))

Reference: **((case.reference))**

# What happens next

We ask the agencies for their reports and write to you again.

Yours sincerely

((council.name))
"""


def three_tasks(*, timer: str = "P21D") -> bytes:
    """Three user tasks one after the other; when the second has waited for 21 days, somebody is to chase it.

    `timer` is the duration as the reader of the diagram wants it: SpiffWorkflow evaluates it as Python.
    """
    late = (
        '<bpmn:boundaryEvent id="late" name="late" attachedToRef="answer" cancelActivity="false">'
        '<bpmn:timerEventDefinition id="late_timer"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">'
        f"{timer}</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>"
    )
    return _diagram(
        '<bpmn:startEvent id="received"/>',
        _user("acknowledge"),
        _user("answer"),
        late,
        _user("decide"),
        _user("chase"),
        '<bpmn:endEvent id="closed"/><bpmn:endEvent id="chased"/>',
        _path("received", "acknowledge", "answer", "decide", "closed"),
        _path("late", "chase", "chased"),
    )


def steps_variant(*, timer: str = "P21D") -> Variant:
    return _variant("measured_steps", three_tasks(timer=timer))


def children_variant() -> Variant:
    """A call activity with a child process of one user task for each action."""
    call = (
        '<bpmn:callActivity id="actions" name="actions"><bpmn:extensionElements>'
        '<zeebe:calledElement processId="action" propagateAllChildVariables="false"/></bpmn:extensionElements>'
        "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>"
        '<zeebe:loopCharacteristics inputCollection="=actions" inputElement="action"/>'
        "</bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics></bpmn:callActivity>"
    )
    main = _process(
        "main",
        '<bpmn:startEvent id="received"/>',
        call,
        '<bpmn:endEvent id="closed"/>',
        _path("received", "actions", "closed"),
    )
    child = _process(
        "action",
        '<bpmn:startEvent id="agreed"/>',
        _user("carry_out"),
        '<bpmn:endEvent id="done"/>',
        _path("agreed", "carry_out", "done"),
    )
    return _variant("measured_children", _definitions(main, child))


def loop_variant() -> Variant:
    """A user task that comes back until the applicant is reached."""
    again = (
        '<bpmn:sequenceFlow id="not_reached" sourceRef="reached" targetRef="again"/>'
        '<bpmn:sequenceFlow id="is_reached" sourceRef="reached" targetRef="closed"><bpmn:conditionExpression '
        'xsi:type="bpmn:tFormalExpression">=is_reached</bpmn:conditionExpression></bpmn:sequenceFlow>'
    )
    return _variant(
        "measured_loop",
        _diagram(
            '<bpmn:startEvent id="received"/><bpmn:exclusiveGateway id="again" name="again"/>',
            _user("contact"),
            '<bpmn:exclusiveGateway id="reached" name="reached?" default="not_reached"/><bpmn:endEvent id="closed"/>',
            _path("received", "again", "contact", "reached"),
            again,
        ),
    )


def letter_variant() -> Variant:
    """A letter goes out, and then a user task waits with a 21-day timer."""
    send = (
        '<bpmn:sendTask id="send_receipt" name="send receipt"><bpmn:extensionElements>'
        '<zeebe:taskDefinition type="send-letter"/><zeebe:ioMapping><zeebe:input source="receipt" target="letter"/>'
        '<zeebe:input source="=applicant_name" target="to"/><zeebe:input source="=email" target="email"/>'
        "</zeebe:ioMapping></bpmn:extensionElements></bpmn:sendTask>"
    )
    late = (
        '<bpmn:boundaryEvent id="late" name="late" attachedToRef="answer" cancelActivity="false">'
        '<bpmn:timerEventDefinition id="late_timer"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P21D'
        "</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>"
    )
    diagram = _diagram(
        '<bpmn:startEvent id="received"/>',
        send,
        _user("answer"),
        late,
        _user("chase"),
        '<bpmn:endEvent id="closed"/><bpmn:endEvent id="chased"/>',
        _path("received", "send_receipt", "answer", "closed"),
        _path("late", "chase", "chased"),
    )
    return _variant("measured_letters", diagram, {"letters/receipt.md": _LETTER.encode()})


def _variant(name: str, diagram: bytes, more: dict[str, bytes] | None = None) -> Variant:
    return Variant.from_files({"variant.toml": _SETTINGS.encode(), "main.bpmn": diagram, **(more or {})}, name)


def _diagram(*parts: str) -> bytes:
    return _definitions(_process("main", *parts))


def _definitions(*processes: str) -> bytes:
    return (_HEAD + "".join(processes) + "</bpmn:definitions>").encode()


def _process(id: str, *parts: str) -> str:
    return f'<bpmn:process id="{id}" name="{id}" isExecutable="true">{"".join(parts)}</bpmn:process>'


def _user(id: str) -> str:
    return (
        f'<bpmn:userTask id="{id}" name="{id}"><bpmn:extensionElements><zeebe:userTask/>'
        '<zeebe:assignmentDefinition candidateGroups="officers"/></bpmn:extensionElements></bpmn:userTask>'
    )


def _path(*ids: str) -> str:
    return "".join(
        f'<bpmn:sequenceFlow id="{source}_to_{target}" sourceRef="{source}" targetRef="{target}"/>'
        for source, target in pairwise(ids)
    )
