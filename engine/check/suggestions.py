"""What somebody probably meant who wrote a name that there is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

#: Names compared at most, and the longest of them: finding the nearest of very many is slow and helps nobody.
MOST_NAMES = 400
LONGEST = 80


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that looks most like `name`, or None where none does."""
    if len(name) > LONGEST:
        return None
    candidates = [other for other in known if len(other) <= LONGEST]
    close = get_close_matches(name, candidates, n=1) if len(candidates) <= MOST_NAMES else []
    return close[0] if close else None


def meant(name: str, known: Sequence[str], *, otherwise: str | None = None) -> str:
    """A sentence that helps whoever wrote `name`: the nearest known one, or else `otherwise`, or else all there are."""
    close = nearest(name, known)
    if close is not None:
        return f"Is “{close}” meant?"
    return otherwise if otherwise is not None else f"There are: {listed(known)}."


def listed(names: Iterable[str], *, nothing: str = "none", most: int = 12) -> str:
    """Names as a sentence lists them, in order, cut short where they are many."""
    ordered = sorted(names)
    shown = ", ".join(ordered[:most]) or nothing
    return f"{shown}, …" if len(ordered) > most else shown
