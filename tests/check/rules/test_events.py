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


LINK = '<bpmn:linkEventDefinition name="on"/>'


def _linked(*, throws: int = 1, catches: int = 1, name: str = "on") -> Drawing:
    drawing = Drawing().start().gateway("part", "parallel").flow("received", "part")
    for number in range(throws):
        drawing.add("intermediateThrowEvent", f"throw_{number}", inner=LINK).flow("part", f"throw_{number}")
    for number in range(catches):
        inner = LINK.replace('"on"', f'"{name}"')
        drawing.add("intermediateCatchEvent", f"catch_{number}", inner=inner).user(f"go_on_{number}").end(
            f"done_{number}"
        )
        drawing.flow(f"catch_{number}", f"go_on_{number}", f"done_{number}")
    return drawing


def test_a_link_with_several_throws_and_one_catch_is_left_alone() -> None:
    assert alone(RULE, _linked(throws=2)) == []


def test_a_link_that_is_caught_nowhere_or_thrown_nowhere_is_refused() -> None:
    found = dict(about(alone(RULE, _linked(name="off"))))
    assert found == {"throw_0": "error", "catch_0": "error"}
    said = [finding.sentence for finding in alone(RULE, _linked(name="off"))]
    assert any("caught nowhere" in each for each in said)
    assert any("nothing on its level throws" in each for each in said)


def test_two_catches_of_one_link_are_refused() -> None:
    findings = alone(RULE, _linked(catches=2))
    assert about(findings) == [("catch_0", "error"), ("catch_1", "error")]
    assert "one of several" in findings[0].sentence


def test_flows_out_of_a_thrown_link_and_into_a_caught_one_are_refused() -> None:
    drawing = _linked().flow("throw_0", "go_on_0").flow("part", "catch_0")
    assert about(alone(RULE, drawing)) == [("throw_0", "error"), ("catch_0", "error")]


def test_a_link_without_a_name_and_one_at_an_end_are_refused() -> None:
    nameless = Drawing().start().add("intermediateThrowEvent", "go", inner="<bpmn:linkEventDefinition/>")
    (finding,) = alone(RULE, nameless.flow("received", "go"))
    assert "without a name" in finding.sentence
    (finding,) = alone(RULE, Drawing().start().end(inner=LINK).flow("received", "closed"))
    assert "intermediate throw event" in finding.sentence


def test_a_link_across_levels_is_refused() -> None:
    drawing = Drawing().start().subprocess("box").start("begin", within="box")
    drawing.add("intermediateThrowEvent", "go", inner=LINK, within="box").flow("begin", "go")
    drawing.add("intermediateCatchEvent", "here", inner=LINK).end().flow("received", "box").flow("here", "closed")
    said = {finding.element_id: finding.sentence for finding in alone(RULE, drawing)}
    assert "on another level" in said["go"]
