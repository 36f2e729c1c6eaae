"""The application that a browser is writing: which it is, what it asks, and where to go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from engine.casework.applications.application import Application, choose_language, find_application
from engine.casework.applications.bounds import APPLYING_RESTS
from engine.casework.applications.form import ApplicationForm, application_form
from engine.errors import ApplicationNotFoundError
from engine.forms import Field, FieldKind
from engine.language import say, speak, spoken
from engine.variants import Variant
from webui.access.sealed import SealedCookie
from webui.shell.language import is_chosen
from webui.shell.office import office
from webui.shell.public_pages import policy_for_applying

COOKIE = SealedCookie(name="asb_application", rests=APPLYING_RESTS)

#: In the address of a question that was reached from the page of all answers: afterwards there again.
FROM_CHECK = "check"


@dataclass(frozen=True)
class Writing:
    """One request about one application."""

    variant: Variant
    code: str
    application: Application

    @cached_property
    def form(self) -> ApplicationForm:
        return application_form(office(), self.variant, for_public=True, language=spoken())

    @property
    def answers(self) -> Mapping[str, Any]:
        return self.application.answers

    @cached_property
    def asked(self) -> tuple[Field, ...]:
        return self.form.asked(self.answers)

    def field(self, key: str) -> Field | None:
        """The question, if it is asked as the answers stand."""
        return next((field for field in self.asked if field.key == key), None)

    def first_open(self) -> Field | None:
        """The first question that nobody has come to yet; None where all were seen."""
        return next((field for field in self.asked if field.key not in self.answers), None)

    def address_of(self, field: Field) -> str:
        return url_for("apply.question", council=self.variant.id, key=field.key, **from_check())

    def before(self, field: Field) -> str:
        """Where the back link of a question leads."""
        if request.args.get("from") == FROM_CHECK:
            return url_for("apply.check", council=self.variant.id)
        place = self.asked.index(field)
        return self.address_of(self.asked[place - 1]) if place else url_for("apply.code", council=self.variant.id)

    def after(self, field: Field) -> str:
        """Where it goes on after a question: the next, or back to all answers if they were the start."""
        if request.args.get("from") == FROM_CHECK:
            return self.go_on()
        later = self.asked[self.asked.index(field) + 1 :] if field in self.asked else self.asked
        return self.address_of(later[0]) if later else url_for("apply.check", council=self.variant.id)

    def go_on(self) -> str:
        """The first question that was not seen; all answers where each was."""
        found = self.first_open()
        return self.address_of(found) if found else url_for("apply.check", council=self.variant.id)

    def place_of(self, field: Field) -> tuple[int, int]:
        """The how-manieth question it is, of how many."""
        return self.asked.index(field) + 1, len(self.asked)


def writing(council: str) -> Writing | Response:
    """The application of this browser; otherwise the page that asks for its code, or its receipt."""
    variant = policy_for_applying(council)
    kept = COOKIE.read(path_of(council))
    if kept is None:
        had_one = COOKIE.name in request.cookies
        if had_one:
            flash(say("Your application was closed after a long rest. Your answers are kept: enter your return code."))
        return redirect(url_for("apply.come_back" if had_one else "apply.start", council=council))
    try:
        found = find_application(office(), council, kept["code"])
    except ApplicationNotFoundError:
        forget(council)
        return redirect(url_for("apply.come_back", council=council))
    if found.reference is not None and request.endpoint != "apply.received":
        return redirect(url_for("apply.received", council=council))
    keep_language(variant, kept["code"], found)
    return Writing(variant, kept["code"], found)


def keep_language(variant: Variant, code: str, found: Application) -> None:
    """What the address says is kept with the application; where it says nothing, what was kept is spoken."""
    if is_chosen() and found.language != spoken():
        choose_language(office(), variant.id, code, spoken())
    elif not is_chosen():
        speak(variant.settings.spoken(found.language))


def keep_code(council: str, code: str) -> None:
    """This browser writes the application of this code from now on."""
    COOKIE.write(path_of(council), {"code": code})


def forget(council: str) -> None:
    COOKIE.forget(path_of(council))


def path_of(council: str) -> str:
    return url_for("apply.start", council=council, lang=None)  # one cookie, whatever language is read


def nothing_for(field: Field) -> Any:
    """The answer of who was asked and said nothing."""
    if field.kind in (FieldKind.LIST, FieldKind.FILES, FieldKind.CHECKLIST):
        return []
    return False if field.kind is FieldKind.CHECKBOX else ""


def from_check() -> dict[str, Any]:
    """What addresses carry on, where the way began on the page of all answers."""
    return {"from": FROM_CHECK} if request.args.get("from") == FROM_CHECK else {}
