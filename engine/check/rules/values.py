"""Each value is of the kind that its place takes, and what it is compared with is one that it can be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.check.finding import error
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.check.values.slip import SlipKind
from engine.problems import Problem


def look(policy: Policy) -> Iterator[Problem]:
    for misfit in policy.values.misfits(SlipKind.VALUE):
        cause = policy.values.cause_of(misfit)
        problem = error(misfit.place, misfit.slip.sentence, lacks=cause)
        yield replace(problem, loses=cause) if misfit.slip.is_of_giver else problem


RULE = Rule(
    name="values",
    summary="Each value is of the kind that its place takes, and is compared with what it can be.",
    look=look,
    compares_files=True,
)
