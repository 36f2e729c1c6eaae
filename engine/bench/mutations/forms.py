"""Slips in forms: what a question is called, what kind it is, what it offers, when it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engine.bench.mutations.edits import CHOICE, READ, FileEdit, PolicyFile, in_form, misspelt
from engine.bench.mutations.kind import EditKind, Look

_Path = tuple[Any, ...]


def questions(source: PolicyFile) -> Iterator[tuple[_Path, Mapping[str, Any]]]:
    """Each question with the path to it, those in groups and lists included."""
    todo: list[tuple[_Path, Mapping[str, Any]]] = [((), source.form)]
    while todo:
        path, holder = todo.pop(0)
        for at, component in enumerate(holder.get("components", ())):
            here = (*path, "components", at)
            if component.get("key") or component.get("path"):
                yield here, component
            todo.append((here, component))


def _each(change: Callable[[dict[str, Any]], object], words: str, *, types: tuple[str, ...] = ()) -> Look:
    """The same change at each question of one of these types."""

    def look(source: PolicyFile) -> Iterator[FileEdit]:
        for path, question in questions(source):
            if types and question.get("type") not in types:
                continue
            name = _name(question)
            yield in_form(path, change, f"{name}: {words}", name, id=question.get("id", ""))

    return look


def _renamed(attribute: str) -> Look:
    def look(source: PolicyFile) -> Iterator[FileEdit]:
        for path, question in questions(source):
            if name := question.get(attribute):
                wrong = misspelt(name)
                yield in_form(path, _put(attribute, wrong), f"{name} → {wrong}", name, wrong, id=question.get("id", ""))

    return look


def _put(attribute: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda question: question.__setitem__(attribute, value)


def _taken_out(source: PolicyFile) -> Iterator[FileEdit]:
    for path, question in questions(source):
        name = _name(question)
        yield in_form(path[:-1], _drop(path[-1]), f"{name} is asked no longer", name)


def _name(question: Mapping[str, Any]) -> str:
    return str(question.get("key") or question.get("path"))


def _drop(at: int) -> Callable[[list[Any]], object]:
    return lambda parts: parts.pop(at)


def _choices(change: Callable[[list[dict[str, Any]]], object], words: str) -> Look:
    """A change of what a question offers."""

    def look(source: PolicyFile) -> Iterator[FileEdit]:
        for path, question in questions(source):
            if len(question.get("values", ())) > 1:
                offered = [each["value"] for each in question["values"]]
                yield in_form(
                    (*path, "values"), change, f"{_name(question)}: {words} {offered}", _name(question), *offered,
                    id=question.get("id", ""),
                )  # fmt: skip

    return look


def _misspell_last(values: list[dict[str, Any]]) -> None:
    values[-1]["value"] = misspelt(values[-1]["value"])


def _hide(rewrite: Callable[[str], str | None], words: str) -> Look:
    """A change of when a question is hidden; every question where none says it is left alone."""

    def look(source: PolicyFile) -> Iterator[FileEdit]:
        for path, question in questions(source):
            text = (question.get("conditional") or {}).get("hide")
            if text and (other := rewrite(text)) and other != text:
                named = {match[2] for match in CHOICE.finditer(text)} | {match[1] for match in READ.finditer(text)}
                yield in_form((*path, "conditional"), _put("hide", other), f"hide {words}: {other[:80]}",
                              question.get("key", ""), *named, id=question.get("id", ""))  # fmt: skip

    return look


def _misspell_choice(text: str) -> str | None:
    match = CHOICE.search(text)
    return text[: match.start(2)] + misspelt(match[2]) + text[match.end(2) :] if match else None


def _misspell_fact(text: str) -> str | None:
    match = READ.search(text)
    return text[: match.start(1)] + misspelt(match[1]) + text[match.end(1) :] if match else None


def _compare_with_true(text: str) -> str | None:
    match = CHOICE.search(text)
    return text[: match.start(2) - 1] + "true" + text[match.end(2) + 1 :] if match else None


def _bare_choice(text: str) -> str | None:
    match = CHOICE.search(text)
    return f'="{match[2]}"' if match else None


def _unknown_function(text: str) -> str | None:
    return f"=is hidden({text.removeprefix('=')})"


def _always(text: str) -> str | None:
    match = READ.search(text)
    return f"={match[1]} = null or {match[1]} != null" if match else None


def _as_checkbox(question: dict[str, Any]) -> None:
    question["type"] = "checkbox"
    question.pop("values", None)


def _as_text(question: dict[str, Any]) -> None:
    question["type"] = "textfield"
    question["label"] = question.pop("dateLabel", question.get("label", "?"))
    for name in ("values", "subtype"):
        question.pop(name, None)


def _least_above_most(question: dict[str, Any]) -> None:
    if question["type"] == "number":
        question["validate"] = {**question.get("validate", {}), "min": 10, "max": 2}
    else:
        question["properties"] = {**question.get("properties", {}), "min": "=today()", "max": '=date("2020-01-01")'}


def _required_and_shut(question: dict[str, Any]) -> None:
    question["readonly"] = True
    question["validate"] = {**question.get("validate", {}), "required": True}


def _default_that_is_none(question: dict[str, Any]) -> None:
    question["defaultValue"] = "nobody offers this"


_CHOICES = ("radio", "select")

_SLIPS: tuple[tuple[str, Look], ...] = (
    ("answer renamed", _renamed("key")),
    ("list renamed", _renamed("path")),
    ("question taken out", _taken_out),
    ("type of a component misspelt", _renamed("type")),
    ("day made a text", _each(_as_text, "a text", types=("datetime",))),
    ("choice made a text", _each(_as_text, "a text", types=_CHOICES)),
    ("choice made a box to tick", _each(_as_checkbox, "a box to tick", types=_CHOICES)),
    ("value of a choice misspelt", _choices(_misspell_last, "last misspelt of")),
    ("choice taken out", _choices(lambda values: values.pop(), "last taken out of")),
    ("choice offered twice", _choices(lambda values: values.append(dict(values[0])), "first twice of")),
    ("hide: choice misspelt", _hide(_misspell_choice, "choice")),
    ("hide: fact misspelt", _hide(_misspell_fact, "fact")),
    ("hide: compared with true", _hide(_compare_with_true, "true")),
    ("hide: a bare choice", _hide(_bare_choice, "text")),
    ("hide: unknown function", _hide(_unknown_function, "function")),
    ("hide: always", _hide(_always, "always")),
    (
        "required and read-only",
        _each(_required_and_shut, "required and read-only", types=(*_CHOICES, "textfield", "textarea")),
    ),
    ("default that is no choice", _each(_default_that_is_none, "default", types=_CHOICES)),
    ("least above most", _each(_least_above_most, "least above most", types=("number", "datetime"))),
    ("no choice offered", _choices(lambda values: values.clear(), "none of")),
)

KINDS = tuple(EditKind(name=f"form: {name}", ending=".form", look=look) for name, look in _SLIPS)
