"""What has come to a case since a number was its last one, and what waits in it for time to pass."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, select

from engine.model import DeadlineStatus, IncidentStatus, TimerStatus
from engine.store.schema import deadlines, documents, incidents, instances, tasks, timers

_OF_HOST = and_(tasks.c.case_id == timers.c.case_id, tasks.c.number == timers.c.host)
_OF_INSTANCE = and_(instances.c.case_id == timers.c.case_id, instances.c.number == timers.c.instance)


def waiting_timers(connection: Connection, case_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Every timer of the case that waits, the next first, with its process, its item and, for one on the edge of a
    task, the task's name as `host_name`."""
    return connection.execute(
        select(
            timers.c.number,
            timers.c.element_id,
            timers.c.fires_at,
            timers.c.repeats,
            timers.c.rung,
            tasks.c.name.label("host_name"),
            instances.c.process_id,
            instances.c.item_id,
        )
        .select_from(timers.join(instances, _OF_INSTANCE).outerjoin(tasks, _OF_HOST))
        .where(timers.c.case_id == case_id, timers.c.status == TimerStatus.WAITING)
        .order_by(timers.c.fires_at, timers.c.number)
    ).all()


def has_due_timer_since(connection: Connection, case_id: int, last_number: int, now: datetime) -> bool:
    """Whether a timer that was armed since is due."""
    query = select(timers.c.number).where(
        timers.c.case_id == case_id,
        timers.c.number > last_number,
        timers.c.status == TimerStatus.WAITING,
        timers.c.fires_at <= now,
    )
    return connection.execute(query.limit(1)).first() is not None


def deadlines_since(connection: Connection, case_id: int, last_number: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """The deadlines set since that count or stand still, each with the task, or the timer, that it is the deadline
    of."""
    of_task = and_(tasks.c.case_id == deadlines.c.case_id, tasks.c.number == deadlines.c.token)
    of_timer = and_(timers.c.case_id == deadlines.c.case_id, timers.c.number == deadlines.c.token)
    return connection.execute(
        select(
            deadlines.c.due_on,
            deadlines.c.explanation,
            tasks.c.name.label("task_name"),
            tasks.c.item_id.label("task_item_id"),
            timers.c.element_id.label("timer_element"),
            instances.c.process_id,
            instances.c.item_id,
        )
        .select_from(deadlines.outerjoin(tasks, of_task).outerjoin(timers, of_timer).outerjoin(instances, _OF_INSTANCE))
        .where(
            deadlines.c.case_id == case_id,
            deadlines.c.number > last_number,
            deadlines.c.status != DeadlineStatus.SUPERSEDED,
        )
        .order_by(deadlines.c.due_on, deadlines.c.number)
    ).all()


def letters_since(connection: Connection, case_id: int, last_number: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """The letters that left since, without their pages."""
    return connection.execute(
        select(
            documents.c.letter,
            documents.c.title,
            documents.c.recipient,
            documents.c.channel,
            documents.c.address,
            documents.c.text,
        )
        .where(documents.c.case_id == case_id, documents.c.number > last_number)
        .order_by(documents.c.number)
    ).all()


def incidents_since(connection: Connection, case_id: int, last_number: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """The incidents opened since that are open, each with the process it is stuck in."""
    of_instance = and_(instances.c.case_id == incidents.c.case_id, instances.c.number == incidents.c.instance)
    return connection.execute(
        select(incidents.c.element_id, incidents.c.message, instances.c.process_id)
        .select_from(incidents.join(instances, of_instance))
        .where(
            incidents.c.case_id == case_id,
            incidents.c.number > last_number,
            incidents.c.status == IncidentStatus.OPEN,
        )
        .order_by(incidents.c.number)
    ).all()
