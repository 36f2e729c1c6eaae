"""Time limits that differ, and the texts that say the number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.variants.comparison.difference import Difference, How
from engine.variants.comparison.words import words_of
from engine.variants.limits import LIMITS_FILE, LimitRow
from engine.variants.overlay.limit_lines import line_of_limit
from engine.variants.variant import Variant
from engine.words import amount_in_words, counted, listed


def limits_between(before: Variant, after: Variant) -> Iterator[Difference]:
    names = dict.fromkeys((*before.limits, *after.limits, *before.limits_switched_off, *after.limits_switched_off))
    for name in names:
        old, new = before.limits.get(name), after.limits.get(name)
        words = [line_of_limit(row) if row is not None else "" for row in (old, new)]
        if words[0] == words[1]:
            continue
        row = new or old
        how = How.ADDED if old is None else How.GONE if new is None else How.CHANGED
        sentence = {
            How.ADDED: f"“{name}”: {words[1]}, where nothing was due.",
            How.GONE: f"“{name}”: nothing is due, where it was {words[0]}.",
            How.CHANGED: f"“{name}”: {words[1]} instead of {words[0]}{_said_in(old, after)}.",
        }[how]
        yield Difference(
            how=how, what="limit", sentence=sentence, clauses=row.clauses if row else (), file=LIMITS_FILE,
            element_id=row.rule_id if row else "",
        )  # fmt: skip


def _said_in(old: LimitRow | None, after: Variant) -> str:
    """The texts of the second that write the number of the first, which no longer holds."""
    if old is None:
        return ""
    words = amount_in_words(old.limit.amount, old.limit.unit)
    number = re.compile(rf"\b{re.escape(words)}\b", re.IGNORECASE)
    counts = [
        (sum(bool(number.search(words_of(after, each.file))) for each in held.values()), what)
        for held, what in ((after.letters, "letter"), (after.pages, "page"))
    ]
    said = [counted(n, what) for n, what in counts if n]
    verb = "says" if sum(n for n, _ in counts) == 1 else "say"
    return f"; {listed(said)} {verb} “{words}”" if said else ""
