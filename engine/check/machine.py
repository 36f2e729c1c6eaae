"""The machine that runs rules. It knows no rule: they are handed to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from engine.check.finding import Finding
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.problems import Severity

#: Most findings of one rule. Nobody mends more at once, and a file that is wrong all over must not fill the memory.
MOST_OF_A_RULE = 200

#: Told which rule is at work: (rule's name, how many are done, how many there are).
Progress = Callable[[str, int, int], None]


def run_rules(policy: Policy, rules: Sequence[Rule], *, on_progress: Progress | None = None) -> list[Finding]:
    """What `rules` find in `policy`, each thing once, ordered by file, severity and element."""
    found: dict[Finding, None] = {}
    for number, rule in enumerate(rules):
        if on_progress is not None:
            on_progress(rule.name, number, len(rules))
        if rule.needs_variant and policy.folder is None:
            continue
        for problem in islice(rule.look(policy), MOST_OF_A_RULE):
            found[Finding.of(rule.name, problem)] = None
    return in_order(found)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """What others follow from first; errors of a file before its warnings; otherwise as the rules found them."""
    return sorted(
        findings, key=lambda finding: (not finding.follows, finding.file, finding.severity is not Severity.ERROR)
    )
