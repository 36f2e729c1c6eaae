"""What a person may do with the system: roles, and the rights that each gives.

Which tasks a person may clear is another matter: that their teams decide, and the policy's own exclusions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from engine.variants.settings import Role

__all__ = ["RIGHTS", "Right", "Role", "rights_of"]


class Right(StrEnum):
    """What a route, or a use case of the screens, asks for. `PUBLIC` needs nobody signed in."""

    PUBLIC = "public"
    SIGNED_IN = "signed in"
    SEE_TASKS = "see the tasks of one's teams"
    SEE_ALL_TASKS = "see the tasks of every team"
    DO_TASKS = "claim and complete tasks"
    SHARE_OUT_TASKS = "give tasks to colleagues"
    SEE_CASES = "see cases"
    SEE_ALL_CASES = "see every case of the council"  #: who has it not sees those in which their teams take part
    CHANGE_CASES = "tell cases something, add notes, correct facts"
    EXPORT_CASES = "take copies of case files"
    EXCHANGE_FILES = "exchange files with other installations"
    ENTER_APPLICATIONS = "enter applications that came by phone, letter or email"
    LOG_EXPLANATIONS = "see and enter second reports, and who was told of case reviews"
    SEE_FIGURES = "see what is late, and the figures"
    SETTLE_INCIDENTS = "retry and resolve incidents"
    SEE_POLICY = "see the policy: diagrams, tables, limits, findings"
    PUBLISH_POLICY = "put policies in force, and approve what others propose"
    MOVE_CASES = "move open cases to another version of the policy"
    KEEP_ADDRESS_BOOK = "look at, correct and erase entries of the address book"
    ADMINISTER = "change people, teams and agencies"


_READING = frozenset({Right.SIGNED_IN, Right.SEE_TASKS, Right.SEE_CASES})
_OFFICER = _READING | {
    Right.DO_TASKS,
    Right.SHARE_OUT_TASKS,
    Right.SEE_ALL_CASES,
    Right.CHANGE_CASES,
    Right.EXPORT_CASES,
    Right.EXCHANGE_FILES,
    Right.ENTER_APPLICATIONS,
    Right.LOG_EXPLANATIONS,
    Right.KEEP_ADDRESS_BOOK,
    Right.SEE_POLICY,
}

RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.ADMINISTRATOR: frozenset({Right.SIGNED_IN, Right.ADMINISTER, Right.KEEP_ADDRESS_BOOK, Right.SEE_POLICY}),
    Role.POLICY_OWNER: frozenset(
        {Right.SIGNED_IN, Right.SEE_POLICY, Right.PUBLISH_POLICY, Right.SEE_FIGURES, Right.MOVE_CASES}
    ),
    Role.MANAGER: _OFFICER | {Right.SEE_ALL_TASKS, Right.SEE_FIGURES, Right.SETTLE_INCIDENTS},
    Role.OFFICER: _OFFICER,
    Role.AGENCY_OFFICER: _READING | {Right.DO_TASKS, Right.CHANGE_CASES},
    Role.READER: _READING | {Right.SEE_ALL_TASKS, Right.SEE_ALL_CASES, Right.SEE_FIGURES, Right.SEE_POLICY},
}


def rights_of(roles: Iterable[Role]) -> frozenset[Right]:
    """All that these roles give together."""
    return frozenset[Right]({Right.PUBLIC}).union(*(RIGHTS[role] for role in roles))
