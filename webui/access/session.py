"""Who is signed in."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, g, session

from engine.casework.people import teams_of
from engine.staff.roles import Right, Role, rights_of
from webui.shell.office import policy_of


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """The person who asks, as one request sees them."""

    person_id: int
    council_id: str
    name: str
    email: str
    roles: frozenset[Role]
    teams: frozenset[str]  #: ids, those included for which one of their teams is the substitute

    @property
    def rights(self) -> frozenset[Right]:
        return rights_of(self.roles)


def signed_in() -> SignedIn | None:
    """The person who asks; None for somebody who has not signed in. One query per request."""
    if "signed_in" not in g:
        g.signed_in = _find()
    found: SignedIn | None = g.signed_in
    return found


def person() -> SignedIn:
    """The person who asks. A rule has seen to it that there is one."""
    found = signed_in()
    if found is None:
        abort(403)
    return found


def _find() -> SignedIn | None:
    name, council_id = session.get("name"), session.get("council_id")
    if not isinstance(name, str) or not isinstance(council_id, str):
        return None
    settings = policy_of(council_id).settings
    found = settings.person(name)
    if found is None:
        return None
    return SignedIn(
        person_id=0, council_id=council_id, name=name, email="", roles=frozenset(Role(role) for role in found.roles),
        teams=teams_of(settings, found),
    )  # fmt: skip
