"""Each way out of a gateway is taken in some case, and each question is shown in some."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import warning
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.problems import Problem


def look(policy: Policy) -> Iterator[Problem]:
    for misfit in policy.values.dead_ways:
        yield warning(misfit.place, misfit.slip.sentence)


RULE = Rule(
    name="dead-ways",
    summary="Each way out of a gateway is taken in some case, and each question is shown in some.",
    look=look,
    compares_files=True,
)
