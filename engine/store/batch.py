"""The one door by which the rows of a case are written: gathered, and sent in as few statements as there are tables
and kinds of change.

Each family of tables says in its own module what is told of a new row and what can change (`add_task`, `change_task`,
…), and puts it in here. What does not go through here are a case's first row (its id, by which a batch names the
case, is the database's to give) and the carrier's notes on jobs, in `engine.store.jobs`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Table, Update, bindparam, insert, update

from engine.errors import DatabaseUnusableError
from engine.store.database import upserting

Columns = Mapping[str, object]  #: the values of some columns by their names


class Batch:
    """Rows of one case to insert, change and delete. A row that is inserted and then changed is written once."""

    def __init__(self, case_id: int, council_id: str) -> None:
        self._case_id = case_id
        self._keys: dict[str, Any] = {"case_id": case_id, "council_id": council_id}
        self._new: dict[Table, dict[int, dict[str, Any]]] = defaultdict(dict)
        self._changed: dict[Table, dict[int, dict[str, Any]]] = defaultdict(dict)
        self._put: dict[Table, dict[str, Any]] = {}
        self._sweeps: list[tuple[Insert | Update | Delete, list[dict[str, Any]]]] = []
        self._own: dict[Table, dict[str, Any]] = defaultdict(dict)

    def add(self, table: Table, number: int, told: Columns) -> None:
        """A row that is keyed by its number; a column that is not told is null."""
        self._new[table][number] = {**_blank(table), **self._keys, "number": number, **told}

    def add_plain(self, table: Table, key: int, told: Columns) -> None:
        """A row of a table that is not keyed by number; `key` only orders it."""
        self._new[table][key] = {**_blank(table), **self._keys, **told}

    def change(self, table: Table, number: int, changes: Columns) -> None:
        fresh = self._new[table].get(number)
        if fresh is not None:
            fresh.update(changes)
        else:
            self._changed[table].setdefault(number, {}).update(changes)

    def put(self, table: Table, told: Columns) -> None:
        """The case's row in a table that has one for each case; it takes the place of the one before."""
        self._put[table] = {**self._keys, **told}

    def sweep(self, statement: Insert | Update | Delete, *named: Columns) -> None:
        """A prepared statement about any number of the case's rows, which it names as `b_case` (and its council as
        `b_council`). It is sent once for each of `named`, after the rows that are gathered with it."""
        keys = {"b_case": self._case_id, "b_council": self._keys["council_id"]}
        self._sweeps.append((statement, [{**keys, **each} for each in named] or [keys]))

    def change_own(self, table: Table, changes: Columns) -> None:
        """The case's row in a table that has one for each case."""
        self._own[table].update(changes)

    def flush(self, connection: Connection) -> None:
        """Send everything. Queries after this see it; the batch is empty and goes on."""
        for table, rows in self._new.items():
            if rows:
                connection.execute(_insert_of(table), list(rows.values()))
        for table, changes in self._changed.items():
            alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
            for number, values in changes.items():
                alike[tuple(sorted(values))].append({"b_case": self._case_id, "b_number": number, **values})
            for columns, rows_alike in alike.items():
                connection.execute(_update_of(table, columns), rows_alike)
        for table, values in self._put.items():
            connection.execute(_upsert_of(table, upserting(connection)), values)
        for statement, named in self._sweeps:
            connection.execute(statement, named if len(named) > 1 else named[0])  # of one alone, a list may be told
        for table, values in self._own.items():
            connection.execute(_update_of_own(table, tuple(sorted(values))), {"b_case": self._case_id, **values})
        for gathered in (self._new, self._changed, self._put, self._sweeps, self._own):
            gathered.clear()


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


# Statements are built once: building one takes longer than sending it.


@cache
def _blank(table: Table) -> dict[str, None]:
    """Rows are sent many at a time, so each has every column that may be null."""
    return {column.name: None for column in table.columns if column.nullable}


@cache
def _insert_of(table: Table) -> Insert:
    return insert(table)


@cache
def _update_of(table: Table, columns: tuple[str, ...]) -> Update:
    return (
        update(table)
        .where(table.c.case_id == bindparam("b_case"), table.c.number == bindparam("b_number"))
        .values({column: bindparam(column) for column in columns})
    )


@cache
def _update_of_own(table: Table, columns: tuple[str, ...]) -> Update:
    values: dict[str, Any] = {column: bindparam(column) for column in columns}
    return update(table).where(table.c.case_id == bindparam("b_case")).values(values)


@cache
def _upsert_of(table: Table, database_s_insert: Any) -> Any:
    names = [column.name for column in table.columns]
    statement = database_s_insert(table).values({name: bindparam(name) for name in names})
    return statement.on_conflict_do_update(
        index_elements=["case_id"],
        set_={name: statement.excluded[name] for name in names if name != "case_id"},
    )
