"""What is sent together, and connections that are lost while they rest or work. On PostgreSQL: SQLite has neither."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, insert, select

from engine.errors import DatabaseUnusableError
from engine.store import Database, database
from engine.store.batch import sent_together
from engine.store.schema import properties


@pytest.fixture
def opened(migrated_postgresql_url: str) -> Iterator[Database]:
    made = Database(migrated_postgresql_url)
    yield made
    made.close()


def write(connection: Connection, name: str) -> None:
    connection.execute(insert(properties).values(name=name, value="x"))


def lose(opened: Database, backend: object) -> None:
    """The server ends a connection, as when it is started anew."""
    other = Database(opened.engine.url.render_as_string(hide_password=False))
    with other.begin() as connection:
        connection.exec_driver_sql(f"SELECT pg_terminate_backend({backend})")
    other.close()


def write_together(opened: Database, *written: str, is_lost: bool = False) -> None:
    with opened.begin() as connection:
        if is_lost:
            lose(opened, connection.exec_driver_sql("SELECT pg_backend_pid()").scalar())
        with sent_together(connection):
            for name in written:
                write(connection, name)


def names(opened: Database) -> list[str]:
    with opened.begin() as connection:
        return list(connection.execute(select(properties.c.name).order_by(properties.c.name)).scalars())


def test_what_is_sent_together_is_there_afterwards(opened: Database) -> None:
    with opened.begin() as connection:
        with sent_together(connection):
            write(connection, "a")
            write(connection, "b")
        assert connection.execute(select(properties.c.name)).scalars().all() == ["a", "b"]
    assert names(opened) == ["a", "b"]


def test_where_one_of_what_is_sent_together_fails_nothing_has_happened(opened: Database) -> None:
    with pytest.raises(Exception, match="duplicate key"):
        write_together(opened, "a", "a", "b")
    assert names(opened) == []


def test_a_connection_lost_in_the_middle_of_a_step_is_told_in_a_sentence(opened: Database) -> None:
    with pytest.raises(DatabaseUnusableError):
        write_together(opened, "a", is_lost=True)
    assert names(opened) == []


def test_a_connection_lost_while_it_rested_is_replaced(opened: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_REST", 0)
    with opened.begin() as connection:
        backend = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
    lose(opened, backend)
    assert names(opened) == []
