"""What each role lets somebody do, as the forms say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.staff.roles import Role

WHAT: Mapping[Role, str] = {
    Role.ADMINISTRATOR: "Keeps the council’s people, teams and agencies",
    Role.POLICY_OWNER: "Sees the policy, what the check finds in it, and the figures",
    Role.MANAGER: "Everything an officer does, every team’s tasks, what is late, the figures, and what is stuck",
    Role.OFFICER: "Works with the council’s cases and the tasks of their teams",
    Role.AGENCY_OFFICER: "Of a partner agency: the tasks of their teams, and the cases in which these have a part",
    Role.READER: "Sees tasks, cases and figures, and changes nothing",
}


def role_choices() -> list[tuple[str, str]]:
    return [(role.value, role.words.capitalize()) for role in Role]


def role_items() -> list[dict[str, Any]]:
    """What stands below each box."""
    return [{"hint": {"text": WHAT[role]}} for role in Role]


def roles_in_words(roles: Iterable[Role]) -> str:
    return ", ".join(role.words for role in Role if role in set(roles)).capitalize()
