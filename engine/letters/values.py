"""Values as a letter prints them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from engine.clock import LONDON
from engine.errors import BadInputError, PlaceholderMissingError
from engine.feel import YearsMonthsDuration
from engine.language import ENGLISH
from engine.person import spoken_name
from engine.words import amount_in_words, day_in_words, listed, spoken_moment, spoken_time, yes_or_no

_NEW_LINE = re.compile("\r\n?|[\u2028\u2029]")
# Control characters, and those that turn the direction of what follows them.
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ue000-\uf8ff\ud800-\udfff\ufffe\uffff]"
)


def look_up(values: Mapping[str, Any], path: str) -> Any:
    """What stands at `path` in `values`, or None. Of a list, a name gives what each of its entries says."""
    found: Any = values
    for name in path.split("."):
        if isinstance(found, list):
            found = [entry.get(name) for entry in found if isinstance(entry, Mapping)]
        elif isinstance(found, Mapping):
            found = found.get(name)
        else:
            return None
    return found


def is_set(value: Any) -> bool:
    """Whether the words that depend on `value` are shown."""
    return not is_missing(value) and value is not False and value not in ("no", "false")


def is_missing(value: Any) -> bool:
    """Whether there is nothing to print."""
    return value is None or value == [] or (isinstance(value, str) and not plain(value))


def printed(value: Any, *, letter_id: str, path: str, language: str = ENGLISH) -> str | list[str]:
    """`value` in words of that language; a list entry by entry. A text may hold line breaks, and stays as it is.

    Raises PlaceholderMissingError where there is nothing, BadInputError where it is nothing that can be printed.
    """
    if is_missing(value):
        raise PlaceholderMissingError(letter_id=letter_id, placeholder=path)
    if isinstance(value, list):
        entries = [
            printed(item, letter_id=letter_id, path=path, language=language) for item in value if not is_missing(item)
        ]
        if not entries:
            raise PlaceholderMissingError(letter_id=letter_id, placeholder=path)
        return [entry if isinstance(entry, str) else listed(entry, language) for entry in entries]
    words = _words(value, language)
    if words is None:
        raise BadInputError(f"The letter {letter_id} prints (({path})), which is a group of values. Name one of them.")
    return words


def plain(text: str) -> str:
    """`text` with plain line breaks and without characters that cannot be printed."""
    return _UNPRINTABLE.sub("", _NEW_LINE.sub("\n", text).replace("\t", " ")).strip()


def _words(value: Any, language: str) -> str | None:
    match spoken_name(value):
        case str() as value:
            return plain(value)
        case bool():
            return yes_or_no(value, language)
        case Decimal() | int() | float():
            number = Decimal(str(value))
            return f"{number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize():f}"
        case datetime():
            local = value.astimezone(LONDON) if value.tzinfo is not None else value
            return spoken_moment(local, language)
        case date():
            return day_in_words(value, language)
        case time():
            return spoken_time(value)
        case timedelta():
            return amount_in_words(value.days, "days", language) if value == timedelta(days=value.days) else None
        case YearsMonthsDuration():
            return amount_in_words(value.months, "months", language)
    return None
