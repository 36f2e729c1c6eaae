"""The first start: the set-up code, the first administrator, and what is still missing."""

from __future__ import annotations

from flask import redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from engine.errors import BadInputError, SignInRefusedError, TooManyTriesError
from engine.staff.first_start import check_set_up_code, council_of_code, is_set_up, make_first_administrator
from engine.staff.people import Details, list_people
from engine.staff.roles import Right, Role
from webui.access.rules import allow, may
from webui.access.session import begin_session, person, settings_in_force
from webui.setup.blueprint import blueprint
from webui.setup.forms import FirstForm, SetUpCodeForm
from webui.setup.words import role_choices, role_items
from webui.shell.forms import show_problems
from webui.shell.office import council_ids, office, policy_of, settings

_CODE = "set-up code"  #: in the cookie, from the first page to the second


@blueprint.route("/set-up", methods=["GET", "POST"])
@allow(Right.PUBLIC)
def start() -> Response | str | tuple[str, int]:
    """For administrators: what is there and what is missing. For others, while a council has nobody: its code."""
    if may(Right.ADMINISTER):
        return _progress()
    councils = _without_people()
    if is_set_up(office().database) and not councils:
        return redirect(url_for("access.sign_in"))
    if _council() is not None:
        return redirect(url_for("setup.first"))
    form = SetUpCodeForm()
    status = 200
    if form.validate_on_submit():
        try:
            check_set_up_code(office().database, office().clock, form.code.data, councils)
        except (SignInRefusedError, TooManyTriesError) as error:
            show_problems(form, error, at="code")
            status = 429 if isinstance(error, TooManyTriesError) else 200
        else:
            session[_CODE] = form.code.data
            return redirect(url_for("setup.first"))
    return render_template(
        "setup/code.html",
        form=form,
        has_councils=bool(councils),
        is_first=not is_set_up(office().database),
        folder=settings().variants,
        has_errors=bool(form.errors),
    ), status


@blueprint.route("/set-up/first", methods=["GET", "POST"])
@allow(Right.PUBLIC)
def first() -> Response | str:
    """The first administrator of the council whose code was entered."""
    council = _council()
    if council is None:
        return redirect(url_for("setup.start"))
    variant = policy_of(council)
    form = FirstForm()
    form.roles.choices = role_choices()[1:]
    if form.validate_on_submit():
        details = Details(
            email=form.email.data,
            roles=frozenset(Role(role) for role in form.roles.data),
            teams=(),
        )
        try:
            account = make_first_administrator(
                office().database, office().clock, variant, code=_code(), name=form.name.data, details=details,
                password=form.password.data,
            )  # fmt: skip
        except BadInputError as error:
            show_problems(form, error, at="name")
        else:
            begin_session(account)
            return redirect(url_for("setup.start"))
    return render_template(
        "setup/first.html",
        form=form,
        set_up_for=variant.name,
        role_hints=role_items()[1:],
        has_errors=bool(form.errors),
    )


def _progress() -> str:
    who, in_force = person(), settings_in_force()
    people = list_people(office().database, who.council_id)
    working = [one for one in people if one.is_active]
    peopled = {team for one in working for team in one.details.teams}
    empty = [
        team
        for team in in_force.teams
        if team.id not in peopled and (team.substitute is None or team.substitute not in peopled)
    ]
    return render_template(
        "setup/progress.html",
        people=working,
        waiting=[one for one in working if not one.can_sign_in],
        without=[role for role in (Role.OFFICER, Role.MANAGER) if not any(role in p.details.roles for p in working)],
        teams=in_force.teams,
        empty=empty,
        agencies=in_force.agencies,
        silent=[agency for agency in in_force.agencies if not agency.email],
    )


def _without_people() -> list[str]:
    return [council for council in council_ids() if not is_set_up(office().database, council)]


def _council() -> str | None:
    """The council whose code this browser has entered."""
    return council_of_code(office().database, _code(), council_ids()) if _code() else None


def _code() -> str:
    kept = session.get(_CODE)
    return kept if isinstance(kept, str) else ""
