"""Which days an answer may be: not to come, not before something else happened, today at least, as its form says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from engine.clock import LONDON
from engine.errors import FeelError
from engine.feel import Expression
from engine.forms.model import EvaluationMoment, Field
from engine.forms.uncertain_days import FROM
from engine.language import say, spoken
from engine.words import moment_in_words, weekday_in_words


def refused_day(
    field: Field, value: Any, known: Mapping[str, Any], moment: EvaluationMoment, labels: Mapping[str, str]
) -> str | None:
    """Why the question cannot be answered with the day `value`, in a sentence; None where it can.

    `known` is what its bounds read, `labels` what people call the days among it, by their names. Of days that are not
    known exactly, this one or those it is held against, it is enough that one fits.
    """
    if not isinstance(value, date):
        return None
    first = known.get(f"{field.key}{FROM}")
    sides = (
        (field.earliest, False, value, _Earliest(known)),
        (field.latest, True, first if isinstance(first, date) else value, known),
    )
    try:
        for bound, is_latest, value, known in sides:
            beyond = [day for day in _days(bound, known, moment) if _is_beyond(value, day, is_latest)]
            if bound is not None and beyond:
                # That a day has not come yet is said before anything else is said of it.
                today = next((day for day in beyond if _is_today(day, moment)), None)
                nearest = min(beyond, key=_on) if is_latest else max(beyond, key=_on)
                return _Refusal(field, value, is_latest).sentence(
                    today or nearest, bound, known, labels, is_today=today is not None
                )
    except FeelError as error:
        return f"Which days “{field.name}” may be cannot be worked out: {error}"
    return None


def latest_possible(field: Field, day: date, known: Mapping[str, Any], moment: EvaluationMoment) -> date:
    """The latest day that an uncertain one may have been: not after the last that the question takes."""
    return min([day, *_days(field.latest, known, moment)], key=_on)


class _Earliest(Mapping[str, Any]):
    """The same names, where an uncertain day stands as the earliest that it may have been."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        self._known = known

    def __getitem__(self, name: str) -> Any:
        earliest = self._known.get(f"{name}{FROM}")
        return earliest if isinstance(earliest, date) else self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def _days(bound: Expression | None, known: Mapping[str, Any], moment: EvaluationMoment) -> Iterator[date]:
    """The days that a bound gives: one, or each of a list. What is not known yet bounds nothing."""
    found = bound.evaluate(known, **moment) if bound is not None else None
    for day in found if isinstance(found, list) else [found]:
        if isinstance(day, date):
            yield day
        elif day is not None:
            raise FeelError("It gives something that is no day.", expression=bound.text if bound is not None else "")


def _is_beyond(value: date, bound: date, is_latest: bool) -> bool:
    if isinstance(value, datetime) and isinstance(bound, datetime):
        return value > bound if is_latest else value < bound
    return _on(value) > _on(bound) if is_latest else _on(value) < _on(bound)


def _on(day: date) -> date:
    return day.astimezone(LONDON).date() if isinstance(day, datetime) else day


def _is_today(day: date, moment: EvaluationMoment) -> bool:
    now = moment["now"]
    return now is not None and _on(day) == _on(now)


class _Refusal:
    def __init__(self, field: Field, value: date, is_latest: bool) -> None:
        self._own = {"name": field.name, "own": _in_words(value)}
        self._is_latest = is_latest

    def sentence(
        self, bound: date, written: Expression, known: Mapping[str, Any], labels: Mapping[str, str], *, is_today: bool
    ) -> str:
        told = {**self._own, "day": _in_words(bound)}
        if is_today and self._is_latest:
            return say(
                "“%(name)s” is %(own)s, which is in the future. Give the day on which it was, today at the latest.",
                **told,
            )
        if is_today:
            return say("“%(name)s” is %(own)s, which is in the past. Give today, %(day)s, or a later day.", **told)
        named = (labels[name] for name in sorted(written.names) if name in labels and known.get(name) == bound)
        other = next(named, "")
        if other:
            return _beyond_another(self._is_latest, {**told, "other": other})
        case = known.get("case") if "case" in written.names else None
        if isinstance(case, Mapping) and case.get("opened_on") == bound:
            return _beyond_opening(self._is_latest, told)
        if self._is_latest:
            return say("“%(name)s” is %(own)s, which is after %(day)s. Give %(day)s at the latest.", **told)
        return say("“%(name)s” is %(own)s, which is before %(day)s. Give %(day)s or a later day.", **told)


def _beyond_another(is_latest: bool, told: Mapping[str, str]) -> str:
    if is_latest:
        return say(
            "“%(name)s” is %(own)s, which is after “%(other)s” (%(day)s). Give %(day)s at the latest, or correct the "
            "other day.",
            **told,
        )
    return say(
        "“%(name)s” is %(own)s, which is before “%(other)s” (%(day)s). Give %(day)s or a later day, or correct the "
        "other day.",
        **told,
    )


def _beyond_opening(is_latest: bool, told: Mapping[str, str]) -> str:
    if is_latest:
        return say(
            "“%(name)s” is %(own)s, which is after the case was opened (%(day)s). Give %(day)s at the latest.", **told
        )
    return say(
        "“%(name)s” is %(own)s, which is before the case was opened (%(day)s). Give %(day)s or a later day.", **told
    )


def _in_words(day: date) -> str:
    if isinstance(day, datetime):
        return moment_in_words(day.astimezone(LONDON), spoken())
    return weekday_in_words(day, spoken())
