"""What people know a case by, and the words by which they find it: kept true by each step that changes either."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from engine import feel
from engine.store import Batch, Connection, case_words, cases, facts
from engine.store.cases import CaseRow
from engine.variants import Variant, VariantSettings

if TYPE_CHECKING:  # a step names its case
    from engine.casework.step.office import Office
    from engine.casework.step.step import Step

_LONGEST = 120  #: characters of a title


def naming_facts(settings: VariantSettings) -> frozenset[str]:
    """The facts that give a case its title or the words by which it is found."""
    return frozenset(settings.known_by) | frozenset(settings.found_by)


def name_case(step: Step) -> None:
    """Bring the title and the words of the case up to date.

    A policy that names no such facts leaves the case as it is, so that a case of an older version keeps what
    `name_every_case` gave it; only a new case gets the words of its reference.
    """
    settings = step.version.variant.settings
    if not naming_facts(settings) and step.case.record_seq:
        return
    step.flush()  # what was told in this step is read with the rest
    _name(step.connection, step.batch, step.case, settings)


def name_every_case(office: Office, variant: Variant) -> int:
    """Give every case of the council the title and words that `variant` says; gives how many there are.

    For cases of a time when the policy, or this program, did not name them. Each in a transaction of its own.
    """
    with office.database.read() as connection:
        every = cases.all_cases(connection, variant.id)
    for row in every:
        with office.database.begin() as connection:
            case = cases.lock_case(connection, row.reference, variant.id)
            batch = Batch(case.case_id, case.council_id)
            _name(connection, batch, case, variant.settings)
            batch.flush(connection)
    return len(every)


def _name(connection: Connection, batch: Batch, case: CaseRow, settings: VariantSettings) -> None:
    rows = facts.current_named(connection, case.case_id, naming_facts(settings))
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
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
