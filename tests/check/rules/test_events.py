from __future__ import annotations

import pytest

from engine.check.rules.events import RULE
from tests.check.builders import Drawing, about, alone

_MESSAGE = '<bpmn:messageEventDefinition messageRef="m"/>'


def _process(tag: str, inner: str) -> Drawing:
    drawing = Drawing().message("m", "withdraw")
    drawing.message("e", "E", "error", 'errorCode="E1"').message("s", "S", "escalation", 'escalationCode="S1"')
    return drawing.start().add(tag, "event", inner=inner).end().flow("received", "event", "closed")


@pytest.mark.parametrize(
    ("tag", "inner"),
    [
        ("intermediateCatchEvent", _MESSAGE),
        ("intermediateThrowEvent", _MESSAGE),
        ("intermediateThrowEvent", ""),
        ("intermediateThrowEvent", '<bpmn:escalationEventDefinition escalationRef="s"/>'),
        ("endEvent", '<bpmn:errorEventDefinition errorRef="e"/>'),
        ("endEvent", "<bpmn:terminateEventDefinition/>"),
    ],
)
def test_an_event_where_its_kind_is_run_is_left_alone(tag: str, inner: str) -> None:
    assert alone(RULE, _process(tag, inner)) == []


@pytest.mark.parametrize(
    ("tag", "inner", "words"),
    [
        ("intermediateThrowEvent", '<bpmn:errorEventDefinition errorRef="e"/>', "error end event"),
        ("intermediateThrowEvent", "<bpmn:terminateEventDefinition/>", "another kind"),
        ("intermediateCatchEvent", '<bpmn:errorEventDefinition errorRef="e"/>', "error boundary event"),
        ("intermediateCatchEvent", "", "Choose what it waits for"),
        ("startEvent", '<bpmn:errorEventDefinition errorRef="e"/>', "sub-process"),
        ("intermediateCatchEvent", "<bpmn:messageEventDefinition/>", "names no message"),
        ("endEvent", "<bpmn:errorEventDefinition/>", "without a code"),
    ],
)
def test_an_event_in_a_place_where_its_kind_is_not_run_is_refused(tag: str, inner: str, words: str) -> None:
    (finding,) = alone(RULE, _process(tag, inner))
    assert about([finding]) == [("event", "error")]
    assert words in finding.sentence
