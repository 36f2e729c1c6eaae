"""What SpiffWorkflow would silently run as something else: both the check and the runtime refuse it, each with a
sentence. The numbers are those of the list in docs/decisions/0002."""

from __future__ import annotations

import pytest

from engine.check.rules import events as rule_of_events
from engine.errors import DiagramNotRunnableError
from engine.runtime.refusals import EVENTS_RUN
from tests.runtime.play import Case
from tests.runtime.sketch import (
    boundary,
    call,
    catch,
    end,
    event_gateway,
    event_start,
    event_sub,
    exclusive,
    script,
    service,
    start,
    sub,
    throw,
    user,
    variant,
    wire,
)
from tests.traps.refusals import errors_of_the_check, refusal_of_the_runtime

LINE = wire("start act end")
WHOLE = start() + user("act") + end() + LINE


def _event_sub_process(kind: str, what: str, *, interrupting: bool = True) -> str:
    began = event_start("es", kind, what, interrupting=interrupting)
    return WHOLE + event_sub("esp", began + user("ea") + end("ee") + wire("es ea ee"))


def _with_event(element: str, definition: str) -> str:
    """The element with this event definition in it."""
    return element.replace("></bpmn:", f">{definition}</bpmn:", 1)


def _on_activity(activity: str, inner: str) -> str:
    """A process around an activity with something more in it."""
    tag = activity[6 : activity.index(" ")]
    drawn = activity.replace(f"</bpmn:{tag}>", f"{inner}</bpmn:{tag}>")
    return start() + drawn + end() + LINE


def _element(xml: str) -> str:
    return start() + xml + end() + LINE


CONDITION = "<bpmn:conditionalEventDefinition><bpmn:condition>=x</bpmn:condition></bpmn:conditionalEventDefinition>"
TIMER = "<bpmn:timerEventDefinition><bpmn:timeDuration>P3D</bpmn:timeDuration></bpmn:timerEventDefinition>"
TWO = f"{TIMER}<bpmn:terminateEventDefinition/>"
LINK = '<bpmn:linkEventDefinition name="x"/>'
LISTENER = '<zeebe:executionListener type="x" eventType="start"/>'
LOOP = '<bpmn:standardLoopCharacteristics loopMaximum="3"/>'

MANY = (
    "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>"
    '<zeebe:loopCharacteristics inputCollection="=[1,2]"/>'
    "</bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>"
)

REFUSED = {
    # trap 1
    "an event sub-process that waits for nothing": _event_sub_process("none", ""),
    "an event sub-process that an error starts and that does not interrupt": _event_sub_process(
        "error", "lost", interrupting=False
    ),
    "an event sub-process that repeats and interrupts": _event_sub_process("timer", "R3/P7D"),
    "an event sub-process with a way into it": _event_sub_process("message", "withdraw") + wire("act esp"),
    "an event sub-process with an event on its border": _event_sub_process("message", "withdraw")
    + boundary("on_it", "esp", "timer", "P3D")
    + end("be")
    + wire("on_it be"),
    "an event sub-process for each of a list": WHOLE
    + event_sub("esp", MANY + event_start("es", "message", "withdraw") + end("ee") + wire("es ee")),
    "an event sub-process that begins by a condition": WHOLE
    + event_sub("esp", _with_event(event_start("es", "none"), CONDITION) + end("ee") + wire("es ee")),
    "a start event of a sub-process that waits for a message": start()
    + sub("act", start("s", "message", "go") + user("u") + end("e") + wire("s u e"))
    + end()
    + LINE,
    # trap 5
    "a link that is caught nowhere": _element(
        _with_event(throw("act", "none"), '<bpmn:linkEventDefinition name="x"/>')
    ),
    "a link that nothing throws": _element(_with_event(catch("act", "none"), '<bpmn:linkEventDefinition name="x"/>')),
    "a conditional catch event": _element(_with_event(catch("act", "none"), CONDITION)),
    "a compensation throw event": _element(_with_event(throw("act", "none"), "<bpmn:compensateEventDefinition/>")),
    "a cancel end event": start()
    + user("act")
    + '<bpmn:endEvent id="end" name="end"><bpmn:cancelEventDefinition/></bpmn:endEvent>'
    + LINE,
    "an error in the middle of the flow": _element(throw("act", "error", "lost")),
    "an error that is waited for in the flow": _element(catch("act", "error", "lost")),
    "an escalation that is waited for in the flow": _element(catch("act", "escalation", "up")),
    "a catch event that waits for nothing": _element(catch("act", "none")),
    "a timer that is thrown": _element(throw("act", "timer", "P3D")),
    "a terminate in the middle of the flow": _element(throw("act", "terminate")),
    "a timer as an end": start() + user("act") + end("end", "timer", "P3D") + LINE,
    "a timer as the start of a sub-process": _element(
        sub("act", start("s", "timer", "P3D") + user("u") + end("e") + wire("s u e"))
    ),
    "an error as a start": start("start", "error", "lost") + user("act") + end() + LINE,
    "a boundary event that waits for nothing": WHOLE + boundary("b", "act", "none") + end("e2") + wire("b e2"),
    "a compensation boundary event": WHOLE
    + _with_event(boundary("b", "act", "none"), "<bpmn:compensateEventDefinition/>")
    + end("e2")
    + wire("b e2"),
    "a conditional boundary event": WHOLE
    + _with_event(
        boundary("b", "act", "none"),
        CONDITION,
    )
    + end("e2")
    + wire("b e2"),
    "two events in one": _element(_with_event(catch("act", "none"), TWO)),
    "an error boundary event that does not interrupt": start()
    + service("act")
    + end()
    + LINE
    + boundary("b", "act", "error", "lost", interrupting=False)
    + end("e2")
    + wire("b e2"),
    "a boundary event on a script task": start()
    + script("act", "=1", "x")
    + end()
    + LINE
    + boundary("b", "act", "timer", "P3D")
    + end("e2")
    + wire("b e2"),
    "a cycle in the middle of the flow": _element(catch("act", "timer", "R3/P7D")),
    "a cycle on a boundary event that interrupts": WHOLE
    + boundary("b", "act", "timer", "R3/P7D")
    + end("e2")
    + wire("b e2"),
    # trap 6
    "a condition on a way out of a task": start() + user("act") + end() + wire("start act end", act_to_end="=x"),
    "a condition on a way out of a parallel gateway": start()
    + '<bpmn:parallelGateway id="act"/>'
    + user("a")
    + user("b")
    + end("end")
    + end("e2")
    + wire("start act a end", "act b e2", act_to_a="=x"),
    # what else is ignored without a word
    "a complex gateway": _element('<bpmn:complexGateway id="act" name="act"/>'),
    "a transaction": _element('<bpmn:transaction id="act" name="act"/>'),
    "an ad-hoc sub-process": _element('<bpmn:adHocSubProcess id="act" name="act"/>'),
    "a standard loop on a user task": _on_activity(user("act"), LOOP),
    "a service task without a handler": _element('<bpmn:serviceTask id="act" name="act"/>'),
    "a script in another language": _element(
        '<bpmn:scriptTask id="act" name="act" scriptFormat="python"><bpmn:script>x = 1</bpmn:script></bpmn:scriptTask>'
    ),
    "a sub-process in which nothing begins": start() + sub("act", user("u") + user("v") + wire("u v u")) + end() + LINE,
    "a sub-process with two starts": start()
    + sub("act", start("s") + start("s2") + user("u") + end("e") + wire("s u e", "s2 u"))
    + end()
    + LINE,
    "an event-based gateway before a task": start()
    + event_gateway("act")
    + user("u")
    + catch("c", "timer", "P3D")
    + end()
    + end("e2")
    + wire("start act u end", "act c e2"),
    "a data input": _on_activity(user("act"), "<bpmn:ioSpecification/>"),
    "compensation": WHOLE.replace('<bpmn:userTask id="act"', '<bpmn:userTask isForCompensation="true" id="act"'),
    "all of the child's variables": _element(
        call("act").replace('propagateAllChildVariables="false"', 'propagateAllChildVariables="true"')
    ),
    "a listener": start()
    + user(
        "act",
        more=f"<zeebe:executionListeners>{LISTENER}</zeebe:executionListeners>",
    )
    + end()
    + LINE,
    "a form of another product": WHOLE.replace(
        '<bpmn:userTask id="act"',
        '<bpmn:userTask xmlns:camunda="http://camunda.org/schema/1.0/bpmn" camunda:formKey="F" id="act"',
    ),
    "a flow that leads to nothing": WHOLE + wire("act nowhere"),
    "a flow into a sub-process through its border": start()
    + sub("act", start("s") + user("u") + end("e") + wire("s u e"))
    + end()
    + LINE
    + '<bpmn:sequenceFlow id="through" sourceRef="start" targetRef="u"/>',
}


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
def test_the_check_says_what_is_not_run(body: str) -> None:
    assert errors_of_the_check(body) != []


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
def test_the_runtime_refuses_it_where_nobody_checked(body: str) -> None:
    said = refusal_of_the_runtime(body)
    assert said is not None
    assert "asb check" in said


def test_a_sound_diagram_is_refused_by_neither() -> None:
    assert errors_of_the_check(WHOLE) == []
    assert refusal_of_the_runtime(WHOLE) is None


def test_a_case_cannot_be_opened_with_a_diagram_that_is_not_run() -> None:
    with pytest.raises(DiagramNotRunnableError, match="kind “none”"):
        Case(REFUSED["an event sub-process that waits for nothing"])


def test_a_process_that_is_called_and_not_run_is_an_incident_of_the_call() -> None:
    child = start("cs") + user("deep") + end("ce") + wire("cs deep ce", deep_to_ce="=x")
    case = Case(start() + call("act") + end() + LINE, child=child)
    assert case.stuck() == ["act"]


def test_the_check_and_the_runtime_agree_on_the_events_that_are_run() -> None:
    assert dict(rule_of_events.ALLOWED) == dict(EVENTS_RUN)


def test_a_script_of_another_language_is_never_read_as_feel() -> None:
    body = REFUSED["a script in another language"]
    assert variant(body).diagrams["main.bpmn"].processes["main"].elements["act"].script is None


def test_an_exclusive_gateway_with_a_way_that_has_no_condition_is_refused_by_the_check_and_stuck_in_the_runtime() -> (
    None
):
    body = start() + exclusive("act") + user("a") + user("b") + end() + end("e2")
    body += wire("start act a end", "act b e2", act_to_a="=false")
    assert errors_of_the_check(body) != []
    assert Case(body).stuck() == ["act"]
