"""Answers and facts as a person reads them: for checking answers, and for what a case knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from flask import current_app
from markupsafe import Markup

from engine.clock import LONDON
from engine.errors import BadInputError
from engine.forms import Field, FieldKind, Form, Option, Shown, with_days_in_words
from engine.forms.model import questions_of
from engine.forms.uncertain_days import typed_in
from engine.forms.values import is_empty, read_value
from engine.language import ENGLISH, say, spoken
from engine.person import is_person, spoken_name
from engine.words import day_in_words, moment_in_words, time_in_words

#: Gives the options of a question.
OptionsOf = Callable[[Field], tuple[Option, ...]]


def facts_as_rows(
    fields: Sequence[Field],
    values: Mapping[str, Any],
    *,
    options_of: OptionsOf = lambda field: field.options,
    link_to: Callable[[Field], str | None] | None = None,
) -> list[dict[str, Any]]:
    """Rows for `govukSummaryList`: one for each question among `fields` whose key is in `values`, in the form's order.

    `values` are answers or FEEL values. `link_to` gives the address where the answer is changed. Options that a form
    computes are named where `options_of` gives them, such as `Shown.options_of`.
    """
    rows = []
    values = with_days_in_words(values)
    for question in questions_of(tuple(fields)):
        field = question.field
        if field.key not in values:
            continue
        row: dict[str, Any] = {
            "key": {"text": field.name},
            "value": {"html": _as_html(field, values[field.key], options_of)},
        }
        address = link_to(field) if link_to is not None else None
        if address:
            hidden = say("the answer to “%(name)s”", name=field.name)
            item = {"href": address, "text": say("Change"), "visuallyHiddenText": hidden}
            row["actions"] = {"items": [item]}
        rows.append(row)
    return rows


def rows_of_answers(
    form: Form, shown: Shown, *, link_to: Callable[[Field], str | None] | None = None
) -> list[dict[str, Any]]:
    """Rows of every question that is to be answered as the answers stand, those without an answer included."""
    fields = [q.field for q in form.questions if not q.field.is_read_only and not q.field.is_off_page]
    asked = {field.key: shown.answers.get(field.key) for field in fields if field.key in shown.keys}
    return facts_as_rows(form.fields, asked, options_of=shown.options_of, link_to=link_to)


def show_value(field: Field, value: Any, shown: Shown) -> Markup:
    """The value of a question that is shown and not asked."""
    return _as_html(field, value, shown.options_of)


def _as_html(field: Field, value: Any, options_of: OptionsOf) -> Markup:
    options = options_of(field)
    entries = value if field.kind is FieldKind.LIST and isinstance(value, list) else []
    return Markup(  # noqa: S704 - the template escapes
        # Not by render_template: a page shows hundreds of values, and none needs what every page shares
        current_app.jinja_env.get_template("policyforms/value.html").render(
            text="" if entries else _in_words(field, value, options) or say("Not answered"),
            is_written=field.kind is FieldKind.TEXT_AREA,
            texts=_chosen(value, options) if field.kind in (FieldKind.CHECKLIST, FieldKind.FILES) else [],
            entries=[
                facts_as_rows(field.fields, entry, options_of=options_of)
                for entry in entries
                if isinstance(entry, Mapping)
            ],
        )
    )


def _in_words(field: Field, value: Any, options: tuple[Option, ...]) -> str:
    """A single value, or "" for none."""
    if field.kind is FieldKind.CHECKBOX:
        return "" if value is None else _yes_or_no(value is True or value in ("true", "on"))
    if is_empty(value):
        return ""
    if field.kind is FieldKind.YES_NO:
        return _yes_or_no(value in (True, "true"))
    if isinstance(value, Mapping) and field.kind is not FieldKind.LIST:
        return str(spoken_name(value) if is_person(value) else value.get("name", ""))
    typed = _typed(field, value, options)
    if field.kind in (FieldKind.RADIO, FieldKind.SELECT, FieldKind.PERSON):
        return next((option.label for option in options if option.value == typed), str(typed))
    if isinstance(typed, datetime):
        return moment_in_words(typed.astimezone(LONDON), spoken())
    if field.spread is not None and spoken() != ENGLISH and not isinstance(typed, date):
        return typed_in(str(typed), spoken())
    if isinstance(typed, date):
        return day_in_words(typed, spoken())
    if isinstance(typed, time):
        return time_in_words(typed)
    if isinstance(typed, Decimal):
        return f"{typed:,f}"
    return (
        " ".join(typed.split("\n")) if isinstance(typed, str) and field.kind is not FieldKind.TEXT_AREA else str(typed)
    )


def _yes_or_no(value: bool) -> str:
    return say("Yes") if value else say("No")


def _typed(field: Field, value: Any, options: tuple[Option, ...]) -> Any:
    """The value that an answer becomes; the answer itself where it cannot be taken."""
    if not isinstance(value, str | int | float) or isinstance(value, bool) or field.kind is FieldKind.PERSON:
        return value
    try:
        return read_value(field, value, options)
    except BadInputError:
        return value


def _chosen(value: Any, options: tuple[Option, ...]) -> list[str]:
    labels = {option.value: option.label for option in options}
    return [labels.get(each, each) for each in value if isinstance(each, str)] if isinstance(value, list) else []
