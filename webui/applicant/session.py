"""Which case a browser has opened: reference and code, in a cookie that has nothing to do with signing in as staff."""

from __future__ import annotations

from flask import url_for

from engine.casework.applications.applicant import ApplicantView, case_for_applicant
from engine.casework.applications.bounds import CASE_PAGE_RESTS
from engine.errors import AccessRefusedError
from webui.access.sealed import SealedCookie
from webui.shell.office import office

COOKIE = SealedCookie(name="asb_case", rests=CASE_PAGE_RESTS)


def opened_case(council: str) -> ApplicantView | None:
    """The case as it is now; the code is checked at every request. None where none is open, or no longer."""
    kept = COOKIE.read(_path(council))
    if kept is None:
        return None
    try:
        return case_for_applicant(office(), council, kept["reference"], kept["code"])
    except AccessRefusedError:
        forget(council)
        return None


def keep_case(council: str, reference: str, code: str) -> None:
    COOKIE.write(_path(council), {"reference": reference, "code": code})


def forget(council: str) -> None:
    COOKIE.forget(_path(council))


def _path(council: str) -> str:
    return url_for("applicant.sign_in", council=council, lang=None)
