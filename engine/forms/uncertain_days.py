"""A day that is not known exactly: about a day, early, mid or late in a month, or in a month.

It becomes three facts: under the question's own name the latest day it may have been, with `_from` the earliest, and
with `_about` the words that were said. What is counted from it can so be counted in the applicant's favour.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from engine.errors import BadInputError
from engine.language import say, speaking
from engine.words import MONTHS, day_in_words, months_in

#: What is added to the question's key.
FROM, ABOUT = "_from", "_about"

_ABOUT = r"about|around|approximately|roughly|circa|ca\.?|~"
_PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_SAID = {"beginning of": "early", "start of": "early", "middle of": "mid", "end of": "late"}
_TEXT = re.compile(
    rf"(?:(?P<about>{_ABOUT})\s*(?P<day>[0-9]{{1,2}})|(?P<part>{'|'.join([*_PARTS, *_SAID])}))?[\s-]*"
    r"(?P<month>[a-z]{3,9}|[0-9]{1,2})[\s/-]+(?P<year>[0-9]{4})",
    re.IGNORECASE,
)
_ISO = re.compile(rf"(?:{_ABOUT})\s*(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class UncertainDay:
    """A day of which more or less is known."""

    earliest: date
    latest: date
    words: str  #: `about 5 October 2026`, `early October 2026`, `October 2026`

    def __str__(self) -> str:
        return self.words


def read_uncertain_day(text: str, spread: int) -> UncertainDay | None:
    """The day that the words name; None where they name none so. `spread`: by how many days “about” may be off.

    Raises BadInputError for a day that there is not.
    """
    written = " ".join(text.split())
    found = _ISO.fullmatch(written) or _TEXT.fullmatch(written)
    month = _month(found["month"]) if found is not None else None
    if found is None or month is None:
        return None
    said, year = found.groupdict(), int(found["year"])
    if not 1900 <= year <= 2099:
        raise BadInputError(say("Give a day between the years 1900 and 2099."))
    last, name = monthrange(year, month)[1], f"{MONTHS[month - 1]} {year}"
    if said.get("day"):
        if not 1 <= int(said["day"]) <= last:
            raise BadInputError(say("This month has %(last)s days. Give one of them.", last=last))
        day = date(year, month, int(said["day"]))
        off = timedelta(days=spread)
        return UncertainDay(earliest=day - off, latest=day + off, words=f"about {day_in_words(day)}")
    if said.get("part"):
        part = _SAID.get(said["part"].lower(), said["part"].lower())
        first, until = _PARTS[part]
        return UncertainDay(
            earliest=date(year, month, first), latest=date(year, month, min(until, last)), words=f"{part} {name}"
        )
    return UncertainDay(earliest=date(year, month, 1), latest=date(year, month, last), words=name)


def facts_of_day(key: str, value: Any, on_record: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that the answer to the question `key` becomes. The same words again say nothing new."""
    if isinstance(value, UncertainDay):
        if on_record.get(f"{key}{ABOUT}") == value.words:
            return {name: on_record.get(name) for name in (key, f"{key}{FROM}", f"{key}{ABOUT}")}
        return {key: value.latest, f"{key}{FROM}": value.earliest, f"{key}{ABOUT}": value.words}
    was_uncertain = on_record.get(f"{key}{ABOUT}") is not None
    return {key: value, f"{key}{FROM}": None, f"{key}{ABOUT}": None} if was_uncertain else {key: value}


def with_days_in_words(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of one subject, where each uncertain day stands as the words that were said of it."""
    said = {name.removesuffix(ABOUT): words for name, words in values.items() if name.endswith(ABOUT)}
    parts = {f"{name}{suffix}" for name in said if name in values for suffix in (FROM, ABOUT)}
    return {name: said.get(name) or value for name, value in values.items() if name not in parts}


def typed_in(words: str, language: str) -> str:
    """The words of an uncertain day as they are typed in that language: `tua 5 Hydref 2026`."""
    pairs = {**_words(language), **dict(zip(MONTHS, months_in(language), strict=True))}
    return " ".join(pairs.get(word, word) for word in words.split())


def typed_in_english(typed: str, language: str) -> str:
    """What was typed in that language, in the words that are kept: `about 5`, `October`."""
    pairs = {said.lower(): own for own, said in _words(language).items()}
    pairs |= {month.lower(): own for own, month in zip(MONTHS, months_in(language), strict=True)}
    return " ".join(pairs.get(word.lower(), word) for word in typed.split())


def _words(language: str) -> dict[str, str]:
    """`about` → `tua`"""
    with speaking(language):
        return {"about": say("about"), "early": say("early"), "mid": say("mid"), "late": say("late")}


def _month(written: str) -> int | None:
    if written.isdigit():
        return int(written) if 1 <= int(written) <= 12 else None
    name = written.lower()
    return next((n for n, each in enumerate(MONTHS, start=1) if name in (each.lower(), each[:3].lower())), None)
