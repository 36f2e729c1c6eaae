"""Subscriptions: which token of a case waits for which message or signal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict, Unpack

from sqlalchemy import Connection, bindparam, select

from engine.diagram.model import EventKind
from engine.store.batch import Batch
from engine.store.rows import columns_of, rows_of
from engine.store.schema import subscriptions


@dataclass(frozen=True, kw_only=True, slots=True)
class Subscription:
    number: int  #: of the token that waits
    instance: int
    element_id: str
    kind: EventKind  #: message or signal
    name: str
    item_id: str  #: the item it is about; "" for the case itself


class NewSubscription(TypedDict):
    """What is told of one that begins."""

    instance: int
    element_id: str
    kind: EventKind
    name: str
    item_id: str


def add_subscription(batch: Batch, number: int, **told: Unpack[NewSubscription]) -> None:
    """The token `number` waits from now on."""
    batch.add(subscriptions, number, {**told, "is_waiting": True})


class SubscriptionChange(TypedDict, total=False):
    element_id: str
    name: str
    item_id: str


def change_subscription(batch: Batch, number: int, **changes: Unpack[SubscriptionChange]) -> None:
    batch.change(subscriptions, number, changes)


def end_subscription(batch: Batch, number: int) -> None:
    batch.change(subscriptions, number, {"is_waiting": False})


_WAITING = (
    select(*columns_of(Subscription, subscriptions))
    .where(
        subscriptions.c.case_id == bindparam("case_id"),
        subscriptions.c.kind == bindparam("kind"),
        subscriptions.c.is_waiting,
    )
    .order_by(subscriptions.c.number)
)
_WAITING_FOR = _WAITING.where(subscriptions.c.name == bindparam("name"))


def subscriptions_of(
    connection: Connection, case_id: int, *, kind: EventKind, name: str | None = None
) -> list[Subscription]:
    """Who in the case waits for a message or signal (of this name), oldest first."""
    named = {"case_id": case_id, "kind": kind, "name": name}
    return rows_of(Subscription, connection.execute(_WAITING if name is None else _WAITING_FOR, named))
