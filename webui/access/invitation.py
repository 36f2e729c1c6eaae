"""The page behind an invitation: the person chooses a password, once."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engine.errors import BadInputError, LinkEndedError
from engine.staff.roles import Right
from engine.staff.sign_in import accept_invitation, invited
from webui.access.blueprint import blueprint
from webui.access.forms import InvitationForm
from webui.access.rules import allow
from webui.access.session import leave_session
from webui.shell.forms import show_problems
from webui.shell.office import office, policy_of


@blueprint.route("/invitation/<secret>", methods=["GET", "POST"])
@allow(Right.PUBLIC)
def invitation(secret: str) -> Response | str | tuple[str, int]:
    """Whoever holds the link becomes the person that it is for."""
    try:
        found = invited(office().database, office().clock, secret)
    except LinkEndedError as error:
        return render_template("access/ended.html", sentence=str(error)), 410
    council = policy_of(found.council_id).settings.name
    form = InvitationForm()
    if form.validate_on_submit():
        try:
            accept_invitation(office().database, office().clock, secret, form.password.data, council=council)
        except LinkEndedError as error:
            return render_template("access/ended.html", sentence=str(error)), 410
        except BadInputError as error:
            show_problems(form, error, at="password")
        else:
            leave_session()
            flash("Your password is set. Sign in with it.", "success")
            return redirect(url_for("access.sign_in"))
    return render_template(
        "access/invitation.html", form=form, found=found, council_name=council, has_errors=bool(form.errors)
    )
