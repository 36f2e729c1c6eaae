"""The email with which something came, added to a form that asks for the day of receipt: kept while the page is."""

from __future__ import annotations

from collections.abc import Callable

from flask import request

from engine.casework.cases.kept_emails import drop_email, keep_email, kept_email
from engine.casework.cases.originals import Original
from engine.errors import EngineError
from engine.forms import Form
from webui.access import person
from webui.shell.office import office, policy

#: Under which names a page sends it, and that one that is kept is left out after all.
EMAIL, LEFT_OUT = "original", "without_original"


def takes_email(form: Form | None) -> bool:
    """Whether the page asks for it: its form asks when it was received, and the council says which server knows."""
    return form is not None and form.receipt is not None and bool(policy().settings.mail_servers)


def email_of_page(page: str, take: Callable[[str, bytes], Original], *, is_sent: bool) -> Original | None:
    """The email that was added now, which is kept for the page, or before; None where none was.

    A page that is not sent yet still shows one that is to be left out. Raises BadInputError where `take` does not take
    it, and FileGoneError.
    """
    upload = request.files.get(EMAIL)
    try:
        if upload is not None and upload.filename:
            original = take(upload.filename, upload.stream.read())
            keep_email(office(), page, original, **_own())
            return original
        if is_sent and LEFT_OUT in request.form:
            forget_email(page)
            return None
        kept = kept_email(office(), page, **_own())
        return take(*kept) if kept is not None else None
    except EngineError:
        forget_email(page)  # so that none is sent which the page does not show
        raise


def forget_email(page: str) -> None:
    drop_email(office(), page, **_own())


def _own() -> dict[str, str]:
    return {"council_id": person().council_id, "person": person().name}
