from __future__ import annotations

import pytest

from engine.check.rules import RULES
from engine.check.rules.called_processes import RULE
from engine.problems import Severity
from tests.check.builders import Drawing, about, folder, plain, together


def _calling(process: str, id: str = "main") -> Drawing:
    drawing = Drawing(id).start(form="application" if id == "main" else "").call("ask", process).end()
    return drawing.flow("received", "ask", "closed")


def test_a_process_that_is_there_can_be_called() -> None:
    assert together(RULE, folder(_calling("other"), plain("other"))) == []


def test_a_process_that_is_not_there_is_named_with_the_one_that_was_meant() -> None:
    findings = together(RULE, folder(_calling("othr"), plain("other")))
    assert ("ask", "error") in about(findings)
    assert any("Is “other” meant?" in finding.sentence for finding in findings)


def test_a_call_without_a_process_is_refused() -> None:
    assert about(together(RULE, folder(_calling("")))) == [("ask", "error")]


def test_processes_that_call_each_other_are_refused() -> None:
    findings = together(RULE, folder(_calling("other"), _calling("third", "other"), _calling("other", "third")))
    assert [(finding.file, finding.element_id) for finding in findings] == [
        ("other.bpmn", "ask"),
        ("third.bpmn", "ask"),
    ]


def _again(*, loop: str = "") -> Drawing:
    """A process that calls itself, unless it is enough."""
    drawing = Drawing("other").start().user("look").gateway("enough", default="enough_to_ask")
    drawing.call("ask", "other", inner=loop).gateway("met").end()
    drawing.flow("received", "look", "enough").flow("enough", "met", condition="=is_enough").flow("enough", "ask")
    return drawing.flow("ask", "met", "closed")


def _always(*, loop: str = "", parallel: bool = False) -> Drawing:
    """A process that calls itself on its only way, or on one of two that are both taken."""
    if not parallel:
        drawing = Drawing("other").start().user("look").call("ask", "other", inner=loop).end()
        return drawing.flow("received", "look", "ask", "closed")
    drawing = Drawing("other").start().gateway("both", "parallel").user("look").call("ask", "other")
    drawing.gateway("join", "parallel").end()
    return drawing.flow("received", "both", "look", "join", "closed").flow("both", "ask", "join")


WEEK = "<bpmn:timerEventDefinition><bpmn:timeDuration>P7D</bpmn:timeDuration></bpmn:timerEventDefinition>"
EACH = (
    "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>"
    '<zeebe:loopCharacteristics inputCollection="=reports" inputElement="report"/>'
    "</bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>"
)


@pytest.mark.parametrize(
    "way_out",
    [
        _again(),
        _always(loop=EACH),
        _always().boundary("late", "ask", WEEK).end("given_up").flow("late", "given_up"),
        _always()
        .event_subprocess("late")
        .event_start("week", "late", WEEK)
        .end("over", within="late")
        .flow("week", "over"),
    ],
    ids=["past it", "for each of a list", "by an event on it", "by an event sub-process"],
)
def test_a_process_that_calls_itself_with_a_way_out_is_left_alone(way_out: Drawing) -> None:
    assert together(RULE, folder(_calling("other"), way_out)) == []


@pytest.mark.parametrize("parallel", [False, True])
def test_a_process_that_calls_itself_on_every_way_is_refused(parallel: bool) -> None:
    (finding,) = together(RULE, folder(_calling("other"), _always(parallel=parallel)))
    assert (finding.element_id, finding.severity) == ("ask", Severity.ERROR)
    assert "go on for ever" in finding.sentence


def test_of_two_that_call_each_other_one_way_out_is_enough() -> None:
    other = _again()
    other._elements["ask"]["extension"] = other._elements["ask"]["extension"].replace("other", "third")
    assert together(RULE, folder(_calling("other"), other, _calling("other", "third"))) == []


def test_a_process_that_only_calls_itself_and_that_nothing_begins_does_not_hold_up_the_check() -> None:
    letter = Drawing("other").start().send("write").call("ask", "other").end()
    variant = folder(plain(), letter.flow("received", "write", "ask", "closed"))
    assert ("ask", "error") in {(f.element_id, f.severity) for rule in RULES for f in together(rule, variant)}


def test_a_process_that_only_a_message_starts_cannot_be_called() -> None:
    other = Drawing("other").message("m", "appeal").start(inner='<bpmn:messageEventDefinition messageRef="m"/>').end()
    (finding,) = together(RULE, folder(_calling("other"), other.flow("received", "closed")))
    assert "no plain start event" in finding.sentence


def test_a_process_that_nothing_starts_is_pointed_out() -> None:
    assert about(together(RULE, folder(plain(), plain("other")))) == [("other", "warning")]
