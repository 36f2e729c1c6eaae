from __future__ import annotations

import pytest

from engine.check.rules.boundary_events import RULE
from tests.check.builders import Drawing, about, alone

_TIMER = "<bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition>"
_ERROR = '<bpmn:errorEventDefinition errorRef="e"/>'
_ESCALATION = '<bpmn:escalationEventDefinition escalationRef="s"/>'


def _on(host: str, inner: str, **more: bool) -> Drawing:
    drawing = (
        Drawing().message("e", "E", "error", 'errorCode="E1"').message("s", "S", "escalation", 'escalationCode="S"')
    )
    drawing.start().add(host, "host").boundary("event", "host", inner, **more).end().end("late")
    return drawing.flow("received", "host", "closed").flow("event", "late")


@pytest.mark.parametrize("host", ["userTask", "serviceTask", "sendTask", "receiveTask", "callActivity", "subProcess"])
@pytest.mark.parametrize("interrupts", [True, False])
def test_a_timer_on_an_activity_that_waits_is_left_alone(host: str, interrupts: bool) -> None:
    assert alone(RULE, _on(host, _TIMER, interrupts=interrupts)) == []


@pytest.mark.parametrize("host", ["scriptTask", "businessRuleTask"])
def test_a_boundary_event_on_a_task_that_never_waits_is_refused(host: str) -> None:
    (finding,) = alone(RULE, _on(host, _TIMER))
    assert about([finding]) == [("event", "error")]
    assert "never waits" in finding.sentence


def test_a_boundary_event_on_a_gateway_is_refused() -> None:
    assert about(alone(RULE, _on("exclusiveGateway", _TIMER))) == [("event", "error")]


def test_an_error_event_that_does_not_interrupt_is_refused() -> None:
    (finding,) = alone(RULE, _on("callActivity", _ERROR, interrupts=False))
    assert "Make it interrupting" in finding.sentence


def test_an_error_event_on_a_user_task_is_refused_because_none_comes() -> None:
    (finding,) = alone(RULE, _on("userTask", _ERROR))
    assert "exclusive gateway" in finding.sentence


def test_an_escalation_event_on_a_service_task_is_refused_because_none_comes() -> None:
    assert about(alone(RULE, _on("serviceTask", _ESCALATION))) == [("event", "error")]


def test_two_events_that_catch_the_same_error_are_refused() -> None:
    drawing = _on("callActivity", _ERROR).boundary("again", "host", _ERROR)
    assert about(alone(RULE, drawing)) == [("again", "error")]
