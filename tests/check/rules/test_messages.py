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
