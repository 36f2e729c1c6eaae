"""The teams and agencies of the council: those of its policy, and further ones."""

from __future__ import annotations

from itertools import count
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engine.errors import FormAnswersError
from engine.staff import teams as staff
from engine.staff.roles import Right
from engine.variants.settings import Agency, Team
from webui.access.rules import allow
from webui.access.session import person, settings_in_force
from webui.setup.blueprint import blueprint
from webui.setup.forms import AgencyForm, TeamForm
from webui.shell.forms import show_problems
from webui.shell.office import office, policy


@blueprint.get("/teams")
@allow(Right.ADMINISTER)
def teams() -> str:
    """Each team with who is in it; those that nobody is in stand out."""
    in_force = settings_in_force()
    own, _ = staff.own_ids(office().database, person().council_id)
    members = {team.id: [one.name for one in in_force.people if team.id in one.teams] for team in in_force.teams}
    return render_template(
        "setup/teams.html",
        teams=in_force.teams,
        names=in_force.team_names,
        members=members,
        own=own,
    )


@blueprint.route("/teams/add", methods=["GET", "POST"])
@allow(Right.ADMINISTER)
def add_team() -> Response | str:
    return _team(None)


@blueprint.route("/teams/<team_id>", methods=["GET", "POST"])
@allow(Right.ADMINISTER)
def change_team(team_id: str) -> Response | str:
    found = settings_in_force().team(team_id)
    if found is None:
        abort(404)
    return _team(found)


@blueprint.post("/teams/<team_id>/remove")
@allow(Right.ADMINISTER)
def remove_team(team_id: str) -> Response:
    found = settings_in_force().team(team_id)
    if found is None:
        abort(404)
    staff.take_team_away(
        office().database, office().clock, person().council_id, team_id, policy=policy().settings, by=person().name
    )
    flash(f"{found.name} is removed.", "success")
    return redirect(url_for("setup.teams"))


@blueprint.get("/agencies")
@allow(Right.ADMINISTER)
def agencies() -> str:
    in_force = settings_in_force()
    _, own = staff.own_ids(office().database, person().council_id)
    return render_template(
        "setup/agencies.html",
        agencies=in_force.agencies,
        names=in_force.team_names,
        own=own,
    )


@blueprint.route("/agencies/add", methods=["GET", "POST"])
@allow(Right.ADMINISTER)
def add_agency() -> Response | str:
    return _agency(None)


@blueprint.route("/agencies/<agency_id>", methods=["GET", "POST"])
@allow(Right.ADMINISTER)
def change_agency(agency_id: str) -> Response | str:
    found = _find_agency(agency_id)
    if found is None:
        abort(404)
    return _agency(found)


@blueprint.post("/agencies/<agency_id>/remove")
@allow(Right.ADMINISTER)
def remove_agency(agency_id: str) -> Response:
    found = _find_agency(agency_id)
    if found is None:
        abort(404)
    staff.take_agency_away(office().database, office().clock, person().council_id, agency_id, by=person().name)
    flash(f"{found.name} is removed.", "success")
    return redirect(url_for("setup.agencies"))


def _team(found: Team | None) -> Response | str:
    in_force = settings_in_force()
    form = TeamForm(obj=found)
    others = [team for team in in_force.teams if found is None or team.id != found.id]
    form.substitute.choices = [("", "None"), *((team.id, team.name) for team in others)]
    if form.validate_on_submit():
        taken = {team.id for team in in_force.teams}
        made = Team(
            id=found.id if found else _free(staff.id_of(form.name.data), taken),
            name=form.name.data,
            substitute=form.substitute.data or None,
        )
        try:
            staff.put_team(
                office().database, office().clock, person().council_id, made, in_force=in_force, by=person().name
            )
        except FormAnswersError as error:
            show_problems(form, error)
        else:
            flash(f"{made.name} is {'changed' if found else 'added'}.", "success")
            return redirect(url_for("setup.teams"))
    own, _ = staff.own_ids(office().database, person().council_id)
    return render_template(
        "setup/team.html", form=form, team=found, has_errors=bool(form.errors), **_removal(found, own)
    )


def _agency(found: Agency | None) -> Response | str:
    in_force = settings_in_force()
    form = AgencyForm(obj=found)
    form.team.choices = [("", "Select a team"), *((team.id, team.name) for team in in_force.teams)]
    if form.validate_on_submit():
        taken = {agency.id for agency in in_force.agencies}
        made = Agency(
            id=found.id if found else _free(staff.id_of(form.name.data), taken),
            name=form.name.data,
            team=form.team.data,
            email=form.email.data or "",
            is_public_body=form.is_public_body.data,
            is_relevant_body=form.is_relevant_body.data,
        )
        try:
            staff.put_agency(
                office().database, office().clock, person().council_id, made, in_force=in_force, by=person().name
            )
        except FormAnswersError as error:
            show_problems(form, error)
        else:
            flash(f"{made.name} is {'changed' if found else 'added'}.", "success")
            return redirect(url_for("setup.agencies"))
    _, own = staff.own_ids(office().database, person().council_id)
    return render_template(
        "setup/agency.html", form=form, agency=found, has_errors=bool(form.errors), **_removal(found, own)
    )


def _removal(found: Team | Agency | None, own: frozenset[str]) -> dict[str, Any]:
    """Whether it can be taken away, and whether the policy's own one then counts again."""
    if found is None or found.id not in own:
        return {"can_be_removed": False, "has_policys": False}
    of_policy = policy().settings
    same = of_policy.teams if isinstance(found, Team) else of_policy.agencies
    has_policys = any(one.id == found.id for one in same)
    return {"can_be_removed": True, "has_policys": has_policys}


def _free(identity: str, taken: set[str]) -> str:
    """The id itself, or with a number where it is taken."""
    first = identity if identity[0].isalpha() else f"no_{identity}"
    return next(made for number in count(1) if (made := first if number == 1 else f"{first}_{number}") not in taken)


def _find_agency(agency_id: str) -> Agency | None:
    return next((agency for agency in settings_in_force().agencies if agency.id == agency_id), None)
