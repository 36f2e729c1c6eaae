"""How text is laid out for people: wrapped to the terminal, aligned, readable at 80 columns."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from engine.clock import LONDON
from engine.model import RecordEntry
from engine.words import time_in_words, weekday_in_words

if TYPE_CHECKING:
    from engine.casework.words.sentences import NarratedEntry, Narrator

_WIDEST, _NARROWEST = 100, 40
_TIME = 7  #: columns that `09:12  ` takes


def width() -> int:
    """Columns to write in: those of the terminal or of COLUMNS, 80 where there is neither."""
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((80, 24)).columns))


def paragraph(text: str, *, indent: int = 0, first: str | None = None) -> str:
    """`text` behind `first`, wrapped, with every further line indented. Long words stay whole."""
    return textwrap.fill(
        text,
        width=width(),
        initial_indent=" " * indent if first is None else first,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


class Diary:
    """Prints what happened, day by day: a heading for each day, then the time and what happened."""

    def __init__(self, narrator: Narrator) -> None:
        self._narrator = narrator
        self._day = ""
        self._time = ""

    def print(self, entries: Iterable[RecordEntry]) -> None:
        for entry in entries:
            self._print(self._narrator.narrate(entry))

    def _print(self, told: NarratedEntry) -> None:
        at = told.at.astimezone(LONDON)
        day, time = weekday_in_words(at), time_in_words(at)
        if day != self._day:
            click.echo(f"\n{day}")
            self._time = ""
        shown = "" if time == self._time else time
        self._day, self._time = day, time
        click.echo(paragraph(told.sentence, first=f"{shown:{_TIME}}", indent=_TIME))
        for detail in told.details:
            click.echo(paragraph(detail, first=" " * _TIME + "- ", indent=_TIME + 2))


class Progress:
    """One line on standard error that says how far long work is; nothing where nobody watches it.

    `is_wanted`: not where a program reads what is printed.
    """

    def __init__(self, *, is_wanted: bool = True) -> None:
        self._is_watched = is_wanted and sys.stderr is not None and sys.stderr.isatty()

    def say(self, words: str) -> None:
        if self._is_watched:
            click.echo(f"\r\033[K{words[: width() - 1]}", nl=False, err=True)

    def clear(self) -> None:
        """Before anything else is printed."""
        if self._is_watched:
            click.echo("\r\033[K", nl=False, err=True)
