"""A form as it is being written, as people will see it: with the answers of whoever tries it, which are not kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from markupsafe import Markup

from engine.forms import read_form
from webui.policyforms.browser_answers import Posted, read_answers
from webui.policyforms.markup import render_form

#: Under which name the form's JSON is posted with the answers; no question can have it.
THE_FORM = "the-form"


def preview_form(
    posted: Posted, *, file: str, now: datetime, functions: Mapping[str, Callable[..., Any]] | None
) -> Markup:
    """The questions of the form that was posted, as its answers stand. No case is known, so that what the form shows of
    one is empty. Raises FormUnreadableError."""
    text = next(iter(posted.getlist(THE_FORM)), "")
    form = read_form(text.encode(), file=file)
    answers, action = read_answers(form, posted)
    return render_form(form, answers, scope={}, now=now, functions=functions, action=action)
