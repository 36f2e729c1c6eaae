"""What is told with the answers of a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from engine.forms import Form
from engine.forms.people import PeopleToPick
from webui.policyforms.defaults import first_answers


def given_answers(
    form: Form | None,
    answers: Mapping[str, Any],
    scope: Mapping[str, Any],
    *,
    now: datetime,
    functions: Mapping[str, Callable[..., Any]],
    people: PeopleToPick,
) -> dict[str, Any]:
    """The answers to what is asked as they stand, without entries that were shown and left as they stood.

    A form shows the items that the case has so that they can be corrected; what was not touched is no news.
    """
    if form is None:
        return {}
    asked = dict(form.shown(answers, scope, now=now, functions=functions, people=people).answers)
    for collection, items in first_answers(form, scope).items():
        entries = asked.get(collection)
        if isinstance(entries, list):
            before = {item["id"]: item for item in items}
            # where nothing at all was touched, one entry stays: a list that must be answered has been
            asked[collection] = [entry for entry in entries if not _is_untouched(entry, before)] or entries[:1]
    return asked


def _is_untouched(entry: Any, before: Mapping[str, Mapping[str, Any]]) -> bool:
    item = before.get(entry.get("id", "")) if isinstance(entry, Mapping) else None
    return item is not None and all(
        value == item.get(key) or (value in ("", [], False) and item.get(key) in (None, "", [], False))
        for key, value in entry.items()
    )
