"""What is said in the language that is spoken: English, unless whoever answers a request or writes a letter says so.

Only words for the public are said so. The record, and whatever staff read, is English and never passes through here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from engine.language.languages import ENGLISH

_HERE = Path(__file__).parent
_SPOKEN: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


def spoken() -> str:
    """The code of the language that is spoken."""
    return _SPOKEN.get()


def speak(language: str) -> None:
    """From now on, until something else is said, this language is spoken in this thread."""
    _SPOKEN.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within it, this language is spoken."""
    token = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def say(message: str, /, **values: Any) -> str:
    """The message in the language that is spoken; `%(name)s` in it stands for one of `values`."""
    said = catalogue(spoken()).gettext(message)
    return said % values if values else said


def say_counted(one: str, many: str, number: int, /, **values: Any) -> str:
    """The same of a number of things, `%(number)s`: some languages know more than one and many."""
    return catalogue(spoken()).ngettext(one, many, number) % {"number": f"{number:,}", **values}


@cache
def catalogue(language: str) -> NullTranslations:
    """The words of a language; English says what the code says."""
    if language == ENGLISH:
        return NullTranslations()
    with (_HERE / f"{language}.po").open("rb") as file:
        written = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, written)
    compiled.seek(0)
    return GNUTranslations(compiled)
