"""Functions of a file: knowledge models, functions that are given on, and the types they name."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from engine.dmn import Definitions, load
from engine.errors import DmnError
from tests.dmn.builders import decision, file, input_data, knowledge, literal

_AGE = (
    '<itemDefinition name="tAge"><typeRef>number</typeRef><allowedValues><text>[0..130]</text></allowedValues>'
    "</itemDefinition>"
)
_PERSON = (
    '<itemDefinition name="tPerson"><itemComponent name="name"><typeRef>string</typeRef></itemComponent>'
    '<itemComponent name="age"><typeRef>tAge</typeRef></itemComponent></itemDefinition>'
    '<itemDefinition name="tPeople" isCollection="true"><typeRef>tPerson</typeRef></itemDefinition>'
)
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


# functions keep where they were made


@pytest.mark.parametrize(
    "logic",
    [
        literal("function(b) a * b"),
        f'<functionDefinition><formalParameter name="b"/>{literal("a * b")}</functionDefinition>',
    ],
)
def test_a_function_that_a_model_gives_keeps_the_models_own_variables(logic: str) -> None:
    times = knowledge("times", logic, "a")
    asking = (
        f'<context><contextEntry><variable name="a"/>{literal("10")}</contextEntry>'
        f"<contextEntry>{literal('times(100)(2) + a')}</contextEntry></context>"
    )
    assert _decide(times, decision(asking, knowledge=["times"])) == 210


def test_a_function_that_a_decision_gives_keeps_the_inputs_it_read() -> None:
    made = decision(literal("function(n) n * rate"), id="made", name="made", inputs=["rate"])
    asking = decision(literal("made(5)"), decisions=["made"])
    assert _decide(input_data("rate"), made, asking, inputs={"rate": 3}) == 15


def test_built_in_functions_and_models_can_be_given_on() -> None:
    both = knowledge("both", literal("f(-5) * g(25)"), "f", "g")
    assert _decide(both, decision(literal("both(abs, sqrt)"), knowledge=["both"])) == 25
    tenfold = knowledge("tenfold", literal("n * 10"), "n")
    asking = decision(literal("both(tenfold, tenfold)"), knowledge=["both", "tenfold"])
    assert _decide(both, tenfold, asking) == -12500


def test_a_model_may_call_itself() -> None:
    factorial = knowledge("factorial", literal("if n <= 1 then 1 else n * factorial(n - 1)"), "n: number")
    assert _decide(factorial, decision(literal("factorial(12)"), knowledge=["factorial"])) == 479001600
    endless = knowledge("endless", literal("endless(n)"), "n")
    with pytest.raises(DmnError, match="calls deep"):
        _decide(endless, decision(literal("endless(1)"), knowledge=["endless"]))


def test_another_number_of_arguments_than_a_model_takes_is_null_and_stops_a_case() -> None:
    half = knowledge("half", literal("if n = null then 0 else n / 2"), "n")
    for call in ("half()", "half(1, 2)", "half(m: 1)"):
        assert _decide(half, decision(literal(call), knowledge=["half"])) is None
    with pytest.raises(DmnError, match="“half” is called with 0 arguments; it takes n"):
        _read(half, decision(literal("half()"), knowledge=["half"])).explain("Decide", {})


# types of the file in expressions


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("25 instance of tAge", True),
        ("250 instance of tAge", True),  # `instance of` does not look at allowed values
        ('"25" instance of tAge', False),
        ('{name: "A", age: 5} instance of tPerson', True),
        ('{name: "A"} instance of tPerson', False),
        ('{name: "A", age: 5, more: 1} instance of tPerson', True),
        ('[{name: "A", age: 5}] instance of tPeople', True),
        ('[{name: "A", age: 5}] instance of list<tPerson>', True),
        ('[{name: "A"}] instance of list<tPerson>', False),
        ("1 instance of tPeople", False),
        ("(function(n: number) true) instance of tRule", True),
        ('(function(n: number) "yes") instance of tRule', False),
        ("(function(n: string) true) instance of tRule", False),
        ("(function(a: tAge) a)(25)", 25),
        ("(function(a: tAge) a)([25])", 25),
        ("(function(a: tAge) a)(250)", None),
        ('(function(p: tPerson) p.age)({name: "A", age: 5})', 5),
    ],
)
def test_an_expression_names_the_files_own_types(expression: str, value: Any) -> None:
    assert _decide(_AGE, _PERSON, _RULE, decision(literal(expression))) == value


def test_a_type_that_the_file_does_not_hold_is_a_problem() -> None:
    (problem,) = load(file(_AGE, decision(literal("25 instance of tAgee")))).problems
    assert "There is no type 'tAgee' here" in problem.sentence


def test_a_type_that_narrows_another_has_its_own_allowed_values() -> None:
    narrowed = (
        '<itemDefinition name="tYoung"><typeRef>tAge</typeRef><allowedValues><text>[200..210]</text></allowedValues>'
        "</itemDefinition>"
    )
    assert _decide(_AGE, narrowed, decision(literal("205"), type="tYoung")) == 205
    assert _decide(_AGE, narrowed, decision(literal("25"), type="tYoung")) is None


def test_a_box_is_held_to_its_own_type() -> None:
    box = '<literalExpression typeRef="number"><text>n</text></literalExpression>'
    asking = decision(box, inputs=["n"])
    assert _decide(input_data("n"), asking, inputs={"n": [Decimal(5)]}) == 5
    assert _decide(input_data("n"), asking, inputs={"n": "5"}) is None
    with pytest.raises(DmnError, match='“Decide” is "5"; it must be a number'):
        _read(input_data("n"), asking).explain("Decide", {"n": "5"})


_ECHO = (
    '<itemDefinition name="tEcho"><functionItem outputTypeRef="tAge"><parameters name="a"/></functionItem>'
    "</itemDefinition>"
)


@pytest.mark.parametrize(
    "parts",
    [
        (
            decision(
                '<literalExpression typeRef="tEcho"><text>function(a: tAge) a</text></literalExpression>',
                id="echo",
                name="echo",
            ),
        ),
        (
            decision(
                f'<functionDefinition typeRef="tEcho"><formalParameter name="a"/>{literal("a")}</functionDefinition>',
                id="echo",
                name="echo",
            ),
        ),
    ],
)
def test_a_function_that_is_of_a_type_gives_what_the_type_says(parts: tuple[str, ...]) -> None:
    for given, value in ((25, 25), (250, None)):
        asking = decision(literal(f"echo({given})"), decisions=["echo"])
        assert _decide(_AGE, _ECHO, *parts, asking) == value


def test_a_model_gives_what_its_variable_or_its_logic_says() -> None:
    model = knowledge("echo", literal("a"), "a")
    for typed in (
        model.replace('<variable name="echo"/>', '<variable name="echo" typeRef="tEcho"/>'),
        model.replace("<encapsulatedLogic>", '<encapsulatedLogic typeRef="tEcho">'),
    ):
        assert _decide(_AGE, _ECHO, typed, decision(literal("echo(25)"), knowledge=["echo"])) == 25
        assert _decide(_AGE, _ECHO, typed, decision(literal("echo(250)"), knowledge=["echo"])) is None


@pytest.mark.parametrize(
    ("box", "value"),
    [
        (f'<relation><column name="a" typeRef="tAge"/><row>{literal("n")}</row></relation>', [{"a": None}]),
        (
            f'<list><literalExpression typeRef="tAge"><text>n</text></literalExpression>{literal("n")}</list>',
            [None, 250],
        ),
        (
            '<decisionTable typeRef="tAge"><output/><rule><outputEntry><text>n</text></outputEntry>'
            "</rule></decisionTable>",
            None,
        ),
        (
            '<decisionTable><output name="a"/><output name="b"/><rule><outputEntry typeRef="tAge"><text>n</text>'
            "</outputEntry><outputEntry><text>n</text></outputEntry></rule></decisionTable>",
            {"a": None, "b": 250},
        ),
        (
            f'<invocation>{literal("function(a) a")}<binding><parameter name="a" typeRef="tAge"/>'
            f"{literal('n')}</binding>"
            "</invocation>",
            None,
        ),
        (
            f'<invocation typeRef="tAge">{literal("function(a) a")}<binding><parameter name="a"/>'
            f"{literal('n')}</binding>"
            "</invocation>",
            None,
        ),
        (
            f'<context><contextEntry><variable name="a" typeRef="tAge"/>{literal("n")}</contextEntry></context>',
            {"a": None},
        ),
    ],
)
def test_each_part_of_a_box_is_held_to_the_type_that_it_names(box: str, value: Any) -> None:
    definitions = _read(_AGE, input_data("n"), decision(box, inputs=["n"]))
    assert definitions.decide("Decide", {"n": 250}) == value
    with pytest.raises(DmnError, match=r"250.*; it must be within \[0\.\.130\]"):
        definitions.explain("Decide", {"n": 250})


@pytest.mark.parametrize(
    "parts",
    [
        (decision(literal("(function(n: number) n = null)(x)"), inputs=["x"]),),
        (
            knowledge("isUnknown", literal("n = null"), "n:number"),
            decision(literal("isUnknown(x)"), inputs=["x"], knowledge=["isUnknown"]),
        ),
        (
            knowledge("isUnknown", literal("n = null"), "n:number"),
            decision(
                f'<invocation>{literal("isUnknown")}<binding><parameter name="n"/>{literal("x")}</binding>'
                "</invocation>",
                inputs=["x"],
                knowledge=["isUnknown"],
            ),
        ),
    ],
)
def test_a_call_with_an_argument_that_does_not_conform_has_no_value(parts: tuple[str, ...]) -> None:
    assert _decide(input_data("x"), *parts, inputs={"x": "five"}) is None
    assert _decide(input_data("x"), *parts, inputs={"x": None}) is True  # null conforms to every type
    assert _decide(input_data("x"), *parts, inputs={"x": 5}) is False
