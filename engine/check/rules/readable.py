"""Every file of the folder can be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.problems import Problem, Thing, ThingKind
from engine.variants import POLICY_FILE, Variant


def look(policy: Policy) -> Iterator[Problem]:
    variant = policy.variant
    said_elsewhere = frozenset(_said_elsewhere(variant))
    unread = variant.files.keys() - frozenset(_read(variant))
    for problem in variant.problems:
        if (problem.file, problem.sentence) not in said_elsewhere:
            is_whole = problem.file in unread and not problem.element_id
            yield replace(problem, loses=Thing(kind=ThingKind.FILE, name=problem.file)) if is_whole else problem


def _read(variant: Variant) -> Iterator[str]:
    """The files of which something could be read."""
    yield from variant.diagrams
    yield from variant.definitions
    for of_kind in (variant.forms, variant.letters, variant.pages):
        yield from (each.file for each in of_kind.values())
    if variant.policy:
        yield POLICY_FILE


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
