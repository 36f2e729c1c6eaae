from __future__ import annotations

from engine.check.rules.called_processes import RULE
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


def test_a_process_that_only_a_message_starts_cannot_be_called() -> None:
    other = Drawing("other").message("m", "appeal").start(inner='<bpmn:messageEventDefinition messageRef="m"/>').end()
    (finding,) = together(RULE, folder(_calling("other"), other.flow("received", "closed")))
    assert "no plain start event" in finding.sentence


def test_a_process_that_nothing_starts_is_pointed_out() -> None:
    assert about(together(RULE, folder(plain(), plain("other")))) == [("other", "warning")]
