"""Starting an application, leaving it, and coming back to it."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from engine.casework.applications.application import come_back as find_again
from engine.casework.applications.application import drop_application, start_application
from engine.casework.cases.intake import APPLICATION_LASTS
from engine.errors import ApplicationNotFoundError, TooManyTriesError
from engine.language import say, spoken
from webui.access import Right, allow
from webui.applicant.session import forget as forget_case
from webui.apply.blueprint import blueprint
from webui.apply.draft import Writing, forget, keep_code, keep_language, writing
from webui.policyforms.markdown import to_html
from webui.shell.office import office
from webui.shell.public_pages import policy_for_applying, public_page, public_policy

#: Where “Exit this page” leads: a page that anybody may have had open.
ELSEWHERE = "https://www.bbc.co.uk/weather"


@blueprint.get("/apply/<council>")
@allow(Right.PUBLIC)
def start(council: str) -> str:
    """Who can apply and when a case is reviewed, before any question; and the ways besides this one."""
    variant = policy_for_applying(council)
    page, language = variant.page_in("apply", spoken())
    text = to_html(page.filled(variant.page_values(language))) if page is not None else ""
    title = page.title if page is not None and page.title else say("Apply for an ASB case review")
    return public_page("apply/start.html", variant, text=text, title=title, text_language=language)


@blueprint.post("/apply/<council>/start")
@allow(Right.PUBLIC)
def begin(council: str) -> Response:
    policy_for_applying(council)
    code = start_application(office(), council, address=request.remote_addr or "", language=spoken())
    keep_code(council, code)
    return redirect(url_for("apply.code", council=council))


@blueprint.get("/apply/<council>/code")
@allow(Right.PUBLIC)
def code(council: str) -> Response | str:
    """The code with which the person comes back."""
    found = writing(council)
    if not isinstance(found, Writing):
        return found
    return public_page(
        "apply/code.html", found.variant, code=found.code, ends_on=found.application.ends_on,
        days=APPLICATION_LASTS.days, has_begun=bool(found.answers), go_on=found.go_on(),
    )  # fmt: skip


@blueprint.post("/apply/<council>/leave")
@allow(Right.PUBLIC)
def leave(council: str) -> Response | str:
    """Close the application in this browser; the answers stay, unless they are to be deleted."""
    found = writing(council)
    if not isinstance(found, Writing):
        return found
    if request.form.get("action") == "delete":
        drop_application(office(), council, found.code)
    forget(council)
    is_deleted = request.form.get("action") == "delete"
    return public_page("apply/left.html", found.variant, is_deleted=is_deleted, ends_on=found.application.ends_on)


@blueprint.get("/apply/<council>/delete")
@allow(Right.PUBLIC)
def ask_to_delete(council: str) -> Response | str:
    found = writing(council)
    return public_page("apply/delete.html", found.variant) if isinstance(found, Writing) else found


@blueprint.route("/apply/<council>/return", methods=["GET", "POST"])
@allow(Right.PUBLIC)
def come_back(council: str) -> Response | str | tuple[str, int]:
    variant = policy_for_applying(council)
    if request.method == "GET":
        return public_page("apply/return.html", variant)
    typed = request.form.get("code", "").strip()
    try:
        if not typed:
            return public_page("apply/return.html", variant, error=say("Enter your return code"), has_errors=True), 422
        found = find_again(office(), council, typed, address=request.remote_addr or "")
    except (ApplicationNotFoundError, TooManyTriesError) as error:
        status = 429 if isinstance(error, TooManyTriesError) else 422
        return public_page("apply/return.html", variant, error=str(error), typed=typed, has_errors=True), status
    keep_code(council, typed)
    keep_language(variant, typed, found)
    if found.reference is not None:
        return redirect(url_for("apply.received", council=council))
    return redirect(Writing(variant, typed, found).go_on())


@blueprint.get("/apply/<council>/exit")
@allow(Right.PUBLIC)
def exit_page(council: str) -> Response:
    """Away at once, and closed: who goes back finds neither an application nor a case."""
    public_policy(council)
    forget(council)
    forget_case(council)
    answer = redirect(ELSEWHERE)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
