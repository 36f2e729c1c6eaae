from __future__ import annotations

from engine.check.rules.messages import RULE
from tests.check.builders import Drawing, about, folder, plain, together


def _throwing(name: str, kind: str = "message") -> Drawing:
    drawing = Drawing().message("m", name, kind).start(form="application")
    drawing.add("intermediateThrowEvent", "tell", inner=f'<bpmn:{kind}EventDefinition {kind}Ref="m"/>').end()
    return drawing.flow("received", "tell", "closed")


def _started_by(name: str, kind: str = "message") -> Drawing:
    drawing = Drawing("other").message("m", name, kind)
    drawing.start(inner=f'<bpmn:{kind}EventDefinition {kind}Ref="m"/>').end()
    return drawing.flow("received", "closed")


def test_a_message_that_another_process_waits_for_is_left_alone() -> None:
    assert together(RULE, folder(_throwing("outcome"), _started_by("outcome"))) == []


def test_a_message_that_nothing_waits_for_is_refused() -> None:
    assert about(together(RULE, folder(_throwing("outcom"), _started_by("outcome")))) == [("tell", "error")]


def test_a_message_that_only_people_tell_is_left_alone() -> None:
    assert together(RULE, folder(plain(), _started_by("appeal"))) == []


def test_a_signal_that_nothing_hears_is_pointed_out() -> None:
    assert about(together(RULE, folder(_throwing("stop", "signal")))) == [("tell", "warning")]


def test_waiting_for_a_signal_that_nothing_throws_is_refused() -> None:
    assert about(together(RULE, folder(plain(), _started_by("stop", "signal")))) == [("received", "error")]


def _hearing(drawing: Drawing) -> list[tuple[str, str]]:
    return about(together(RULE, folder(drawing.message("changed", "deadline_changed"))))


def test_a_boundary_event_on_what_has_a_deadline_hears_that_it_changed() -> None:
    inner = '<bpmn:messageEventDefinition id="m" messageRef="changed"/>'
    drawing = Drawing().start(form="application").user("decide", due='=due("acknowledge")')
    drawing.boundary("heard", "decide", inner, interrupts=False).end().end("heard_end")
    drawing.flow("received", "decide", "closed").flow("heard", "heard_end")
    assert _hearing(drawing) == []


def test_where_there_is_no_deadline_none_can_change() -> None:
    inner = '<bpmn:messageEventDefinition id="m" messageRef="changed"/>'
    drawing = Drawing().start(form="application").user("decide")
    drawing.boundary("heard", "decide", inner, interrupts=False).end().end("heard_end")
    drawing.flow("received", "decide", "closed").flow("heard", "heard_end")
    assert _hearing(drawing) == [("heard", "error")]


def test_no_diagram_throws_that_a_deadline_changed_and_none_waits_for_it_on_its_way() -> None:
    inner = '<bpmn:messageEventDefinition id="m" messageRef="changed"/>'
    for tag in ("intermediateThrowEvent", "intermediateCatchEvent"):
        drawing = Drawing().start(form="application").add(tag, "event", inner=inner).end()
        assert _hearing(drawing.flow("received", "event", "closed")) == [("event", "error")]
