"""Everything wrong in a file is listed at once, and only the decisions concerned are refused."""

from __future__ import annotations

import hashlib
import time

import pytest

from engine.dmn import load
from engine.errors import DmnError
from engine.problems import Severity
from tests.dmn.builders import column, decision, file, input_data, knowledge, literal, output, rule, table


def _sentences(*parts: str) -> list[str]:
    return [problem.sentence for problem in load(file(*parts)).problems]


def test_a_sound_file_has_no_problems_and_knows_its_digest() -> None:
    data = file(decision(table(column("n"), output(), rule(["> 1"], ["1"]))))
    definitions = load(data)
    assert definitions.problems == ()
    assert definitions.digest == hashlib.sha256(data).hexdigest()


def test_all_problems_are_listed_at_once_with_their_elements() -> None:
    logic = table(
        column("1 +", label="Broken"),
        output(type="tMissing"),
        rule(["> "], ['"a']),
        rule(["-"], ["1", "2"], id="long"),
        hit_policy="SOMETIMES",
    )
    problems = load(file(decision(logic, decisions=["nowhere"]))).problems
    sentences = "\n".join(problem.sentence for problem in problems)
    for words in (
        "requires the decision “#nowhere”, which this file does not hold",
        "The hit policy “SOMETIMES” of “Decide” is not known. Choose one of UNIQUE, FIRST",
        "input column 1 “Broken”: “1 +” cannot be read",
        "is of the type “tMissing”, which does not exist",
        "rule 1, Broken: “>” cannot be read",
        'rule 1, result: “"a” cannot be read',
        "Rule 2 of “Decide” has 2 output cells; the table has 1 output columns",
    ):
        assert words in sentences
    assert len(problems) == 7
    assert {problem.concerns for problem in problems} == {"decide"}
    assert [problem.element_id for problem in problems if "Rule 2" in problem.sentence] == ["long"]


def test_a_decision_with_a_problem_is_refused_and_another_still_runs() -> None:
    definitions = load(
        file(
            decision(literal("1 +"), id="broken", name="Broken"),
            decision(literal("2"), id="sound", name="Sound"),
            decision(literal("Broken"), id="above", name="Above", decisions=["broken"]),
        )
    )
    assert definitions.decide("Sound", {}) == 2
    for name in ("Broken", "Above"):
        with pytest.raises(DmnError, match="“Broken”: “1 \\+” cannot be read"):
            definitions.decide(name, {})


def test_a_problem_in_a_knowledge_model_stops_those_that_require_it() -> None:
    definitions = load(
        file(
            knowledge("bad", literal("n +"), "n"),
            knowledge("over", literal("bad(n)"), "n", requires=["bad"]),
            decision(literal("over(1)"), id="uses", name="Uses", knowledge=["over"]),
            decision(literal("2"), id="sound", name="Sound"),
        )
    )
    assert definitions.decide("Sound", {}) == 2
    with pytest.raises(DmnError, match="“bad”: “n \\+” cannot be read"):
        definitions.decide("Uses", {})


def test_decisions_that_require_each_other_are_refused_with_the_circle() -> None:
    definitions = load(
        file(
            decision(literal("b"), id="a", name="A", decisions=["b"]),
            decision(literal("c"), id="b", name="B", decisions=["c"]),
            decision(literal("a"), id="c", name="C", decisions=["a"]),
            decision(literal("a"), id="d", name="D", decisions=["a"]),
            decision(literal("e"), id="e", name="E", decisions=["e"]),
        )
    )
    with pytest.raises(DmnError, match="“A” requires itself: “A” → “B” → “C” → “A”"):
        definitions.decide("a", {})
    for name in ("B", "C", "D", "E"):
        with pytest.raises(DmnError, match="requires itself"):
            definitions.decide(name, {})


def test_knowledge_models_that_require_each_other_are_refused() -> None:
    definitions = load(
        file(
            knowledge("f", literal("g(n)"), "n", requires=["g"]),
            knowledge("g", literal("f(n)"), "n", requires=["f"]),
            decision(literal("f(1)"), knowledge=["f"]),
        )
    )
    with pytest.raises(DmnError, match="“f” requires itself: “f” → “g” → “f”"):
        definitions.decide("Decide", {})


def test_types_that_are_defined_by_themselves_are_found() -> None:
    circle = (
        '<itemDefinition name="tA"><typeRef>tB</typeRef></itemDefinition>'
        '<itemDefinition name="tB"><typeRef>tA</typeRef></itemDefinition>'
    )
    sentences = _sentences(circle, decision(literal("x"), inputs=["x"]), input_data("x", type="tA"))
    assert sentences[0].startswith("The type “tA” is defined by itself (tA → tB → tA)")


def test_a_type_that_contains_itself_is_no_circle() -> None:
    tree = (
        '<itemDefinition name="tTree"><itemComponent name="leaf"><typeRef>number</typeRef></itemComponent>'
        '<itemComponent name="branches" isCollection="true"><typeRef>tTree</typeRef></itemComponent></itemDefinition>'
    )
    definitions = load(file(tree, decision(literal("x.leaf"), inputs=["x"]), input_data("x", type="tTree")))
    assert definitions.decide("Decide", {"x": {"leaf": 1, "branches": [{"leaf": 2, "branches": None}]}}) == 1
    with pytest.raises(DmnError, match=r"must be a number \(in leaf\)"):
        definitions.explain("Decide", {"x": {"leaf": 1, "branches": [{"leaf": "2", "branches": None}]}})


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ((decision(""),), "“Decide” holds no logic"),
        ((decision(literal("")),), "“Decide” has an empty expression"),
        ((), "holds no decision. Draw one"),
        ((decision(table(column(""), output())),), "does not say what it looks at"),
        ((decision(table(column("a"))),), "has no output column"),
        ((decision(table(output(""), output("b"))),), "Output column 1 of “Decide” has no name"),
        ((decision(table(output("b"), output("b"))),), "Two output columns of “Decide” are named “b”"),
        ((decision(table(output(), hit_policy="FIRST", aggregation="SUM")),), "Only COLLECT aggregates"),
        ((decision(table(output(), hit_policy="COLLECT", aggregation="MEAN")),), "Choose one of SUM, MIN, MAX, COUNT"),
        (
            (decision(table(output("a"), output("b"), hit_policy="COLLECT", aggregation="SUM")),),
            "has 2 output columns and the aggregation SUM, which works on one",
        ),
        ((decision(table(output(allowed='"a"'), rule([], ['"b"']))),), 'Rule 1 of “Decide” gives "b" in the column'),
        ((decision(table(output(type="number", default='"b"'))),), 'The default of “Decide” gives "b" in the column'),
        ((decision(literal("1")), decision(literal("2"), id="other")), "Two decisions are named “Decide”"),
        ((decision(literal("1"), id="x"), input_data("in", id="x")), "The id “x” is given twice"),
        ((decision(literal("1")), '<import namespace="http://example.org" name="o"/>'), "Imports are not read"),
        (
            (decision('<literalExpression expressionLanguage="juel"><text>${a}</text></literalExpression>'),),
            "is written in “juel”. Only FEEL is run",
        ),
        (
            (decision('<functionDefinition kind="Java"><context/></functionDefinition>'),),
            "is a function in Java. Only FEEL is run",
        ),
        ((decision("<invocation/>"),), "does not say what it calls"),
        (
            (decision(f'<relation><column name="a"/><row>{literal("1")}{literal("2")}</row></relation>'),),
            "Row 1 of “Decide” has 2 cells; there are 1 columns",
        ),
    ],
)
def test_a_fault_is_said_in_words(parts: tuple[str, ...], words: str) -> None:
    definitions = load(file(*parts))
    assert words in "\n".join(problem.sentence for problem in definitions.problems)
    if definitions.decisions:
        with pytest.raises(DmnError):
            definitions.decide("Decide", {})


def test_an_expression_with_nothing_but_python_in_it_reaches_no_python() -> None:
    for text in ("__import__('os')", "().__class__", "open('/etc/passwd')"):
        definitions = load(file(decision(literal(text))))
        if not definitions.problems:
            assert definitions.decide("Decide", {}) is None


def test_a_missing_arrow_is_warned_of() -> None:
    problems = load(
        file(
            decision(literal("1"), id="base", name="Base"),
            knowledge("half", literal("n / 2"), "n"),
            decision(literal("half(base) + Decide"), name="Decide"),
        )
    ).problems
    assert [(problem.severity, problem.sentence) for problem in problems] == [
        ("warning", "“Decide” uses “base”, and no arrow leads to it from the decision of that name. Draw the arrow."),
        (
            "warning",
            "“Decide” uses “half”, and no arrow leads to it from the knowledge model of that name. Draw the arrow.",
        ),
    ]


def test_expressions_that_would_work_long_are_not_computed_while_a_file_is_read() -> None:
    long = "for i in 1..9999999 return i"
    logic = table(
        column("n", allowed=f"count({long})"),
        output(allowed=f"count({long})"),
        *(rule([f"> count({long})"], [f"count({long})"]) for _ in range(200)),
    )
    started = time.process_time()
    load(file(decision(logic)))
    assert time.process_time() - started < 1


def _warnings(*rules: str, hit_policy: str = "UNIQUE", type: str | None = None) -> list[str]:
    logic = table(column("n", type=type), output(), *rules, hit_policy=hit_policy)
    problems = load(file(decision(logic))).problems
    assert all(problem.severity is Severity.WARNING for problem in problems)
    return [problem.sentence for problem in problems]


@pytest.mark.parametrize(
    ("first", "second", "type", "overlap"),
    [
        ("> 1", "> 2", None, True),
        (">= 3", "< 3", "number", False),
        (">= 3", "<= 3", "number", True),
        ("> 3", "< 4", "number", True),
        ("> 3", "< 4", "integer", False),
        ("[1..3]", "[3..5]", None, True),
        ("[1..3)", "[3..5]", None, False),
        ('"a","b"', '"b","c"', "string", True),
        ('"a"', '"b"', "string", False),
        ('not("a")', 'not("b")', "string", True),
        ('not("a")', '"a"', "string", False),
        ("-", "-", None, True),
        ("true", "false", "boolean", False),
        ('< @"2026-01-01"', '>= @"2026-01-01"', "date", False),
        ('<= date("2026-01-01")', '>= date("2026-01-01")', "date", True),
        ("null", "> 1", None, False),
        ("> other", "< 1", None, False),  # nothing is claimed of a cell that reads something else
    ],
)
def test_rules_that_can_both_match_under_unique_are_warned_of(
    first: str, second: str, type: str | None, overlap: bool
) -> None:
    found = _warnings(rule([first], ["1"]), rule([second], ["1"], id="second"), type=type)
    assert bool(found) is overlap
    if overlap:
        assert found[0].startswith("Rules 1 and 2 of “Decide” can both match, which the hit policy UNIQUE refuses")


def test_rules_overlap_only_where_every_column_has_a_value_for_both() -> None:
    def warned(first: list[str], second: list[str]) -> bool:
        logic = table(column("n"), column("k"), output(), rule(first, ["1"]), rule(second, ["2"]))
        return bool(load(file(decision(logic))).problems)

    assert warned(["> 1", '"a"'], ["> 2", '"a","b"'])
    assert not warned(["> 1", '"a"'], ["> 2", '"b"'])
    assert not warned(["> 1", '"a"'], ["<= 1", '"a"'])


def test_rules_that_overlap_are_only_warned_of_where_the_policy_would_refuse_them() -> None:
    same, other = rule(["> 1"], ["1"]), rule(["> 1"], ["2"])
    assert _warnings(same, other, hit_policy="FIRST") == []
    assert _warnings(same, same, hit_policy="ANY") == []
    assert len(_warnings(same, other, hit_policy="ANY")) == 1


def test_a_warning_stops_nothing() -> None:
    logic = table(column("n"), output(), rule(["> 1"], ["1"]), rule(["> 5"], ["2"]))
    assert load(file(decision(logic))).decide("Decide", {"n": 3}) == 1
