"""Forms that differ, question by question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.forms import Field, FieldKind, Form
from engine.language import LANGUAGES
from engine.variants.comparison.difference import (
    Detail,
    Difference,
    How,
    details_of,
    in_words,
    is_there,
    quoted,
    sentence_of,
)
from engine.variants.comparison.renamed import Renamed
from engine.variants.translations import Translations
from engine.variants.variant import Variant
from engine.words import counted, listed

#: What of a question is compared, and what a sentence calls it.
_ASPECTS: Mapping[str, str] = {
    "label": "its words", "hint": "its hint", "text": "what it says", "kind": "its kind",
    "is_required": "whether it must be answered", "is_read_only": "whether it is only shown",
    "options_from": "where its choices come from",
    "offered_when": "which choices are offered", "minimum": "the least", "maximum": "the most",
    "earliest": "its first day", "latest": "its last day", "spread": "by how many days it may be off",
    "decimal_digits": "how many digits follow the point", "min_length": "how long it is at least",
    "max_length": "how long it is at most", "pattern": "how it has to be written", "looks_like": "what it looks like",
    "accept": "which files are taken", "is_multiple": "whether it may be several", "picked_from": "who may be picked",
    "email_from": "where its email address comes from", "otherwise": "what it is where nothing is answered",
    "is_off_page": "whether it is asked on no page", "default": "what it is filled with",
    "visible_to": "who may see it", "is_of_case": "whether it is of the case",
    "is_receipt": "whether it is the day of receipt",
}  # fmt: skip
_OF_PUBLIC: Mapping[str, str] = {
    "answer": "what answers it for the public", "label": "its words for the public", "hint": "its hint for the public",
    "options": "its choices for the public", "entry": "what the public calls an entry",
}  # fmt: skip
#: So many questions of a whole form are named.
_MOST_NAMED = 3


def forms_between(before: Variant, after: Variant) -> Iterator[Difference]:
    names = Renamed(before, after)
    yield from _forms_between(before.forms, after.forms, "", names)
    for code, old, new in translations_of_both(before, after):
        yield from _forms_between(old.forms, new.forms, code, names)


def translations_of_both(before: Variant, after: Variant) -> Iterator[tuple[str, Translations, Translations]]:
    """Of each language that both speak; which of them speaks one that the other does not is a setting."""
    for code, old in before.translations.items():
        if code in after.translations:
            yield code, old, after.translations[code]


def _forms_between(
    before: Mapping[str, Form], after: Mapping[str, Form], code: str, names: Renamed
) -> Iterator[Difference]:
    in_language = f" in {LANGUAGES[code].name}" if code else ""
    for form_id in dict.fromkeys((*before, *after)):
        was, now = before.get(form_id), after.get(form_id)
        if was is not None and now is not None:
            yield from _questions_between(was, now, in_language, names)
        elif now is not None:
            yield _whole(now, How.ADDED, in_language)
        elif was is not None:
            yield _whole(was, How.GONE, in_language)


def _whole(form: Form, how: How, in_language: str) -> Difference:
    asked = [quoted(_name(field)) for field in fields_of(form).values() if field.key]
    more = [counted(len(asked) - _MOST_NAMED, "other question")] if len(asked) > _MOST_NAMED else []
    questions = f": {listed([*asked[:_MOST_NAMED], *more])}" if asked else ""
    clauses = dict.fromkeys(clause for field in fields_of(form).values() for clause in field.clauses)
    return Difference(
        how=how, what="question", sentence=f"The form “{form.id}”{in_language} is {is_there(how)}{questions}.",
        clauses=tuple(clauses), file=form.file,
    )  # fmt: skip


def _questions_between(was: Form, now: Form, in_language: str, names: Renamed) -> Iterator[Difference]:
    named = f"the form “{now.id}”{in_language}"
    old, new = fields_of(was), fields_of(now)
    about = details_of((("its title", was.title, now.title),))
    if about:
        sentence = f"T{named[1:]}: {sentence_of(about)}."
        yield Difference(how=How.CHANGED, what="question", sentence=sentence, file=now.file, details=about)
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key), new.get(key)
        if before is not None and after is not None:
            details = _details(before, after, (was, now), names)
            if details:
                yield _of(
                    after, now, How.CHANGED, f"{quoted(_name(before))} in {named}: {sentence_of(details)}.", details
                )
        elif after is not None:
            yield _of(after, now, How.ADDED, f"T{named[1:]} {_verb(after, 'asks')} {quoted(_name(after))}.")
        elif before is not None:
            yield _of(before, now, How.GONE, f"T{named[1:]} no longer {_verb(before, 'asks')} {quoted(_name(before))}.")
    were, are = ([key for key in keys if key in old and key in new] for keys in (old, new))
    if were != are:
        sentence = f"T{named[1:]} asks in another order: {_moved(were, are, new)}."
        yield Difference(how=How.MOVED, what="question", sentence=sentence, file=now.file)


def _moved(was: list[str], now: list[str], fields: Mapping[str, Field]) -> str:
    """The first that stands elsewhere, and behind which."""
    first = next(number for number, pair in enumerate(zip(was, now, strict=True)) if pair[0] != pair[1])
    key = now[first] if was.index(now[first]) > first + 1 else was[first]
    place = now.index(key)
    behind = f"after {quoted(_name(fields[now[place - 1]]))}" if place else "first"
    return f"{quoted(_name(fields[key]))} comes {behind}"


def _verb(field: Field, asks: str) -> str:
    return "says" if field.kind is FieldKind.TEXT else asks


def _name(field: Field) -> str:
    """What a question is called; what is only said, by its words."""
    return field.label or field.text or field.name


def _of(field: Field, form: Form, how: How, sentence: str, details: tuple[Detail, ...] = ()) -> Difference:
    return Difference(
        how=how, what="question", sentence=sentence, clauses=field.clauses, file=form.file, element_id=field.id,
        details=details,
    )  # fmt: skip


def fields_of(form: Form) -> Mapping[str, Field]:
    """What is asked by its key, that of a list's entries behind the list's, and what is said by its id."""
    found: dict[str, Field] = {}
    _add(form.fields, "", found)
    return found


def _add(fields: tuple[Field, ...], within: str, found: dict[str, Field]) -> None:
    for field in fields:
        if field.kind not in (FieldKind.SEPARATOR, FieldKind.SPACER):
            found[f"{within}{field.key or field.id}"] = field
        _add(field.fields, f"{field.key}." if field.kind is FieldKind.LIST else within, found)


def _details(before: Field, after: Field, forms: tuple[Form, Form], names: Renamed) -> tuple[Detail, ...]:
    def pairs() -> Iterator[tuple[str, Any, Any]]:
        for aspect, words in _ASPECTS.items():
            yield words, _said(getattr(before, aspect)), _said(getattr(after, aspect))
        for aspect, words in _OF_PUBLIC.items():
            yield words, _said(getattr(before.public, aspect)), _said(getattr(after.public, aspect))
        yield "when it is not asked", _hidden(before, forms[0]), _hidden(after, forms[1])
        if names.clauses_differ(before.clauses, after.clauses):
            yield "the clause it carries out", before.clauses, after.clauses

    return (*details_of(pairs()), *_choices(before, after))


def _choices(before: Field, after: Field) -> Iterator[Detail]:
    """Those that are new, gone, and called otherwise; or in what order they stand now."""
    if before.options == after.options:
        return
    old, new = ({option.value: option.label for option in field.options} for field in (before, after))
    said = [f"the choice {quoted(label)} is new" for value, label in new.items() if value not in old]
    said += [f"the choice {quoted(label)} is gone" for value, label in old.items() if value not in new]
    said += [
        f"the choice {quoted(label)} is called {quoted(new[value])} now"
        for value, label in old.items()
        if new.get(value, label) != label
    ]
    told = "; ".join(said) or "its choices stand in another order"
    yield Detail(
        what="its choices", before=in_words(_said(before.options)), after=in_words(_said(after.options)), told=told
    )


def _hidden(field: Field, form: Form) -> str:
    """By which conditions it, or what it stands in, is hidden."""
    if field.key:
        for question in form.questions:
            if question.field is field:
                return " or ".join(condition.text for condition in question.hidden_if)
    return field.hidden_if.text if field.hidden_if is not None else ""


def _said(value: Any) -> Any:
    if isinstance(value, frozenset):
        return ", ".join(sorted(value))
    if isinstance(value, tuple):
        return ", ".join(str(getattr(each, "label", each)) for each in value)
    return getattr(value, "pattern", value)
