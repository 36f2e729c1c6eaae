"""Beside a question it is said who reads the answer in a letter, as the letters have it."""

from __future__ import annotations

import pytest

from engine.casework.words.letter_readers import with_readers
from tests.scenarios.shown_clauses import HERTSMERE


def hint(form_id: str, key: str) -> str:
    form = with_readers(HERTSMERE.forms[form_id], HERTSMERE)
    return next(question.field.hint for question in form.questions if question.field.key == key)


@pytest.mark.parametrize(
    ("form_id", "key", "said"),
    [
        ("withdraw", "withdrawal_reasons", "The applicant and the victim read this in a letter."),
        ("tell_outcome", "outcome_for_victim", "The applicant and the victim read this in a letter."),
        # it stands in the applicant's copy alone
        ("confirm_consent", "no_consent_reasons", "The applicant reads this in a letter."),
    ],
)
def test_who_reads_an_answer_is_said_beside_its_question(form_id: str, key: str, said: str) -> None:
    assert hint(form_id, key).endswith(said)


def test_nothing_is_said_of_an_answer_that_no_letter_to_them_prints() -> None:
    assert "reads this" not in hint("contact_victim", "further_facts")
