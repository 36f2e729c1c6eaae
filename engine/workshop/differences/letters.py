"""A letter or page that differs, word by word; and how a letter looks, with samples for what a case says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from engine.letters import Letter, Letterhead, letterhead, render_pdf, render_text
from engine.letters.values import is_missing, look_up
from engine.variants import Variant
from engine.variants.comparison import How
from engine.variants.comparison.texts import paragraphs_of
from engine.variants.comparison.words import words_of
from engine.workshop.differences.whole import PolicyComparison

_REFERENCE = "0000-0001"


@dataclass(frozen=True, kw_only=True, slots=True)
class WordsBeside:
    words: str
    how: How | None  #: added, gone, or None: both have them


#: A paragraph: its words in order, those that are gone before those in their place.
ParagraphBeside = tuple[WordsBeside, ...]


def text_beside(compared: PolicyComparison, file: str) -> tuple[ParagraphBeside, ...]:
    """The text in `file` below its beginning: of a letter line by line, of a page paragraph by paragraph."""
    was, now = (
        _parts(words_of(side, file), file) if file in side.files else [] for side in (compared.before, compared.after)
    )
    found: list[ParagraphBeside] = []
    for tag, i, j, k, m in SequenceMatcher(a=was, b=now, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [(WordsBeside(words=paragraph, how=None),) for paragraph in now[k:m]]
        else:
            paired = min(j - i, m - k)
            found += [_by_word(was[i + n], now[k + n]) for n in range(paired)]
            found += [(WordsBeside(words=paragraph, how=How.GONE),) for paragraph in was[i + paired : j]]
            found += [(WordsBeside(words=paragraph, how=How.ADDED),) for paragraph in now[k + paired : m]]
    return tuple(found)


def _parts(text: str, file: str) -> list[str]:
    """In a letter a new line is a new line, in a page it is none."""
    if file.startswith("letters/"):
        return [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    return paragraphs_of(text)


def _by_word(was: str, now: str) -> ParagraphBeside:
    return tuple(_segments(re.findall(r"\S+", was), re.findall(r"\S+", now)))


def _segments(was: list[str], now: list[str]) -> Iterator[WordsBeside]:
    for tag, i, j, k, m in SequenceMatcher(a=was, b=now, autojunk=False).get_opcodes():
        if tag == "equal":
            yield WordsBeside(words=" ".join(now[k:m]), how=None)
            continue
        if i < j:
            yield WordsBeside(words=" ".join(was[i:j]), how=How.GONE)
        if k < m:
            yield WordsBeside(words=" ".join(now[k:m]), how=How.ADDED)


def letter_in(variant: Variant, file: str) -> Letter | None:
    """The letter of this file, in whichever language; None where there is none."""
    held = [variant.letters, *(each.letters for each in variant.translations.values())]
    return next((letter for letters in held for letter in letters.values() if letter.file == file), None)


def language_of(variant: Variant, letter: Letter) -> str:
    """The code of the language that a letter of the policy is written in."""
    translated = (code for code, each in variant.translations.items() if letter in each.letters.values())
    return next(translated, variant.settings.languages[0])


def sample_pdf(variant: Variant, letter: Letter, on: date) -> bytes:
    """The letter as PDF. In the place of what a case says stands, in brackets, what it is called; all that is said on
    a condition is said."""
    return render_pdf(letter, *_sampled(variant, letter, on))


def sample_text(variant: Variant, letter: Letter, on: date) -> str:
    """The same as text."""
    return render_text(letter, *_sampled(variant, letter, on))


def _sampled(variant: Variant, letter: Letter, on: date) -> tuple[Mapping[str, Any], Letterhead]:
    language = language_of(variant, letter)
    council = variant.settings.council_in(language)
    samples: dict[str, Any] = {"council": {**_samples(letter, variant, "council"), **council}, "to": "[name]"}
    for path in (*letter.placeholders, *letter.conditions):
        root = path.partition(".")[0]
        if root not in samples:
            inside = _samples(letter, variant, root)
            samples[root] = {"name": _called(root, variant), **inside} if inside else _called(root, variant)
    return samples, letterhead(
        council, reference=_REFERENCE, on=on, recipient="[name]", address="[address]", language=language,
        logo=variant.settings.logo,
    )  # fmt: skip


def samples_beside(letter: Letter, variant: Variant, known: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of what the letter reads; what is printed and not known, in brackets, as what it is called."""
    found: dict[str, Any] = {}
    paths = dict.fromkeys((*letter.placeholders, *(condition.path for condition, _ in letter.titles)))
    for path in sorted(paths, key=lambda path: path.count(".")):  # a name before what is inside it
        value = look_up(known, path)
        if is_missing(value) and path not in letter.conditions:
            value = _called(path.rpartition(".")[2], variant)
        *around, name = path.split(".")
        held = found
        for each in around:
            inside = held.get(each)
            held[each] = held = dict(inside) if isinstance(inside, Mapping) else {}
        held[name] = value
    return found


def _samples(letter: Letter, variant: Variant, root: str) -> dict[str, Any]:
    """What is printed of what `root` names, one level deep or more."""
    found: dict[str, Any] = {}
    for path in (*letter.placeholders, *letter.conditions):
        first, *entries = path.split(".")
        if first == root and entries:
            held = found
            for entry in entries[:-1]:
                held = held.setdefault(entry, {})
            held[entries[-1]] = _called(entries[-1], variant)
    return found


def _called(name: str, variant: Variant) -> str:
    """What a fact is called where a form asks for it, else by its name."""
    label = next((form.labels[name] for form in variant.forms.values() if name in form.labels), "")
    return f"[{label or name.replace('_', ' ')}]"
