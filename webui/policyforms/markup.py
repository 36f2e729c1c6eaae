"""A form as HTML: its questions as the answers stand, and the buttons that change which questions there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from flask import render_template
from markupsafe import Markup

from engine.forms import Field, FieldKind, Form, Shown
from engine.forms.model import conditions_of, questions_of
from engine.forms.people import NOBODY, PeopleToPick
from engine.language import say
from webui.policyforms.components import FormLook, component_of
from webui.policyforms.days import split_day_or_about, split_moment
from webui.policyforms.defaults import as_answer, with_defaults
from webui.policyforms.markdown import to_html
from webui.policyforms.persons import is_somebody_else, kept_person, people_to_choose, somebody_else
from webui.policyforms.problems import Problems, errors_by_name
from webui.policyforms.rows import show_value

#: What the template draws: a `part`, and what that part needs.
Part = dict[str, Any]


def render_form(
    form: Form,
    answers: Mapping[str, Any],
    *,
    scope: Mapping[str, Any],
    now: datetime | None,
    functions: Mapping[str, Callable[..., Any]] | None,
    people: PeopleToPick = NOBODY,
    problems: Problems = (),
    only: str | None = None,
    action: str = "",
    is_about_reader: bool = False,
) -> Markup:
    """The questions, to stand in a `<form method="post">` of the page with its token and its own buttons.

    `only` draws the one question of that key, as a page's heading; nothing where it is not asked. `action` is what
    `read_answers` gave, so that the focus goes where the page has changed. `is_about_reader` lets the browser fill
    in the reader's own email address and telephone number. Where the form asks for files, the page's form needs
    enctype="multipart/form-data", and saves them itself.
    """
    filled = with_defaults(form.fields, answers)
    shown = form.shown(filled, scope, now=now, functions=functions, people=people)
    look = FormLook(
        errors=errors_by_name(form, problems),
        is_page=only is not None,
        is_about_reader=is_about_reader,
        focus=_focus(form, answers, shown, action),
    )
    fields = form.fields if only is None else tuple(q.field for q in form.questions if q.field.key == only)
    if only is not None and only not in shown.keys:
        return Markup()
    # On a page of its own a question decides about none outside itself.
    conditions = list(conditions_of(form.fields if only is None else fields[0].fields))
    picks = any(inner.kind is FieldKind.PERSON for q in questions_of(fields) for inner in q.fields)
    drawing = _Drawing(look, frozenset(name for each in conditions for name in each.names | each.filter_names))
    return Markup(  # noqa: S704 - the template escapes
        render_template(
            "policyforms/questions.html",
            parts=list(drawing.parts(fields, filled, scope, shown, "")),
            has_buttons=any(q.field.kind in (FieldKind.LIST, FieldKind.FILES) for q in questions_of(fields)),
            can_change=bool(conditions) or picks,
            is_page=look.is_page,
        )
    )


def _focus(form: Form, answers: Mapping[str, Any], shown: Shown, action: str) -> str | None:
    """The start of the name of the input where the page has changed."""
    name, _, place = action.partition(":")
    if name == "add":
        found: Any = answers
        for step in place.split("."):
            if isinstance(found, list):
                found = found[int(step)] if step.isdecimal() and int(step) < len(found) else None
            else:
                found = found.get(step) if isinstance(found, Mapping) else None
        return f"{place}.{len(found) - 1}." if isinstance(found, list) else None
    if name == "remove":
        return f"{place.rpartition('.')[0]}-add"
    if name == "update":
        return next((key for key in form.keys if key in shown.keys and key not in answers), None)
    return None


class _Drawing:
    def __init__(self, look: FormLook, controlling: frozenset[str]) -> None:
        self._look = look
        self._controlling = controlling

    def parts(
        self, fields: tuple[Field, ...], answers: Mapping[str, Any], known: Mapping[str, Any], shown: Shown, prefix: str
    ) -> Iterator[Part]:
        """What is drawn of one level: the form, an entry, or a group in either. `known` is what is on record of it."""
        for number, field in enumerate(fields):
            place = {
                "place": f"{prefix}{field.key or number}",
                "controls": field.key in self._controlling,
                "language": field.language,
            }
            answer = answers.get(field.key)
            if field.is_off_page:
                continue
            if not shown.shows(field) or (field.key and field.key not in shown.keys):
                inputs = list(_kept(field, answers, prefix))
                if inputs:
                    yield {"part": "kept", "inputs": inputs, "place": f"kept:{place['place']}", "controls": False}
            elif field.kind is FieldKind.GROUP:
                yield {**place, "part": "group", "legend": field.label, "hint": field.hint} | {
                    "parts": list(self.parts(field.fields, answers, known, shown, prefix))
                }
            elif field.kind in (FieldKind.TEXT, FieldKind.SEPARATOR, FieldKind.SPACER):
                yield {**place, "part": str(field.kind), "html": to_html(field.text)}
            elif not field.key:
                continue
            elif field.is_read_only:
                value = show_value(field, answer if answer is not None else known.get(field.key), shown)
                yield {**place, "part": "value", "label": field.name, "hint": field.hint, "value": value}
            elif field.kind is FieldKind.LIST:
                yield place | self._list(field, answer, known, shown, f"{prefix}{field.key}")
            elif field.kind is FieldKind.PERSON:
                name = f"{prefix}{field.key}"
                yield {**place, "controls": True} | self._question(field, answer, shown, name, known.get(field.key))
                if isinstance(answer, Mapping) and is_somebody_else(answer) and shown.takes_others(field):
                    yield somebody_else(field, answer, name, self._look)
            else:
                yield place | self._question(field, answer, shown, f"{prefix}{field.key}")

    def _question(self, field: Field, answer: Any, shown: Shown, name: str, known: Any = None) -> Part:
        options = shown.options_of(field)
        if field.kind is FieldKind.PERSON:
            options = people_to_choose(options, known, takes_others=shown.takes_others(field))
        macro, params = component_of(field, name, answer, options, self._look)
        needs_options = field.kind in (FieldKind.RADIO, FieldKind.YES_NO, FieldKind.CHECKLIST)
        files = answer if field.kind is FieldKind.FILES and isinstance(answer, list) else []
        return {
            "part": "question",
            "macro": macro,
            "params": params,
            "name": name,
            # A browser sends nothing for what is not ticked: this tells that it was on the page.
            "says_it_was_there": needs_options or field.kind in (FieldKind.CHECKBOX, FieldKind.FILES),
            "is_without_options": needs_options and not options,
            "files": [file for file in files if isinstance(file, str)],
        }

    def _list(self, field: Field, answer: Any, known: Mapping[str, Any], shown: Shown, name: str) -> Part:
        entries = answer if isinstance(answer, list) else []
        items = known.get(field.key)
        by_id = {
            str(item["id"]): item
            for item in (items if isinstance(items, list) else [])
            if isinstance(item, Mapping) and "id" in item
        }
        drawn = []
        for number, inner in enumerate(shown.entries.get(field.key, ())):
            entry = entries[number] if isinstance(entries[number], Mapping) else {}
            item_id = entry.get("id")
            item_id = item_id if isinstance(item_id, str) else None
            place = f"{name}.{number}"
            is_page, self._look.is_page = self._look.is_page, False
            parts = list(self.parts(field.fields, entry, by_id.get(item_id or "", {}), inner, f"{place}."))
            self._look.is_page = is_page
            drawn.append({"place": place, "number": number + 1, "item_id": item_id, "parts": parts})
        return {
            "part": "list",
            "name": name,
            "legend": field.name if field.is_required else say("%(name)s (optional)", name=field.name),
            "label": field.name,
            "hint": field.hint,
            "error": self._look.errors.get(name),
            "entries": drawn,
            "focus": self._look.takes_focus(f"{name}-add"),
            "is_page": self._look.is_page,
        }


def _kept(field: Field, answers: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    """Hidden inputs that keep what was typed where it is not asked at the moment, for when it is asked again."""
    if field.kind is FieldKind.GROUP:
        for inner in field.fields:
            yield from _kept(inner, answers, prefix)
        return
    answer, name = answers.get(field.key), f"{prefix}{field.key}"
    if answer is None or not field.key or field.is_read_only or field.is_off_page:
        return
    match field.kind:
        case FieldKind.PERSON:
            yield from kept_person(answer, name)
        case FieldKind.LIST:
            for number, entry in enumerate(answer if isinstance(answer, list) else ()):
                if isinstance(entry, Mapping):
                    yield from ((f"{name}.{number}.id", str(each)) for key, each in entry.items() if key == "id")
                    for inner in field.fields:
                        yield from _kept(inner, entry, f"{name}.{number}.")
        case FieldKind.DATE | FieldKind.DATE_TIME:
            values = split_day_or_about(answer) if field.kind is FieldKind.DATE else split_moment(answer)
            for part, value in zip(("day", "month", "year", "time"), values, strict=False):
                yield f"{name}-{part}", value
        case FieldKind.CHECKBOX:
            yield name, "true" if answer is True else ""
        case FieldKind.YES_NO:
            yield name, str(answer).lower()
        case FieldKind.CHECKLIST | FieldKind.FILES:
            for each in answer if isinstance(answer, list) else ():
                yield name, str(each)
        case _:
            yield name, str(as_answer(answer))
