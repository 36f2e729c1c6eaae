"""What a place takes, and whether a value can stand there: what the run would refuse is said before it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from engine import feel
from engine.check.values.domain import DAYS, SPANS, Choice, Kinds, Possible, ValueKind
from engine.check.values.phrases import kinds_in_words, nearest_choice, told
from engine.check.values.slip import Say, Slip, SlipKind, named_among
from engine.diagram import TimerKind
from engine.diagram.times import read_cycle
from engine.errors import FeelError
from engine.feel import YearsMonthsDuration

TRUTH: Kinds = frozenset({ValueKind.TRUTH})
TEXT: Kinds = frozenset({ValueKind.TEXT})
LIST: Kinds = frozenset({ValueKind.LIST})
#: A day as FEEL has one; a text that is one will do where the run reads it.
_LIKE = {DAYS: 'one like =due("acknowledge") or 2026-05-05', SPANS: 'one like =duration("P14D") or P14D'}


def hold_kinds(value: Possible, kinds: Kinds, what: str, say: Say) -> None:
    """Say where the value can be of a kind that the place does not take; null is taken everywhere."""
    if value.is_told and value.solid - kinds:
        hint = f" Compare it with one of its values: {value.fact} = …" if kinds == TRUTH and value.fact else ""
        sentence = f"{what} is {_found(value)}, and {_wanted(kinds)} is needed.{hint}"
        say(_slip(sentence, value))


def _found(value: Possible) -> str:
    words = kinds_in_words(value.solid)
    return f"“{value.fact}”, {words}" if value.fact else words


def _wanted(kinds: Kinds) -> str:
    return "a day" if kinds == DAYS else kinds_in_words(kinds)


def hold_day(value: Possible, what: str, say: Say) -> None:
    """A due date, or the date of a timer: a day, or a text that is written like one."""
    _hold_temporal(value, DAYS, what, say)


def hold_duration(value: Possible, what: str, say: Say) -> None:
    """How long a timer waits."""
    _hold_temporal(value, SPANS, what, say)


def _hold_temporal(value: Possible, kinds: Kinds, what: str, say: Say) -> None:
    if not value.is_told:
        return
    words = [choice[1] for choice in value.choices or () if choice[0] is ValueKind.TEXT]
    wrong = [word for word in words if not _is_of(word, kinds)]
    if value.solid == TEXT and words and wrong:
        say(_slip(f"{what} is “{wrong[0]}”, which is no {_named(kinds)}. Write {_LIKE[kinds]}.", value))
    elif value.solid - kinds and not (value.solid - kinds == TEXT and words and not wrong):
        say(_slip(f"{what} is {_found(value)}, and a {_named(kinds)} is needed. Write {_LIKE[kinds]}.", value))


def _named(kinds: Kinds) -> str:
    return "day" if kinds == DAYS else "duration"


def hold_cycle(value: Possible, what: str, say: Say) -> None:
    """How often a timer repeats: a text such as R3/P7D."""
    if not value.is_told:
        return
    words = [choice[1] for choice in value.choices or () if choice[0] is ValueKind.TEXT]
    if value.solid != TEXT:
        say(_slip(f"{what} is {_found(value)}. Write a text like R3/P7D.", value))
    for word in words:
        if sentence := wrong_cycle(word):
            say(_slip(f"{what} is “{word}”. {sentence}"))
            return


def wrong_cycle(text: str) -> str | None:
    """What is wrong with a cycle as it is written; None where it can run."""
    cycle = read_cycle(text)
    if cycle is None:
        return "Write one like R3/P7D."
    if cycle.repeats == 0:
        return "R0 never happens. Write how often, like R3/P7D, or R/P7D for without end."
    if not cycle.span.may_repeat:
        return "It repeats faster than once a minute. Write a longer period."
    return None


def wrong_moment(text: str, timer: TimerKind) -> str | None:
    """What is wrong with a timer's time that is written out; None where it can run."""
    if timer is TimerKind.CYCLE:
        return wrong_cycle(text)
    kinds = DAYS if timer is TimerKind.DATE else SPANS
    return None if _is_of(text, kinds) else f"Write {_LIKE[kinds]}."


def is_day(text: str) -> bool:
    """Whether a text is read as a day where one is due."""
    return _is_of(text, DAYS)


def _is_of(text: str, kinds: Kinds) -> bool:
    value = temporal(text)
    return isinstance(value, date | datetime) if kinds == DAYS else isinstance(value, timedelta | YearsMonthsDuration)


def temporal(text: str) -> object:
    """The day, time or duration that a text is, as the run reads it; None where it is none."""
    try:
        return feel.evaluate('@"' + text.replace("\\", "").replace('"', "") + '"')
    except FeelError:
        return None


def hold_choices(value: Possible, there_are: Collection[str], what: str, say: Say) -> None:
    """Say where a text can be something else than one of those that there are: the run stops at it."""
    known: list[Choice] = [(ValueKind.TEXT, each) for each in there_are]
    for wrong in sorted((value.choices or frozenset()) - set(known), key=told):
        if wrong[0] is ValueKind.TEXT:
            fact = f" (“{value.fact}”)" if value.fact else ""
            hint = nearest_choice(wrong, known) if known else ""
            say(_slip(f"{what}{fact} can be {told(wrong)}, which there is not. {hint}"))
            return


def _slip(sentence: str, *about: Possible) -> Slip:
    return Slip(kind=SlipKind.VALUE, sentence=sentence, about=named_among(about))
