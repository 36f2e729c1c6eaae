"""What the queries of the overview share: which tasks and incidents are open, and who has a task."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, case, func, literal_column

from engine.model import DeadlineStatus
from engine.store.schema import deadlines, tasks

# Written into the statement, not bound: only then does a database see that an index of open tasks alone will do.
IS_OPEN: ColumnElement[bool] = tasks.c.status == literal_column("'open'")
IS_COMPLETED: ColumnElement[bool] = tasks.c.status == literal_column("'completed'")

#: Who has a task: who claimed it, or else whom it was given to; "" for nobody.
task_holder: ColumnElement[str] = func.coalesce(tasks.c.claimed_by, tasks.c.assignee, "")
#: The deadline of a task that counts.
OF_TASK = and_(
    deadlines.c.case_id == tasks.c.case_id,
    deadlines.c.token == tasks.c.number,
    deadlines.c.status != DeadlineStatus.SUPERSEDED,
)


def count_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
