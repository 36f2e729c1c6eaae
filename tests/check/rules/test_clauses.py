from __future__ import annotations

from datetime import date

import pytest

from engine.check.rules.clauses import RULE
from tests.check.builders import LETTER, POLICY, Drawing, about, folder, form, limits, together


def _task(clause: str) -> Drawing:
    drawing = Drawing().start(form="application").user("check", properties={"clause": clause}).end()
    return drawing.flow("received", "check", "closed")


def test_clauses_of_the_policy_are_left_alone() -> None:
    assert together(RULE, folder(_task("X1, X2"))) == []


def test_a_clause_that_the_policy_does_not_have_is_refused() -> None:
    findings = together(RULE, folder(_task("X1, X2, Y9")))
    assert about(findings) == [("check", "error")]
    assert "Y9" in findings[0].sentence


def test_a_clause_that_nothing_carries_out_is_pointed_out() -> None:
    findings = together(RULE, folder(_task("X1")))
    assert [(f.file, f.element_id, f.severity) for f in findings] == [("policy.toml", "X2", "warning")]


def test_a_clause_of_which_nobody_knows_when_it_comes_into_force_is_to_be_looked_up_each_time() -> None:
    law = '\n["Z1"]\ntext = "Law to come."\nin_force_on = %s\n'
    for drawing in (_task("X1 X2"), _task("X1 X2 Z1")):
        (finding,) = together(RULE, folder(drawing, policy_toml=POLICY + law % '""'))
        assert (finding.element_id, finding.severity) == ("Z1", "warning")
        assert "Look it up" in finding.sentence
    (finding,) = together(RULE, folder(_task("X1 X2"), policy_toml=POLICY + law % "2027-04-01"))
    assert "Nothing carries out the clause Z1" in finding.sentence


@pytest.mark.parametrize(
    ("today", "sentence"),
    [
        (date(2027, 3, 31), "The clause Z1 comes into force on 1 April 2027, and nothing carries it out"),
        (date(2027, 4, 1), "Nothing carries out the clause Z1 yet"),
        (date(2030, 1, 1), "Nothing carries out the clause Z1 yet"),
    ],
)
def test_what_nothing_carries_out_is_told_from_what_is_to_come(today: date, sentence: str) -> None:
    law = '\n["Z1"]\ntext = "Law to come."\nin_force_on = 2027-04-01\n'
    (finding,) = together(RULE, folder(_task("X1 X2"), policy_toml=POLICY + law), today=today)
    assert sentence in finding.sentence
    assert together(RULE, folder(_task("X1 X2 Z1"), policy_toml=POLICY + law), today=today) == []


def test_clauses_of_forms_letters_and_tables_are_looked_at_too() -> None:
    asked = {"type": "textfield", "key": "a", "label": "A", "id": "a", "properties": {"clause": "F1"}}
    findings = together(
        RULE,
        folder(
            _task("X1 X2"),
            forms__other_form=form("other", asked),
            letters__ct1_md=LETTER.replace('clauses = ["X1"]', 'clauses = ["L1"]'),
            time_limits_dmn=limits(("a", 1, "days", "b")).replace(b"<text>X1<", b"<text>D1<"),
        ),
    )
    said = {finding.file: finding.sentence for finding in findings}
    assert "F1" in said["forms/other.form"]
    assert "L1" in said["letters/ct1.md"]
    assert "D1" in said["time_limits.dmn"]
