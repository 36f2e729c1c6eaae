"""One answer, as it comes in JSON, TOML or from a web form, as the FEEL value its field asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from engine.clock import LONDON, instant_of
from engine.errors import BadInputError
from engine.forms.model import Field, FieldKind, Option
from engine.forms.uncertain_days import UncertainDay, read_uncertain_day
from engine.language import say
from engine.words import is_visible, typed_text

#: Most characters of an answer where the form sets no limit itself.
MAX_TEXT_FIELD = 1_000
MAX_TEXT_AREA = 20_000
#: Most files that answer one question, and most characters of the name under which a file is kept.
MAX_FILES = 20
MAX_FILE_NAME = 200

#: as people write one: commas or blanks stand between groups of three digits, and nowhere else
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,20}|[1-9][0-9]{0,2}([, ])[0-9]{3}(?:\1[0-9]{3}){0,5})(?:\.[0-9]{1,12})?")
#: a point meant, or two numbers: 3,5 is not 35, and “incident 1,2” is not incident 12
_WITH_COMMA = re.compile(r"([+-]?[0-9][0-9.]{0,20}),([0-9]{1,12})")
_EMAIL = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,190}\.[^\s@<>.]{2,63}")
_PHONE = re.compile(r"\+?[0-9 ()/.-]{5,30}")


def is_empty(value: Any) -> bool:
    """Whether nothing was answered."""
    return value is None or value == [] or (isinstance(value, str) and not is_visible(value))


def read_value(field: Field, value: Any, options: tuple[Option, ...]) -> Any:
    """The FEEL value of the answer `value`, which is not empty.

    Raises BadInputError with a sentence that says what to give instead.
    """
    return _READERS[field.kind](field, value, options)


def _text(field: Field, value: Any, _options: tuple[Option, ...]) -> str:
    if not isinstance(value, str):
        raise BadInputError(say("Give a text."))
    is_long = field.kind is FieldKind.TEXT_AREA
    text = typed_text(value, is_one_line=not is_long)
    if not is_long and "\n" in text:
        raise BadInputError(say("Write it on one line."))
    most = field.max_length if field.max_length is not None else MAX_TEXT_AREA if is_long else MAX_TEXT_FIELD
    if len(text) > most:
        raise BadInputError(
            say(
                "It has %(number)s characters; at most %(most)s are taken. Make it shorter.",
                number=f"{len(text):,}",
                most=f"{most:,}",
            )
        )
    if field.min_length is not None and len(text) < field.min_length:
        raise BadInputError(say("Write at least %(least)s characters.", least=f"{field.min_length:,}"))
    if field.looks_like == "email" and not _EMAIL.fullmatch(text):
        raise BadInputError(say("Write an email address such as name@example.org."))
    if field.looks_like == "phone" and not _PHONE.fullmatch(text):
        raise BadInputError(say("Write a telephone number such as 020 7946 0123."))
    if field.pattern is not None and not field.pattern.search(text):
        raise BadInputError(say("It is not in the form that is asked for."))
    return text


def _number(field: Field, value: Any, _options: tuple[Option, ...]) -> Decimal:
    written = typed_text(value) if isinstance(value, str) else str(value)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str) or not _NUMBER.fullmatch(written):
        raise BadInputError(_not_a_number(written))
    number = Decimal(re.sub("[, ]", "", written))
    digits = -int(number.normalize().as_tuple().exponent)
    if field.decimal_digits is not None and digits > field.decimal_digits:
        if not field.decimal_digits:
            raise BadInputError(say("Give a whole number."))
        raise BadInputError(say("Give at most %(most)s digits after the point.", most=field.decimal_digits))
    if field.minimum is not None and number < field.minimum:
        raise BadInputError(say("Give a number of at least %(least)s.", least=field.minimum))
    if field.maximum is not None and number > field.maximum:
        raise BadInputError(say("Give a number of at most %(most)s.", most=field.maximum))
    return number


def _not_a_number(written: str) -> str:
    with_comma = _WITH_COMMA.fullmatch(written)
    if with_comma is None:
        return say("Give a number.")
    return say(
        "%(written)s can be meant in two ways. Write %(point)s if the comma stands for a point. Otherwise a comma only "
        "stands between groups of three digits, as in 1,250.50.",
        written=written,
        point=f"{with_comma[1].replace('.', '')}.{with_comma[2]}",
    )


def _checkbox(_field: Field, value: Any, _options: tuple[Option, ...]) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in ("true", "on", "false"):
        return value != "false"
    raise BadInputError("Give true or false.")


def _choice(field: Field, value: Any, options: tuple[Option, ...]) -> str:
    values = [option.value for option in options]
    if isinstance(value, str) and value in values:
        return value
    withheld = next((option.label for option in field.options if option.value == value), None)
    if withheld is not None:
        not_offered = say("“%(choice)s” is not offered here.", choice=withheld)
        raise BadInputError(f"{not_offered} {field.hint}".strip())
    raise BadInputError(say("Choose one of: %(values)s.", values=_listed(values)))


def _choices(field: Field, value: Any, options: tuple[Option, ...]) -> list[str]:
    chosen = value if isinstance(value, list) else [value]
    return list(dict.fromkeys(_choice(field, item, options) for item in chosen))


def _files(field: Field, value: Any, _options: tuple[Option, ...]) -> list[str]:
    named = value if isinstance(value, list) else [value]
    if not all(isinstance(name, str) and name.strip() for name in named):
        raise BadInputError(say("Give the names of the files as texts."))
    names = list(dict.fromkeys(name.strip() for name in named))
    most = MAX_FILES if field.is_multiple else 1
    if len(names) > most:
        if most == 1:
            raise BadInputError(say("There are %(number)s files; only 1 can be given.", number=len(names)))
        too_many = say("There are %(number)s files; at most %(most)s can be given.", number=len(names), most=most)
        raise BadInputError(too_many)
    for name in names:
        if len(name) > MAX_FILE_NAME or re.search(r"[/\\\x00-\x1f\x7f]", name):
            raise BadInputError(
                say(
                    "A file's name has at most %(most)s characters on one line, and no / and no \\. Rename it.",
                    most=MAX_FILE_NAME,
                )
            )
    return [typed_text(name, is_one_line=True) for name in names]


def _date(field: Field, value: Any, _options: tuple[Option, ...]) -> date | UncertainDay:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", typed_text(value), re.ASCII):
        try:
            value = date.fromisoformat(typed_text(value))
        except ValueError:
            raise BadInputError(say("There is no such day. Give one such as 27 March 2026 (2026-03-27).")) from None
    if field.spread is not None and isinstance(value, str):
        about = read_uncertain_day(typed_text(value), field.spread)
        if about is not None:
            return about
        raise BadInputError(
            say(
                "Give a day with month and year, such as 27 March 2026 (2026-03-27); where it is not known exactly, "
                "about 27 March 2026, late March 2026 or March 2026."
            )
        )
    if not isinstance(value, date) or isinstance(value, datetime):
        raise BadInputError(say("Give a day with month and year, such as 27 March 2026 (2026-03-27)."))
    return _in_reach(value)


def _time(_field: Field, value: Any, _options: tuple[Option, ...]) -> time:
    if isinstance(value, str):
        try:
            value = time.fromisoformat(typed_text(value))
        except ValueError:
            value = None
    if not isinstance(value, time) or value.tzinfo is not None:
        raise BadInputError(say("Give a time of day such as 14:30."))
    return value


def _date_time(_field: Field, value: Any, _options: tuple[Option, ...]) -> datetime:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(typed_text(value)) if len(typed_text(value)) > 10 else None
        except ValueError:
            value = None
    if not isinstance(value, datetime):
        raise BadInputError(say("Give a day and a time, such as 27 March 2026 at 14:30 (2026-03-27T14:30)."))
    _in_reach(value.date())
    return instant_of(value).astimezone(LONDON)


def _in_reach(day: date) -> date:
    if not 1900 <= day.year <= 2099:
        raise BadInputError(say("Give a day between the years 1900 and 2099."))
    return day


def _listed(values: list[str]) -> str:
    return (
        ", ".join(values[:20]) + (", …" if len(values) > 20 else "")
        if values
        else say("nothing, as there is no choice")
    )


_READERS: Mapping[FieldKind, Callable[[Field, Any, tuple[Option, ...]], Any]] = {
    FieldKind.TEXT_FIELD: _text,
    FieldKind.TEXT_AREA: _text,
    FieldKind.NUMBER: _number,
    FieldKind.CHECKBOX: _checkbox,
    FieldKind.YES_NO: _checkbox,
    FieldKind.CHECKLIST: _choices,
    FieldKind.RADIO: _choice,
    FieldKind.SELECT: _choice,
    FieldKind.FILES: _files,
    FieldKind.DATE: _date,
    FieldKind.TIME: _time,
    FieldKind.DATE_TIME: _date_time,
}
