"""Decision services of a file: called like a function, or asked by name."""

from __future__ import annotations

from typing import Any

import pytest

from engine.dmn import Definitions, load
from tests.dmn.builders import column, decision, file, input_data, literal, output, rule, table

_RULE = (
    '<itemDefinition name="tRule"><functionItem outputTypeRef="boolean"><parameters name="n" typeRef="number"/>'
    "</functionItem></itemDefinition>"
)


def _read(*parts: str) -> Definitions:
    definitions = load(file(*parts))
    assert definitions.problems == ()
    return definitions


def _decide(*parts: str, inputs: dict[str, Any] | None = None, name: str = "Decide") -> Any:
    return _read(*parts).decide(name, inputs or {})


def _service(name: str, *references: str, type: str | None = None) -> str:
    typed = f' typeRef="{type}"' if type else ""
    inside = "".join(f'<{kind} href="#{target}"/>' for kind, target in (one.split(" ") for one in references))
    return f'<decisionService id="{name}" name="{name}"><variable name="{name}"{typed}/>{inside}</decisionService>'


_GREETING = (
    input_data("name", type="string"),
    decision(literal('"Dear"'), id="opening", name="opening", type="string"),
    decision(literal('opening + " " + name'), id="greeting", name="greeting", inputs=["name"], decisions=["opening"]),
)


@pytest.mark.parametrize(
    ("call", "value"),
    [
        ('greet("Ann", "Hello")', "Hello Ann"),
        ('greet(opening: "Hello", name: "Ann")', "Hello Ann"),
        ('greet("Ann")', None),
        ('greet("Ann", "Hello", 1)', None),
        ('greet(nam: "Ann", opening: "Hello")', None),
        ('greet(5, "Hello")', None),
        ('greet(["Ann"], "Hello")', "Hello Ann"),
    ],
)
def test_a_decision_service_is_called_like_a_function(call: str, value: Any) -> None:
    service = _service("greet", "outputDecision greeting", "inputDecision opening", "inputData name")
    assert _decide(*_GREETING, service, decision(literal(call), knowledge=["greet"])) == value


@pytest.mark.parametrize(
    ("call", "value"), [('unsaid("Ann", "Hello")', False), ("unsaid(null, null)", True), ('unsaid("Ann", 5)', None)]
)
def test_a_decision_service_told_what_does_not_conform_makes_nothing(call: str, value: Any) -> None:
    service = _service("unsaid", "outputDecision nothing", "inputDecision opening", "inputData name")
    nothing = decision(
        literal("opening = null"), id="nothing", name="nothing", inputs=["name"], decisions=["opening"], type="boolean"
    )
    assert _decide(*_GREETING, nothing, service, decision(literal(call), knowledge=["unsaid"])) is value


def test_a_decision_service_is_asked_by_its_name() -> None:
    service = _service("greet", "outputDecision greeting", "inputDecision opening", "inputData name")
    definitions = _read(*_GREETING, service, decision(literal("1")))
    assert definitions.decide("greet", {"name": "Ann", "opening": "Good day"}) == "Good day Ann"


def test_what_was_made_in_a_decision_service_belongs_to_the_decision_that_called_it() -> None:
    grade = table(column("n"), output(), rule(["> 5"], ['"high"'], id="r1"), hit_policy="FIRST")
    parts = (input_data("n"), decision(grade, id="grade", name="grade", inputs=["n"]))
    service = _service("graded", "outputDecision grade", "inputData n")
    made = _read(*parts, service, decision(literal("graded(9)"), knowledge=["graded"])).explain("Decide", {})
    assert made.value == "high"
    assert [(one.name, [rule_.number for rule_ in one.matched]) for one in made.tables] == [("grade", [1])]


def test_a_decision_service_of_several_outputs_gives_them_by_name() -> None:
    service = _service("greet", "outputDecision greeting", "outputDecision opening", "inputData name")
    asking = decision(literal('greet("Ann")'), knowledge=["greet"])
    assert _decide(*_GREETING, service, asking) == {"greeting": "Dear Ann", "opening": "Dear"}


def test_what_a_decision_service_gives_is_held_to_its_type() -> None:
    service = _service("greet", "outputDecision greeting", "inputData name", type="tRule")
    asking = decision(literal('greet("Ann")'), knowledge=["greet"])
    assert _decide(_RULE, *_GREETING, service, asking) is None


def test_a_decision_service_that_leads_back_to_its_caller_is_a_circle() -> None:
    service = _service("again", "outputDecision decide")
    problems = load(file(service, decision(literal("again()"), knowledge=["again"]))).problems
    assert {problem.sentence for problem in problems} == {
        "“Decide” requires itself: “Decide” → “again” → “Decide”. Delete one of the arrows.",
        "“again” requires itself: “Decide” → “again” → “Decide”. Delete one of the arrows.",
    }


def test_a_decision_service_without_an_output_is_a_problem() -> None:
    (problem,) = load(file(_service("greet"), decision(literal("1")))).problems
    assert problem.sentence.startswith("The decision service “greet” has no output decision.")


_TAKES = (
    '<itemDefinition name="tKind"><typeRef>string</typeRef><allowedValues><text>"old", "new"</text></allowedValues>'
    '</itemDefinition><itemDefinition name="tTakes"><functionItem><parameters name="kind" typeRef="tKind"/>'
    "</functionItem></itemDefinition>"
)


@pytest.mark.parametrize(("kind", "value"), [("old", "old"), ("odd", None), (["new"], "new"), (None, "none")])
def test_a_decision_service_is_held_to_what_the_type_of_its_variable_takes(kind: Any, value: Any) -> None:
    parts = (
        _TAKES,
        decision(literal('"never made"'), id="kind", name="kind"),
        decision(literal('if kind = null then "none" else kind'), id="said", name="said", decisions=["kind"]),
        _service("say", "outputDecision said", "inputDecision kind", type="tTakes"),
        input_data("given"),
    )
    definitions = _read(*parts, decision(literal("say(given)"), inputs=["given"], knowledge=["say"]))
    assert definitions.decide("say", {"kind": kind}) == value
    assert definitions.decide("Decide", {"given": kind}) == value
