from __future__ import annotations

from engine.check.rules.conflicts import RULE
from tests.check.builders import Drawing, about, folder, together

CONFLICT = """
["X1"]
text = "Within 21 days."
["X2"]
text = "Within 15 days."
[[conflicts]]
clauses = ["X1", "X2"]
sentence = "X1 gives 21 days, X2 gives 15."
what_we_do = "Each keeps its own."
"""


def _drawn() -> Drawing:
    return Drawing().start(form="application").user("check").end().flow("received", "check", "closed")


def test_each_conflict_is_a_warning_that_names_its_clauses_and_what_is_done() -> None:
    findings = together(RULE, folder(_drawn(), policy_toml=CONFLICT.encode()))
    assert about(findings) == [("X1", "warning")]
    assert findings[0].file == "policy.toml"
    assert findings[0].sentence == "X1 and X2: X1 gives 21 days, X2 gives 15. Each keeps its own."


def test_a_conflict_about_a_clause_that_the_policy_does_not_have_is_refused() -> None:
    findings = together(RULE, folder(_drawn(), policy_toml=CONFLICT.replace('["X1", "X2"]', '["X1", "X9"]').encode()))
    assert about(findings) == [("X1", "error")]
    assert "X9" in findings[0].sentence


def test_a_policy_without_conflicts_is_left_alone() -> None:
    assert together(RULE, folder(_drawn())) == []
