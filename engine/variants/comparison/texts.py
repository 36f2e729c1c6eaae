"""What people read, where it differs: letters and pages by paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from engine.language import LANGUAGES
from engine.letters import Letter
from engine.variants.comparison.difference import (
    Detail,
    Difference,
    How,
    details_of,
    instead,
    is_there,
    quoted,
    sentence_of,
)
from engine.variants.comparison.forms import translations_of_both
from engine.variants.comparison.renamed import Renamed
from engine.variants.comparison.sameness import means_the_same
from engine.variants.comparison.words import words_of
from engine.variants.pages import Page
from engine.variants.variant import Variant

#: What a paragraph is called among the details of a letter.
PARAGRAPH = "what it says"


def letters_between(before: Variant, after: Variant) -> Iterator[Difference]:
    yield from _texts_between("letter", before, before.letters, after, after.letters)
    yield from _texts_between("page", before, before.pages, after, after.pages)
    for code, old, new in translations_of_both(before, after):
        yield from _texts_between(f"{LANGUAGES[code].name} letter", before, old.letters, after, new.letters)
        yield from _texts_between(f"{LANGUAGES[code].name} page", before, old.pages, after, new.pages)


def _texts_between(
    what: str, before: Variant, old: Mapping[str, Letter | Page], after: Variant, new: Mapping[str, Letter | Page]
) -> Iterator[Difference]:
    names = Renamed(before, after)
    for text_id in dict.fromkeys((*old, *new)):
        was, now = old.get(text_id), new.get(text_id)
        if was is not None and now is not None:
            about = _about(was, now, names)
            paragraphs = tuple(_paragraphs(words_of(before, was.file), words_of(after, now.file)))
            said = [_said(each) for each in paragraphs]
            said += [sentence_of(about)] if about else []
            if (
                isinstance(was, Letter)
                and isinstance(now, Letter)
                and not said
                and not means_the_same(was.body, now.body)
            ):
                said = ["breaks its lines elsewhere"]
            if said:
                told = f"{':' if about and not paragraphs else ''} {'; '.join(said)}"
                yield _of(what, now, How.CHANGED, told, (*about, *paragraphs))
        elif now is not None:
            yield _of(what, now, How.ADDED, f" is {is_there(How.ADDED)}")
        elif was is not None:
            yield _of(what, was, How.GONE, f" is {is_there(How.GONE)}")


def _of(what: str, text: Letter | Page, how: How, said: str, details: tuple[Detail, ...] = ()) -> Difference:
    clauses = text.clauses if isinstance(text, Letter) else ()
    sentence = f"The {what} “{text.id}”{said}."
    return Difference(how=how, what=what, sentence=sentence, clauses=clauses, file=text.file, details=details)


def _about(was: Letter | Page, now: Letter | Page, names: Renamed) -> tuple[Detail, ...]:
    if not (isinstance(was, Letter) and isinstance(now, Letter)):
        return ()
    return details_of((
        ("its title", was.title, now.title),
        ("its other titles", _titles(was), _titles(now)),
        ("whom it is for", was.to, now.to),
        *([("the clause it carries out", was.clauses, now.clauses)] * names.clauses_differ(was.clauses, now.clauses)),
    ))  # fmt: skip


def _titles(letter: Letter) -> str:
    return ", ".join(
        f"“{title}” where {'not ' if condition.is_negated else ''}{condition.path}"
        for condition, title in letter.titles
    )


def _paragraphs(was: str, now: str) -> Iterator[Detail]:
    """The paragraphs that are others, those next to each other together."""
    old, new = paragraphs_of(was), paragraphs_of(now)
    for tag, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Detail(what=PARAGRAPH, before=" ".join(old[i:j]), after=" ".join(new[k:m]))


def _said(paragraph: Detail) -> str:
    if not paragraph.after:
        return f"no longer says {quoted(paragraph.before)}"
    return (
        f"says {instead(paragraph.after, paragraph.before) if paragraph.before else f'{quoted(paragraph.after)} too'}"
    )


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs, each in one line."""
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
