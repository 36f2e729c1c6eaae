from __future__ import annotations

from engine.check.rules.decisions import RULE
from tests.check.builders import Drawing, about, alone, decision, folder, together


def _deciding(name: str, result: str = "result") -> Drawing:
    drawing = Drawing().start(form="application").decide("decide", name, result).end()
    return drawing.flow("received", "decide", "closed")


def test_a_decision_that_is_there_is_left_alone() -> None:
    assert together(RULE, folder(_deciding("rate"), rate_dmn=decision("rate", "1 + 1"))) == []


def test_a_decision_that_is_not_there_is_named_with_the_one_that_was_meant() -> None:
    (finding,) = together(RULE, folder(_deciding("raet"), rate_dmn=decision("rate", "1 + 1")))
    assert about([finding]) == [("decide", "error")]
    assert "Is “rate” meant?" in finding.sentence


def test_a_decision_of_which_nothing_is_kept_is_refused() -> None:
    assert about(alone(RULE, _deciding("rate", ""))) == [("decide", "error")]


def test_a_task_that_names_no_decision_is_refused() -> None:
    assert about(alone(RULE, _deciding(""))) == [("decide", "error")]


def test_what_is_wrong_in_a_table_is_said() -> None:
    findings = together(RULE, folder(_deciding("rate"), rate_dmn=decision("rate", "1 +")))
    assert [(finding.file, finding.severity) for finding in findings] == [("rate.dmn", "error")]


def test_of_a_function_in_java_that_is_called_one_thing_is_said() -> None:
    java = '<functionDefinition kind="Java"><context/></functionDefinition>'
    boxed = f'<context><contextEntry><variable name="cosine"/>{java}</contextEntry>'
    boxed += "<contextEntry><literalExpression><text>cosine(1)</text></literalExpression></contextEntry></context>"
    start, _, rest = decision("rate", "1").partition(b"<literalExpression")
    written = start + boxed.encode() + rest.partition(b"</literalExpression>")[2]
    (finding,) = together(RULE, folder(_deciding("rate"), rate_dmn=written))
    assert "is a function in Java" in finding.sentence


def test_input_data_that_is_drawn_and_read_without_an_arrow_is_named() -> None:
    drawn = decision("rate", "answer + 1", reads="answer")
    start, _, rest = drawn.partition(b"<informationRequirement")
    undrawn = start + rest.partition(b"</informationRequirement>")[2]
    assert together(RULE, folder(_deciding("rate"), rate_dmn=drawn)) == []
    (finding,) = together(RULE, folder(_deciding("rate"), rate_dmn=undrawn))
    assert (finding.severity, "reads “answer”, and no arrow" in finding.sentence) == ("warning", True)
