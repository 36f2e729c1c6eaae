from __future__ import annotations

from engine.check.rules import called_processes, events, timers
from engine.check.rules.starts import RULE
from tests.check.builders import Drawing, about, alone, folder, plain, together


def test_an_application_with_a_form_is_left_alone() -> None:
    assert together(RULE, folder(plain())) == []


def test_a_main_process_whose_start_has_no_form_is_refused() -> None:
    drawing = Drawing().start().user("check").end().flow("received", "check", "closed")
    (finding,) = together(RULE, folder(drawing))
    assert about([finding]) == [("received", "error")]
    assert "form of the application" in finding.sentence


def test_a_main_process_that_only_a_message_starts_is_refused() -> None:
    drawing = Drawing().message("m", "appeal").start(inner='<bpmn:messageEventDefinition messageRef="m"/>').end()
    assert ("main", "error") in about(together(RULE, folder(drawing.flow("received", "closed"))))


def test_a_form_at_the_start_of_another_process_is_refused() -> None:
    other = Drawing("other").start(form="application").end().flow("received", "closed")
    assert about(together(RULE, folder(plain(), other))) == [("received", "error")]


def test_two_processes_that_one_message_starts_are_refused() -> None:
    def appeal(id: str) -> Drawing:
        drawing = Drawing(id).message("m", "appeal")
        drawing.start(inner='<bpmn:messageEventDefinition messageRef="m"/>').end()
        return drawing.flow("received", "closed")

    findings = together(RULE, folder(plain(), appeal("first"), appeal("second")))
    assert about(findings) == [("received", "error")]
    assert findings[0].file == "second.bpmn"


YEARLY = "<bpmn:timerEventDefinition><bpmn:timeCycle>R/P1Y</bpmn:timeCycle></bpmn:timerEventDefinition>"


def _yearly() -> Drawing:
    return Drawing("yearly").start(inner=YEARLY).user("look").end().flow("received", "look", "closed")


def test_a_process_that_begins_by_time_is_left_alone() -> None:
    variant = folder(plain(), _yearly())
    for rule in (RULE, events.RULE, timers.RULE, called_processes.RULE):
        assert together(rule, variant) == []


def test_one_that_is_a_time_frame_is_refused() -> None:
    drawing = _yearly()
    drawing.raw = (
        '<bpmn:extensionElements><zeebe:properties><zeebe:property name="due_date" value="=today()"/>'
        "</zeebe:properties></bpmn:extensionElements>"
    )
    assert about(together(RULE, folder(plain(), drawing))) == [("received", "error")]


def test_a_main_process_that_only_a_time_begins_is_refused() -> None:
    assert ("main", "error") in about(together(RULE, folder(Drawing().start(inner=YEARLY).end())))


def test_a_process_in_which_nothing_begins_is_refused() -> None:
    assert alone(RULE, Drawing().user("check").end().flow("check", "closed")) == []
    circle = Drawing().user("check").user("again").flow("check", "again").flow("again", "check")
    assert about(alone(RULE, circle)) == [("main", "error")]


def test_two_plain_starts_are_refused() -> None:
    assert about(alone(RULE, plain().start("again").flow("again", "acknowledge"))) == [("main", "error")]


def test_an_empty_process_is_refused() -> None:
    assert about(alone(RULE, Drawing())) == [("main", "error")]


def _with_subprocess(starts: int) -> Drawing:
    drawing = Drawing().start().subprocess("review").end()
    for number in range(starts):
        drawing.start(f"begin_{number}", within="review").end(f"done_{number}", within="review")
        drawing.flow(f"begin_{number}", f"done_{number}")
    return drawing.flow("received", "review", "closed")


def test_a_sub_process_has_exactly_one_start() -> None:
    assert alone(RULE, _with_subprocess(1)) == []
    assert about(alone(RULE, _with_subprocess(0))) == [("review", "error")]
    assert about(alone(RULE, _with_subprocess(2))) == [("review", "error")]


def test_a_process_that_is_not_marked_as_executable_is_pointed_out() -> None:
    drawing = plain()
    drawing.attributes = 'isExecutable="false"'
    assert about(alone(RULE, drawing)) == [("main", "warning")]
