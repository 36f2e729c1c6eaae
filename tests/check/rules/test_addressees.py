from __future__ import annotations

import pytest

from engine.check.rules.addressees import RULE
from tests.check.builders import LETTER, POLICY, SETTINGS, Drawing, folder, together

ROLES = """
[addressees.applicant]
name = "applicant_name"
own = ["application_date"]
[addressees.victim]
name = "applicant_name"
same_as = "applicant"
same_when = 'applicant_name = "A"'
"""
CLAUSE = '["X9"]\ntext = "The victim is told."\n'


def _said(letter: str, roles: str = ROLES) -> list[str]:
    drawing = Drawing().start(form="application").send("write", inputs={"letter": "CT1"}).end()
    drawing.flow("received", "write", "closed")
    files = {"letters__ct1_md": letter, "policy_toml": POLICY + CLAUSE}
    return [finding.sentence for finding in together(RULE, folder(drawing, settings=SETTINGS + roles, **files))]


def _to(*roles: str) -> str:
    listed = ", ".join(f'"{role}"' for role in roles)
    return LETTER.replace('"the applicant"', f"[{listed}]")


def test_a_letter_to_people_that_there_are_is_left_alone() -> None:
    assert _said(_to("applicant", "victim")) == []


def test_a_role_that_there_is_not_is_named_with_the_one_that_was_meant() -> None:
    (said,) = _said(_to("applicant", "victm"))
    assert "“victm”" in said
    assert "Is “victim” meant?" in said


def test_a_passage_for_a_role_that_there_is_not_would_never_be_shown() -> None:
    (said,) = _said(_to("applicant") + "((to_aplicant??Yes))")
    assert "Is “applicant” meant?" in said


@pytest.mark.parametrize("to", [_to("applicant"), LETTER])
def test_whoever_a_clause_names_is_not_left_out(to: str) -> None:
    (said,) = _said(to.replace("X1", "X9"))
    assert 'to = ["applicant", "victim"]' in said


def test_what_is_kept_for_one_role_is_not_printed_for_another() -> None:
    (said,) = _said(_to("applicant", "victim") + "((application_date))")
    assert "((to_applicant??…))" in said
    assert _said(_to("applicant", "victim") + "((to_applicant??((application_date))))") == []
    assert _said(_to("applicant", "victim") + "((not to_victim??((application_date))))") == []
    assert _said(_to("applicant") + "((application_date))") == []


def test_facts_that_nobody_asks_for_and_feel_that_cannot_be_read_are_refused() -> None:
    roles = ROLES.replace('name = "applicant_name"', 'name = "aplicant_name"', 1).replace('= "A"', "= (")
    said = _said(_to("applicant"), roles + "[letters.when]\nis_far = 'distnace > 3'\n")
    assert len(said) == 3
    assert "Is “applicant_name” meant?" in said[0]
