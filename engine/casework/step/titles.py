"""What people know a case by, and the words by which they find it: kept true by each step that changes either."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine import feel
from engine.person import is_person
from engine.store import Batch, Connection, case_words, cases, facts
from engine.store.cases import CaseRow
from engine.variants import VariantSettings

_LONGEST = 120  #: characters of a title


def case_naming_facts(settings: VariantSettings) -> frozenset[str]:
    """The facts that give a case its title or the words by which it is found."""
    return frozenset(settings.known_by) | frozenset(settings.found_by)


def name_case(connection: Connection, batch: Batch, case: CaseRow, settings: VariantSettings) -> None:
    """Bring the title and the words of the case up to date; `batch` is to write them."""
    rows = facts.current_named(connection, case.case_id, case_naming_facts(settings))
    known = [(row.name, list(_texts(feel.load(row.value)))) for row in rows]
    case_words.keep_words(
        batch,
        reference=case.reference,
        texts=[text for name, texts in known if name in settings.found_by for text in texts],
    )
    title = next((_short(text) for name in settings.known_by for text in _of(known, name)), "")
    cases.change_case(batch, title=title)


def _of(known: Sequence[tuple[str, list[str]]], name: str) -> Iterator[str]:
    return (text for told, texts in known if told == name for text in texts if text.strip())


def _texts(value: feel.Value) -> Iterator[str]:
    """The texts in a value: itself, or those of a list."""
    if is_person(value):
        yield value["name"]
    elif isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
