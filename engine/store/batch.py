"""What a step writes, gathered and sent in as few statements as there are tables and kinds of change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from sqlalchemy import Connection, Table, bindparam, insert, update

from engine.errors import DatabaseUnusableError
from engine.store import schema

TableName = Literal[
    "instances",
    "tasks",
    "timers",
    "subscriptions",
    "jobs",
    "incidents",
    "deadlines",
    "facts",
    "documents",
    "attachments",
    "messages",
    "record",
    "record_contents",
]

_TABLES: dict[str, Table] = {name: schema.metadata.tables[name] for name in TableName.__args__}  # type: ignore[attr-defined]
_INSERTS = {name: insert(table) for name, table in _TABLES.items()}


class Batch:
    """Rows of one case to insert and change. A row that is inserted and then changed is written once."""

    def __init__(self, case_id: int, council_id: str) -> None:
        self._case_id = case_id
        self._council_id = council_id
        self._new: dict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
        self._changed: dict[str, dict[int, dict[str, Any]]] = defaultdict(dict)

    def add(self, table: TableName, number: int, **values: Any) -> None:
        self._new[table][number] = {
            "case_id": self._case_id,
            "number": number,
            "council_id": self._council_id,
            **values,
        }

    def add_plain(self, table: TableName, key: int, **values: Any) -> None:
        """A row of a table that is not keyed by number; `key` only orders it."""
        self._new[table][key] = {"case_id": self._case_id, "council_id": self._council_id, **values}

    def change(self, table: TableName, number: int, **values: Any) -> None:
        fresh = self._new[table].get(number)
        if fresh is not None:
            fresh.update(values)
        else:
            self._changed[table].setdefault(number, {}).update(values)

    def flush(self, connection: Connection) -> None:
        """Send everything. Queries after this see it; the batch is empty and goes on."""
        for name, rows in self._new.items():
            if rows:
                connection.execute(_INSERTS[name], list(rows.values()))
        for name, changes in self._changed.items():
            alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
            for number, values in changes.items():
                alike[tuple(sorted(values))].append({"b_case": self._case_id, "b_number": number, **values})
            for columns, rows_alike in alike.items():
                connection.execute(_update_of(name, columns), rows_alike)
        self._new.clear()
        self._changed.clear()


@contextmanager
def sent_together(connection: Connection) -> Iterator[None]:
    """Changes made within go to PostgreSQL without waiting for the answer to each; a query within would get none.

    What one of them fails with is raised at the end, in the driver's own words.
    """
    if connection.dialect.name != "postgresql":
        yield
        return
    driver: Any = connection.connection.driver_connection
    try:
        with driver.pipeline():
            yield
    except driver.OperationalError as error:
        if driver.closed:
            raise DatabaseUnusableError(f"The database does not answer: {error}") from error
        raise


_UPDATES: dict[tuple[str, tuple[str, ...]], Any] = {}


def _update_of(name: str, columns: tuple[str, ...]) -> Any:
    statement = _UPDATES.get((name, columns))
    if statement is None:
        table = _TABLES[name]
        statement = (
            update(table)
            .where(table.c.case_id == bindparam("b_case"), table.c.number == bindparam("b_number"))
            .values({column: bindparam(column) for column in columns})
        )
        _UPDATES[name, columns] = statement
    return statement
