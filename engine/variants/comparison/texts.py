"""What people read and answer, where it differs: forms by question, letters and pages by paragraph, clauses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from engine.forms import Field, Form
from engine.language import LANGUAGES
from engine.letters import Letter
from engine.variants.comparison.difference import Difference, How, instead
from engine.variants.comparison.words import words_of
from engine.variants.folder import POLICY_FILE
from engine.variants.pages import Page
from engine.variants.translations import Translations
from engine.variants.variant import Variant

_ASPECTS: Mapping[str, str] = {
    "label": "its words", "hint": "its hint", "kind": "its kind", "is_required": "whether it must be answered",
    "options": "its choices", "earliest": "its first day", "latest": "its last day", "visible_to": "who may see it",
}  # fmt: skip


def forms_between(before: Variant, after: Variant) -> Iterator[Difference]:
    yield from _forms_between(before.forms, after.forms, "")
    for code, old, new in _translations_of_both(before, after):
        yield from _forms_between(old.forms, new.forms, code)


def _translations_of_both(before: Variant, after: Variant) -> Iterator[tuple[str, Translations, Translations]]:
    """Of each language that both speak; which of them speaks one that the other does not is a setting."""
    for code, old in before.translations.items():
        if code in after.translations:
            yield code, old, after.translations[code]


def _forms_between(before: Mapping[str, Form], after: Mapping[str, Form], code: str) -> Iterator[Difference]:
    in_language = f" in {LANGUAGES[code].name}" if code else ""
    for form_id in dict.fromkeys((*before, *after)):
        old, new = _questions(before.get(form_id)), _questions(after.get(form_id))
        file = f"forms/{code}/{form_id}.form" if code else f"forms/{form_id}.form"
        for key in dict.fromkeys((*old, *new)):
            was, now = old.get(key), new.get(key)
            field = now or was
            if field is None:
                continue
            how = How.ADDED if was is None else How.GONE if now is None else How.CHANGED
            asked = f"The form “{form_id}” {'asks' if now is not None else 'no longer asks'} “{field.label}”"
            sentence = f"{asked}{in_language}."
            if was is not None and now is not None:
                said = [
                    f"{words} is {instead(_said(getattr(now, aspect, None)), _said(getattr(was, aspect, None)))}"
                    for aspect, words in _ASPECTS.items()
                    if getattr(was, aspect, None) != getattr(now, aspect, None)
                ]
                if not said:
                    continue
                sentence = f"“{was.label}” in the form “{form_id}”{in_language}: {'; '.join(said)}."
            yield Difference(
                how=how, what="question", sentence=sentence, clauses=field.clauses, file=file, element_id=field.id
            )


def _questions(form: Form | None) -> Mapping[str, Field]:
    asked: dict[str, Field] = {}
    for question in form.questions if form is not None else ():
        for field in question.fields:
            asked[field.key if field is question.field else f"{question.field.key}.{field.key}"] = field
    return asked


def _said(value: Any) -> Any:
    if isinstance(value, tuple | frozenset):
        return ", ".join(sorted(getattr(each, "label", str(each)) for each in value))
    return getattr(value, "text", value)


def letters_between(before: Variant, after: Variant) -> Iterator[Difference]:
    yield from _texts_between("letter", before, before.letters, after, after.letters)
    yield from _texts_between("page", before, before.pages, after, after.pages)
    for code, old, new in _translations_of_both(before, after):
        yield from _texts_between(f"{LANGUAGES[code].name} letter", before, old.letters, after, new.letters)
        yield from _texts_between(f"{LANGUAGES[code].name} page", before, old.pages, after, new.pages)


def _texts_between(
    what: str, before: Variant, old: Mapping[str, Letter | Page], after: Variant, new: Mapping[str, Letter | Page]
) -> Iterator[Difference]:
    for text_id in dict.fromkeys((*old, *new)):
        was, now = old.get(text_id), new.get(text_id)
        held = now or was
        if held is None:
            continue
        how = How.ADDED if was is None else How.GONE if now is None else How.CHANGED
        sentence = f"The {what} “{text_id}” is {'new' if was is None else 'gone'}."
        if was is not None and now is not None:
            texts = [
                f"{each.title}\n\n{words_of(variant, each.file)}" for variant, each in ((before, was), (after, now))
            ]
            said = _paragraphs(*texts)
            if not said:
                continue
            sentence = f"The {what} “{text_id}” {said}."
        clauses = held.clauses if isinstance(held, Letter) else ()
        yield Difference(how=how, what=what, sentence=sentence, clauses=clauses, file=held.file)


def _paragraphs(was: str, now: str) -> str:
    """Which paragraphs are others; "" for none."""
    old, new = ([" ".join(part.split()) for part in text.split("\n\n") if part.strip()] for text in (was, now))
    said = []
    for tag, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag != "equal":
            said.append(f"says {instead(' '.join(new[k:m]), ' '.join(old[i:j]))}")
    return "; ".join(said)


def clauses_between(before: Variant, after: Variant) -> Iterator[Difference]:
    for clause_id in dict.fromkeys((*before.policy, *after.policy)):
        was, now = before.policy.get(clause_id), after.policy.get(clause_id)
        if was is not None and now is not None and was.text == now.text:
            continue
        if was is None:
            how, sentence = How.ADDED, f"The clause is new: {now.text if now else ''}"
        elif now is None:
            how, sentence = How.GONE, f"The clause is gone: {was.text}"
        else:
            how, sentence = How.CHANGED, f"The clause says {instead(now.text, was.text)}."
        yield Difference(
            how=how, what="clause", sentence=sentence, clauses=(clause_id,), file=POLICY_FILE, element_id=clause_id
        )
