"""Between the password and being in: which council is meant, and the code where that account asks for one."""

from __future__ import annotations

from collections.abc import Sequence

from flask import redirect, session, url_for
from werkzeug.wrappers import Response

from engine.staff.bounds import SECOND_STEP_LASTS
from engine.staff.sessions import Account
from webui.access.session import begin_session, clear_but_ended, keep_accounts
from webui.shell.office import office

#: In the cookie, while it is not yet said which council is meant: the e-mail address, since when, and where to.
_CHOOSING = "choosing"
#: In the cookie, between the password and the code: who, since when, and where to afterwards.
_HALF_WAY = "half-way"


def go_on(found: Sequence[Account], wanted: str) -> Response:
    """Somebody whose accounts these are: in, or on to the choice of a council."""
    if len(found) == 1:
        return go_on_with(found[0], found, wanted)
    clear_but_ended()
    keep_accounts(found)
    session[_CHOOSING] = [found[0].email, _now(), wanted]
    return redirect(url_for("access.council"))


def go_on_with(account: Account, among: Sequence[Account], wanted: str) -> Response:
    """In, or on to the second step."""
    if not account.has_second_step:
        begin_session(account, among=among)
        return redirect(wanted)
    clear_but_ended()
    keep_accounts(among)
    session[_HALF_WAY] = [account.person_id, _now(), wanted]
    return redirect(url_for("access.code"))


def choosing() -> tuple[str, str] | None:
    """Whose password was right a short while ago, by their e-mail address, and where they want to go."""
    match session.get(_CHOOSING):
        case [str(email), float(since), str(wanted)] if _is_recent(since):
            return email, wanted
    return None


def half_way_in() -> tuple[int, str] | None:
    """Who has to enter a code, and where they want to go."""
    match session.get(_HALF_WAY):
        case [int(person_id), float(since), str(wanted)] if _is_recent(since):
            return person_id, wanted
    return None


def _now() -> float:
    return office().clock.now().timestamp()


def _is_recent(since: float) -> bool:
    return 0 <= _now() - since < SECOND_STEP_LASTS.total_seconds()
