"""The start page, a council's colour and logo, and whether the service is well."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, redirect, url_for
from werkzeug.wrappers import Response as Answer

from engine.staff.roles import Right
from webui.access.rules import allow, may
from webui.access.session import signed_in
from webui.shell.office import office, policy_of

blueprint = Blueprint("shell", __name__)


@blueprint.get("/")
@allow(Right.PUBLIC)
def home() -> Answer:
    """To where the person's work is."""
    if signed_in() is None:
        return redirect(url_for("access.sign_in"))
    places = (
        (Right.SEE_TASKS, "inbox.tasks"),
        (Right.ADMINISTER, "setup.people"),
        (Right.SEE_POLICY, "policy.show"),
    )
    known = current_app.view_functions
    place = next((place for right, place in places if may(right) and place in known), "access.sign_in")
    return redirect(url_for(place))


@blueprint.get("/style/<council>.css")
@allow(Right.PUBLIC)
def council_style(council: str) -> Response:
    colour = policy_of(council).settings.colour
    style = f":root{{--govuk-brand-colour:{colour}}}\n" if colour else "/* GOV.UK's own colour */\n"
    return Response(style, content_type="text/css; charset=utf-8", headers={"Cache-Control": "max-age=3600"})


@blueprint.get("/logo/<council>")
@allow(Right.PUBLIC)
def council_logo(council: str) -> Response:
    """The picture, for `<img>` alone: whoever opens it by itself gets a file, in which nothing could run."""
    logo = policy_of(council).settings.logo
    if logo is None:
        abort(404)
    ending = "svg" if logo.is_svg else "png"
    headers = {
        "Cache-Control": "max-age=3600",
        "Content-Disposition": f"attachment; filename=logo.{ending}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(logo.data, content_type=logo.media_type, headers=headers)


@blueprint.get("/health")
@allow(Right.PUBLIC)
def health() -> Response:
    """`ok` where the database answers; for a balancer or a monitor."""
    office().database.check_answers()
    return Response("ok\n", content_type="text/plain; charset=utf-8")
