from __future__ import annotations

from engine.check.machine import run_rules
from engine.check.policy import Policy
from engine.check.rules.messages import RULE
from tests.check.builders import Drawing, about, folder, plain, together
from tests.runtime.sketch import boundary, call, catch, end, parallel, start, sub, throw, variant, wire


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


def _case(*, waits: str, **others: str) -> list[tuple[str, str]]:
    """What the rule says of a main process with the body `waits` and of the `others` beside it."""
    policy = Policy(diagrams=variant(waits, **others).diagrams, folder=variant(waits, **others))
    return about(run_rules(policy, [RULE]))


CROSSED = (
    start()
    + parallel("g")
    + catch("c1", "signal", "s1")
    + throw("t2", "signal", "s2")
    + catch("c2", "signal", "s2")
    + throw("t1", "signal", "s1")
    + parallel("j")
    + end()
)


def test_two_branches_that_wait_for_each_other_are_refused() -> None:
    found = _case(waits=CROSSED + wire("start g c1 t2 j end", "g c2 t1 j"))
    assert sorted(found) == [("c1", "error"), ("c2", "error")]


def test_two_branches_of_which_one_throws_first_are_left_alone() -> None:
    assert _case(waits=CROSSED + wire("start g t2 c1 j end", "g c2 t1 j")) == []


def test_waiting_for_what_was_thrown_before_on_the_same_way_is_refused() -> None:
    drawn = start() + throw("t", "signal", "go") + catch("c", "signal", "go") + end() + wire("start t c end")
    assert _case(waits=drawn) == [("c", "error")]


def test_waiting_for_a_message_that_only_comes_behind_is_refused_unless_people_tell_it() -> None:
    def drawn(**properties: str) -> str:
        waits = catch("c", "message", "go", **properties) + throw("t", "message", "go")
        return start() + waits + end() + wire("start c t end")

    assert _case(waits=drawn()) == [("c", "error")]
    assert _case(waits=drawn(told_by="team")) == []


def test_waiting_in_a_sub_process_for_what_is_thrown_beside_it_is_left_alone() -> None:
    inner = sub("box", start("s") + catch("c", "signal", "go") + end("e") + wire("s c e"))
    aside = boundary("b", "box", "timer", "P1D", interrupting=False) + throw("t", "signal", "go") + end("e2")
    assert _case(waits=start() + inner + aside + end() + wire("start box end", "b t e2")) == []


def test_waiting_for_what_another_process_throws_is_left_alone_if_something_begins_that() -> None:
    waits = start() + catch("c", "signal", "go") + end() + wire("start c end")
    thrower = throw("t", "signal", "go") + end("oe")
    assert _case(waits=waits, other=start("o", "message", "news") + thrower + wire("o t oe")) == []
    assert ("c", "error") in _case(waits=waits, other=start("o", "signal", "never") + thrower + wire("o t oe"))
    called = start() + call("calls", "other") + catch("c", "signal", "go") + end() + wire("start calls c end")
    assert _case(waits=called, other=start("o") + thrower + wire("o t oe")) == []


def test_a_flow_that_leads_nowhere_is_left_to_another_rule() -> None:
    drawn = start() + catch("c", "signal", "go") + throw("t", "signal", "go") + end() + wire("start c t end", "t gone")
    assert ("c", "error") in _case(waits=drawn)
