"""Where the tables live: SQLite (embedded) or PostgreSQL (a service)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from sqlite3 import OperationalError as DriverError
from time import monotonic, sleep
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    create_engine,
    create_mock_engine,
    delete,
    event,
    insert,
    literal,
    make_url,
    select,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DatabaseError, DisconnectionError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from engine.errors import CaseBusyError, DatabaseUnusableError
from engine.store.schema import metadata, properties

_MIGRATIONS = Path(__file__).parent / "migrations"
_REST = 1.0  #: seconds
_KEPT = 8  #: connections that a process keeps open to PostgreSQL, once so many were needed at a time; one per thread
_BUSY = 30  #: seconds that a writer waits for another in SQLite
_AGAIN = 0.02  #: seconds, between two tries where SQLite itself does not wait
_PATIENCE = 2.0  #: seconds that a rehearsal waits for whoever holds the case
_LOCK_TIMEOUT = "55P03"  #: what PostgreSQL calls it when they have passed
_UPGRADING = 0x61736200  #: of PostgreSQL's advisory locks, the one for upgrading; any number that is always the same


class Database:
    """One database, named by its URL: `sqlite:///path/to/file.db`, `sqlite://` (in memory) or `postgresql://…`."""

    def __init__(self, url: str) -> None:
        try:
            address = make_url(url)
        except (ArgumentError, ValueError):  # it may hold a password, so it is not repeated
            raise DatabaseUnusableError("This is no database URL; write sqlite:///FILE or postgresql://…") from None
        if address.drivername in ("postgresql", "postgres"):
            address = address.set(drivername="postgresql+psycopg")
        self.name = address.render_as_string(hide_password=True)  #: for people to read
        self.is_sqlite = address.get_backend_name() == "sqlite"
        self.is_in_memory = self.is_sqlite and address.database in (None, "", ":memory:")
        if not self.is_sqlite and address.get_backend_name() != "postgresql":
            raise DatabaseUnusableError(f"{address.get_backend_name()} is not supported; use SQLite or PostgreSQL.")
        if self.is_sqlite and not self.is_in_memory:
            Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
        self.engine: Engine = (
            create_engine(address, poolclass=StaticPool, connect_args={"check_same_thread": False})
            if self.is_in_memory
            else create_engine(address, connect_args={"timeout": _BUSY})
            if self.is_sqlite
            else create_engine(address, connect_args=_patience(address), pool_size=_KEPT, pool_use_lifo=True)
        )
        if self.is_sqlite:
            _serialise_writers(self.engine)
        else:
            _ask_after_rest(self.engine)

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction: commits at the end, rolls back on any exception."""
        with self._telling(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self, *, as_of_one_moment: bool = False) -> Iterator[Connection]:
        """Only reads: waits for no writer and stops none. In PostgreSQL each statement stands for itself, which saves
        two round trips, unless all are to see one moment, as in SQLite anyway."""
        level = "REPEATABLE READ" if as_of_one_moment else "AUTOCOMMIT"
        alone = {} if self.is_sqlite else {"isolation_level": level}
        with (
            self._telling(),
            self.engine.connect().execution_options(asb_only_reads=True, **alone) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def rehearsal(self) -> Iterator[Database]:
        """A database that sees what this one holds, and of which nothing is ever kept: its transactions join one that
        is rolled back at the end. Raises CaseBusyError where another transaction holds what it needs."""
        with self._telling(), self.engine.connect() as connection:
            rehearsing = _Rehearsal(self, connection)
            with rehearsing._telling(), _waiting_briefly(connection):
                transaction = connection.begin()
                try:
                    if not self.is_sqlite:
                        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{int(_PATIENCE * 1000)}ms'")
                    yield rehearsing
                finally:
                    transaction.rollback()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """A database that cannot be reached, opened, read or written says so in a sentence."""
        try:
            yield
        except DatabaseError as error:
            if type(error) not in (DatabaseError, OperationalError):
                raise  # a fault in a statement of ours
            reason = str(error.orig).strip().partition("\n")[0].rstrip(".")
            if self.is_sqlite and reason.endswith("is locked"):
                raise DatabaseUnusableError(
                    f"The database {self.name} is busy: another process has been writing to it for {_BUSY} seconds. "
                    "Try again; where several processes write all day, use PostgreSQL."
                ) from error
            raise DatabaseUnusableError(
                f"The database {self.name} cannot be used: {reason}. Check ASB_DATABASE_URL or ASB_HOME, and that the "
                "server runs."
            ) from error

    def upgrade(self) -> None:
        """Create the tables, or bring them to this version. Processes that do so at once wait for each other."""
        # loading it takes long, and what runs on a database in memory, as every check and simulation, needs none of it
        from alembic import command, util
        from alembic.config import Config

        with self.begin() as connection:
            if not self.is_sqlite:  # SQLite has taken its one write lock
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_UPGRADING})")
            config = Config()
            config.set_main_option("script_location", str(_MIGRATIONS))
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, "head")
            except util.CommandError as error:
                raise DatabaseUnusableError(
                    f"The database {self.name} was made by another version of this program ({error}). Install that one."
                ) from error

    def create_all(self) -> None:
        """Create the tables without migrations: for a database in memory, which lives as long as the process."""
        with self.begin() as connection:
            for statement in _in_memory():
                connection.exec_driver_sql(statement)

    def set_property(self, name: str, value: str) -> None:
        with self.begin() as connection:
            connection.execute(delete(properties).where(properties.c.name == name))
            connection.execute(insert(properties).values(name=name, value=value))

    def property(self, name: str) -> str | None:
        with self.begin() as connection:
            return connection.execute(select(properties.c.value).where(properties.c.name == name)).scalar()

    def check_answers(self) -> None:
        """Raises DatabaseUnusableError where the database does not answer."""
        with self.read() as connection:
            connection.execute(select(literal(1)))

    def close(self) -> None:
        self.engine.dispose()


@cache
def _in_memory() -> tuple[str, ...]:
    """The statements that make the tables in SQLite, written once: each scenario is played on a database of its own."""
    statements: list[str] = []
    dialect = sqlite.dialect()
    engine = create_mock_engine("sqlite://", lambda made, *_: statements.append(str(made.compile(dialect=dialect))))
    metadata.create_all(engine, checkfirst=False)
    return tuple(statements)


class _Rehearsal(Database):
    """Every transaction on it is a savepoint in the one transaction of `connection`, which its owner rolls back."""

    def __init__(self, database: Database, connection: Connection) -> None:
        self.name = database.name
        self.is_sqlite = database.is_sqlite
        self.is_in_memory = database.is_in_memory
        self.engine = database.engine
        self._connection = connection

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """What is done within is seen afterwards, by this rehearsal alone; on any exception it is taken back."""
        with self._telling(), self._connection.begin_nested():
            yield self._connection

    @contextmanager
    def read(self, *, as_of_one_moment: bool = False) -> Iterator[Connection]:  # noqa: ARG002  # it is one anyway
        with self.begin() as connection:
            yield connection

    @contextmanager
    def rehearsal(self) -> Iterator[Database]:
        """A rehearsal within the rehearsal: this one goes on as if it had not been."""
        with self._telling():
            savepoint = self._connection.begin_nested()
            try:
                yield self
            finally:
                savepoint.rollback()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            with super()._telling():
                yield
        except DatabaseUnusableError as error:
            if isinstance(error.__cause__, OperationalError) and _waited_in_vain(error.__cause__):
                raise CaseBusyError from error
            raise

    def close(self) -> None:
        """The connection is its owner's."""


def _waited_in_vain(error: OperationalError) -> bool:
    return getattr(error.orig, "sqlstate", None) == _LOCK_TIMEOUT or str(error.orig).endswith("is locked")


@contextmanager
def _waiting_briefly(connection: Connection) -> Iterator[None]:
    """SQLite's one write lock is not waited for as long as a step waits for it."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA busy_timeout={int(_PATIENCE * 1000)}")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA busy_timeout={_BUSY * 1000}")


def _patience(address: URL) -> dict[str, int]:
    """Seconds after which a server that does not answer counts as out of reach, unless the address says."""
    return {} if "connect_timeout" in address.query else {"connect_timeout": 10}


def upserting(connection: Connection) -> Any:
    """The database's own `insert`, which can say what to do on conflict."""
    return sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert


def _ask_after_rest(engine: Engine) -> None:
    """A connection that has rested is asked whether it still lives, and replaced if not; a busy one is not asked."""

    @event.listens_for(engine, "checkin")
    def _on_checkin(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info["rests since"] = monotonic()

    @event.listens_for(engine, "checkout")
    def _on_checkout(connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: object) -> None:
        if monotonic() - record.info.get("rests since", monotonic()) < _REST:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error:
            raise DisconnectionError from None


def _serialise_writers(engine: Engine) -> None:
    """A write transaction takes SQLite's one write lock at its start, so that a step never fails at its end."""

    @event.listens_for(engine, "connect")
    def _on_connect(connection: object, _record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]  # we say BEGIN ourselves
        cursor = connection.cursor()  # type: ignore[attr-defined]
        for pragma in (f"busy_timeout={_BUSY * 1000}", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        _write_ahead(cursor)
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        only_reads = connection.get_execution_options().get("asb_only_reads", False)
        connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")


def _write_ahead(cursor: Any) -> None:
    """Keep the file in WAL mode. SQLite does not wait for the lock that the first change to it needs, whatever
    busy_timeout says: two processes that start on a new file would refuse each other."""
    end = monotonic() + _BUSY
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except DriverError as error:
            if not str(error).endswith("is locked") or monotonic() >= end:
                raise
            sleep(_AGAIN)
        else:
            return
