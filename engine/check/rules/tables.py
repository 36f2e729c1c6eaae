"""Each row of a decision table can match, and there is one for whatever is asked of it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import warning
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.problems import Problem


def look(policy: Policy) -> Iterator[Problem]:
    for misfit in policy.values.rows:
        yield warning(misfit.place, misfit.slip.sentence, lacks=policy.values.cause_of(misfit))


RULE = Rule(
    name="tables",
    summary="Each row of a decision table can match, and there is one for what is asked of it.",
    look=look,
    compares_files=True,
)
