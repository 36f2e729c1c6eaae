"""Values and answers in words: days as people write them, yes and no, and what the form calls each answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from engine import feel
from engine.clock import LONDON
from engine.forms import Field, Form, with_days_in_words
from engine.person import is_person, spoken_name
from engine.words import day_in_words, stamp_in_words

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d\S*")


def in_words(value: feel.Value, field: Field | None = None) -> str:
    """A JSON-like value as a person would write it; `field` is the question that it answers."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(in_words(inner, field) for inner in value) or "none"
    if is_person(value):
        return str(spoken_name(value))
    if isinstance(value, Mapping):
        return "; ".join(f"{plain(name)}: {in_words(inner)}" for name, inner in value.items())
    text = str(value)
    for option in field.options if field is not None else ():
        if option.value == text:
            return option.label
    return _when(text) or " ".join(text.split())


def plain(name: str) -> str:
    """The name of a fact without its underscores."""
    return name.replace("_", " ")


def closed(text: str) -> str:
    """A sentence with one full stop at its end."""
    return text if not text or text.rstrip()[-1:] in ".?!…" else f"{text.rstrip()}."


def answers_in_words(answers: Mapping[str, Any], form: Form | None) -> Iterator[str]:
    """One line per answer, in the order of the form and by its labels; an entry of a list is a line of its own.

    What was answered with nothing is left out.
    """
    asked = {question.field.key: question.field for question in form.questions} if form is not None else {}
    answers = with_days_in_words(answers)
    for key in (*(key for key in asked if key in answers), *(key for key in answers if key not in asked)):
        value, field = answers[key], asked.get(key)
        if value is None or value == "":
            continue
        if isinstance(value, list) and value and all(isinstance(entry, Mapping) for entry in value):
            for number, entry in enumerate(value, start=1):
                yield _entry(key, number, entry, field)
        else:
            yield _answer(key, value, field)


def _entry(key: str, number: int, entry: Mapping[str, Any], field: Field | None) -> str:
    asked = {inner.key: inner for inner in field.fields} if field is not None else {}
    entry = with_days_in_words(entry)
    place = str(entry.get("id") or number).rpartition("-")[2]
    name = f"{field.name if field is not None else plain(key)}, {place}"
    known = (*(k for k in asked if k in entry), *(k for k in entry if k not in asked and k != "id"))
    return f"{name}: " + "; ".join(
        _answer(k, entry[k], asked.get(k)).rstrip(".") for k in known if entry[k] is not None and entry[k] != ""
    )


def _answer(key: str, value: feel.Value, field: Field | None) -> str:
    label = field.name if field is not None else plain(key)
    return f"{label}{'' if label.endswith('?') else ':'} {in_words(value, field)}"


def _when(text: str) -> str | None:
    try:
        if _DAY.fullmatch(text):
            return day_in_words(date.fromisoformat(text))
        if _INSTANT.fullmatch(text):
            at = datetime.fromisoformat(text)
            return stamp_in_words(at.astimezone(LONDON) if at.tzinfo is not None else at)
    except ValueError:  # it only looks like one
        pass
    return None
