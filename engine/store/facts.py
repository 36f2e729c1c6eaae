"""Facts: what is known of a case, as rows. Nothing is overwritten; a correction supersedes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict, Unpack

from sqlalchemy import Connection, bindparam, select

from engine.model import Subject
from engine.store.batch import Batch
from engine.store.rows import columns_of, rows_of
from engine.store.schema import facts


@dataclass(frozen=True, kw_only=True, slots=True)
class FactRow:
    number: int
    collection: str  #: "" for the case itself
    item_id: str  #: "" for the case itself
    name: str
    value: str  #: as FEEL writes it

    @property
    def subject(self) -> Subject:
        return Subject(collection=self.collection, item_id=self.item_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class FactOfCase(FactRow):
    """A fact among those of many cases."""

    case_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordedFact(FactRow):
    """Something that is, or was, known, and how it came to be."""

    happened_on: date | None  #: where it was told later than it happened
    recorded_at: datetime
    recorded_by: str
    source: str  #: "task HBC-2026-0001.17", "message withdraw", …
    supersedes: int | None  #: number of the fact in whose place it came
    is_current: bool
    undone_at: datetime | None  #: when the completion that told it was undone


class NewFact(TypedDict):
    """What is told of one that is current from now on."""

    collection: str
    item_id: str
    name: str
    value: str
    happened_on: date | None
    recorded_at: datetime
    recorded_by: str
    source: str
    supersedes: int | None  #: the fact that is current no more


def add_fact(batch: Batch, number: int, **told: Unpack[NewFact]) -> None:
    """The fact, in the place of the one that it supersedes, if any."""
    batch.add(facts, number, {**told, "is_current": True})
    if told["supersedes"] is not None:
        batch.change(facts, told["supersedes"], {"is_current": False})


_OF_CASE = facts.c.case_id == bindparam("case_id")
_FACT = columns_of(FactRow, facts)
_CURRENT = select(*_FACT).where(
    _OF_CASE,
    facts.c.collection == bindparam("collection"),
    facts.c.item_id == bindparam("item_id"),
    facts.c.is_current,
)
_CURRENT_ITEMS = (
    select(*_FACT)
    .where(_OF_CASE, facts.c.collection.in_(bindparam("collections", expanding=True)), facts.c.is_current)
    .order_by(facts.c.number)
)
_CURRENT_NAMED = (
    select(*_FACT)
    .where(_OF_CASE, facts.c.name.in_(bindparam("names", expanding=True)), facts.c.is_current)
    .order_by(facts.c.item_id != "", facts.c.number)
)
_OF_CASES = select(*columns_of(FactOfCase, facts)).where(
    facts.c.case_id.in_(bindparam("case_ids", expanding=True)),
    facts.c.name.in_(bindparam("names", expanding=True)),
    facts.c.is_current,
)
_OF_ITEMS = _OF_CASES.where(facts.c.item_id.in_(bindparam("item_ids", expanding=True)))
_TOLD = select(*columns_of(RecordedFact, facts)).where(_OF_CASE).order_by(facts.c.number)
_TOLD_NAMED = _TOLD.where(facts.c.name == bindparam("name"))


def current_facts(connection: Connection, case_id: int, subject: Subject) -> list[FactRow]:
    """The current facts of one subject."""
    named = {"case_id": case_id, "collection": subject.collection, "item_id": subject.item_id}
    return rows_of(FactRow, connection.execute(_CURRENT, named))


def current_items(connection: Connection, case_id: int, collections: Iterable[str]) -> list[FactRow]:
    """The current facts of all items of these collections, in the order in which they were told; one statement."""
    return rows_of(FactRow, connection.execute(_CURRENT_ITEMS, {"case_id": case_id, "collections": list(collections)}))


def current_named(connection: Connection, case_id: int, names: Iterable[str]) -> list[FactRow]:
    """The current facts of these names: the case's own first, then those of its items, as they were told."""
    return rows_of(FactRow, connection.execute(_CURRENT_NAMED, {"case_id": case_id, "names": list(names)}))


def facts_of_cases(connection: Connection, case_ids: Collection[int], names: Collection[str]) -> list[FactOfCase]:
    """What these cases say now of these facts, of their items too."""
    found = connection.execute(_OF_CASES, {"case_ids": list(case_ids), "names": list(names)})
    return rows_of(FactOfCase, found)


def facts_of_items(
    connection: Connection, items: Collection[tuple[int, str]], names: Collection[str]
) -> list[FactOfCase]:
    """The current facts of these names of items, each given by case id and item id. One statement.

    Others of the same cases may be among them: a few parameters less are worth more than a few rows.
    """
    named = {
        "case_ids": list({case_id for case_id, _ in items}),
        "item_ids": list({item_id for _, item_id in items}),
        "names": list(names),
    }
    return rows_of(FactOfCase, connection.execute(_OF_ITEMS, named))


def history(connection: Connection, case_id: int, name: str | None = None) -> list[RecordedFact]:
    """Every fact ever told, superseded ones too, oldest first."""
    if name is None:
        return rows_of(RecordedFact, connection.execute(_TOLD, {"case_id": case_id}))
    return rows_of(RecordedFact, connection.execute(_TOLD_NAMED, {"case_id": case_id, "name": name}))
