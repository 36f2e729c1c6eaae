from __future__ import annotations

import pytest

from engine.check.rules.mappings import RULE
from tests.check.builders import Drawing, about, alone


def _sending(extension: str, tag: str = "sendTask", inner: str = "") -> Drawing:
    drawing = Drawing().message("m", "answer").start()
    job = '<zeebe:taskDefinition type="send-letter"/>' if tag == "sendTask" else ""
    drawing.add(tag, "write", inner=inner, extension=f"{job}<zeebe:ioMapping>{extension}</zeebe:ioMapping>").end()
    return drawing.flow("received", "write", "closed")


def test_mappings_with_names_are_left_alone() -> None:
    given = '<zeebe:input source="CT1" target="letter"/><zeebe:output source="=sent_on" target="ct1_sent_on"/>'
    assert alone(RULE, _sending(given)) == []


@pytest.mark.parametrize("tag", ["userTask", "receiveTask", "scriptTask", "callActivity"])
def test_outputs_of_what_is_given_something_are_left_alone(tag: str) -> None:
    assert alone(RULE, _sending('<zeebe:output source="=1" target="x"/>', tag)) == []


def test_outputs_of_an_event_that_waits_for_a_message_are_left_alone() -> None:
    message = '<bpmn:messageEventDefinition messageRef="m"/>'
    kept = '<zeebe:output source="=1" target="x"/>'
    assert alone(RULE, _sending(kept, "intermediateCatchEvent", message)) == []


def test_outputs_of_a_timer_are_refused() -> None:
    timer = "<bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition>"
    drawing = _sending('<zeebe:output source="=1" target="x"/>', "intermediateCatchEvent", timer)
    assert about(alone(RULE, drawing)) == [("write", "error")]


@pytest.mark.parametrize("target", ["", "sent on", "letter.", "letter.1", "=sent_on"])
def test_a_target_that_is_no_name_is_refused(target: str) -> None:
    drawing = _sending(f'<zeebe:input source="CT1" target="{target}"/>')
    assert about(alone(RULE, drawing)) == [("write", "error")]


def test_a_target_may_be_an_entry_and_not_what_holds_it_too() -> None:
    entry = '<zeebe:input source="A" target="victim.name"/><zeebe:input source="B" target="victim.email"/>'
    assert alone(RULE, _sending(entry)) == []
    (finding,) = alone(RULE, _sending(f'{entry}<zeebe:input source="C" target="victim.name.first"/>'))
    assert "what holds it" in finding.sentence


def test_two_mappings_to_one_name_are_refused() -> None:
    (finding,) = alone(RULE, _sending('<zeebe:input source="CT1" target="a"/><zeebe:input source="CT2" target="a"/>'))
    assert "only one would count" in finding.sentence


def test_a_mapping_from_nothing_is_refused() -> None:
    assert about(alone(RULE, _sending('<zeebe:input source="" target="letter"/>'))) == [("write", "error")]
