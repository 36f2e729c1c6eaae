"""Every file of the folder can be read."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import Place, Remark, error
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.variants import Variant


def look(policy: Policy) -> Iterator[Remark]:
    variant = policy.variant
    said_elsewhere = frozenset(_said_elsewhere(variant))
    for problem in variant.problems:
        if (problem.file, problem.sentence) not in said_elsewhere:
            place = Place(file=problem.file, element_id=problem.element_id, element_name=problem.element_name)
            yield error(place, problem.sentence)


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
