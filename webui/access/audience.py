"""What of a case a person may read: a form says of each answer who may see it."""

from __future__ import annotations

from engine.forms import AUDIENCES
from engine.staff.roles import Right
from webui.access.session import person


def audiences() -> frozenset[str] | None:
    """The audiences to which the person belongs; None for somebody who may see everything.

    Who sees only the cases in which their teams have a part is an agency's officer; a team that is called as an
    audience is (the panel's, say) belongs to that audience too.
    """
    who = person()
    if Right.SEE_ALL_CASES in who.rights:
        return None
    return frozenset({"agencies"} | (who.teams & set(AUDIENCES)))
