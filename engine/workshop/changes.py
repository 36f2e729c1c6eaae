"""What a version changes from the one that was in force before, as it is kept with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.variants import Variant
from engine.workshop.differences import PolicyComparison


def changes_between(before: Variant | None, after: Variant) -> list[Mapping[str, Any]]:
    """Each as JSON-like `clauses`, `how` and `sentence`; none where nothing was in force before."""
    if before is None:
        return []
    return [
        {"clauses": list(each.clauses), "how": each.how.value, "sentence": each.said}
        for each in PolicyComparison(before=before, after=after).differences
    ]
