"""What somebody probably meant who wrote a name that there is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

#: Names compared at most, and the longest of them: finding the nearest of very many is slow and helps nobody.
MOST_NAMES = 400
LONGEST = 80
#: A word from which a letter may have been left out; of shorter ones that makes other words: “met” and “meet”.
_LEAST_FOR_A_LETTER_LESS = 6


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


def is_slip(name: str, other: str) -> bool:
    """Whether one of two names is the other with a slip of the pen: two neighbouring letters changed over, or one left
    out that is neither the first nor the last of its word, since those make other words: “report” and “reports”."""
    if name == other or abs(len(name) - len(other)) > 1:
        return False
    if len(name) == len(other):
        differ = [at for at, (mine, its) in enumerate(zip(name, other, strict=True)) if mine != its]
        if len(differ) != 2 or differ[1] != differ[0] + 1:
            return False
        first, second = differ
        return (
            name[first].isalpha()
            and name[second].isalpha()
            and name[first : second + 1] == other[second] + other[first]
        )
    short, long = sorted((name, other), key=len)
    return any(
        long[:at] + long[at + 1 :] == short
        for at in range(1, len(long) - 1)
        if long[at].isalpha() and _is_inside(long, at) and len(long) >= _LEAST_FOR_A_LETTER_LESS
    )


def _is_inside(name: str, at: int) -> bool:
    return name[at - 1].isalpha() and name[at + 1].isalpha()
