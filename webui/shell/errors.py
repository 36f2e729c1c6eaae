"""What goes wrong becomes a page that says what it is and what to do, never a traceback."""

from __future__ import annotations

import logging

from flask import Flask, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from engine.errors import (
    AbsenceNotFoundError,
    AddressBookEntryNotFoundError,
    AttachmentNotFoundError,
    BadInputError,
    CaseNotFoundError,
    CouncilNotServedError,
    DatabaseUnusableError,
    EngineError,
    ExplanationNotFoundError,
    IncidentNotFoundError,
    LetterNotFoundError,
    NotAllowedError,
    ParcelNotFoundError,
    PersonNotFoundError,
    TaskNotFoundError,
    TooManyTriesError,
)
from engine.language import say

log = logging.getLogger("asb.web")

#: Heading and what to do, by status. What an engine's error says itself comes first.
_PAGES = {
    400: ("This could not be read", "Go back and check what you entered."),
    403: (
        "You cannot see or do this",
        "Your role or your teams do not include it. If they should, ask your council’s administrator.",
    ),
    404: ("Page not found", "Check the address. What it named may not exist, or may belong to another council."),
    405: ("This address does not take that", "Go back and use the buttons of the page."),
    409: ("This cannot be done now", "Go back, look at the case, and try again."),
    413: ("That is too large", "Send smaller files, or fewer at once."),
    429: ("Too many tries", "Wait a little, then try again."),
    500: (
        "Sorry, there is a problem with the service",
        "Nothing of this request was kept. Try again later. If it stays, tell your administrator when it was.",
    ),
    503: ("Sorry, the service is unavailable", "Nothing of this request was kept. Try again in a few minutes."),
}
_STATUS: tuple[tuple[type[EngineError], int], ...] = (
    (NotAllowedError, 403),
    (CaseNotFoundError, 404),
    (TaskNotFoundError, 404),
    (AbsenceNotFoundError, 404),
    (IncidentNotFoundError, 404),
    (LetterNotFoundError, 404),
    (AttachmentNotFoundError, 404),
    (ParcelNotFoundError, 404),
    (PersonNotFoundError, 404),
    (AddressBookEntryNotFoundError, 404),
    (ExplanationNotFoundError, 404),
    (TooManyTriesError, 429),
    (BadInputError, 400),
    (DatabaseUnusableError, 503),
    (CouncilNotServedError, 503),
)


def set_up_errors(app: Flask) -> None:
    @app.errorhandler(CSRFError)
    def _csrf(_error: CSRFError) -> tuple[str, int]:
        return problem_page(
            400,
            say("This page was open for too long or was opened twice. Go back, reload the page, and send it again."),
        )

    @app.errorhandler(SecurityError)
    def _host(_error: SecurityError) -> tuple[str, int, dict[str, str]]:
        """Another host was asked for: no page of ours has an address there."""
        return "This is not the address of the service.\n", 400, {"Content-Type": "text/plain; charset=utf-8"}

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> tuple[str, int]:
        return problem_page(error.code or 500)

    @app.errorhandler(EngineError)
    def _refused(error: EngineError) -> tuple[str, int]:
        status = next((status for kind, status in _STATUS if isinstance(error, kind)), 409)
        if isinstance(error, DatabaseUnusableError):
            log.error("%s: %s", _asked(), error)
            return problem_page(status)
        return problem_page(status, "" if status == 404 else str(error))

    @app.errorhandler(Exception)
    def _fault(error: Exception) -> tuple[str, int]:
        log.exception("%s failed", _asked(), exc_info=error)
        return problem_page(InternalServerError.code)


def _asked() -> str:
    """What was asked for, as the log says it: on one line, and without the secret of a link that sets a password."""
    is_secret = "secret" in (request.view_args or {})
    return f"{request.method} {request.url_rule if is_secret else repr(request.path)[1:-1]}"


def problem_page(status: int, sentence: str = "") -> tuple[str, int]:
    """The page for this status; `sentence` says what exactly is wrong."""
    heading, advice = _PAGES.get(status, _PAGES[500] if status >= 500 else _PAGES[400])
    return render_template("shell/problem.html", heading=say(heading), sentence=sentence, advice=say(advice)), status
