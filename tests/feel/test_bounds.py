"""No expression, however hostile, costs more than half a second and 100 MB."""

import json
import subprocess
import sys
from typing import Any

import pytest

from engine.feel import FeelLimitError, evaluate, parse
from tests.feel.hostile import CASES

#: twice the half second, since other work may share the machine
SECONDS = 1.0
MEGABYTES = 100

#: what must be refused, and not merely end
REFUSED = (
    "100 kB of sums",
    "10,000 brackets",
    "tower of powers",
    "for over 10**9",
    "nested for",
    "for over a range of 10**9",
    "a text doubled",
    "a text joined",
    "a text replaced",
    "a list doubled",
    "a list appended to itself",
    "a shared list flattened",
    "a shared list kept",
    "endless recursion",
    "many heavy patterns",
)


@pytest.fixture(scope="module")
def costs() -> dict[str, dict[str, Any]]:
    ran = subprocess.run([sys.executable, "-m", "tests.feel.hostile"], capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    found = [json.loads(line) for line in ran.stdout.splitlines()]
    return {cost["name"]: cost for cost in found}


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_expression_ends_soon_and_small(costs: dict[str, dict[str, Any]], name: str) -> None:
    cost = costs[name]
    assert cost["ended"] in ("value", "FeelError", "FeelSyntaxError", "FeelLimitError")
    assert cost["seconds"] < SECONDS
    assert cost["peak_mb"] < MEGABYTES


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_policy_needs_is_refused_with_a_limit(costs: dict[str, dict[str, Any]], name: str) -> None:
    assert costs[name]["ended"] == "FeelLimitError"


def test_a_limit_says_what_to_do_in_a_sentence() -> None:
    with pytest.raises(FeelLimitError, match="Split it into several"):
        evaluate("(" * 10_000 + "1" + ")" * 10_000)
    with pytest.raises(FeelLimitError, match="more work than any policy needs"):
        evaluate("for i in 1..10**9 return i")
    with pytest.raises(FeelLimitError, match="look at the powers"):
        evaluate("9**9**9**9")
    with pytest.raises(FeelLimitError, match="at most 50,000"):
        evaluate("1+" * 50_000 + "1")


def test_a_list_of_three_hundred_reports_is_well_within_the_limits() -> None:
    reports = [{"kind": "noise", "days": day, "agency": f"a{day % 7}"} for day in range(300)]
    expression = 'count(distinct values(reports[kind = "noise" and days <= 180].agency))'
    assert evaluate(expression, {"reports": reports}) == 7


def test_limits_do_not_depend_on_what_was_evaluated_before() -> None:
    expression = parse("sum(for i in 1..20000 return i)")
    assert [expression.evaluate() for _ in range(5)] == [200_010_000] * 5


def test_a_function_may_call_itself_thirty_times() -> None:
    body = "if n = 0 then [] else concatenate(f(n - 1), [{n: n, squares: (for i in [n] return i * i)}])"
    assert evaluate(f"count({{f: function(n) {body}, r: f(30)}}.r)") == 30
