"""What a value can be, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.check.suggestions import meant, nearest
from engine.check.values.domain import Choice, Possible, ValueKind

_WORDS: Mapping[ValueKind, str] = {
    ValueKind.NUMBER: "a number",
    ValueKind.TEXT: "a text",
    ValueKind.TRUTH: "true or false",
    ValueKind.DAY: "a day",
    ValueKind.INSTANT: "a day and time",
    ValueKind.CLOCK: "a time of day",
    ValueKind.SPAN: "a duration",
    ValueKind.MONTHS: "a duration",
    ValueKind.LIST: "a list",
    ValueKind.GROUP: "a group of values",
    ValueKind.RANGE: "a range",
    ValueKind.FUNCTION: "a function",
    ValueKind.NULL: "nothing",
}


def kinds_in_words(kinds: Iterable[ValueKind]) -> str:
    """ "a day or a duration"."""
    return " or ".join(sorted({_WORDS[kind] for kind in kinds})) or "nothing"


def in_words(value: Possible) -> str:
    """ "“application_date”, a day", or "a day" where it has no name."""
    words = kinds_in_words(value.solid)
    return f"“{value.fact}”, {words}," if value.fact else words


def told(choice: Choice) -> str:
    """One value as FEEL writes it: “yes” for a text, 1 for a number, true for a truth."""
    kind, value = choice
    return f"“{value}”" if kind is ValueKind.TEXT else str(value).lower()


def listed(choices: Iterable[Choice]) -> str:
    """Values, in order and cut short where they are many."""
    shown = sorted(told(choice) for choice in choices)
    return ", ".join(shown[:9]) + (", …" if len(shown) > 9 else "")


def nearest_choice(wrong: Choice, choices: Iterable[Choice]) -> str:
    """A sentence with what was probably meant, or with all there is."""
    there_are = list(choices)
    by_word = {str(value): (kind, value) for kind, value in there_are}
    close = nearest(str(wrong[1]), by_word) or next(
        (word for word in by_word if word.casefold() == str(wrong[1]).casefold()), None
    )
    return f"Is {told(by_word[close])} meant?" if close is not None else f"It can be: {listed(there_are)}."


def nearest_name(wrong: str, names: Iterable[str], *, otherwise: str | None = None) -> str:
    return meant(wrong, list(names), otherwise=otherwise)
