"""Facts: what is known of a case, as rows. Nothing is overwritten; a correction supersedes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import Connection, Row, bindparam, select

from engine.model import Subject
from engine.store.batch import Batch
from engine.store.schema import facts


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


_CURRENT = select(facts.c.number, facts.c.name, facts.c.value).where(
    facts.c.case_id == bindparam("case_id"),
    facts.c.collection == bindparam("collection"),
    facts.c.item_id == bindparam("item_id"),
    facts.c.is_current,
)
_CURRENT_ITEMS = (
    select(facts.c.number, facts.c.collection, facts.c.item_id, facts.c.name, facts.c.value)
    .where(
        facts.c.case_id == bindparam("case_id"),
        facts.c.collection.in_(bindparam("collections", expanding=True)),
        facts.c.is_current,
    )
    .order_by(facts.c.number)
)


def current_facts(connection: Connection, case_id: int, subject: Subject) -> Sequence[Any]:
    """The current facts of one subject: number, name, value."""
    named = {"case_id": case_id, "collection": subject.collection, "item_id": subject.item_id}
    return connection.execute(_CURRENT, named).all()


def current_items(connection: Connection, case_id: int, collections: Iterable[str]) -> Sequence[Any]:
    """The current facts of all items of these collections, in the order in which they were told; one statement."""
    return connection.execute(_CURRENT_ITEMS, {"case_id": case_id, "collections": list(collections)}).all()


def current_named(connection: Connection, case_id: int, names: Iterable[str]) -> Sequence[Any]:
    """The current facts of these names: the case's own first, then those of its items, as they were told."""
    return connection.execute(
        select(facts.c.number, facts.c.item_id, facts.c.name, facts.c.value)
        .where(facts.c.case_id == case_id, facts.c.name.in_(list(names)), facts.c.is_current)
        .order_by(facts.c.item_id != "", facts.c.number)
    ).all()


def history(connection: Connection, case_id: int, name: str | None = None) -> Sequence[Row[Any]]:
    """Every fact ever told, superseded ones too, oldest first."""
    query = select(facts).where(facts.c.case_id == case_id)
    if name is not None:
        query = query.where(facts.c.name == name)
    return connection.execute(query.order_by(facts.c.number)).all()
