"""What is known of a case, chosen by name: facts of the case, and facts of items with the collection before them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from engine.casework.pages.case.viewpoint import Look
from engine.model import Subject


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerSeen:
    label: str
    words: str
    at: datetime
    by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemSeen:
    name: str
    facts: tuple[tuple[str, str], ...]  #: (label, value in words)


def answers_seen(look: Look, names: Iterable[str]) -> Iterator[AnswerSeen]:
    """Those of the names that are facts of the case and say something."""
    known = look.shown.get(Subject(), {})
    rows = {row.name: row for row in look.told if row.is_current and row.subject.is_case}
    for name in names:
        if known.get(name) not in (None, "", []):
            row = rows[name]
            yield AnswerSeen(
                label=look.label(name), words=look.words(name, known[name]), at=row.recorded_at, by=row.recorded_by
            )


def items_seen(look: Look, names: Iterable[str]) -> Iterator[ItemSeen]:
    """`agencies` shows all that is known of each agency, `agencies.agency_contact` that alone."""
    wanted: dict[str, list[str]] = {}
    for name in names:
        collection, _, fact = name.partition(".")
        if collection in look.settings.items:
            wanted.setdefault(collection, []).extend([fact] if fact else [])
    for collection, only in wanted.items():
        for item_id, known in look.items(collection):
            facts = tuple(
                (look.label(name), look.words(name, known[name]))
                for name in (only or known)
                if known.get(name) not in (None, "", [])
            )
            if facts:
                yield ItemSeen(name=look.name_of(item_id), facts=facts)
