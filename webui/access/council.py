"""The council that somebody who works for several goes on with: after signing in, and whenever they want another."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import CouncilNotServedError
from engine.staff.roles import Right
from engine.staff.sessions import Account
from webui.access.blueprint import blueprint
from webui.access.half_way import choosing, go_on_with
from webui.access.rules import allow
from webui.access.session import leave_session, own_accounts, signed_in
from webui.shell.addresses import safe_address
from webui.shell.office import policy_of


@blueprint.route("/sign-in/council", methods=["GET", "POST"])
@allow(Right.PUBLIC)
def council() -> Response | str:
    """Who is half-way in chooses; who is in already changes."""
    who, half_way = signed_in(), choosing()
    email, wanted = (who.email, "") if who is not None else half_way or ("", "")
    accounts = own_accounts(email) if email else []
    if len(accounts) < 2:
        return redirect(url_for("shell.home") if who is not None else url_for("access.sign_in"))
    if request.method == "POST":
        chosen = next((each for each in accounts if str(each.person_id) == request.form.get("account")), None)
        if chosen is not None:
            if who is not None:
                if who.person_id == chosen.person_id:
                    return redirect(url_for("shell.home"))
                leave_session()
            return go_on_with(chosen, accounts, safe_address(wanted))
    return render_template(
        "access/council.html",
        accounts=[(each, _name(each), ", ".join(role.words for role in sorted(each.roles))) for each in accounts],
        here=who.person_id if who is not None else None,
    )


def _name(account: Account) -> str:
    try:
        return policy_of(account.council_id).name
    except CouncilNotServedError:
        return account.council_id
