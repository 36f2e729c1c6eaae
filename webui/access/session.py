"""Who is signed in. The cookie holds a secret, signed; the database holds its hash, whose it is, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, g, session

from engine.casework.tasks.rights import teams_of
from engine.errors import CouncilNotServedError
from engine.staff.roles import Right, Role, rights_of
from engine.staff.sessions import Account, account_of, end_session, ended_account_of, start_session
from engine.staff.sign_in import proven_accounts
from engine.variants import VariantSettings
from engine.variants.settings import Person
from webui.shell.office import council_served, office

#: In the cookie: the accounts of this person in several councils, each with its proof; what they sign in to by one.
_ACCOUNTS = "accounts"
_TOKEN = "token"  # noqa: S105  # the name of what the cookie holds
#: In the cookie: the pages for which something is kept that was typed when the session had ended.
UNSENT = "unsent"
#: What stays in the cookie where the same person signs in again: with it a page that was left open can still be sent.
_STAYS = ("csrf_token", UNSENT)


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """The person who asks, as one request sees them."""

    person_id: int
    council_id: str
    name: str
    email: str
    roles: frozenset[Role]
    teams: frozenset[str]  #: ids, those included for which one of their teams is the substitute
    account: Account

    @property
    def rights(self) -> frozenset[Right]:
        return rights_of(self.roles)


def signed_in() -> SignedIn | None:
    """The person who asks; None for somebody who has not signed in. Two queries per request, none without a cookie."""
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


def settings_in_force() -> VariantSettings:
    """The policy's settings of the person's council, with its own people, teams and agencies in them.

    Raises CouncilNotServedError where no policy is in force.
    """
    council_id = person().council_id
    found: VariantSettings | None = g.settings_in_force
    if found is None:
        raise CouncilNotServedError(council_id)
    return found


def token() -> str:
    """The secret of the session that asks; "" for none."""
    kept = session.get(_TOKEN)
    return kept if isinstance(kept, str) else ""


def ended_account() -> Account | None:
    """Whose session in this browser has ended; None for nobody, and for somebody who has signed out."""
    if not token() or signed_in() is not None:
        return None
    return ended_account_of(office().database, office().clock, token())


def clear_but_ended() -> None:
    """Empty the cookie but for what says whose session has ended, until it is known who signs in."""
    stays = {name: session[name] for name in (_TOKEN, *_STAYS) if name in session}
    session.clear()
    session.update(stays)


def begin_session(account: Account, *, among: Sequence[Account] = ()) -> None:
    """Sign the person in, in this browser. Of another person's nothing that was in the cookie before stays.

    `among`: all their accounts that this sign-in has shown to be theirs; they can go on with another of them.
    """
    before = ended_account()
    is_same = before is not None and before.person_id == account.person_id
    stays = {name: session[name] for name in _STAYS if is_same and name in session}
    session.clear()
    session.update(stays)
    session[_TOKEN] = start_session(office().database, office().clock, account)
    keep_accounts(among)
    g.pop("signed_in", None)


def keep_accounts(accounts: Sequence[Account]) -> None:
    """The accounts between which the person can change, in this browser."""
    session[_ACCOUNTS] = [[each.person_id, each.proof] for each in accounts] if len(accounts) > 1 else []


def has_several_accounts() -> bool:
    return len(session.get(_ACCOUNTS) or []) > 1


def own_accounts(email: str) -> list[Account]:
    """Between which the person with this e-mail address can change, as they are now."""
    kept = [(each[0], each[1]) for each in session.get(_ACCOUNTS) or [] if isinstance(each, list) and len(each) == 2]
    return proven_accounts(office().database, kept, email) if kept else []


def leave_session() -> None:
    if token():
        end_session(office().database, token())
    session.clear()
    g.pop("signed_in", None)


def _find() -> SignedIn | None:
    if not token():
        return None
    account = account_of(office().database, office().clock, token())
    if account is None:
        return None
    policy = council_served(account.council_id)  # who puts the first one in force has signed in without any
    g.settings_in_force = settings = office().settings_in_force(policy, account.council_id) if policy else None
    teams = teams_of(settings, Person(name=account.name, teams=account.teams)) if settings else account.teams
    return SignedIn(
        person_id=account.person_id, council_id=account.council_id, name=account.name, email=account.email,
        roles=account.roles, account=account, teams=frozenset(teams),
    )  # fmt: skip
