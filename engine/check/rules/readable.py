"""Every file of the folder can be read."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.problems import Problem
from engine.variants import Variant


def look(policy: Policy) -> Iterator[Problem]:
    variant = policy.variant
    said_elsewhere = frozenset(_said_elsewhere(variant))
    for problem in variant.problems:
        if (problem.file, problem.sentence) not in said_elsewhere:
            yield problem


def _said_elsewhere(variant: Variant) -> Iterator[tuple[str, str]]:
    """What is wrong inside tables, forms, letters and pages: the rules on those say it."""
    for file, definitions in variant.definitions.items():
        yield from ((file, problem.sentence) for problem in definitions.problems)
    for form in variant.forms.values():
        yield from ((form.file, problem.sentence) for problem in form.problems)
    for letter in variant.letters.values():
        yield from ((letter.file, sentence) for sentence in letter.problems)
    for page in variant.pages.values():
        yield from ((page.file, sentence) for sentence in page.problems)


RULE = Rule(name="readable", summary="Every file of the folder can be read.", look=look, needs_variant=True)
