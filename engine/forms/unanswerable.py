"""A question that nobody can answer, however they try: its settings contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from engine.clock import LONDON
from engine.errors import FeelError
from engine.feel import Expression
from engine.forms.model import Field, FieldKind

#: Two days far apart: bounds that leave no day on either leave none on those between.
_TODAYS = (datetime(2026, 1, 1, 12, tzinfo=LONDON), datetime(2126, 1, 1, 12, tzinfo=LONDON))
_ONE_OF = frozenset({FieldKind.RADIO, FieldKind.SELECT})


def unanswerable(field: Field) -> Iterator[str]:
    """A sentence for each pair of settings that no answer satisfies."""
    if field.is_required and field.is_read_only:
        yield "It must be answered, and is read-only. Take one of the two off."
    for what, least, most in (
        ("numbers", field.minimum, field.maximum),
        ("texts in characters", field.min_length, field.max_length),
    ):
        if least is not None and most is not None and least > most:
            yield f"It takes {what} of at least {least} and at most {most}, and there is none. Correct one of the two."
    if all(_is_no_day_left(field, today) for today in _TODAYS):
        yield (
            f"It takes days from {_written(field.earliest)} on and until {_written(field.latest)}, and there is none. "
            "Correct one of the two."
        )
    yield from _of_default(field)


def _is_no_day_left(field: Field, today: datetime) -> bool:
    least, most = (_day(bound, today) for bound in (field.earliest, field.latest))
    return least is not None and most is not None and least > most


def _day(bound: Expression | None, today: datetime) -> date | None:
    """The day that a bound gives whatever is known of a case; None where that is not one and the same."""
    if bound is None or bound.names or bound.filter_names:
        return None
    try:
        found = bound.evaluate({}, now=today)
    except FeelError:
        return None
    return found.date() if isinstance(found, datetime) else found if isinstance(found, date) else None


def _written(bound: Expression | None) -> str:
    return bound.text if bound is not None else ""


def _of_default(field: Field) -> Iterator[str]:
    default = field.default
    if field.kind in _ONE_OF or field.kind is FieldKind.CHECKLIST:
        chosen = default if isinstance(default, list) else [default] if default not in (None, "") else []
        values = [option.value for option in field.options]
        for value in chosen if values else ():
            if value not in values:
                yield f"What is chosen at first, “{str(value)[:40]}”, is none of its choices: {', '.join(values[:12])}."
    elif field.kind is FieldKind.PERSON and default not in (None, "", []):
        yield f"What is chosen at first, “{str(default)[:40]}”, is nobody: it asks for a person. Take the default out."
    elif field.kind is FieldKind.NUMBER and isinstance(default, int | float) and not isinstance(default, bool):
        number = Decimal(str(default))
        is_less = field.minimum is not None and number < field.minimum
        if is_less or (field.maximum is not None and number > field.maximum):
            yield f"It stands at {default} at first, which it does not take. Correct that, or what it takes."
