from __future__ import annotations

import pytest

from engine.check.rules.expressions import RULE
from tests.check.builders import Drawing, about, alone


def _due(expression: str) -> Drawing:
    return Drawing().start().user("check", due=expression).end().flow("received", "check", "closed")


@pytest.mark.parametrize(
    "expression",
    ['=due("acknowledge")', "=today()", "2026-05-05", "=working days after(today(), 2)", "=if a then b else c"],
)
def test_an_expression_that_can_be_read_is_left_alone(expression: str) -> None:
    assert alone(RULE, _due(expression)) == []


@pytest.mark.parametrize("expression", ['=due("acknowledge"', "=", "=1 +", "=import os; os.system('x')"])
def test_an_expression_that_cannot_be_read_is_refused(expression: str) -> None:
    (finding,) = alone(RULE, _due(expression))
    assert about([finding]) == [("check", "error")]
    assert "In “Check”, the due date" in finding.sentence


@pytest.mark.parametrize("expression", ["=dew(1)", "=__import__(1)", "=open(1)"])
def test_a_function_that_there_is_not_is_refused(expression: str) -> None:
    (finding,) = alone(RULE, _due(expression))
    assert "is no function" in finding.sentence


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("=due()", "“due” is given nothing. It takes limit (a text)"),
        ("=working days after(today())", "“working days after” is given 1 value. It takes day"),
        ("=working days after(2, today())", "does not take a number and a day"),
        ('=months after("2026-01-31", 1)', "does not take a text and a number"),
        ('=due("acknowledge", "2026-01-01")', "does not take a text and a text"),
        ('=contains(string: "a", mtch: "b")', "has no parameter “mtch”. Is “match” meant?"),
    ],
)
def test_a_function_is_called_with_what_it_takes(expression: str, said: str) -> None:
    (finding,) = alone(RULE, _due(expression))
    assert about([finding]) == [("check", "error")]
    assert said in finding.sentence


def test_every_place_for_an_expression_is_looked_at() -> None:
    """Each of these is broken in its own place, and each is found."""
    bad = "=1 +"
    loop = (
        "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics "
        f'inputCollection="{bad}" outputElement="{bad}" outputCollection="all"/></bpmn:extensionElements>'
        f"<bpmn:completionCondition>{bad}</bpmn:completionCondition></bpmn:multiInstanceLoopCharacteristics>"
    )
    drawing = Drawing().start().user("task", team=bad, due=bad).send("write", inputs={"to": bad}, outputs={"x": bad})
    drawing.script("compute", bad).decide("table", bad)
    drawing.call("many", bad, mappings=f'<zeebe:input source="{bad}" target="x"/>', inner=loop)
    drawing.gateway("choose").end().end("other")
    timer = f"<bpmn:timerEventDefinition><bpmn:timeDate>{bad}</bpmn:timeDate></bpmn:timerEventDefinition>"
    drawing.boundary("late", "task", timer).end("too_late").flow("late", "too_late")
    drawing.flow("received", "task", "write", "compute", "table", "many", "choose", "closed")
    drawing.flow("choose", "other", condition=bad, id="way")
    places = {(finding.element_id, finding.sentence.split("”, ")[1].split(" “")[0]) for finding in alone(RULE, drawing)}
    assert places == {
        ("task", "the team"), ("task", "the due date"), ("write", "the input"), ("write", "the output"),
        ("compute", "the script"), ("table", "the decision"), ("many", "the called process"), ("many", "the input"),
        ("many", "the input collection"), ("many", "the output element"), ("many", "the completion condition"),
        ("late", "the time"), ("way", "the condition"),
    }  # fmt: skip
