"""Time limits that differ."""

from __future__ import annotations

from collections.abc import Iterator

from engine.calendar import Counting
from engine.variants.comparison.difference import Difference, How, details_of
from engine.variants.comparison.renamed import Renamed
from engine.variants.limits import LIMITS_FILE, LimitRow
from engine.variants.overlay.limit_lines import line_of_limit
from engine.variants.variant import Variant
from engine.words import amount_in_words


def limits_between(before: Variant, after: Variant) -> Iterator[Difference]:
    renamed = Renamed(before, after)
    names = dict.fromkeys((*before.limits, *after.limits, *before.limits_switched_off, *after.limits_switched_off))
    for name in names:
        old, new = before.limits.get(name), after.limits.get(name)
        if old is not None and new is not None:
            yield from _changed(name, old, new, renamed)
        elif new is not None:
            sentence = f"“{name}”: {line_of_limit(new)}, where nothing was due."
            yield _of(How.ADDED, new, sentence)
        elif old is not None:
            sentence = f"“{name}”: nothing is due, where it was {line_of_limit(old)}."
            yield _of(How.GONE, old, sentence)


def _of(how: How, row: LimitRow, sentence: str) -> Difference:
    return Difference(
        how=how, what="limit", sentence=sentence, clauses=row.clauses, file=LIMITS_FILE, element_id=row.rule_id
    )


def _changed(name: str, old: LimitRow, new: LimitRow, renamed: Renamed) -> Iterator[Difference]:
    details = details_of((
        ("its length", line_of_limit(old), line_of_limit(new)),
        *([("the clause it stands on", old.clauses, new.clauses)] * renamed.clauses_differ(old.clauses, new.clauses)),
        ("how it is read", old.note, new.note),
        ("what its day is called", old.limit.counted_from, new.limit.counted_from),
    ))  # fmt: skip
    if not details:
        return
    # What its row says of its reading, and of its day in words, follows a length that is another.
    follows = ("how it is read", "what its day is called")
    is_longer = details[0].what == "its length"
    said = [_length(old, new)] if is_longer else []
    said += [each.sentence for each in details[is_longer:] if not (is_longer and each.what in follows)]
    yield Difference(
        how=How.CHANGED, what="limit", sentence=f"“{name}”: {'; '.join(said)}.", clauses=new.clauses,
        file=LIMITS_FILE, element_id=new.rule_id, details=details,
    )  # fmt: skip


def _length(old: LimitRow, new: LimitRow) -> str:
    """`3 instead of 2 working days after the application date`; both in full where more than the number differs."""
    was, now = old.limit, new.limit
    if old.counted_from != new.counted_from or was.counting != now.counting:
        return f"{line_of_limit(new)} instead of {line_of_limit(old)}"
    length = (
        f"{now.amount} instead of {amount_in_words(was.amount, was.unit)}"
        if was.unit == now.unit
        else f"{amount_in_words(now.amount, now.unit)} instead of {amount_in_words(was.amount, was.unit)}"
    )
    if now.counting is Counting.MORE_THAN:
        return f"{now.counting} {length} {Counting.AFTER} {now.counted_from}"
    return f"{length} {now.counting} {now.counted_from}"
