from __future__ import annotations

from engine.check.rules.limits import RULE
from tests.check.builders import Drawing, about, decision, folder, limits, together


def _due(expression: str) -> Drawing:
    drawing = Drawing().start(form="application").user("check", due=expression).end()
    return drawing.flow("received", "check", "closed")


def test_a_limit_that_is_a_row_is_left_alone() -> None:
    assert together(RULE, folder(_due('=due("acknowledge")'))) == []


def test_a_misspelt_limit_is_refused_with_the_one_that_was_meant() -> None:
    findings = together(RULE, folder(_due('=due("acknowlege")')))
    assert about(findings) == [("check", "error"), ("limit_0", "warning")]
    assert "Is “acknowledge” meant?" in findings[0].sentence


def test_a_row_that_nothing_asks_for_is_pointed_out() -> None:
    rows = limits(("acknowledge", 2, "working days", "application_date"), ("decide", 14, "days", "application_date"))
    assert about(together(RULE, folder(_due('=due("acknowledge")'), time_limits_dmn=rows))) == [("limit_1", "warning")]


def test_a_limit_that_counts_from_another_limit_is_refused() -> None:
    rows = limits(("acknowledge", 2, "working days", "due(1)"))
    assert about(together(RULE, folder(_due('=due("acknowledge")'), time_limits_dmn=rows))) == [("limit_0", "error")]


def test_where_the_name_of_a_limit_is_computed_no_row_is_called_unused() -> None:
    assert together(RULE, folder(_due("=due(applicant_name)"))) == []


def test_a_decision_that_asks_for_a_limit_that_there_is_not_is_refused() -> None:
    wrong = decision("rate", 'due("acknowlege")')
    (finding,) = together(RULE, folder(_due('=due("acknowledge")'), rate_dmn=wrong))
    assert (finding.file, finding.element_id, finding.severity) == ("rate.dmn", "rate", "error")
