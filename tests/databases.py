"""Databases made for a test: an SQLite file, or a database of a real PostgreSQL that comes as a wheel.

`database` runs a test on both; `database_url` gives the address, for tests that start processes of their own. A run has
one server, also where several workers share the tests. What a test leaves in its database is taken out for the next: to
make a new one for each writes 9 MB a time.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from engine.bench.database.postgresql import temporary_postgresql
from engine.store import Database

KINDS = ("sqlite", "postgresql")
#: How many tests use a database before it is thrown away: what is deleted takes room until then.
_USES = 100
#: Where the address of the server stands that the workers share.
_SHARED = pytest.StashKey[str]()

#: What the tables are like, and how much the planner has learnt of a test's rows: nothing would forget that either.
_SHAPE = """
SELECT (SELECT string_agg(concat_ws(' ', attrelid, attname, atttypid, attnotnull), ',' ORDER BY attrelid, attnum)
          FROM pg_attribute WHERE attrelid >= 16384),
       (SELECT count(*) FROM pg_constraint WHERE oid >= 16384),
       (SELECT count(*) FROM pg_statistic)
"""
#: What a test may have left open, but for the connection that asks.
_END_OTHERS = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
#: Rows are deleted without a look at what refers to them: all of them go. (TRUNCATE takes longer than a new database.)
_EMPTY = """
DO $$
DECLARE
  one text;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR one IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' LOOP
    IF one <> 'alembic_version' THEN EXECUTE 'DELETE FROM ' || one; END IF;
  END LOOP;
  PERFORM setval(quote_ident(sequencename)::regclass, start_value, false) FROM pg_sequences WHERE last_value > 0;
END $$
"""


class Spares:
    """Databases of a PostgreSQL server with the tables in them and no rows, for one test after another."""

    def __init__(self, server: str) -> None:
        self._server = server
        template = create_postgresql(server, "migrated")
        made = Database(template)
        made.upgrade()
        made.close()
        with psycopg.connect(template) as connection:
            self._shape = connection.execute(_SHAPE).fetchone()
        self._template = str(make_url(template).database)
        self._idle: list[_Spare] = []

    @contextmanager
    def one(self) -> Iterator[str]:
        """The address of an empty database, as long as the block lasts."""
        spare = self._idle.pop() if self._idle else self._make()
        yield spare.url
        spare.connection.execute(_END_OTHERS)
        spare.uses += 1
        if spare.uses < _USES and spare.connection.execute(_SHAPE).fetchone() == self._shape:
            spare.connection.execute(_EMPTY)
            self._idle.append(spare)
        else:
            spare.connection.close()
            with psycopg.connect(self._server, autocommit=True) as connection:
                connection.execute(f'DROP DATABASE "{make_url(spare.url).database}" WITH (FORCE)')

    def close(self) -> None:
        for spare in self._idle:
            spare.connection.close()

    def _make(self) -> _Spare:
        url = create_postgresql(self._server, "test", like=self._template)
        return _Spare(url=url, connection=psycopg.connect(url, autocommit=True))


@dataclass(kw_only=True, slots=True)
class _Spare:
    url: str
    connection: psycopg.Connection[Any]
    uses: int = 0


def _start_server(stack: ExitStack) -> str:
    url = stack.enter_context(temporary_postgresql(is_durable=False))  # the tests kill processes, not the machine
    with psycopg.connect(url, autocommit=True) as connection:
        # what it learns of one test's rows would decide how the next one's are looked for
        connection.execute("ALTER SYSTEM SET autovacuum = off")
        connection.execute("SELECT pg_reload_conf()")
    return url


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Where workers run the tests, whoever leads them starts the server, stops it, and tells each its address."""
    if _SHARED not in node.config.stash:
        stack = ExitStack()
        node.config.add_cleanup(stack.close)
        node.config.stash[_SHARED] = _start_server(stack)
    node.workerinput["postgresql"] = node.config.stash[_SHARED]


@pytest.fixture(scope="session")
def postgresql_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of the PostgreSQL server of this test run; it is gone afterwards."""
    with ExitStack() as stack:
        shared = getattr(request.config, "workerinput", None)
        yield shared["postgresql"] if shared else _start_server(stack)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the tables in it, to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    made = Database(f"sqlite:///{path}")
    made.upgrade()
    made.close()
    return path


@pytest.fixture(scope="session")
def spares(postgresql_url: str) -> Iterator[Spares]:
    made = Spares(postgresql_url)
    yield made
    made.close()


def create_postgresql(server: str, purpose: str, *, like: str = "template1") -> str:
    """The address of a new database on the server, a copy of the one that is named `like`.

    Its name begins with the purpose, and is no other worker's.
    """
    name = f"{purpose}_{token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        # the copy is written to the log, which for a few tables is far faster than a checkpoint
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}" STRATEGY wal_log')
    return make_url(server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(params=KINDS)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return create_postgresql(request.getfixturevalue("postgresql_url"), "empty")


@pytest.fixture
def migrated_postgresql_url(spares: Spares) -> Iterator[str]:
    """The address of a database with the tables in it, on PostgreSQL."""
    with spares.one() as url:
        yield url


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with the tables in it, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{shutil.copy(request.getfixturevalue('migrated_sqlite'), tmp_path / 'cases.db')}"
    return str(request.getfixturevalue("migrated_postgresql_url"))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with the tables in it, on SQLite and on PostgreSQL."""
    opened = Database(database_url)
    yield opened
    opened.close()
