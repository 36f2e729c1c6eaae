"""Where the policy's documents disagree or are silent: said each time, so that nobody takes a reading for the text."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import Place, error, warning
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.check.suggestions import meant
from engine.problems import Problem, Severity
from engine.variants import POLICY_FILE, Conflict


def look(policy: Policy) -> Iterator[Problem]:
    known = policy.variant.policy
    for conflict in policy.variant.conflicts:
        unknown = [clause for clause in conflict.clauses if clause not in known]
        for clause in unknown:
            hint = meant(clause, list(known), otherwise=f"Add it to {POLICY_FILE}, or correct it.")
            yield error(
                _place(conflict), f"A conflict names the clause {clause}, which {POLICY_FILE} does not have. {hint}"
            )
        if not unknown:
            why = f" The council's reason: {conflict.because}" if conflict.because else ""
            yield warning(_place(conflict), f"{_named(conflict)}: {conflict.sentence} {conflict.what_we_do}{why}")


def _place(conflict: Conflict) -> Place:
    return Place(file=POLICY_FILE, element_id=conflict.clauses[0], element_name=", ".join(conflict.clauses))


def _named(conflict: Conflict) -> str:
    *first, last = conflict.clauses
    return f"{', '.join(first)} and {last}" if first else last


RULE = Rule(
    name="conflicts", summary="Where the policy's documents disagree or are silent is said, with what the folder does.",
    look=look, needs_variant=True, stands=frozenset({Severity.WARNING}),
)  # fmt: skip
