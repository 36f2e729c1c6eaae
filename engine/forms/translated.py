"""A form in another language: its own questions and conditions, in the texts of a translation.

Only texts are taken from the translation. So what is asked, and how it is checked, is the form's own whatever language
it is asked in; a text that nobody has translated stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from engine.forms.model import Field, FieldKind, Option


@dataclass(frozen=True, kw_only=True)
class FormWords:
    """The texts of a form in another language than its own."""

    fields: tuple[Field, ...] = ()  #: of the translated form; () where there is none
    words: Mapping[str, str] = field(default_factory=dict)  #: single texts, by what the form itself says
    own_language: str  #: of the form itself: the code that marks what nobody has translated


@dataclass(frozen=True, kw_only=True, slots=True)
class Untranslated:
    """A text of a form that nobody has translated."""

    field: Field
    what: str  #: "label", "hint", "choice" or "text"
    text: str


def in_words_of(fields: tuple[Field, ...], words: FormWords) -> tuple[Field, ...]:
    """The fields, saying what the translation says; those without a label in it are marked with their language."""
    return tuple(_translated(each, _twins(words.fields), words) for each in fields)


def untranslated(fields: tuple[Field, ...], words: FormWords) -> Iterator[Untranslated]:
    """Every text that stays as it is."""
    twins = _twins(words.fields)
    for each in fields:
        twin = twins.get(_name(each))
        for what, text in _texts(each):
            if not _said(text, dict(_texts(twin)).get(what, "") if twin else "", words):
                yield Untranslated(field=each, what=what, text=text)
        for option in each.options if each.kind is not FieldKind.YES_NO else ():
            if not _said(option.label, _label_of(option, twin), words):
                yield Untranslated(field=each, what="choice", text=option.label)
        yield from untranslated(each.fields, replace(words, fields=_inner(each, twin, words)))


def _translated(own: Field, twins: Mapping[str, Field], words: FormWords) -> Field:
    twin = twins.get(_name(own))
    said = dict(_texts(twin)) if twin is not None else {}
    texts = {what: _said(text, said.get(what, ""), words) for what, text in _texts(own)}
    options = own.options
    if own.kind is not FieldKind.YES_NO:
        options = tuple(replace(o, label=_said(o.label, _label_of(o, twin), words) or o.label) for o in own.options)
    return replace(
        own,
        label=texts.get("label") or own.label,
        hint=texts.get("hint") or own.hint,
        text=texts.get("text") or own.text,
        public=replace(own.public, entry=(twin.public.entry if twin is not None else "") or own.public.entry),
        options=options,
        fields=in_words_of(own.fields, replace(words, fields=_inner(own, twin, words))),
        language="" if texts.get("label", "-") and texts.get("text", "-") else words.own_language,
    )


def _twins(fields: tuple[Field, ...]) -> dict[str, Field]:
    """The fields by what names them, those in groups included: a translation may be grouped as it likes."""
    found: dict[str, Field] = {}
    for each in fields:
        found.setdefault(_name(each), each)
        if each.kind is FieldKind.GROUP:
            found = {**_twins(each.fields), **found}
    return found


def _inner(own: Field, twin: Field | None, words: FormWords) -> tuple[Field, ...]:
    """Where the fields in a field find theirs: a group's stand anywhere, a list's in the list."""
    if own.kind is FieldKind.GROUP:
        return words.fields
    return twin.fields if twin is not None else ()


def _name(each: Field) -> str:
    return each.key or each.id


def _texts(each: Field) -> list[tuple[str, str]]:
    named = (("label", each.label), ("hint", each.hint), ("text", each.text))
    return [(what, text) for what, text in named if text]


def _label_of(option: Option, twin: Field | None) -> str:
    return next((each.label for each in twin.options if each.value == option.value), "") if twin is not None else ""


def _said(own: str, translated: str, words: FormWords) -> str:
    """A text in the other language; "" where nobody has said it."""
    return translated or words.words.get(own, "")
