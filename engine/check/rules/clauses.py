"""Each clause that something names is one of the policy, and each clause of the policy is carried out by something."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import Place, error, warning
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.check.suggestions import meant
from engine.clauses import IN_CODE, carriers_of
from engine.problems import Problem, Severity
from engine.variants import POLICY_FILE
from engine.words import day_in_words


def look(policy: Policy) -> Iterator[Problem]:
    known = policy.variant.policy
    done = {clause for rule in IN_CODE if rule.suffices for clause in rule.clauses}
    for carrier in carriers_of(policy.variant):
        for clause in carrier.clauses:
            done.add(clause)
            if clause not in known:
                hint = meant(clause, list(known), otherwise=f"Add it to {POLICY_FILE}, or correct it.")
                yield error(
                    Place(file=carrier.file, element_id=carrier.id, element_name=carrier.name),
                    f"“{carrier.name}” carries out the clause {clause}, which {POLICY_FILE} does not have. {hint}",
                )
    if policy.processes:
        for clause in known:
            if known[clause].is_to_be_looked_up:
                yield warning(
                    Place(file=POLICY_FILE, element_id=clause, element_name=clause),
                    f"It is not known when the clause {clause} comes into force: {_short(known[clause].text)} "
                    "Look it up, and write the day as in_force_on.",
                )
            elif clause not in done and policy.today is not None and known[clause].is_to_come(policy.today):
                day = day_in_words(known[clause].in_force_on or policy.today)
                yield warning(
                    Place(file=POLICY_FILE, element_id=clause, element_name=clause),
                    f"The clause {clause} comes into force on {day}, and nothing carries it out: "
                    f"{_short(known[clause].text)} Name it by then at what does.",
                )
            elif clause not in done:
                yield warning(
                    Place(file=POLICY_FILE, element_id=clause, element_name=clause),
                    f"Nothing carries out the clause {clause} yet: {_short(known[clause].text)} Name it at what does.",
                )


def _short(text: str) -> str:
    shortened = text if len(text) <= 100 else text[:97].rsplit(" ", 1)[0] + " …"
    return shortened if shortened.endswith((".", "…")) else f"{shortened}."


RULE = Rule(
    name="clauses", summary="Each clause named is one of the policy, and each that is in force is carried out.",
    look=look, needs_variant=True, stands=frozenset({Severity.WARNING}),
)  # fmt: skip
