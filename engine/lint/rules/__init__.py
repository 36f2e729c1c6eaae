"""The rules of the check, in the order in which a person would mend things. A rule not listed here does not exist."""

from engine.lint.rule import Rule
from engine.lint.rules import (
    allow_list,
    boundary_events,
    conditions,
    decisions,
    events,
    expressions,
    forms,
    letters,
    limits,
    reachable,
    readable,
    starts,
    timers,
    ways,
)

RULES: tuple[Rule, ...] = (
    readable.RULE,
    allow_list.RULE,
    events.RULE,
    boundary_events.RULE,
    timers.RULE,
    ways.RULE,
    starts.RULE,
    conditions.RULE,
    reachable.RULE,
    expressions.RULE,
    limits.RULE,
    forms.RULE,
    letters.RULE,
    decisions.RULE,
)
