"""The first start: the set-up code, the first administrator, and what is still missing."""

from __future__ import annotations

import logging

from flask import redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from engine.errors import BadInputError, EngineError, SignInRefusedError, TooManyTriesError
from engine.staff.first_start import check_set_up_code, is_right_code, is_set_up, make_first_administrator
from engine.staff.people import Details, list_people
from engine.staff.roles import Right, Role
from engine.variants import Variant, load_variant
from webui.access.rules import allow, may
from webui.access.session import begin_session, person, settings_in_force
from webui.setup.blueprint import blueprint
from webui.setup.forms import FirstForm, SetUpCodeForm
from webui.setup.words import role_choices, role_items
from webui.shell.forms import show_problems
from webui.shell.office import office, policy_of, settings

log = logging.getLogger("asb.web")

_CODE = "set-up code"  #: in the cookie, from the first page to the second


@blueprint.route("/set-up", methods=["GET", "POST"])
@allow(Right.PUBLIC)
def start() -> Response | str | tuple[str, int]:
    """Before anybody can sign in: the code. Afterwards, for administrators: what is there and what is missing."""
    if is_set_up(office().database):
        if may(Right.ADMINISTER):
            return _progress()
        return redirect(url_for("access.sign_in"))
    if is_right_code(office().database, _code()):
        return redirect(url_for("setup.first"))
    form = SetUpCodeForm()
    status = 200
    if form.validate_on_submit():
        try:
            check_set_up_code(office().database, office().clock, form.code.data)
        except (SignInRefusedError, TooManyTriesError) as error:
            show_problems(form, error, at="code")
            status = 429 if isinstance(error, TooManyTriesError) else 200
        else:
            session[_CODE] = form.code.data
            return redirect(url_for("setup.first"))
    return render_template("setup/code.html", form=form, has_errors=bool(form.errors)), status


@blueprint.route("/set-up/first", methods=["GET", "POST"])
@allow(Right.PUBLIC)
def first() -> Response | str:
    """The council and its first administrator."""
    if not is_right_code(office().database, _code()):
        return redirect(url_for("setup.start"))
    found = _councils()
    form = FirstForm()
    form.council.choices = [(variant.id, variant.settings.name) for variant in found]
    form.roles.choices = role_choices()[1:]
    if len(found) == 1 and form.council.data is None:
        form.council.data = found[0].id
    if form.validate_on_submit():
        variant = policy_of(form.council.data)
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
        role_hints=role_items()[1:],
        has_councils=bool(found),
        folder=settings().variants,
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


def _councils() -> list[Variant]:
    """The policy folders in which cases can be opened; a base that others extend has no process of its own to start."""
    root = settings().variants
    found = []
    for folder in sorted(root.iterdir()) if root.is_dir() else []:
        if not (folder / "variant.toml").is_file():
            continue
        try:
            variant = load_variant(folder, root=root)
            if variant.settings.main_process:
                found.append(variant)
        except EngineError as error:
            log.warning("The folder %s cannot be offered: %s", folder.name, error)
    return found


def _code() -> str:
    kept = session.get(_CODE)
    return kept if isinstance(kept, str) else ""
