"""What a letter prints, somebody has given by the time it is sent."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import warning
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.problems import Problem


def look(policy: Policy) -> Iterator[Problem]:
    for misfit in policy.values.given:
        yield warning(misfit.place, misfit.slip.sentence)


RULE = Rule(
    name="given",
    summary="What a letter prints, somebody has given by the time it is sent.",
    look=look,
    needs_variant=True,
)
