"""Days and times as the parts that a person types, and as the one text that an answer is.

What is no day stays as it was typed, so that the check of the answers refuses it and the page shows it again: its
parts are then joined by line ends, which no such input can hold.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from engine.clock import LONDON
from engine.errors import BadInputError
from engine.forms.uncertain_days import read_uncertain_day, typed_in, typed_in_english
from engine.language import spoken
from engine.words import MONTHS

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_ABOUT = re.compile(rf"(?:(about [0-9]{{1,2}}|early|mid|late) )?({'|'.join(MONTHS)}) ([0-9]{{4}})")
_TIME = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?\s*(?:([ap])\.?m\.?)?", re.IGNORECASE)
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def join_day(day: str, month: str, year: str) -> str:
    """The parts as an answer: "2026-03-27" where they can be read, which need be no real day; "" for none."""
    parts = [_on_one_line(part) for part in (day, month, year)]
    if not any(parts):
        return ""
    number = _month(parts[1])
    if re.fullmatch(r"[0-9]{1,2}", parts[0]) and number and re.fullmatch(r"[0-9]{4}", parts[2]):
        return f"{parts[2]}-{number:0>2}-{parts[0]:0>2}"
    return "\n".join(parts)


def join_day_or_about(day: str, month: str, year: str) -> str:
    """The same where the day need not be exact: none in its place, or “about 5”, “early”, “mid” or “late”."""
    day = typed_in_english(day, spoken())
    exact = join_day(day, month, year)
    number = _month(_on_one_line(month))
    if "\n" not in exact or not number or not 1 <= int(number) <= 12:
        return exact
    written = f"{_on_one_line(day)} {MONTHS[int(number) - 1]} {_on_one_line(year)}".strip()
    try:
        about = read_uncertain_day(written, spread=1)
    except BadInputError:
        return exact
    return about.words if about is not None else exact


def split_day_or_about(answer: Any) -> tuple[str, str, str]:
    """The parts of such an answer, as they are typed."""
    found = _ABOUT.fullmatch(answer) if isinstance(answer, str) else None
    if found is None:
        return split_day(answer)
    return typed_in(found[1] or "", spoken()), typed_in(found[2], spoken()), found[3]


def split_day(answer: Any) -> tuple[str, str, str]:
    """Day, month and year of an answer, or as they were typed."""
    if isinstance(answer, datetime):
        answer = answer.astimezone(LONDON).date()
    if isinstance(answer, date):
        return (str(answer.day), str(answer.month), str(answer.year))
    text = answer if isinstance(answer, str) else ""
    found = _DAY.fullmatch(text)
    if found is not None:
        return (_bare(found[3]), _bare(found[2]), found[1])
    day, month, year = [*text.split("\n"), "", ""][:3]
    return (day, month, year)


def join_time(text: str) -> str:
    """A time as an answer: "09:30" where it can be read, for instance of "9.30am"; else as it was typed."""
    typed = _on_one_line(text)
    found = _TIME.fullmatch(typed)
    if found is None or (found[2] is None and found[3] is None):
        return typed
    hour, minute, half = int(found[1]), found[2] or "00", (found[3] or "").lower()
    if half and not 1 <= hour <= 12:
        return typed
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{minute}"


def split_time(answer: Any) -> str:
    """A time as it is typed."""
    if isinstance(answer, time):
        return answer.strftime("%H:%M")
    return answer if isinstance(answer, str) else ""


def join_moment(day: str, month: str, year: str, at: str) -> str:
    """A day and a time as an answer: "2026-03-27T14:30" where they can be read; "" for none."""
    on, clock = join_day(day, month, year), join_time(at)
    if not on and not clock:
        return ""
    if _DAY.fullmatch(on) and re.fullmatch(r"[0-9]{2}:[0-9]{2}", clock):
        return f"{on}T{clock}"
    return "\n".join(_on_one_line(part) for part in (day, month, year, at))


def split_moment(answer: Any) -> tuple[str, str, str, str]:
    """Day, month, year and time of an answer, in London, or as they were typed."""
    moment = answer if isinstance(answer, datetime) else None
    text = answer if isinstance(answer, str) else ""
    written = re.fullmatch(rf"({_DAY.pattern})T([0-9]{{2}}:[0-9]{{2}})", text)
    if written is not None:
        return (*split_day(written[1]), written[5])
    if "T" in text:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = None
    if moment is not None:
        local = moment if moment.tzinfo is None else moment.astimezone(LONDON)
        return (str(local.day), str(local.month), str(local.year), local.strftime("%H:%M"))
    day, month, year, at = [*text.split("\n"), "", "", ""][:4]
    return (day, month, year, at)


def _month(typed: str) -> str:
    """The number of a month that was typed as a number or a name; "" for neither."""
    if re.fullmatch(r"[0-9]{1,2}", typed):
        return typed
    name = typed_in_english(typed, spoken()).lower()
    return str(_MONTHS.index(name[:3]) + 1) if name in _NAMES or name in _MONTHS else ""


def _bare(digits: str) -> str:
    return digits.lstrip("0") or "0"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
