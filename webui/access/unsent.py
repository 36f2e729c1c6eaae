"""What was typed into a page whose session had ended: kept for the person whose it was, and shown to nobody else.

It is kept like a draft, under the person's own name. The cookie says which pages something is kept for, so that a
request asks the database only where there is something.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from flask import Response, current_app, flash, request, session, url_for
from werkzeug.datastructures import MultiDict

from engine.casework.tasks.drafts import LARGEST, draft_of, drop_draft, forget_drafts, keep_draft
from engine.staff.sessions import Account
from webui.access.session import UNSENT, ended_account, signed_in
from webui.shell.addresses import with_query
from webui.shell.office import office

View = TypeVar("View", bound=Callable[..., Any])

_SHOWN_AT = "asb_shown_at"
_PLACE = "unsent "
_LONGEST_ADDRESS = 250  #: characters
_MOST_PAGES = 5  #: for which something is kept at once
_LASTS = timedelta(days=14)
_NOT_TYPED = frozenset({"csrf_token"})


def typed_at(endpoint: str) -> Callable[[View], View]:
    """What is sent to the view is typed into the page at `endpoint`: where the session has ended, it is kept for it.

    Not for a page that asks for a secret. Stands below `allow`.
    """

    def note(view: View) -> View:
        setattr(view, _SHOWN_AT, endpoint)
        return view

    return note


def keep_unsent() -> str:
    """Keep what this request sends, if its session has ended: the page it was typed into, "" where none is known."""
    page = _page()
    account = ended_account()
    if page and account is not None:
        typed = [[name, value] for name, value in request.form.items(multi=True) if name not in _NOT_TYPED]
        if sum(len(name) + len(value) for name, value in typed) < LARGEST // 2:
            forget_drafts(office(), _PLACE, before=office().clock.now() - _LASTS)
            keep_draft(office(), _PLACE + page, {"typed": typed}, **_of(account))
            kept = [each for each in session.get(UNSENT, []) if each != page]
            session[UNSENT] = [*kept, page][-_MOST_PAGES:]
    return page


def unsent() -> MultiDict[str, str] | None:
    """What was typed into the page that is asked for and could not be sent, and a word about it; None for nothing."""
    page, who = request.full_path.rstrip("?"), signed_in()
    if who is None or page not in session.get(UNSENT, []):
        return None
    draft = draft_of(office(), _PLACE + page, council_id=who.council_id, person=who.name)
    if draft is None:
        return None
    flash(
        "You had been signed out, so this was not sent. What you typed stands here: look through it, then send it. "
        "Files have to be chosen again.", "warning",
    )  # fmt: skip
    return MultiDict((str(name), str(value)) for name, value in draft.answers["typed"])


def unsent_text(name: str) -> str:
    """One of the texts that were typed into the page that is asked for and could not be sent; "" for none."""
    typed = unsent()
    return typed.get(name, "") if typed is not None else ""


def drop_when_sent(response: Response) -> Response:
    """After each request: what was kept is needed no more once its page has been sent."""
    page, who = _page(), signed_in() if request.method == "POST" else None
    if who is not None and page in session.get(UNSENT, []) and 300 <= response.status_code < 400:
        drop_draft(office(), _PLACE + page, council_id=who.council_id, person=who.name)
        session[UNSENT] = [each for each in session[UNSENT] if each != page]
    return response


def _page() -> str:
    """The address of the page into which this request was typed; "" where its view does not say."""
    view = current_app.view_functions.get(request.endpoint or "")
    shown_at = getattr(view, _SHOWN_AT, "")
    named: dict[str, Any] = request.view_args or {}
    page = with_query(url_for(shown_at, **named), request.args.items(multi=True)) if shown_at else ""
    return page if len(page) <= _LONGEST_ADDRESS else ""


def _of(account: Account) -> dict[str, str]:
    return {"council_id": account.council_id, "person": account.name}
