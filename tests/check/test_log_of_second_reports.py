"""What the check says of `[explanations]`: its form, its days, its limit, and the figure that counts it."""

from __future__ import annotations

from typing import Any

import pytest

from engine.check.rule import Rule
from engine.check.rules.days import RULE as DAYS
from engine.check.rules.facts import RULE as FACTS
from engine.check.rules.forms import RULE as FORMS
from engine.check.rules.limits import RULE as LIMITS
from engine.check.rules.settings_facts import RULE as SETTINGS_FACTS
from tests.check.builders import SETTINGS, folder, form, limits, plain, together

LOG = """
[explanations]
kept = true
form = "second_report"
known_by = "told_to"
reported_on = "second_report_on"
explained_on = "review_explained_on"
limit = "explain"
teams = ["team"]
[figures.explained]
label = "Explained"
explanations = "review_explained_on"
"""
WHO: dict[str, Any] = {
    "type": "textfield",
    "key": "told_to",
    "label": "Who?",
    "id": "w",
    "validate": {"required": True},
}
DAY: dict[str, Any] = {"type": "datetime", "subtype": "date"}
REPORTED = {
    **DAY, "key": "second_report_on", "dateLabel": "When?", "id": "r", "validate": {"required": True},
    "properties": {"max": "=today()"},
}  # fmt: skip
EXPLAINED = {
    **DAY, "key": "review_explained_on", "dateLabel": "Explained?", "id": "e",
    "properties": {"min": "=second_report_on"},
}  # fmt: skip
HOW = {
    "type": "textfield", "key": "how", "label": "How?", "id": "h",
    "conditional": {"hide": "=review_explained_on = null"},
}  # fmt: skip
WHOLE = (WHO, REPORTED, EXPLAINED, HOW)


def said(
    rule: Rule, *asked: dict[str, Any], log: str = LOG, counted_from: str = "second_report_on", row: str = "explain"
) -> list[str]:
    checked = folder(
        plain(), settings=SETTINGS + log, forms__second_report_form=form("second_report", *asked),
        time_limits_dmn=limits(("acknowledge", 2, "working days", "application_date"), (row, 5, "days", counted_from)),
    )  # fmt: skip
    return [finding.sentence for finding in together(rule, checked) if "acknowledge" not in finding.sentence]


@pytest.mark.parametrize("rule", [FORMS, FACTS, DAYS, LIMITS, SETTINGS_FACTS], ids=lambda rule: rule.name)
def test_a_log_that_is_right_is_left_alone(rule: Rule) -> None:
    assert said(rule, *WHOLE) == []


def test_a_form_that_is_not_there_is_named() -> None:
    slip = LOG.replace('"second_report"', '"second_reprot"')
    found = said(FORMS, *WHOLE, log=slip)
    assert any("which is not in forms/. Is “second_report” meant?" in each for each in found)


def test_where_no_log_is_kept_its_form_is_shown_by_nothing() -> None:
    none = LOG.replace("kept = true", "kept = false").partition("[figures")[0]
    assert any("No diagram shows the form “second_report”" in each for each in said(FORMS, *WHOLE, log=none))


def test_it_keeps_no_files() -> None:
    files = {"type": "filepicker", "key": "scan", "label": "Scan", "id": "f"}
    assert "asks for files, and the log of second reports keeps none" in said(FORMS, *WHOLE, files)[0]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ((WHO, REPORTED), "explained_on names “review_explained_on”, which the form “second_report” does not ask"),
        ((REPORTED, EXPLAINED), "known_by names “told_to”, which the form “second_report” does not ask"),
        (
            (WHO, {**REPORTED, "validate": {}}, EXPLAINED),
            "reported_on names “second_report_on”, which can be left without an answer",
        ),
        (
            ({**WHO, "conditional": {"hide": "=true"}}, REPORTED, EXPLAINED),
            "known_by names “told_to”, which can be left without an answer",
        ),
        (
            (WHO, REPORTED, {**EXPLAINED, "validate": {"required": True}}),
            "what nobody has explained yet could not be entered",
        ),
        (
            (WHO, {**REPORTED, "subtype": "datetime"}, EXPLAINED),
            "names “second_report_on”, which is no exact day",
        ),
    ],
)
def test_it_is_listed_and_counted_by_what_its_form_asks(asked: tuple[dict[str, Any], ...], sentence: str) -> None:
    assert any(sentence in each for each in said(SETTINGS_FACTS, *asked))


def test_a_figure_counts_by_one_of_its_days() -> None:
    slip = LOG.replace('explanations = "review_explained_on"', 'explanations = "told_to"')
    assert (
        "which is no day of the log. Write second_report_on or review_explained_on"
        in said(SETTINGS_FACTS, *WHOLE, log=slip)[0]
    )
    none = LOG.replace("kept = true", "kept = false")
    assert "counts the log of second reports, and none is kept" in said(SETTINGS_FACTS, *WHOLE, log=none)[0]


def test_its_limit_is_a_row() -> None:
    found = said(LIMITS, *WHOLE, row="explian")
    assert any("[explanations] asks for the limit “explain”" in each for each in found)


def test_its_limit_counts_from_what_the_entry_knows() -> None:
    assert "counts from “told_on”" in said(FACTS, *WHOLE, counted_from="told_on")[0]


def test_its_form_reads_nothing_of_a_case() -> None:
    of_case = {**HOW, "conditional": {"hide": "=application_date = null"}}
    assert "knows nothing of any case" in said(FACTS, WHO, REPORTED, EXPLAINED, of_case)[0]


def test_what_it_asks_is_no_fact_of_a_case() -> None:
    copy = LOG + '[cases]\nknown_by = ["told_to"]\n'
    assert "“told_to”, which no form and no mapping gives" in said(SETTINGS_FACTS, *WHOLE, log=copy)[0]
