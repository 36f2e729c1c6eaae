"""A text names no body that the council does not have."""

from __future__ import annotations

import pytest

from engine.check.rules.bodies import RULE
from tests.check.builders import LETTER, SETTINGS, folder, plain, together


def _said(words: str, settings: str = "") -> list[str]:
    checked = folder(plain(), settings=settings + SETTINGS, letters__ct1_md=f"{LETTER}\n{words}\n")
    return [finding.sentence for finding in together(RULE, checked)]


@pytest.mark.parametrize(
    "name",
    ["Elsewhere Constabulary", "Youth Offending Service", "Elsewhere Fire and Rescue Service", "Adult Social Care"],
)
def test_a_body_that_the_council_does_not_have_is_named_with_the_file(name: str) -> None:
    (sentence,) = _said(f"We ask the {name} what it knows.")
    assert sentence.startswith(f"It speaks of {name}, and the council has no agency or team of that name.")


@pytest.mark.parametrize(
    "words",
    [
        "The police ring you. Our Service answers. Write to the Council.",
        "The Head of the Independent Office for Police Conduct answers.",
        "We ask the youth offending service what it knows.",
    ],
)
def test_words_that_name_nobody_in_particular_are_left_alone(words: str) -> None:
    assert _said(words) == []


def test_the_councils_own_name_before_it_makes_another_body_none_of_its_own() -> None:
    listed = 'other_bodies = ["Elsewhere Constabulary", "Case Panel Team"]\n'
    (sentence,) = _said("The Somewhere Constabulary answers, and so does the Somewhere Case Panel Team.", listed)
    assert sentence.startswith("It speaks of Somewhere Constabulary, and")


def test_a_body_is_known_that_other_bodies_lists() -> None:
    assert _said("Ask the Housing Ombudsman.") != []
    assert _said("Ask the Housing Ombudsman.", 'other_bodies = ["Housing Ombudsman"]\n') == []
