"""What is the same under another name: a lane whose team is called otherwise, a clause that another restates."""

from __future__ import annotations

from engine.variants.variant import Variant


class Renamed:
    """Of the teams and clauses of two variants."""

    def __init__(self, before: Variant, after: Variant) -> None:
        self._were = {name: team for team, name in before.settings.team_names.items()}
        self._are = {name: team for team, name in after.settings.team_names.items()}
        self._clauses = after.policy

    def lanes_differ(self, before: str | None, after: str | None) -> bool:
        return self._were.get(before or "", before) != self._are.get(after or "", after)

    def clauses_differ(self, before: tuple[str, ...], after: tuple[str, ...]) -> bool:
        """Whether something stands on other clauses, and not because others have taken the place of some."""
        return before != after and all(clause in self._clauses for clause in before)
