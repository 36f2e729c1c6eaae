"""One's own account: password, second step, and where one is signed in."""

from __future__ import annotations

from io import BytesIO

import segno
from flask import Response as Picture
from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engine.errors import BadInputError, SignInRefusedError, TooManyTriesError
from engine.staff.roles import Right
from engine.staff.second_step import address_for_app, offered_secret, turn_off, turn_on
from engine.staff.sessions import end_other_sessions, open_sessions
from engine.staff.sign_in import change_password as change
from webui.access.blueprint import blueprint
from webui.access.forms import AuthenticatorCodeForm, PasswordForm
from webui.access.rules import allow
from webui.access.secret import keys
from webui.access.session import keep_accounts, person, settings_in_force, token
from webui.shell.forms import show_problems
from webui.shell.office import office


@blueprint.get("/account")
@allow(Right.SIGNED_IN)
def account() -> str:
    who = person()
    settings = settings_in_force()
    return render_template(
        "access/account.html",
        who=who,
        roles=[role.words for role in sorted(who.roles)],
        teams=[settings.team_name(team) for team in who.account.teams],
        sessions=open_sessions(office().database, office().clock, who.person_id, token()),
    )


@blueprint.route("/account/password", methods=["GET", "POST"])
@allow(Right.SIGNED_IN)
def change_password() -> Response | str:
    who = person()
    if not who.account.has_password:
        abort(404)
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            changed = change(
                office().database, office().clock, who.account, current=form.current.data, new=form.new.data,
                token=token(), council=settings_in_force().name,
            )  # fmt: skip
        except BadInputError as error:
            show_problems(form, error, at="new")
        except (SignInRefusedError, TooManyTriesError) as error:
            show_problems(form, error, at="current")
        else:
            keep_accounts(changed)
            flash("Your password is changed. You are signed out everywhere else.", "success")
            return redirect(url_for("access.account"))
    return render_template("access/password.html", form=form, has_errors=bool(form.errors))


@blueprint.route("/account/second-step", methods=["GET", "POST"])
@allow(Right.SIGNED_IN)
def second_step() -> Response | str:
    """Turn it on, or off: each asks for a code."""
    who = person()
    is_on = who.account.has_second_step
    secret = "" if is_on else offered_secret(keys(), who.account, token())
    form = AuthenticatorCodeForm()
    if form.validate_on_submit():
        try:
            if is_on:
                turn_off(office().database, office().clock, keys(), who.account, code=form.code.data)
            else:
                turn_on(office().database, office().clock, keys(), who.account, secret=secret, code=form.code.data)
        except (BadInputError, SignInRefusedError, TooManyTriesError) as error:
            show_problems(form, error, at="code")
        else:
            flash(
                "Signing in asks for your password alone from now on."
                if is_on
                else "Signing in asks for a code from your app from now on.",
                "success",
            )
            return redirect(url_for("access.account"))
    in_fours = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    return render_template(
        "access/second_step.html", form=form, is_on=is_on, secret=in_fours, has_errors=bool(form.errors)
    )


@blueprint.get("/account/second-step/picture.svg")
@allow(Right.SIGNED_IN)
def second_step_picture() -> Picture:
    """The QR code that the app reads. It holds the secret, so nobody keeps it."""
    who = person()
    if who.account.has_second_step:
        abort(404)
    secret = offered_secret(keys(), who.account, token())
    drawn = BytesIO()
    segno.make(address_for_app(secret, who.account, settings_in_force().name)).save(
        drawn, kind="svg", scale=5, border=4, light="white", title="QR code for your authenticator app"
    )
    return Picture(drawn.getvalue(), mimetype="image/svg+xml")


@blueprint.post("/account/sessions")
@allow(Right.SIGNED_IN)
def sign_out_elsewhere() -> Response:
    end_other_sessions(office().database, person().person_id, token())
    flash("You are signed out everywhere else.", "success")
    return redirect(url_for("access.account"))
