"""Days, times, counts, lists and the ways of letters as people write them, here and nowhere else.

Python's own names of days and months follow the machine's locale; these do not. A moment is written as it stands:
whoever has an instant takes its time in London first (`engine.clock`). What people type or paste is read here too.

Staff and the record read English. What the public reads is written in the language named by its code ("cy"): days
by the Unicode Consortium's data (CLDR), counts by the language's catalogue.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time

from babel.dates import format_date, get_month_names

from engine.language import ENGLISH, say_counted, speaking

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

#: Between a day and a time.
_AT = {ENGLISH: "at", "cy": "am"}
#: Breaks that word processors write: Word's line break is a vertical tab, its page break a form feed.
_BREAK = re.compile("\x0b|\x0c|\x85|\u2028|\u2029")
_LOOKS_LIKE = str.maketrans({"\xa0": " ", "\u202f": " ", "\x1e": "-", "\uf0b7": "•"})  # Word's own signs
#: What nobody sees: control characters, optional hyphens, zero-width signs, marks of direction and of inserted
#: objects. The joiners U+200C and U+200D stay: some scripts are not written without them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufeff\ufff9-\ufffc\ufffe\uffff]"
)

#: kinds of characters that cannot be seen by themselves, and fillers that count as letters or signs and cannot either
_UNSEEN_KINDS = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zs", "Zl", "Zp"})
_FILLER = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


def typed_text(text: str, *, is_one_line: bool = False) -> str:
    """What somebody typed or pasted, as it is kept: line breaks of every kind as `\\n`, without what nobody sees.

    In a text of one line the breaks of word processors become blanks; a new line stays one, for the caller to refuse.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSEEN.sub("", _BREAK.sub(" " if is_one_line else "\n", lines).translate(_LOOKS_LIKE)).strip()


def is_visible(text: str) -> bool:
    """Whether any character of a text can be seen: blanks of every kind, joiners, fillers and marks alone cannot."""
    return any(
        unicodedata.category(character) not in _UNSEEN_KINDS and not _FILLER.match(character) for character in text
    )


def months_in(language: str) -> tuple[str, ...]:
    """`January`, … or `Ionawr`, …"""
    named = get_month_names("wide", locale=language)
    return tuple(named[number] for number in range(1, 13))


def day_in_words(day: date, language: str = ENGLISH) -> str:
    """`5 May 2026`, `5 Mai 2026`"""
    if language != ENGLISH:
        return format_date(day, "d MMMM y", locale=language)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def weekday_in_words(day: date, language: str = ENGLISH, *, after: date | None = None) -> str:
    """`Tuesday 5 May 2026`, `Dydd Mawrth 5 Mai 2026`; without the year where `after`, named before it, has the same."""
    if language != ENGLISH:
        same = after is not None and after.year == day.year
        return format_date(day, "EEEE d MMMM" if same else "EEEE d MMMM y", locale=language)
    words = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return words if after is not None and after.year == day.year else f"{words} {day.year}"


def short_weekday_in_words(day: date) -> str:
    """`Tue 5 May 2026`, for columns"""
    return f"{WEEKDAYS[day.weekday()][:3]} {day_in_words(day)}"


def time_in_words(at: datetime | time) -> str:
    """`14:30`"""
    return f"{at.hour:02}:{at.minute:02}"


def spoken_time(at: datetime | time) -> str:
    """`2:30pm`, as letters write it; `2pm` on the hour"""
    return f"{at.hour % 12 or 12}{f':{at.minute:02}' if at.minute else ''}{'am' if at.hour < 12 else 'pm'}"


def moment_in_words(at: datetime, language: str = ENGLISH) -> str:
    """`5 May 2026 at 14:30`, `5 Mai 2026 am 14:30`, inside a sentence"""
    return f"{day_in_words(at, language)} {_AT[language]} {time_in_words(at)}"


def spoken_moment(at: datetime, language: str = ENGLISH) -> str:
    """`5 May 2026 at 2:30pm`, as letters write it"""
    return f"{day_in_words(at, language)} {_AT[language]} {spoken_time(at)}"


def stamp_in_words(at: datetime) -> str:
    """`5 May 2026, 14:30`, standing alone"""
    return f"{day_in_words(at)}, {time_in_words(at)}"


def counted(number: int, one: str, many: str = "") -> str:
    """`1 task`, `1,234 tasks`"""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def amount_in_words(amount: int, unit: str, language: str = ENGLISH) -> str:
    """`1 week`, `14 working days`, `2 ddiwrnod gwaith`; `unit` is the plural, as the tables of limits write it"""
    with speaking(language):
        return say_counted(f"%(number)s {unit.removesuffix('s')}", f"%(number)s {unit}", amount)


def listed(words: Sequence[str], language: str = ENGLISH) -> str:
    """`a, b and c`, `a, b a c`"""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {_and(words[-1], language)} {words[-1]}"


def _and(following: str, language: str) -> str:
    """In Welsh before a vowel, which w and y are too, `ac`; CLDR writes `a(c)` and leaves it to the reader."""
    if language != "cy":
        return "and"
    first = unicodedata.normalize("NFD", following.lstrip("“‘\"'("))[:1].lower()
    return "ac" if first in tuple("aeiouwy") else "a"


def yes_or_no(value: bool, language: str = ENGLISH) -> str:
    """`yes`, `no`; `ie`, `na`"""
    return {ENGLISH: ("no", "yes"), "cy": ("na", "ie")}[language][value]


def letter_way(recipient: str, channel: str) -> str:
    """`to Ms V by email`; one to be handed over is only `printed for Ms V, to be handed over`, until somebody did."""
    return f"printed for {recipient}, to be handed over" if channel == "hand" else f"to {recipient} by {channel}"


def letter_went(recipient: str, channel: str) -> str:
    """`sent to Ms V by email`, `printed for Ms V, to be handed over`"""
    way = letter_way(recipient, channel)
    return way if channel == "hand" else f"sent {way}"


def letter_goes(recipient: str, channel: str) -> str:
    """`goes to Ms V by email`, `is printed for Ms V, to be handed over`"""
    return f"{'is' if channel == 'hand' else 'goes'} {letter_way(recipient, channel)}"
