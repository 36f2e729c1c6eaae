"""The council's logo is there, and is a picture and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import error
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.problems import Problem


def look(policy: Policy) -> Iterator[Problem]:
    for sentence in policy.variant.logo_problems:
        yield error(policy.place_in_settings(), sentence)


RULE = Rule(
    name="logo", summary="The council's logo is there, and is a picture and nothing else.", look=look,
    needs_variant=True,
)  # fmt: skip
