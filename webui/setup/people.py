"""The people of the council: list, add, change, invite again, deactivate."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from engine.errors import BadInputError, FormAnswersError
from engine.staff import people as staff
from engine.staff.bounds import INVITATION_LASTS
from engine.staff.people import Colleague, Details
from engine.staff.roles import Right, Role
from webui.access.rules import allow
from webui.access.session import person, settings_in_force
from webui.setup.blueprint import blueprint
from webui.setup.forms import PersonForm
from webui.setup.words import role_choices, role_items, roles_in_words
from webui.shell.forms import show_problems
from webui.shell.office import office, settings

_LINK = "invitation"  #: in the administrator's cookie: whose link was made last, and its secret


@blueprint.get("/people")
@allow(Right.ADMINISTER)
def people() -> str:
    council_id = person().council_id
    everybody = staff.list_people(office().database, council_id)
    known = {one.name for one in everybody}
    return render_template(
        "setup/people.html",
        working=[one for one in everybody if one.is_active],
        gone=[one for one in everybody if not one.is_active],
        without=[one for one in settings_in_force().people if one.name not in known],
        left=staff.tasks_of_people_gone(office().database, council_id),
        teams=settings_in_force().team_names,
        in_words=roles_in_words,
        now=office().clock.now(),
    )


@blueprint.route("/people/add", methods=["GET", "POST"])
@allow(Right.ADMINISTER)
def add_person() -> Response | str:
    form = _form()
    if request.method == "GET":
        _fill_from_policy(form, request.args.get("name", ""))
    if form.validate_on_submit():
        try:
            person_id, secret = staff.add_person(
                office().database, office().clock, person().council_id, name=form.name.data or "",
                details=_details(form), teams=_team_ids(), by=person().name,
            )  # fmt: skip
        except FormAnswersError as error:
            show_problems(form, error)
        else:
            session[_LINK] = [person_id, secret]
            return redirect(url_for("setup.show_link", person_id=person_id))
    return render_template(
        "setup/person.html", form=form, colleague=None, role_hints=role_items(), has_errors=bool(form.errors)
    )


@blueprint.route("/people/<int:person_id>", methods=["GET", "POST"])
@allow(Right.ADMINISTER)
def change_person(person_id: int) -> Response | str:
    colleague = _colleague(person_id)
    form = _form(colleague)
    if form.validate_on_submit():
        try:
            staff.change_person(
                office().database, office().clock, person().council_id, person_id, _details(form), teams=_team_ids(),
                by=person().name,
            )  # fmt: skip
        except BadInputError as error:
            show_problems(form, error, at="roles")
        else:
            flash(f"{colleague.name} is changed.", "success")
            return redirect(url_for("setup.people"))
    return render_template(
        "setup/person.html", form=form, colleague=colleague, role_hints=role_items(), has_errors=bool(form.errors)
    )


@blueprint.get("/people/<int:person_id>/link")
@allow(Right.ADMINISTER)
def show_link(person_id: int) -> Response | str:
    """The link that was made last, to hand on. Only its hash is stored, so it is shown to whoever made it alone."""
    match session.get(_LINK):
        case [int(of), str(secret)] if of == person_id:
            path = url_for("access.invitation", secret=secret)
        case _:
            return redirect(url_for("setup.change_person", person_id=person_id))
    base = settings().public_url or request.host_url.rstrip("/")
    return render_template(
        "setup/link.html", colleague=_colleague(person_id), link=f"{base}{path}", days=INVITATION_LASTS.days
    )


@blueprint.post("/people/<int:person_id>/invite")
@allow(Right.ADMINISTER)
def invite_again(person_id: int) -> Response:
    secret = staff.invite_again(office().database, office().clock, person().council_id, person_id, by=person().name)
    session[_LINK] = [person_id, secret]
    return redirect(url_for("setup.show_link", person_id=person_id))


@blueprint.route("/people/<int:person_id>/deactivate", methods=["GET", "POST"])
@allow(Right.ADMINISTER)
def deactivate_person(person_id: int) -> Response | str:
    """First what they hold, so that nothing is left lying."""
    colleague = _colleague(person_id)
    if request.method == "POST":
        staff.deactivate_person(office().database, office().clock, person().council_id, person_id, by=person().name)
        flash(f"{colleague.name} is deactivated and signed out.", "success")
        return redirect(url_for("setup.people"))
    held = staff.tasks_held_by(office().database, person().council_id, [colleague.name])
    return render_template("setup/deactivate.html", colleague=colleague, held=held)


@blueprint.post("/people/<int:person_id>/reactivate")
@allow(Right.ADMINISTER)
def reactivate_person(person_id: int) -> Response:
    colleague = _colleague(person_id)
    staff.reactivate_person(office().database, office().clock, person().council_id, person_id, by=person().name)
    flash(f"{colleague.name} can work again.", "success")
    return redirect(url_for("setup.change_person", person_id=person_id))


@blueprint.post("/people/<int:person_id>/second-step")
@allow(Right.ADMINISTER)
def reset_second_step(person_id: int) -> Response:
    colleague = _colleague(person_id)
    staff.reset_second_step(office().database, person().council_id, person_id, by=person().name)
    flash(f"{colleague.name} signs in with the password alone now, and can turn a second step on again.", "success")
    return redirect(url_for("setup.change_person", person_id=person_id))


def _colleague(person_id: int) -> Colleague:
    return staff.find_person(office().database, person().council_id, person_id)


def _form(colleague: Colleague | None = None) -> PersonForm:
    in_force = settings_in_force()
    own = colleague.name if colleague else ""
    names = [("", "Nobody")] + [(one.name, one.name) for one in in_force.people if one.name != own]
    filled = {}
    if colleague is not None:
        details = colleague.details
        filled = {
            "name": colleague.name,
            "email": details.email,
            "roles": sorted(details.roles),
            "teams": list(details.teams),
            "line_manager": details.line_manager,
            "head_of_service": details.head_of_service,
        }
        gone = {details.line_manager, details.head_of_service} - {"", *(one.name for one in in_force.people)}
        names += [(name, f"{name} (no longer here)") for name in sorted(gone)]
    form = PersonForm(data=filled)
    form.roles.choices = role_choices()
    form.teams.choices = [(team.id, team.name) for team in in_force.teams]
    form.line_manager.choices = form.head_of_service.choices = names
    return form


def _fill_from_policy(form: PersonForm, name: str) -> None:
    """Somebody whom variant.toml names begins with what it says of them."""
    known = settings_in_force().person(name)
    if known is not None:
        form.name.data, form.roles.data, form.teams.data = known.name, list(known.roles), list(known.teams)
        form.line_manager.data, form.head_of_service.data = known.line_manager or "", known.head_of_service or ""


def _details(form: PersonForm) -> Details:
    return Details(
        email=form.email.data,
        roles=frozenset(Role(role) for role in form.roles.data),
        teams=tuple(form.teams.data),
        line_manager=form.line_manager.data,
        head_of_service=form.head_of_service.data,
    )


def _team_ids() -> list[str]:
    return [team.id for team in settings_in_force().teams]
