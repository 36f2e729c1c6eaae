"""Deadlines that still count: those of open tasks and of timers that wait."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, or_, select

from engine.model import DeadlineStatus, TaskStatus, TimerStatus
from engine.store.schema import deadlines, tasks, timers


def counting_deadlines(connection: Connection, case_id: int) -> Sequence[Row[Any]]:
    """The case's deadlines that run now, oldest first, each with the element it is the deadline of.

    `is_task` says whether it is a task's; otherwise it is a timer's. Those that are suspended do not run.
    """
    of_token = and_(tasks.c.case_id == deadlines.c.case_id, tasks.c.number == deadlines.c.token)
    of_timer = and_(timers.c.case_id == deadlines.c.case_id, timers.c.number == deadlines.c.token)
    found: Sequence[Row[Any]] = connection.execute(
        select(
            deadlines,
            tasks.c.number.is_not(None).label("is_task"),
            tasks.c.element_id.label("task_element"),
            timers.c.element_id.label("timer_element"),
            tasks.c.instance.label("task_instance"),
            timers.c.instance.label("timer_instance"),
        )
        .select_from(deadlines.outerjoin(tasks, of_token).outerjoin(timers, of_timer))
        .where(
            deadlines.c.case_id == case_id,
            deadlines.c.status == DeadlineStatus.CURRENT,
            or_(tasks.c.status == TaskStatus.OPEN, timers.c.status == TimerStatus.WAITING),
        )
        .order_by(deadlines.c.number)
    ).all()
    return found
