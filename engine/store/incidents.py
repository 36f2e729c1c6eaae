"""Incidents: what is stuck in a case until a person acts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import bindparam, update

from engine.model import IncidentKind, IncidentStatus
from engine.store.batch import Batch
from engine.store.schema import incidents


class NewIncident(TypedDict):
    instance: int
    token: int  #: 0 for a message, which no token waits for
    element_id: str
    kind: IncidentKind
    message: str  #: what went wrong
    opened_at: datetime


class SettledIncident(TypedDict):
    status: IncidentStatus
    ended_at: datetime
    ended_by: str
    reason: str | None


def add_incident(batch: Batch, number: int, **told: Unpack[NewIncident]) -> None:
    batch.add(incidents, number, {**told, "status": IncidentStatus.OPEN})


def settle_incident(batch: Batch, number: int, **told: Unpack[SettledIncident]) -> None:
    batch.change(incidents, number, told)


_CANCELLING = (
    update(incidents)
    .where(
        incidents.c.case_id == bindparam("b_case"),
        incidents.c.token.in_(bindparam("tokens", expanding=True)),
        incidents.c.status == IncidentStatus.OPEN,
    )
    .values(status=IncidentStatus.CANCELLED, ended_at=bindparam("now"))
)


def cancel_incidents(batch: Batch, tokens: Sequence[int], now: datetime) -> None:
    """What these tokens were stuck at is gone with them."""
    batch.sweep(_CANCELLING, {"tokens": list(tokens), "now": now})
