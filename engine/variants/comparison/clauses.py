"""Clauses of the policy that differ, and what is said of where they disagree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.variants.comparison.difference import Difference, How, details_of, instead, sentence_of
from engine.variants.folder import POLICY_FILE
from engine.variants.policy import Conflict
from engine.variants.variant import Variant


def clauses_between(before: Variant, after: Variant) -> Iterator[Difference]:
    for clause_id in dict.fromkeys((*before.policy, *after.policy)):
        was, now = before.policy.get(clause_id), after.policy.get(clause_id)
        if was is not None and now is not None:
            details = details_of((
                ("its words", was.text, now.text),
                ("its source", was.source, now.source),
                ("from when it is in force", was.in_force_on, now.in_force_on),
            ))  # fmt: skip
            if not details:
                continue
            said = f" says {instead(now.text, was.text)}" if was.text != now.text else ""
            others = sentence_of(each for each in details if each.what != "its words")
            yield Difference(
                how=How.CHANGED, what="clause", clauses=(clause_id,), file=POLICY_FILE, element_id=clause_id,
                sentence=f"The clause{said}{(': ' if not said else '; ') + others if others else ''}.", details=details,
            )  # fmt: skip
        else:
            how, clause, there = (How.ADDED, now, "new") if was is None else (How.GONE, was, "gone")
            yield Difference(
                how=how, what="clause", sentence=f"The clause is {there}: {clause.text if clause else ''}",
                clauses=(clause_id,), file=POLICY_FILE, element_id=clause_id,
            )  # fmt: skip
    yield from _conflicts_between(before, after)


def _conflicts_between(before: Variant, after: Variant) -> Iterator[Difference]:
    """Where the documents disagree or are silent: each known by its clauses and what they say."""
    old, new = _known(before), _known(after)
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key), new.get(key)
        conflict = now or was
        if conflict is None or was == now:
            continue
        if was is not None and now is not None:
            details = details_of((("what is done", was.what_we_do, now.what_we_do), ("why", was.because, now.because)))
            how, said = How.CHANGED, sentence_of(details)
        else:
            details = ()
            how, said = (How.ADDED, "it is noted now") if was is None else (How.GONE, "it is noted no longer")
        yield Difference(
            how=how, what="clause", sentence=f"{_noted(conflict)} {said}.", clauses=conflict.clauses,
            file=POLICY_FILE, details=details,
        )  # fmt: skip


def _noted(conflict: Conflict) -> str:
    return f"Of what is not clear ({conflict.sentence.rstrip('.')}):"


def _known(variant: Variant) -> Mapping[tuple[tuple[str, ...], str], Conflict]:
    return {(conflict.clauses, conflict.sentence): conflict for conflict in variant.conflicts}
