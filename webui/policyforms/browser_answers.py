"""What a browser sends for a form, as answers: every name that the form does not have is passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from engine.forms import MAX_ENTRIES, Field, FieldKind, Form
from engine.forms.model import questions_of
from engine.forms.values import is_empty
from webui.policyforms.days import join_day, join_day_or_about, join_moment, join_time
from webui.policyforms.defaults import without_defaults
from webui.policyforms.persons import read_choice

#: What is done where no button says otherwise: Enter in a text field, too.
COMPLETE = "complete"
#: Redraws the questions as the answers stand.
UPDATE = "update"

_ENTRY = re.compile(r"\.([0-9]{1,6})\.")
_ACTION = re.compile(r"[a-z][a-z_-]{0,39}")
_PLACE = re.compile(r"[a-z][a-z0-9_]{0,62}(?:\.[0-9]{1,6}\.[a-z][a-z0-9_]{0,62}){0,5}")
_LONGEST_NAME = 600


class Posted(Protocol):
    """A request's form data: names with one text or more each."""

    def getlist(self, key: str) -> list[str]: ...

    def __iter__(self) -> Iterator[str]: ...


def read_answers(form: Form, data: Posted) -> tuple[dict[str, Any], str]:
    """The answers to the questions that were on the page, and what the pressed button asks for.

    Answers are as `Form.validate` takes them, what was typed wrongly included. The action is the value of the button
    named `action`, `COMPLETE` where there is none; or `add:key` and `remove:key.0`, which are done already. Entries in
    which nothing was answered are left out, unless a button only changes the page.
    """
    action, place = _action(data)
    entries = _entries(data)
    changes_page = action in (UPDATE, "add", "remove")
    answers = _Reading(data, entries, keeps_blank=changes_page).level(form.fields, "")
    if action == "add" and _add(form.fields, answers, place, entries):
        return answers, f"add:{place}"
    if action == "remove" and _remove(form.fields, answers, place, entries):
        return answers, f"remove:{place}"
    return answers, UPDATE if action in ("add", "remove") else action


def _action(data: Posted) -> tuple[str, str]:
    """What is to be done, and where: a list's name for "add", an entry's for "remove"."""
    for name in ("add", "remove"):
        for place in data.getlist(name)[:1]:
            return name, place[:_LONGEST_NAME]
    for written in data.getlist("action")[:1]:
        if _ACTION.fullmatch(written) and written not in ("add", "remove"):
            return written, ""
    return COMPLETE, ""


def _entries(data: Posted) -> dict[str, list[int]]:
    """The numbers of the entries that were on the page, in order, by their list's name such as `reports.2.calls`."""
    found: dict[str, set[int]] = {}
    for name in data:
        if len(name) <= _LONGEST_NAME:
            for match in _ENTRY.finditer(name):
                found.setdefault(name[: match.start()], set()).add(int(match[1]))
    # One more than is taken, so that the check of the answers says how many are.
    return {place: sorted(numbers)[: MAX_ENTRIES + 1] for place, numbers in found.items()}


class _Reading:
    def __init__(self, data: Posted, entries: Mapping[str, list[int]], *, keeps_blank: bool) -> None:
        self._data = data
        self._numbers = entries
        self._keeps_blank = keeps_blank

    def level(self, fields: tuple[Field, ...], prefix: str) -> dict[str, Any]:
        """The answers of the form, or of an entry; `prefix` ends in "." for an entry."""
        answers: dict[str, Any] = {}
        for question in questions_of(fields):
            field = question.field
            if field.is_read_only or field.is_off_page:
                continue
            answer = self._answer(field, prefix + field.key)
            if answer is not None:
                answers[field.key] = answer
        return answers

    def _answer(self, field: Field, name: str) -> Any:
        """The answer as it was typed; None where the question was not on the page."""
        match field.kind:
            case FieldKind.LIST:
                numbers = self._numbers.get(name, [])
                return self._list(field, name) if numbers or self._texts(name) else None
            case FieldKind.DATE:
                parts = [self._text(f"{name}-{part}") for part in ("day", "month", "year")]
                join = join_day if field.spread is None else join_day_or_about
                return None if all(part is None for part in parts) else join(*(part or "" for part in parts))
            case FieldKind.DATE_TIME:
                parts = [self._text(f"{name}-{part}") for part in ("day", "month", "year", "time")]
                return None if all(part is None for part in parts) else join_moment(*(part or "" for part in parts))
            case FieldKind.PERSON:
                return read_choice(self._text, name)
            case FieldKind.CHECKBOX:
                texts = self._texts(name)
                return None if not texts else "true" in texts
            case FieldKind.CHECKLIST | FieldKind.FILES:
                texts = self._texts(name)
                return None if not texts else [text for text in texts[: MAX_ENTRIES + 1] if text]
        text = self._text(name)
        return join_time(text) if text is not None and field.kind is FieldKind.TIME else text

    def _list(self, field: Field, name: str) -> list[dict[str, Any]]:
        found = []
        for number in self._numbers.get(name, []):
            entry = self.level(field.fields, f"{name}.{number}.")
            if not self._keeps_blank and not self._text(f"{name}.{number}.id") and is_blank(field, entry):
                continue
            item_id = self._text(f"{name}.{number}.id")
            found.append({**entry, "id": item_id} if item_id else entry)
        return found

    def _text(self, name: str) -> str | None:
        texts = self._texts(name)
        return texts[-1] if texts else None

    def _texts(self, name: str) -> list[str]:
        # No database keeps a NUL, and nobody can type one.
        return [text.replace("\x00", "") for text in self._data.getlist(name)]


def is_blank(field: Field, entry: Mapping[str, Any]) -> bool:
    """Whether nothing was answered in an entry of the list, beyond what stood in it from the start."""
    lists = {inner.field.key: inner.field for inner in questions_of(field.fields) if inner.field.kind is FieldKind.LIST}
    return all(
        is_empty(answer) or answer is False or (key in lists and all(is_blank(lists[key], each) for each in answer))
        for key, answer in without_defaults(field.fields, entry).items()
    )


def _add(fields: tuple[Field, ...], answers: dict[str, Any], place: str, numbers: Mapping[str, list[int]]) -> bool:
    """Put a new entry at the end of the list at `place`."""
    found = _find(fields, answers, place, numbers)
    if found is None:
        return False
    holder, field = found
    if field.kind is not FieldKind.LIST:
        return False
    entries = holder.setdefault(field.key, [])
    if len(entries) < MAX_ENTRIES:
        entries.append({})
    return True


def _remove(fields: tuple[Field, ...], answers: dict[str, Any], place: str, numbers: Mapping[str, list[int]]) -> bool:
    """Take the entry at `place`, such as `reports.2`, out of its list. An item on record stays there."""
    name, _, number = place.rpartition(".")
    found = _find(fields, answers, name, numbers)
    if found is None or not number.isascii() or not number.isdigit() or len(number) > 6:
        return False
    holder, field = found
    entries = holder.get(field.key, [])
    shown = numbers.get(name, []) if field.kind is FieldKind.LIST else list(range(len(entries)))
    if int(number) not in shown or shown.index(int(number)) >= len(entries):
        return False
    del entries[shown.index(int(number))]
    return True


def _find(
    fields: tuple[Field, ...], answers: dict[str, Any], place: str, numbers: Mapping[str, list[int]]
) -> tuple[dict[str, Any], Field] | None:
    """Whose answers hold the list at `place`, and the list; None where the form has none there."""
    if not _PLACE.fullmatch(place):
        return None
    *around, last = _ENTRY.split(place)
    path, holder = "", answers
    for key, number in zip(around[::2], around[1::2], strict=True):
        path = f"{path}.{key}" if path else key
        known = numbers.get(path, [])
        field = _list_called(fields, key)
        if field is None or int(number) not in known or known.index(int(number)) >= len(holder.get(key, [])):
            return None
        holder, fields = holder[key][known.index(int(number))], field.fields
        path = f"{path}.{number}"
    found = _list_called(fields, last)
    return None if found is None else (holder, found)


def _list_called(fields: tuple[Field, ...], key: str) -> Field | None:
    """The list, or the files, under this key."""
    for question in questions_of(fields):
        if question.field.key == key and question.field.kind in (FieldKind.LIST, FieldKind.FILES):
            return question.field
    return None
