"""Boxed expressions, knowledge models, requirements, names with spaces."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from engine.dmn import evaluation, load
from engine.errors import DmnError
from tests.dmn.builders import column, decision, file, input_data, knowledge, literal, output, rule, table


def _entry(name: str | None, logic: str) -> str:
    variable = f'<variable name="{name}"/>' if name else ""
    return f"<contextEntry>{variable}{logic}</contextEntry>"


def _context(*entries: str) -> str:
    return f"<context>{''.join(entries)}</context>"


def _decide(*parts: str, inputs: dict[str, Any] | None = None, name: str = "Decide") -> Any:
    return load(file(*parts)).decide(name, inputs or {})


def test_a_context_gives_its_entries_and_each_sees_those_before_it() -> None:
    logic = _context(_entry("first part", literal("1")), _entry("sum of both", literal("first part + 1")))
    assert _decide(decision(logic)) == {"first part": 1, "sum of both": 2}


def test_the_last_entry_without_a_name_is_the_result_of_a_context() -> None:
    logic = _context(_entry("base", literal("n * 2")), _entry(None, literal("base + 1")))
    assert _decide(decision(logic), inputs={"n": 5}) == 11


def test_a_table_stands_in_a_context_and_reads_its_entries() -> None:
    inner = table(column("double"), output(), rule(["> 5"], ['"many"']), rule(["<= 5"], ['"few"']))
    logic = _context(_entry("double", literal("n * 2")), _entry(None, inner))
    assert _decide(decision(logic), inputs={"n": 3}) == "many"


def test_a_function_in_a_context_is_called_by_its_entry() -> None:
    parameter = '<formalParameter name="the number"/>'
    function = f"<functionDefinition>{parameter}{literal('the number + 1')}</functionDefinition>"
    logic = _context(_entry("next of", function), _entry(None, literal("next of(4)")))
    assert _decide(decision(logic)) == 5


def test_a_knowledge_model_is_called_by_place_and_by_name() -> None:
    model = knowledge("share of", literal("part / whole"), "part: number", "whole: number", id="share")
    assert _decide(model, decision(literal("share of(1, 4)"), knowledge=["share"])) == Decimal("0.25")
    assert _decide(model, decision(literal("share of(whole: 4, part: 1)"), knowledge=["share"])) == Decimal("0.25")


def test_a_knowledge_model_with_a_table_explains_its_rules_to_the_decision() -> None:
    model = knowledge(
        "grade", table(column("n"), output(), rule(["> 2"], ['"high"']), rule(["<= 2"], ['"low"'])), "n: number"
    )
    definitions = load(file(model, decision(literal("[grade(1), grade(3)]"), knowledge=["grade"])))
    explanation = definitions.explain("Decide", {})
    assert explanation.value == ["low", "high"]
    assert [(shown.name, shown.matched[0].number) for shown in explanation.tables] == [("grade", 2), ("grade", 1)]


def test_an_argument_of_the_wrong_type_is_refused() -> None:
    model = knowledge("half", literal("n / 2"), "n: number")
    with pytest.raises(DmnError, match='“half” is called with "4" for “n”; it must be a number'):
        load(file(model, decision(literal('half("4")'), knowledge=["half"]))).explain("Decide", {})
    assert _decide(model, decision(literal('half("4") = null'), knowledge=["half"])) is True


def test_a_knowledge_model_calls_those_it_requires_and_sees_nothing_else() -> None:
    inner = knowledge("double", literal("2 * n"), "n")
    outer = knowledge("quadruple", literal("double(double(n))"), "n", requires=["double"])
    assert _decide(inner, outer, decision(literal("quadruple(3)"), knowledge=["quadruple"])) == 12
    stray = knowledge("stray", literal("n + fee"), "n")
    with pytest.raises(DmnError, match="“stray” reads “fee”, which is none of its parameters"):
        _decide(stray, decision(literal("stray(1)"), knowledge=["stray"]), inputs={"fee": 1})


def _invocation(called: str, **bindings: str) -> str:
    bound = "".join(f'<binding><parameter name="{name}"/>{literal(text)}</binding>' for name, text in bindings.items())
    return f"<invocation>{literal(called)}{bound}</invocation>"


def test_an_invocation_binds_by_name_and_leaves_the_rest_null() -> None:
    model = knowledge("tell", literal('if b = null then "only a" else string(a + b)'), "a", "b")
    assert _decide(model, decision(_invocation("tell", b="n + 1", a="1"), knowledge=["tell"]), inputs={"n": 1}) == "3"
    assert _decide(model, decision(_invocation("tell", a="1"), knowledge=["tell"])) == "only a"


def test_an_invocation_of_something_else_or_with_an_unknown_parameter_is_refused() -> None:
    model = knowledge("tell", literal("a"), "a")
    with pytest.raises(DmnError, match="calls “nobody”, which is no knowledge model"):
        _decide(model, decision(_invocation("nobody", a="1")))
    misnamed = load(file(model, decision(_invocation("tell", c="1"), knowledge=["tell"])))
    with pytest.raises(DmnError, match="gives “c” to “tell”, which takes a"):
        misnamed.explain("Decide", {})
    assert misnamed.decide("Decide", {}) is None


def test_a_filter_whose_condition_is_no_truth_value_gives_nothing() -> None:
    over = f"<in>{literal('[1, 2, 3]')}</in>"
    assert _decide(decision(f"<filter>{over}<match>{literal('item > null')}</match></filter>")) == []
    mixed = decision(f"<filter>{over}<match>{literal('if item < 3 then true else item')}</match></filter>")
    assert _decide(mixed) is None
    with pytest.raises(DmnError, match="asks for 3; a filter's condition is true or false"):
        load(file(mixed)).explain("Decide", {})


def test_lists_and_relations_are_computed() -> None:
    assert _decide(decision(f"<list>{literal('1')}{literal('n')}</list>"), inputs={"n": 2}) == [1, 2]
    rows = f"<row>{literal('1')}{literal('n')}</row><row>{literal('3')}{literal('4')}</row>"
    relation = f'<relation><column name="a"/><column name="b"/>{rows}</relation>'
    assert _decide(decision(relation), inputs={"n": 2}) == [{"a": 1, "b": 2}, {"a": 3, "b": 4}]


def test_a_conditional_takes_then_only_where_the_condition_is_true() -> None:
    parts = f"<if>{literal('n > 1')}</if><then>{literal('1')}</then><else>{literal('2')}</else>"
    logic = f"<conditional>{parts}</conditional>"
    assert _decide(decision(logic), inputs={"n": 2}) == 1
    assert _decide(decision(logic), inputs={"n": None}) == 2


def test_a_conditional_on_what_is_no_truth_value_is_null_and_stops_a_case() -> None:
    parts = f"<if>{literal('n')}</if><then>{literal('1')}</then><else>{literal('2')}</else>"
    logic = decision(f"<conditional>{parts}</conditional>")
    assert _decide(logic, inputs={"n": "yes"}) is None
    with pytest.raises(DmnError, match="neither true nor false"):
        load(file(logic)).explain("Decide", {"n": "yes"})


def test_boxed_repetitions_and_filters_are_computed() -> None:
    over = f"<in>{literal('ns')}</in>"
    inputs = {"ns": [1, 2, 3]}
    for_ = f'<for iteratorVariable="each one">{over}<return>{literal("each one + count(partial)")}</return></for>'
    assert _decide(decision(for_), inputs=inputs) == [1, 3, 5]
    some = f'<some iteratorVariable="n">{over}<satisfies>{literal("n > 2")}</satisfies></some>'
    assert _decide(decision(some), inputs=inputs) is True
    every = f'<every iteratorVariable="n">{over}<satisfies>{literal("n > 2")}</satisfies></every>'
    assert _decide(decision(every), inputs=inputs) is False
    filter_ = f"<filter>{over}<match>{literal('item > 1')}</match></filter>"
    assert _decide(decision(filter_), inputs=inputs) == [2, 3]


@pytest.mark.parametrize(
    ("over", "condition", "some", "every"),
    [
        ("[1..3]", "n > 2", True, False),
        ("5", "n > 2", True, True),
        ("[]", "n > 2", False, True),
        ("null", "n > 2", None, None),
        ("[1, null]", "n > 2", None, False),
        ("[3, null]", "n > 2", True, None),
        ("[1]", '"yes"', None, None),
        ("[1, 2]", 'if n = 2 then true else "no"', None, None),
        ("[1, 2]", 'if n = 2 then false else "no"', None, None),
    ],
)
def test_boxes_that_ask_some_or_every_answer_as_expressions_do(
    over: str, condition: str, some: bool | None, every: bool | None
) -> None:
    for word, answer in (("some", some), ("every", every)):
        box = (
            f'<{word} iteratorVariable="n"><in>{literal(over)}</in><satisfies>{literal(condition)}</satisfies></{word}>'
        )
        assert _decide(decision(box)) is answer
        assert _decide(decision(literal(f"{word} n in {over} satisfies {condition}"))) is answer


def test_a_repetition_in_a_box_goes_through_a_range() -> None:
    loop = f'<for iteratorVariable="n"><in>{literal("[1..3]")}</in><return>{literal("n * n")}</return></for>'
    assert _decide(decision(loop)) == [1, 4, 9]


def test_a_decision_reads_those_it_requires_by_variable_name_or_id() -> None:
    base = decision(literal("n + 1"), id="base_id", name="Base Name", variable="base value")
    for written in ("base_id", "Base Name", "base value"):
        top = decision(literal(f"{written} * 2"), decisions=["base_id"])
        assert _decide(base, top, inputs={"n": 1}) == 4


def test_a_decision_is_found_by_id_and_by_name_and_otherwise_what_there_is_is_said() -> None:
    definitions = load(file(decision(literal("1"), id="first", name="The first")))
    assert definitions.decide("first", {}) == definitions.decide("The first", {}) == 1
    with pytest.raises(DmnError, match=r"holds no decision “second”\. It holds: “The first”"):
        definitions.decide("second", {})


def test_a_required_decision_is_computed_once() -> None:
    calls: list[int] = []

    def count_me() -> int:
        calls.append(1)
        return 1

    base = decision(literal("count me()"), id="base", name="base")
    left = decision(literal("base"), id="left", name="left", decisions=["base"])
    right = decision(literal("base"), id="right", name="right", decisions=["base"])
    top = decision(literal("left + right + base"), decisions=["left", "right", "base"])
    data = file(base, left, right, top).replace(b"count me()", b"count_me()")
    assert load(data).decide("Decide", {}, functions={"count_me": count_me}) == 3
    assert len(calls) == 1


def test_the_clock_and_further_functions_are_handed_in() -> None:
    now = datetime(2026, 5, 5, 9, tzinfo=UTC)
    logic = table(column("today()"), output(), rule(['@"2026-05-05"'], ["due(1)"]))
    assert load(file(decision(logic))).decide("Decide", {}, now=now, functions={"due": lambda n: n + 1}) == 2


def test_names_with_spaces_are_read_in_every_place() -> None:
    logic = table(
        column("Number of reports", label="Reports", type="number"),
        column("Applicant.home address"),
        output("the outcome", default="Number of reports"),
        output("next step"),
        rule(["> Least number", '"here"'], ['"met " + string(Number of reports)', "Least number"]),
    )
    address = (
        '<itemDefinition name="tApplicant"><itemComponent name="home address"><typeRef>string</typeRef></itemComponent>'
        "</itemDefinition>"
    )
    definitions = load(
        file(
            address,
            decision(logic, inputs=["reports", "applicant"], decisions=["least"], id="threshold", name="The threshold"),
            decision(literal("3"), id="least", name="Least number"),
            decision(literal("The threshold.next step"), id="top", name="Top", decisions=["threshold"]),
            input_data("Number of reports", id="reports", type="number"),
            input_data("Applicant", id="applicant", type="tApplicant"),
        )
    )
    assert definitions.problems == ()
    inputs = {"Number of reports": 4, "Applicant": {"home address": "here"}}
    assert definitions.decide("The threshold", inputs) == {"the outcome": "met 4", "next step": 3}
    assert definitions.decide("Top", inputs) == 3
    assert definitions.decisions["top"].names == {"Number of reports", "Applicant"}


def test_names_are_those_read_from_outside_through_everything_required() -> None:
    definitions = load(
        file(
            knowledge("half", literal("n / 2"), "n"),
            decision(literal("half(a)"), id="base", name="base", knowledge=["half"]),
            decision(
                table(column("base + b"), output(), rule(["> c"], ["[for i in [d] return i][1]"])), decisions=["base"]
            ),
        )
    )
    assert definitions.decisions["base"].names == {"a"}
    assert definitions.decisions["decide"].names == {"a", "b", "c", "d"}


def test_names_that_boxes_give_themselves_are_not_read_from_outside() -> None:
    function = f'<functionDefinition><formalParameter name="p"/>{literal("p + a")}</functionDefinition>'
    context = _context(_entry("one", literal("b")), _entry("f", function), _entry(None, literal("f(one)")))
    loop = f'<for iteratorVariable="i"><in>{literal("c")}</in><return>{literal("i + count(partial)")}</return></for>'
    filter_ = f"<filter><in>{literal('d')}</in><match>{literal('item > e')}</match></filter>"
    definitions = load(file(decision(f"<list>{context}{loop}{filter_}</list>")))
    assert definitions.decisions["decide"].names == {"a", "b", "c", "d", "e"}


def test_a_long_chain_of_decisions_is_computed() -> None:
    chain = [decision(literal("1"), id="d0", name="d0")]
    for i in range(1, 400):
        chain.append(decision(literal(f"d{i - 1} + 1"), id=f"d{i}", name=f"d{i}", decisions=[f"d{i - 1}"]))
    assert _decide(*chain, name="d399") == 400


def test_knowledge_models_that_double_their_calls_are_stopped() -> None:
    models = [knowledge("m0", literal("n"), "n")]
    models += [
        knowledge(f"m{i}", literal(f"{' + '.join([f'm{i - 1}(n)'] * 20)}"), "n", requires=[f"m{i - 1}"])
        for i in range(1, 9)
    ]
    with pytest.raises(DmnError, match="called more than 10,000 times"):
        _decide(*models, decision(literal("m8(1)"), knowledge=["m8"]))


def test_knowledge_models_called_too_deeply_are_stopped() -> None:
    models = [knowledge("m0", literal("n"), "n")]
    models += [knowledge(f"m{i}", literal(f"m{i - 1}(n)"), "n", requires=[f"m{i - 1}"]) for i in range(1, 60)]
    with pytest.raises(DmnError, match="calls deep"):
        _decide(*models, decision(literal("m59(1)"), knowledge=["m59"]))


def test_a_decision_that_would_compute_for_minutes_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation, "MAX_SECONDS", 0.2)
    slow = knowledge("slow", literal("count(for i in 1..20000 return i)"), "n")
    started = time.process_time()
    with pytest.raises(DmnError, match=r"“slow”: the decision takes more than 0\.2 seconds"):
        _decide(slow, decision(literal("sum(for i in 1..9000 return slow(i))"), knowledge=["slow"]))
    assert time.process_time() - started < 5
