"""Which facts somebody may see, by what the forms that ask for them say: in a copy, and in an inbox."""

from __future__ import annotations

from collections.abc import Set

from engine.variants import Variant


def facts_shown_to(variant: Variant, audiences: Set[str]) -> frozenset[str]:
    """Facts that every form that asks for them shows to one of these audiences."""
    asked = [field for _, question in variant.questions for field in question.fields]
    kept = {field.key for field in asked if not audiences & set(field.visible_to)}
    return frozenset(field.key for field in asked) - kept
