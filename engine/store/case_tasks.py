"""The tasks of one case, done and to be done, each with the process that it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, select

from engine.model import DeadlineStatus
from engine.store.schema import deadlines, instances, tasks


def tasks_of(connection: Connection, case_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """In the order in which they arose: element_id, process_id, item_id, status, due_on (null while the deadline is
    suspended), created_at, completed_at, completed_on."""
    suspended = and_(
        deadlines.c.case_id == tasks.c.case_id,
        deadlines.c.token == tasks.c.number,
        deadlines.c.status == DeadlineStatus.SUSPENDED,
    )
    runs_in = and_(instances.c.case_id == tasks.c.case_id, instances.c.number == tasks.c.instance)
    return connection.execute(
        select(
            tasks.c.element_id,
            instances.c.process_id,
            tasks.c.item_id,
            tasks.c.status,
            tasks.c.due_on,
            deadlines.c.token.label("suspended"),
            tasks.c.created_at,
            tasks.c.completed_at,
            tasks.c.completed_on,
        )
        .select_from(tasks.join(instances, runs_in).outerjoin(deadlines, suspended))
        .where(tasks.c.case_id == case_id)
        .order_by(tasks.c.number)
    ).all()
