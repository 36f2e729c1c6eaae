"""Many cases that stand where one stands: for measuring with full tables."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from engine.store.schema import cases, instances, tasks, timers

#: Copies are numbered from here, clear of the cases that are opened.
FIRST_COPY = 1_000_000
_CHUNK = 2_000


def copy_case(connection: Connection, reference: str, times: int, *, apart: timedelta) -> None:
    """Copy a case with its instances, tasks and timers `times` times; the timers of each fire `apart` later.

    The copies wait like the case itself; facts and record are not copied. Statistics are brought up to date, as the
    database does by itself when tables grow in use.
    """
    source = connection.execute(select(cases).where(cases.c.reference == reference)).one()
    below = {
        table: connection.execute(select(table).where(table.c.case_id == source.case_id)).all()
        for table in (instances, tasks, timers)
    }
    for first in range(0, times, _CHUNK):
        places = range(first, min(first + _CHUNK, times))
        connection.execute(
            insert(cases),
            [_like(source, place, reference=f"{reference}-copy-{place}") for place in places],
        )
        for table, rows in below.items():
            copies = [
                _like(row, place, **({"fires_at": row.fires_at + apart * (1 + place)} if table is timers else {}))
                for place in places
                for row in rows
            ]
            if copies:
                connection.execute(insert(table), copies)
    connection.exec_driver_sql("ANALYZE")


def _like(row: Any, place: int, **changed: Any) -> dict[str, Any]:
    return {**row._mapping, "case_id": FIRST_COPY + place, **changed}
