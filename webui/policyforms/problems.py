"""What is wrong with the answers, as the check says it, at the inputs where it is put right."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flask import render_template
from markupsafe import Markup

from engine.forms import Field, FieldKind, Form
from engine.forms.model import questions_of
from engine.language import say

#: (path such as "reports[2].reported_on", what is wrong), as FormAnswersError has them.
Problems = Iterable[tuple[str, str]]

_PATH = re.compile(r"[a-z][a-z0-9_]*(?:\[[0-9]+\]\.[a-z][a-z0-9_]*)*")


def render_problems(form: Form, problems: Problems) -> Markup:
    """The error summary, for the top of the page's main part; nothing where nothing is wrong.

    Each line leads to the input where the answer is put right; they stand in the order of the page.
    """
    lines = []
    for path, sentence in sorted(problems, key=lambda problem: _position(form, problem[0])):
        field, name = locate(form, path)
        if field is None:
            lines.append({"text": sentence})
        else:
            said = _without_label(field, sentence)
            label = f"{field.name} " if field.name.endswith(("?", ".", "!")) else f"{field.name}: "
            text = f"{_entry(form, path)}{'' if said == sentence else label}{said}"
            lines.append({"text": text, "href": f"#{first_input(field, name)}"})
    return Markup(render_template("policyforms/problems.html", lines=lines)) if lines else Markup()  # noqa: S704


def errors_by_name(form: Form, problems: Problems) -> dict[str, str]:
    """What is wrong, by the name of the input that it stands at."""
    found: dict[str, list[str]] = {}
    for path, sentence in problems:
        field, name = locate(form, path)
        if field is not None:
            # Beside its label the sentence need not name the question again.
            found.setdefault(name, []).append(_without_label(field, sentence))
    return {name: " ".join(sentences) for name, sentences in found.items()}


def locate(form: Form, path: str) -> tuple[Field | None, str]:
    """The question at a path, and the name of its input; the list around it where the path leads to no question."""
    fields, found, name = form.fields, None, ""
    for step in path.split("].") if _PATH.fullmatch(path) else ():
        key, _, number = step.partition("[")
        field = next((each.field for each in questions_of(fields) if each.field.key == key), None)
        if field is None:
            break
        found, fields = field, field.fields
        place = f"{name}{key}"
        if not number:
            return field, place
        name = f"{place}.{int(number) - 1}."
    return found, re.sub(r"\.[0-9]+\.$", "", name)


def first_input(field: Field, name: str) -> str:
    """The id of the element that takes the focus for the question."""
    if field.kind in (FieldKind.DATE, FieldKind.DATE_TIME):
        return f"{name}-day"
    return f"{name}-add" if field.kind is FieldKind.LIST else name


def _without_label(field: Field, sentence: str) -> str:
    return sentence.removeprefix(f"{field.name}: ")


def _entry(form: Form, path: str) -> str:
    """Which entry of which list a path leads into, as a sentence's start."""
    around, _, _ = path.rpartition("].")
    field, _ = locate(form, around.partition("[")[0])
    if not around or field is None:
        return ""
    numbers = ", ".join(re.findall(r"[0-9]+", around))
    return say("%(list)s, entry %(numbers)s: ", list=field.name, numbers=numbers)


def _position(form: Form, path: str) -> tuple[int, ...]:
    """Where a path's question stands on the page."""
    position: list[int] = []
    fields = form.fields
    for step in path.split("]."):
        key, _, number = step.partition("[")
        keys = [each.field.key for each in questions_of(fields)]
        if key not in keys:
            return (*position, len(keys))
        position += [keys.index(key), int(number) if number.isdecimal() else 0]
        fields = next(each.field.fields for each in questions_of(fields) if each.field.key == key)
    return tuple(position)
