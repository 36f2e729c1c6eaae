from __future__ import annotations

from engine.check import Severity
from engine.check.rules.faults import RULE
from tests.check.builders import SETTINGS, Drawing, about, alone, folder, plain, together


def _failing(code: str = "E1", caught: str = "E1", kind: str = "error") -> Drawing:
    """A sub-process that ends in an error or escalation, caught on its border as `caught` (“” for any)."""
    drawing = Drawing().message("thrown", "T", kind, f'{kind}Code="{code}"')
    drawing.message("caught", "C", kind, f'{kind}Code="{caught}"')
    drawing.start(form="application").subprocess("review").start("begin", within="review")
    drawing.gateway("choose", within="review").end("done", within="review")
    drawing.end("failed", within="review", inner=f'<bpmn:{kind}EventDefinition {kind}Ref="thrown"/>')
    drawing.flow("begin", "choose", "done").flow("choose", "failed").end()
    ref = f' {kind}Ref="caught"' if caught else ""
    drawing.boundary("on_failure", "review", f"<bpmn:{kind}EventDefinition{ref}/>").end("gave_up")
    return drawing.flow("received", "review", "closed").flow("on_failure", "gave_up")


def test_an_error_that_is_caught_around_it_is_left_alone() -> None:
    assert together(RULE, folder(_failing())) == []


def test_an_event_without_a_code_catches_any() -> None:
    assert together(RULE, folder(_failing(caught=""))) == []


def test_an_error_with_another_code_is_not_caught_and_the_event_waits_in_vain() -> None:
    findings = together(RULE, folder(_failing(caught="E2")))
    assert set(about(findings)) == {("failed", "error"), ("on_failure", "error")}


def test_an_escalation_that_nothing_catches_is_pointed_out() -> None:
    found = dict(about(together(RULE, folder(_failing("late", "other", "escalation")))))
    assert found == {"failed": "warning", "on_failure": "error"}


def test_an_error_of_a_called_process_is_caught_by_its_call() -> None:
    child = Drawing("child").message("e", "E", "error", 'errorCode="E1"').start()
    child.end("failed", inner='<bpmn:errorEventDefinition errorRef="e"/>').flow("received", "failed")
    main = Drawing().message("e", "E", "error", 'errorCode="E1"').start(form="application").call("ask", "child").end()
    main.flow("received", "ask", "closed")
    assert about(together(RULE, folder(main, child))) == [("failed", "error")]
    main.boundary("on_failure", "ask", '<bpmn:errorEventDefinition errorRef="e"/>').end("over").flow(
        "on_failure", "over"
    )
    assert together(RULE, folder(main, child)) == []


def test_a_fault_of_a_handler_that_nothing_catches_is_pointed_out() -> None:
    drawing = Drawing().message("e", "E", "error", 'errorCode="address-unknown"').start().send("write").end()
    drawing.flow("received", "write", "closed")
    assert about(together(RULE, folder(drawing))) == [("write", "warning")]
    drawing.boundary("unknown", "write", '<bpmn:errorEventDefinition errorRef="e"/>').end("over").flow(
        "unknown", "over"
    )
    assert together(RULE, folder(drawing)) == []


def test_a_fault_that_several_tasks_can_end_in_is_one_finding_that_names_them_all() -> None:
    child = Drawing("child").start().send("write", name="Write").send("remind", name="Remind").end()
    child.flow("received", "write", "remind", "closed")
    main = Drawing().start(form="application").call("ask", "child").send("tell", name="Tell").end()
    main.flow("received", "ask", "tell", "closed")
    (finding,) = together(RULE, folder(main, child))
    assert [name in finding.sentence for name in ("“Write”", "“Remind”", "“Tell”")] == [True] * 3


def test_a_fault_that_the_policy_leaves_to_people_is_no_finding() -> None:
    drawing = Drawing().start().send("write").end().flow("received", "write", "closed")
    left = SETTINGS + '\n[left_to_people]\n"%s" = "Somebody records the address."\n'
    assert together(RULE, folder(drawing, settings=left.replace("%s", "address-unknown"))) == []
    found = {
        each.severity: each for each in together(RULE, folder(drawing, settings=left.replace("%s", "adress-unknown")))
    }
    assert "Is “address-unknown” meant?" in found[Severity.ERROR].sentence
    assert found[Severity.WARNING].element_id == "write"


def test_a_fault_that_the_handler_never_gives_is_waited_for_in_vain() -> None:
    drawing = Drawing().message("e", "E", "error", 'errorCode="out-of-paper"').start().send("write").end()
    drawing.boundary("unknown", "write", '<bpmn:errorEventDefinition errorRef="e"/>').end("over")
    (finding,) = alone(RULE, drawing.flow("received", "write", "closed").flow("unknown", "over"))
    assert about([finding]) == [("unknown", "error")]
    assert "address-unknown" in finding.sentence


def test_a_lone_diagram_may_leave_its_errors_to_the_one_that_calls_it() -> None:
    child = Drawing("child").message("e", "E", "error", 'errorCode="E1"').start()
    child.end("failed", inner='<bpmn:errorEventDefinition errorRef="e"/>').flow("received", "failed")
    assert alone(RULE, child) == []
    assert alone(RULE, plain()) == []
