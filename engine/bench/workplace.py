"""Where is measured: one empty database, one folder, and offices put together as in use, with a clock to set."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from typing import Any

from engine.bench.database.scratch import scratch_database
from engine.bootstrap import SIMULATED_NOW, build_office, set_simulated_clock
from engine.casework.step.office import Office
from engine.settings import Settings
from engine.store import Database, tasks

START_AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Workplace:
    """What another process needs to take part."""

    database_url: str
    home: str
    progress: Callable[[str], None]  #: is told what is being done

    def office(self) -> Office:
        return office_at(self.database_url, self.home)

    def in_processes(self, work: Callable[..., Any], *arguments: tuple[Any, ...]) -> list[Any]:
        """Call `work(database_url, home, gate, …)` in a fresh process per tuple of arguments, at the same time.

        `gate.wait()` returns when all of them are there. Gives what they returned.
        """
        context = get_context("spawn")
        with context.Manager() as manager, context.Pool(len(arguments)) as pool:
            gate = manager.Barrier(len(arguments))
            return pool.starmap(
                work, [(self.database_url, self.home, gate, *given) for given in arguments], chunksize=1
            )


def database_version(url: str) -> str:
    """Such as “PostgreSQL 16.4”."""
    database = Database(url)
    dialect = database.engine.dialect
    with database.begin():
        numbers = ".".join(str(part) for part in dialect.server_version_info or ())
    database.close()
    return f"{'SQLite' if database.is_sqlite else 'PostgreSQL'} {numbers}"


@contextmanager
def workplace(url: str | None, progress: Callable[[str], None]) -> Iterator[Workplace]:
    """An empty database (PostgreSQL from the wheel unless one is named) and a folder; empty or gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="asb-bench-") as home:
        progress("setting up the database")
        with scratch_database(url) as database_url:
            database = Database(database_url)
            database.upgrade()
            database.set_property(SIMULATED_NOW, START_AT.isoformat())
            database.close()
            yield Workplace(database_url=database_url, home=home, progress=progress)


def office_at(database_url: str, home: str) -> Office:
    """The office as any process of the system builds it."""
    return build_office(Settings.from_environment({"ASB_HOME": home, "ASB_DATABASE_URL": database_url}))


def move_clock(office: Office, delta: timedelta) -> None:
    set_simulated_clock(office, office.clock.now() + delta)


def open_task_numbers(office: Office, reference: str) -> list[int]:
    with office.database.begin() as connection:
        return sorted(task.task_id.number for task in tasks.open_tasks(connection, reference=reference))
