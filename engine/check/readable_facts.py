"""What expressions of a folder may read, for whoever writes one: each fact by its name, and what it can be."""

from __future__ import annotations

from collections.abc import Sequence

from engine.check.policy import Policy
from engine.check.values.domain import Possible
from engine.handler import Handler
from engine.variants import Variant


def readable_facts(variant: Variant, handlers: Sequence[Handler]) -> dict[str, str]:
    """By name, in their order: its kinds as `instance of` names them, "number" or "date or string"; "" for anything."""
    policy = Policy(diagrams=variant.diagrams, folder=variant, known_handlers=handlers)
    facts = policy.values.facts
    return {} if facts is None else {name: _kinds(facts.named[name]) for name in sorted(facts.named)}


def _kinds(possible: Possible) -> str:
    return "" if possible.is_anything else " or ".join(sorted(kind.value for kind in possible.solid))
