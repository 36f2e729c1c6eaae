"""The applicant's pages. None of them tells whether there is a case of some reference."""

from __future__ import annotations

from flask import Blueprint, abort, flash, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from engine.casework.applications.bounds import CASE_PAGE_RESTS
from engine.casework.applications.visit import look_in
from engine.errors import AccessRefusedError, TooManyTriesError
from engine.language import say
from webui.access import Right, allow
from webui.applicant.session import COOKIE, forget, keep_case, opened_case
from webui.shell.office import office
from webui.shell.public_pages import public_page, public_policy

blueprint = Blueprint("applicant", __name__, url_prefix="/my-case/<council>")


@blueprint.route("", methods=["GET", "POST"])
@allow(Right.PUBLIC)
def sign_in(council: str) -> Response | str | tuple[str, int]:
    variant = public_policy(council)
    if request.method == "GET":
        return public_page("applicant/sign_in.html", variant, errors={}, reference="")
    reference, code = (request.form.get(name, "").strip()[:200] for name in ("reference", "code"))
    errors = {}
    if not reference:
        errors["reference"] = say("Enter your reference")
    if not code:
        errors["code"] = say("Enter your code")
    status = 422
    if not errors:
        try:
            view = look_in(office(), council, reference, code, address=request.remote_addr or "")
            keep_case(council, view.reference, code)
            return redirect(url_for("applicant.show", council=council))
        except (AccessRefusedError, TooManyTriesError) as error:
            errors["reference"] = str(error)
            status = 429 if isinstance(error, TooManyTriesError) else 422
    page = public_page("applicant/sign_in.html", variant, errors=errors, reference=reference, has_errors=True)
    return page, status


@blueprint.get("/case")
@allow(Right.PUBLIC)
def show(council: str) -> Response | str:
    """Where the case is, what happens next and by when, and who the contact is."""
    variant, view = public_policy(council), opened_case(council)
    if view is None:
        return _ask_again(council)
    minutes = int(CASE_PAGE_RESTS.total_seconds() // 60)
    return public_page("applicant/show.html", variant, view=view, minutes=minutes)


@blueprint.get("/letters/<int:number>")
@allow(Right.PUBLIC)
def letter(council: str, number: int) -> Response | str:
    variant, view = public_policy(council), opened_case(council)
    if view is None:
        return _ask_again(council)
    return public_page("applicant/letter.html", variant, view=view, letter=view.letter(number) or abort(404))


@blueprint.get("/letters/<int:number>.pdf")
@allow(Right.PUBLIC)
def letter_pdf(council: str, number: int) -> Response:
    public_policy(council)
    view = opened_case(council)
    if view is None:
        return _ask_again(council)
    found = view.letter(number)
    if found is None or found.pdf is None:
        abort(404)
    answer = make_response(found.pdf)
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="{view.reference}-{number}.pdf"'
    return answer


@blueprint.post("/sign-out")
@allow(Right.PUBLIC)
def sign_out(council: str) -> Response:
    public_policy(council)
    forget(council)
    flash(say("You have closed your case on this device."), "success")
    return redirect(url_for("applicant.sign_in", council=council))


def _ask_again(council: str) -> Response:
    if COOKIE.name in request.cookies:
        flash(say("Your case was closed after a while without use. Enter your reference and code again."))
    return redirect(url_for("applicant.sign_in", council=council))
