"""A database to measure on: made for it, or an empty one that is named and left empty again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import MetaData, inspect

from engine.bench.database.postgresql import temporary_postgresql
from engine.errors import DatabaseUnusableError
from engine.store.database import Database


@contextmanager
def scratch_database(url: str | None = None) -> Iterator[str]:
    """The address of an empty database: of a PostgreSQL from the wheel, or the one at `url`.

    Raises DatabaseUnusableError where the named one has tables, so that no real case is ever measured on or lost.
    """
    if url is None:
        with temporary_postgresql() as made:
            yield made
        return
    database = Database(url)
    try:
        if database.is_in_memory:
            raise DatabaseUnusableError("Other processes take part, and cannot see a database in memory. Name a file.")
        with database.begin() as connection:
            if inspect(connection).get_table_names():
                raise DatabaseUnusableError(f"{database.name} holds tables already. Name an empty one to measure on.")
        yield url
        _empty(database)
    finally:
        database.close()


def _empty(database: Database) -> None:
    with database.begin() as connection:
        everything = MetaData()
        everything.reflect(connection)
        everything.drop_all(connection)
