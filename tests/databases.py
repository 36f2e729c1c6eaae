"""Databases made for a test: an SQLite file, or a database of a real PostgreSQL that comes as a wheel.

`database` runs a test on both; `database_url` gives the address, for tests that start processes of their own.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from engine.store import Database
from engine.store.embedded import temporary_postgresql

KINDS = ("sqlite", "postgresql")
_counter = count(1)


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """The address of a PostgreSQL server of this test run; it is gone afterwards."""
    with temporary_postgresql(is_durable=False) as url:  # the tests kill processes, not the machine
        yield url


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the tables in it, to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    made = Database(f"sqlite:///{path}")
    made.upgrade()
    made.close()
    return path


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_url: str) -> str:
    """The name of a database with the tables in it, to copy."""
    made = Database(create_postgresql(postgresql_url, "migrated"))
    made.upgrade()
    made.close()
    return "migrated"


def create_postgresql(server: str, name: str, *, like: str = "template1") -> str:
    """The address of a new database on the server, a copy of `like`."""
    with psycopg.connect(server, autocommit=True) as connection:
        # the copy is written to the log, which for a few tables is far faster than a checkpoint
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}" STRATEGY wal_log')
    return make_url(server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(params=KINDS)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return create_postgresql(request.getfixturevalue("postgresql_url"), f"empty_{next(_counter)}")


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with the tables in it, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{shutil.copy(request.getfixturevalue('migrated_sqlite'), tmp_path / 'cases.db')}"
    return create_postgresql(
        request.getfixturevalue("postgresql_url"),
        f"test_{next(_counter)}",
        like=request.getfixturevalue("migrated_postgresql"),
    )


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with the tables in it, on SQLite and on PostgreSQL."""
    opened = Database(database_url)
    yield opened
    opened.close()
