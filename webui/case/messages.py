"""Telling a case something: an appeal, a withdrawal, a complaint, whatever its policy listens for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from secrets import token_urlsafe
from typing import Any

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from engine.casework.cases.kept_emails import page_of_message
from engine.casework.cases.messages import send_message
from engine.casework.cases.originals import Original, take_original
from engine.casework.pages.case import TellingForm, TellingsPage, is_told, read_telling, read_tellings
from engine.casework.rehearsal import what_follows_telling
from engine.errors import EngineError, FormAnswersError, NobodyWaitsError, NotAllowedError
from webui.access import Right, allow, person, typed_at, unsent
from webui.access.audience import audiences
from webui.case.blueprint import blueprint, page_of, seen
from webui.policyforms import first_answers, given_answers, read_answers, render_form, render_problems
from webui.policyforms.email_upload import EMAIL, LEFT_OUT, email_of_page, forget_email, takes_email
from webui.policyforms.problems import Problems
from webui.shell.office import office

_LONGEST_NAME = 200


@blueprint.get("/<reference>/tell")
@allow(Right.CHANGE_CASES)
def tellings(reference: str) -> str:
    """What the case can be told now, and what not, and why."""
    return page_of("tellings", read_tellings(office(), reference, **seen(reference, "what it can be told")))


@blueprint.get("/<reference>/tell/<message>")
@allow(Right.CHANGE_CASES)
def tell(reference: str, message: str) -> str | tuple[str, int]:
    found = _read(reference, message)
    if isinstance(found, TellingsPage):
        return page_of("tellings", found, endpoint="case.tellings", refused_now=True), 409
    if found.form is None:
        return _page(found, {})
    typed = unsent()
    return _page(found, read_answers(found.form, typed)[0] if typed else first_answers(found.form, found.scope))


@blueprint.post("/<reference>/tell/<message>")
@allow(Right.CHANGE_CASES)
@typed_at("case.tell")
def tell_it(reference: str, message: str) -> Response | str | tuple[str, int]:
    """Tell it, once however often the button is pressed; or show first what would happen."""
    message_id = request.form.get("message_id", "")[:100] or token_urlsafe(18)
    found = _read(reference, message)
    if is_told(office(), reference, message_id, council_id=person().council_id):
        return _told(reference, "This was recorded already, once.")
    if isinstance(found, TellingsPage):
        return page_of("tellings", found, endpoint="case.tellings", refused_now=True), 409
    answers, action = (
        read_answers(found.form, request.form) if found.form is not None else ({}, request.form.get("action", ""))
    )
    is_sent = action in ("complete", "next")
    page = partial(_page, found, answers, message_id=message_id)
    try:
        email = email_of_page(page_of_message(message_id), _taking(reference), is_sent=is_sent)
    except EngineError as error:
        return page(refusal=str(error)), 409
    if not is_sent:
        return page(action=action, email=email)
    who = {"by": person().name, "item_id": _item(), "council_id": person().council_id}
    told = given_answers(
        found.form, answers, found.scope, now=found.now, functions=found.functions, people=found.people
    )
    try:
        if action == "next":
            if audiences() is not None:  # it holds letters and names that may be kept from them
                abort(403)
            follows = what_follows_telling(office(), reference, message, told, original=email, **who)
            return page(follows=follows, email=email)
        send_message(office(), reference, message, told, message_id=message_id, original=email, **who)
    except FormAnswersError as error:
        return page(problems=error.problems, email=email), 422
    except (NotAllowedError, NobodyWaitsError):
        raise
    except EngineError as error:
        return page(refusal=str(error), email=email), 409
    forget_email(page_of_message(message_id))
    return _told(reference, f"“{found.telling.name}” is in the record of the case, and the case has moved on.")


def _taking(reference: str) -> Callable[[str, bytes], Original]:
    return lambda name, data: take_original(office(), reference, name, data, council_id=person().council_id)


def _told(reference: str, sentence: str) -> Response:
    flash(sentence, "success")
    return redirect(url_for("case.show", reference=reference))


def _item() -> str:
    return request.values.get("item", "")[:_LONGEST_NAME]


def _read(reference: str, message: str) -> TellingForm | TellingsPage:
    """The form of the message; where it may not be told now, what can be."""
    about = seen(reference, f"telling “{message[:_LONGEST_NAME]}”")
    found = read_telling(office(), reference, message, _item(), **about)
    if found is None:
        abort(404)
    return found


def _page(
    found: TellingForm, answers: Mapping[str, Any], *, message_id: str = "", action: str = "",
    problems: Problems = (), **more: Any,
) -> str:  # fmt: skip
    form, summary = "", ""
    if found.form is not None:
        form = render_form(
            found.form, answers, scope=found.scope, now=found.now, functions=found.functions, problems=problems,
            action=action, people=found.people,
        )  # fmt: skip
        summary = render_problems(found.form, problems)
    return page_of(
        "tell", found, endpoint="case.tellings", takes_email=takes_email(found.form), name_of_email=EMAIL,
        left_out=LEFT_OUT, form=form, summary=summary, item=_item(), message_id=message_id or token_urlsafe(18),
        has_errors=bool(problems), sees_all=audiences() is None, **more,
    )  # fmt: skip
