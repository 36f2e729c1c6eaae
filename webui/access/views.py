"""Signing in with a password, and out."""

from __future__ import annotations

from datetime import timedelta

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from engine.errors import SignInRefusedError, TooManyTriesError
from engine.staff.bounds import SESSION_LASTS, SESSION_RESTS
from engine.staff.demonstration import DemonstrationAccount, demonstration_accounts
from engine.staff.first_start import is_set_up
from engine.staff.roles import Right
from engine.staff.second_step import check_code
from engine.staff.sign_in import check_sign_in
from engine.words import amount_in_words
from webui.access import account as account  # its views, as those of the next two
from webui.access import council as council
from webui.access import directory as directory
from webui.access import invitation as invitation
from webui.access.blueprint import blueprint
from webui.access.directory import directories
from webui.access.forms import AuthenticatorCodeForm, SignInForm
from webui.access.half_way import go_on, half_way_in
from webui.access.rules import allow
from webui.access.secret import keys
from webui.access.session import UNSENT, begin_session, ended_account, leave_session, own_accounts, signed_in
from webui.shell.addresses import safe_address
from webui.shell.forms import show_problems
from webui.shell.office import office, policy_of

__all__ = ["blueprint"]

_HOUR = timedelta(hours=1)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@allow(Right.PUBLIC)
def sign_in() -> Response | str | tuple[str, int]:
    """E-mail address and password; the council's directory, where there is one."""
    if not is_set_up(office().database):
        return redirect(url_for("setup.start"))
    if signed_in() is not None:
        return redirect(_wanted())
    form = SignInForm()
    status = 200
    if form.validate_on_submit():
        try:
            found = check_sign_in(
                office().database, office().clock, email=form.email.data, password=form.password.data,
                address=request.remote_addr or "",
            )  # fmt: skip
        except (SignInRefusedError, TooManyTriesError) as error:
            show_problems(form, error, at="email")
            status = 429 if isinstance(error, TooManyTriesError) else 200
        else:
            return go_on(found, _wanted())
    return render_template(
        "access/sign_in.html",
        form=form,
        has_errors=bool(form.errors),
        directories=directories(),
        shown=_demonstration(),
        wanted=request.args.get("next", ""),
        ended=ended_account(),
        is_kept=request.args.get("next", "") in session.get(UNSENT, []),
        rests=amount_in_words(SESSION_RESTS // _HOUR, "hours"),
        lasts=amount_in_words(SESSION_LASTS // _HOUR, "hours"),
    ), status


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@allow(Right.PUBLIC)
def code() -> Response | str | tuple[str, int]:
    """The second step."""
    half_way = half_way_in()
    if half_way is None:
        return redirect(url_for("access.sign_in"))
    person_id, wanted = half_way
    form = AuthenticatorCodeForm()
    status = 200
    if form.validate_on_submit():
        try:
            found = check_code(office().database, office().clock, keys(), person_id, form.code.data)
        except (SignInRefusedError, TooManyTriesError) as error:
            show_problems(form, error, at="code")
            status = 429 if isinstance(error, TooManyTriesError) else 200
        else:
            begin_session(found, among=own_accounts(found.email))
            return redirect(safe_address(wanted))
    return render_template("access/code.html", form=form, has_errors=bool(form.errors)), status


@blueprint.post("/sign-out")
@allow(Right.SIGNED_IN)
def sign_out() -> Response:
    leave_session()
    return redirect(url_for("access.sign_in"))


def _wanted() -> str:
    return safe_address(request.values.get("next", ""))


def _demonstration() -> list[tuple[str, str, list[tuple[DemonstrationAccount, str]]]]:
    """The councils of a demonstration, each with its id, its name and its accounts, and their teams in words."""
    found: dict[str, list[tuple[DemonstrationAccount, str]]] = {}
    for shown in demonstration_accounts(office().database):
        names = policy_of(shown.council_id).settings.team_names
        teams = ", ".join(names[team] for team in shown.teams if team in names)
        found.setdefault(shown.council_id, []).append((shown, teams))
    councils = [(council_id, policy_of(council_id).name, accounts) for council_id, accounts in found.items()]
    return sorted(councils, key=lambda council: council[1].casefold())
