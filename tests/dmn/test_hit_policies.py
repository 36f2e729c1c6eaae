"""Every hit policy and aggregation, and what each refuses."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.dmn import load
from engine.errors import DmnError
from tests.dmn.builders import column, decision, file, output, rule, table

#: Overlapping on purpose: 3 matches the first two, 7 matches rules 2 and 3, -1 none.
_OUTPUTS = {"> 0": '"C"', "> 2": '"A"', "> 5": '"B"'}


def _decide(n: int, hit_policy: str | None, aggregation: str | None = None, **more: Any) -> Any:
    outputs = more.get("outputs", _OUTPUTS)
    logic = table(
        column("n", type="number"),
        output(allowed=more.get("allowed", ""), default=more.get("default", "")),
        *(rule([test], [value], id=f"rule_{place}") for place, (test, value) in enumerate(outputs.items(), 1)),
        hit_policy=hit_policy,
        aggregation=aggregation,
    )
    return load(file(decision(logic))).decide("Decide", {"n": n})


def test_unique_is_the_policy_where_none_is_named() -> None:
    assert _decide(1, None) == "C"
    with pytest.raises(DmnError, match="hit policy UNIQUE"):
        _decide(3, None)


def test_unique_refuses_two_rules_that_match_and_names_both_with_their_annotations() -> None:
    logic = table(
        column("n"),
        output(),
        rule(["> 0"], ['"a"'], id="some", said="H5.1: some reports"),
        rule(["> 100"], ['"z"'], id="never"),
        rule(["> 2"], ['"b"'], id="many"),
        hit_policy="UNIQUE",
    )
    with pytest.raises(DmnError) as caught:
        load(file(decision(logic))).decide("Decide", {"n": 3})
    sentence = str(caught.value)
    assert "“Decide”" in sentence
    assert "rule 1 (H5.1: some reports) and rule 3 (many) both match" in sentence


def test_unique_refuses_two_rules_that_match_even_where_their_outputs_agree() -> None:
    with pytest.raises(DmnError, match=r"rule 1 .* and rule 2 .* both match"):
        _decide(3, "UNIQUE", outputs={"> 0": '"A"', "> 2": '"A"'})


def test_first_gives_the_first_rule_that_matches() -> None:
    assert _decide(7, "FIRST") == "C"
    assert _decide(7, "FIRST", outputs={"> 9": "1", "> 5": "2", "> 0": "3"}) == 2


def test_first_does_not_look_beyond_the_rule_that_matched() -> None:
    seen: list[int] = []

    def look(n: int) -> bool:
        seen.append(n)
        return n > 0

    rows = [rule([f"look({n})"], [str(n)]) for n in (0, 1, 2)]
    definitions = load(file(decision(table(column("true"), output(), *rows, hit_policy="FIRST"))))
    assert definitions.decide("Decide", {}, functions={"look": look}) == 1
    assert seen == [0, 1]


def test_any_gives_what_the_rules_agree_on() -> None:
    assert _decide(3, "ANY", outputs={"> 0": '"A"', "> 2": '"A"', "> 5": '"B"'}) == "A"


def test_any_refuses_rules_that_disagree_and_names_them() -> None:
    with pytest.raises(DmnError, match=r"hit policy ANY: rule 1 \(rule_1\) and rule 3 \(rule_3\) both match and give"):
        _decide(7, "ANY", outputs={"> 0": '"A"', "> 2": '"A"', "> 5": '"B"'})


def test_any_does_not_hold_true_and_one_to_agree() -> None:
    with pytest.raises(DmnError, match="give different outputs"):
        _decide(3, "ANY", outputs={"> 0": "true", "> 2": "1"})


def test_priority_gives_the_output_that_stands_first_in_the_allowed_values() -> None:
    assert _decide(7, "PRIORITY", allowed='"A", "B", "C"') == "A"
    assert _decide(7, "PRIORITY", allowed='"B", "C", "A"') == "B"
    assert _decide(1, "PRIORITY", allowed='"B", "C", "A"') == "C"


def test_output_order_gives_every_output_in_the_order_of_the_allowed_values() -> None:
    assert _decide(7, "OUTPUT ORDER", allowed='"B", "C", "A"') == ["B", "C", "A"]
    assert _decide(3, "OUTPUT ORDER", allowed='"B", "C", "A"') == ["C", "A"]


@pytest.mark.parametrize("hit_policy", ["PRIORITY", "OUTPUT ORDER"])
@pytest.mark.parametrize("allowed", ["", "[1..5]"])
def test_an_order_of_outputs_needs_a_plain_list_of_allowed_values(hit_policy: str, allowed: str) -> None:
    with pytest.raises(DmnError, match="List the allowed values of its output, the most important first"):
        _decide(3, hit_policy, allowed=allowed, outputs={"> 0": "1"})


def test_rule_order_gives_every_output_in_the_order_of_the_rules() -> None:
    assert _decide(7, "RULE ORDER") == ["C", "A", "B"]
    assert _decide(1, "RULE ORDER") == ["C"]


def test_collect_gives_every_output() -> None:
    assert _decide(3, "COLLECT") == ["C", "A"]


_NUMBERS = {"> 0": "10", "> 2": "2.5", "> 5": "30"}


@pytest.mark.parametrize(
    ("aggregation", "at_three", "at_seven"),
    [("SUM", "12.5", "42.5"), ("MIN", "2.5", "2.5"), ("MAX", "10", "30"), ("COUNT", "2", "3")],
)
def test_collect_aggregates_numbers(aggregation: str, at_three: str, at_seven: str) -> None:
    assert _decide(3, "COLLECT", aggregation, outputs=_NUMBERS) == Decimal(at_three)
    assert _decide(7, "COLLECT", aggregation, outputs=_NUMBERS) == Decimal(at_seven)


def test_count_counts_equal_outputs_too() -> None:
    assert _decide(7, "COLLECT", "COUNT", outputs={"> 0": "1", "> 2": "1", "> 5": "1"}) == 3


def test_a_sum_of_texts_is_refused() -> None:
    with pytest.raises(DmnError, match="cannot make the SUM of"):
        _decide(3, "COLLECT", "SUM")


@pytest.mark.parametrize("hit_policy", ["UNIQUE", "FIRST", "ANY", "RULE ORDER"])
def test_where_no_rule_matches_and_no_default_is_named_the_result_is_null(hit_policy: str) -> None:
    assert _decide(-1, hit_policy) is None


def test_collecting_nothing_gives_the_empty_list() -> None:
    assert _decide(-1, "COLLECT") == []


@pytest.mark.parametrize("aggregation", ["SUM", "MIN", "MAX"])
def test_an_aggregation_of_nothing_is_null(aggregation: str) -> None:
    assert _decide(-1, "COLLECT", aggregation, outputs=_NUMBERS) is None


def test_a_count_of_nothing_is_zero() -> None:
    assert _decide(-1, "COLLECT", "COUNT") == 0


@pytest.mark.parametrize(
    ("hit_policy", "expected"),
    [("UNIQUE", "N"), ("FIRST", "N"), ("ANY", "N"), ("RULE ORDER", ["N"]), ("COLLECT", ["N"])],
)
def test_where_no_rule_matches_the_default_is_given(hit_policy: str, expected: Any) -> None:
    assert _decide(-1, hit_policy, default='"N"') == expected


def test_the_default_of_an_aggregation_is_the_value_itself() -> None:
    assert _decide(-1, "COLLECT", "SUM", outputs=_NUMBERS, default="7") == 7
    assert _decide(-1, "COLLECT", "COUNT", outputs=_NUMBERS, default="7") == 7


def test_several_output_columns_give_a_context_and_rank_from_the_left() -> None:
    logic = table(
        column("n"),
        output("level", allowed='"high", "low"'),
        output("days", allowed="1, 5"),
        rule(["> 0"], ['"low"', "1"]),
        rule(["> 1"], ['"high"', "5"]),
        rule(["> 2"], ['"high"', "1"]),
        hit_policy="OUTPUT ORDER",
    )
    assert load(file(decision(logic))).decide("Decide", {"n": 3}) == [
        {"level": "high", "days": 1},
        {"level": "high", "days": 5},
        {"level": "low", "days": 1},
    ]


@given(st.integers(-3, 12), st.lists(st.tuples(st.integers(-2, 10), st.integers(0, 4)), min_size=1, max_size=6))
def test_the_policies_agree_with_what_the_rules_say(n: int, rows: list[tuple[int, int]]) -> None:
    def decide(hit_policy: str, aggregation: str | None = None) -> Any:
        logic = table(
            column("n"),
            output(allowed="4, 3, 2, 1, 0"),
            *(rule([f">= {least}"], [str(value)]) for least, value in rows),
            hit_policy=hit_policy,
            aggregation=aggregation,
        )
        return load(file(decision(logic))).decide("Decide", {"n": n})

    values = [value for least, value in rows if n >= least]
    assert decide("RULE ORDER") == (values or None)
    assert decide("OUTPUT ORDER") == (sorted(values, reverse=True) or None)
    assert decide("PRIORITY") == (max(values) if values else None)
    assert decide("FIRST") == (values[0] if values else None)
    assert decide("COLLECT", "SUM") == (sum(values) if values else None)
    assert decide("COLLECT", "COUNT") == len(values)
    for hit_policy, is_allowed in (("UNIQUE", len(values) < 2), ("ANY", len(set(values)) < 2)):
        if is_allowed:
            assert decide(hit_policy) == (values[0] if values else None)
        else:
            with pytest.raises(DmnError, match=hit_policy):
                decide(hit_policy)
