"""What a variant says in another language than its first: whole letters, pages and forms, named as their originals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.forms import Form, read_form
from engine.letters import Letter, read_letter
from engine.problems import Problem
from engine.variants.kinds_of_files import read_all
from engine.variants.pages import Page, read_page


@dataclass(frozen=True, kw_only=True)
class Translations:
    """What can be read of one language."""

    letters: Mapping[str, Letter]  #: by id
    pages: Mapping[str, Page]  #: by id
    forms: Mapping[str, Form]  #: by id
    problems: tuple[Problem, ...]


def read_translations(files: Mapping[str, bytes], language: str) -> Translations:
    """All that stands in the folders of this language."""
    letters, unread = read_all(files, f"letters/{language}/", ".md", read_letter)
    pages, other = read_all(files, f"pages/{language}/", ".md", read_page)
    forms, more = read_all(files, f"forms/{language}/", ".form", read_form)
    problems = [
        *unread, *other, *more,
        *(Problem(file=file, sentence=each) for file, letter in letters.items() for each in letter.problems),
        *(Problem(file=file, sentence=each) for file, page in pages.items() for each in page.problems),
        *(problem for form in forms.values() for problem in form.problems),
    ]  # fmt: skip
    return Translations(
        letters={letter.id: letter for letter in letters.values()},
        pages={page.id: page for page in pages.values()},
        forms={form.id: form for form in forms.values()},
        problems=tuple(problems),
    )
