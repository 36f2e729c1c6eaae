"""What an explanation tells, and how it is told."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from engine.dmn import Definitions, load
from tests.dmn.builders import column, decision, file, input_data, literal, output, rule, table


def threshold() -> Definitions:
    return load(
        file(
            decision(
                table(
                    column("Count", label="Reports in six months", type="number"),
                    column("hate_incident", label="Hate incident"),
                    output("outcome", label="Threshold", type="string"),
                    rule([">= 3", "-"], ['"met"'], id="three", notes=["H5.1", "Three separate reports"]),
                    rule(["< 3", "true"], ['"met"'], id="hate", notes=["H5.2", ""]),
                    rule(["< 3", "false"], ['"not met"'], id="few", said="Too few"),
                    annotations=["Clause", "Why"],
                ),
                id="threshold",
                name="Threshold",
                decisions=["count"],
                inputs=["hate_incident"],
            ),
            decision(literal("count(reports)"), id="count", name="Count"),
            input_data("hate_incident", type="boolean"),
        )
    )


def test_an_explanation_names_inputs_rules_annotations_and_outputs() -> None:
    explanation = threshold().explain("Threshold", {"reports": [1, 2, 3], "hate_incident": False})
    assert (explanation.decision_id, explanation.decision_name, explanation.value) == ("threshold", "Threshold", "met")
    (shown,) = explanation.tables
    assert shown.hit_policy == "UNIQUE"
    assert [(column.label, column.expression, column.value) for column in shown.inputs] == [
        ("Reports in six months", "Count", 3),
        ("Hate incident", "hate_incident", False),
    ]
    (matched,) = shown.matched
    assert (matched.rule_id, matched.number, matched.counts) == ("three", 1, True)
    assert matched.annotations == {"Clause": "H5.1", "Why": "Three separate reports"}
    assert matched.input_entries == (">= 3", "-")
    assert matched.outputs == {"outcome": "met"}
    assert [(told.name, told.value) for told in explanation.told] == [("hate_incident", False)]
    (count,) = explanation.requires
    assert (count.decision_name, count.value, count.tables) == ("Count", 3, ())
    assert [(told.name, told.value) for told in count.told] == [("reports", [1, 2, 3])]


def test_the_annotation_of_the_camunda_modeller_is_told() -> None:
    explanation = threshold().explain("Threshold", {"reports": [], "hate_incident": False})
    assert explanation.tables[0].matched[0].annotations == {"Annotation": "Too few"}


def test_an_explanation_reads_as_sentences() -> None:
    text = threshold().explain("Threshold", {"reports": ["a"], "hate_incident": True}).text()
    assert text.splitlines() == [
        '“Threshold” is "met".',
        "  hate_incident: true.",
        "  Table “Threshold” (UNIQUE: at most one rule may match):",
        "    Reports in six months (Count) is 1.",
        "    Hate incident (hate_incident) is true.",
        '    Rule 2 matched: outcome is "met". (H5.2)',
        "“Count” is 1.",
        '  reports: ["a"].',
    ]


def test_an_explanation_says_what_nobody_said_and_that_no_rule_matched() -> None:
    text = threshold().explain("Threshold", {"reports": []}).text()
    assert "  hate_incident: not said, so it counts as null." in text
    assert "    No rule matched; nothing was given: null." in text


def test_an_explanation_says_that_a_default_was_given() -> None:
    logic = table(column("n"), output(default='"none"'), rule(["> 1"], ['"some"']))
    explanation = load(file(decision(logic))).explain("Decide", {"n": 0})
    assert explanation.tables[0].used_default
    assert 'No rule matched; the default was given: "none".' in explanation.text()


def test_an_explanation_says_which_of_several_rules_counted() -> None:
    logic = table(
        column("n"),
        output(allowed='"high","low"'),
        rule(["> 0"], ['"low"']),
        rule(["> 1"], ['"high"']),
        hit_policy="PRIORITY",
    )
    explanation = load(file(decision(logic))).explain("Decide", {"n": 2})
    assert [(matched.number, matched.counts) for matched in explanation.tables[0].matched] == [(1, False), (2, True)]
    assert 'Rule 1 matched: result is "low". Another rule that matched was more important.' in explanation.text()


def test_a_note_says_why_something_is_null() -> None:
    explanation = load(file(decision(literal('1 + "a"')))).explain("Decide", {})
    assert explanation.value is None
    assert len(explanation.notes) == 1
    assert "  Note: " in explanation.text()


def test_an_explanation_is_plain_json_with_each_decision_once() -> None:
    chain = [decision(literal("n"), id="d0", name="d0"), decision(literal("n"), id="e0", name="e0")]
    for i in range(1, 30):
        below = [f"d{i - 1}", f"e{i - 1}"]
        chain += [
            decision(literal(" + ".join(below)), id=f"{kind}{i}", name=f"{kind}{i}", decisions=below) for kind in "de"
        ]
    explanation = load(file(*chain)).explain("d29", {"n": 1})
    written = json.loads(json.dumps(explanation.to_json()))
    assert written["requires"] == ["d28", "e28"]
    assert len(written["required"]) == 58
    assert explanation.text().count("“d0” is ") == 1
    assert len(repr(explanation)) < 1_000


def test_the_json_of_an_explanation_holds_what_the_record_needs() -> None:
    written = threshold().explain("Threshold", {"reports": [], "hate_incident": True}).to_json()
    assert written["value"] == "met"
    assert written["told"] == [{"name": "hate_incident", "value": True, "was_given": True}]
    (shown,) = written["tables"]
    assert shown["hit_policy"] == "UNIQUE"
    assert shown["matched"] == [
        {
            "rule_id": "hate",
            "number": 2,
            "counts": True,
            "annotations": {"Clause": "H5.2"},
            "input_entries": ["< 3", "true"],
            "outputs": {"outcome": "met"},
        }
    ]
    assert [one["decision_id"] for one in written["required"]] == ["count"]


def test_values_are_told_as_a_policy_owner_would_write_them() -> None:
    inputs = {"a": Decimal("0.1"), "b": date(2026, 5, 5), "c": {"d": [date(2026, 5, 5)]}, "e": "“é”", "f": None}
    explanation = load(file(decision(literal("[a, b, c, e, f, g]")))).explain("Decide", {**inputs, "g": "x" * 500})
    told = explanation.text().splitlines()[1:]
    assert told[:5] == ["  a: 0.1.", "  b: 2026-05-05.", '  c: {"d": ["2026-05-05"]}.', '  e: "“é”".', "  f: null."]
    assert len(told[5]) < 150


def test_a_decision_that_gives_a_function_can_be_explained() -> None:
    explanation = load(file(decision(literal("{f: function(x) x}")))).explain("Decide", {})
    assert explanation.text() == "“Decide” is a context that holds a function."
    assert explanation.to_json()["value"] == "a context that holds a function"
