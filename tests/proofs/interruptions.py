"""Drive a scenario in a process of its own, kill that process at a commit, start another and let it go on."""

from __future__ import annotations

import json
import os
import signal
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, event, select

from engine.casework.background import jobs
from engine.casework.background.jobs import work_ready_jobs
from engine.casework.background.timers import fire_due_timers
from engine.casework.background.verification import verify_records
from engine.casework.cases.intake import open_case
from engine.casework.cases.messages import send_message
from engine.casework.step.office import Office
from engine.casework.step.versions import Versions
from engine.casework.tasks.completion import complete_task
from engine.clock import SettableClock
from engine.model import ACCESS_CODE
from engine.store import Database, tasks
from engine.store.cases import find_case
from engine.store.record import entries_of
from engine.store.schema import metadata
from engine.variants import Variant
from tests.casework.builders import START_AT
from tests.proofs.generator import Action, Scenario
from tests.runtime.play import HANDLERS

#: What chance, the run's own name, or a second attempt makes different.
UNLIKE = {"case_id", "council_id", "once_key", "salt", "hash", "previous", "digest", "lease", "lease_until", "attempts"}
UNLIKE |= {"variant_digest", "record_head", "pack"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Kill:
    commit: int  #: counted from 1 in the first process
    is_after: bool


class Runs:
    """Scenarios on one database, each run as the case of a council of its own."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._count = 0

    def run(
        self, scenario: Scenario, kill: Kill | None = None, *, goes_on: bool = True
    ) -> tuple[dict[str, Any] | None, int]:
        """What the database says at the end, and how many commits the first process made.

        `goes_on`: after the kill another process does the rest.

        None where `kill` names a commit that never came.
        """
        self._count += 1
        council = f"council_{os.getpid()}_{self._count}"
        variant = scenario.variant(council)
        commits = self._in_child(scenario, variant, kill)
        if kill is not None:
            if commits is not None:
                return None, commits
            if goes_on:
                self._in_child(scenario, variant, None)
        return self._look(council), commits or 0

    def _in_child(self, scenario: Scenario, variant: Variant, kill: Kill | None) -> int | None:
        """The number of commits, or None where the child was killed."""
        readable, writable = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                os.close(readable)
                os.write(writable, str(self._drive(scenario, variant, kill)).encode())
                os._exit(0)
            except BaseException:
                os.write(writable, traceback.format_exc().encode())
            finally:
                os._exit(1)
        os.close(writable)
        with os.fdopen(readable, "rb") as pipe:
            said = pipe.read().decode()
        _, status = os.waitpid(pid, 0)
        if os.WIFSIGNALED(status):
            assert os.WTERMSIG(status) == signal.SIGKILL
            return None
        assert os.WEXITSTATUS(status) == 0, said
        return int(said)

    def _drive(self, scenario: Scenario, variant: Variant, kill: Kill | None) -> int:
        database = Database(self.url)
        commits = count_commits(database, kill)
        # A killed worker's lease has run out when the next worker looks
        jobs.RETRY = replace(jobs.RETRY, lease=jobs.RETRY.lease * 0)
        clock = SettableClock(START_AT)
        office = Office(
            database=database,
            clock=clock,
            handlers={each.name: each for each in HANDLERS},
            versions=Versions(),
        )
        reference = _reference(database, variant.id) or open_case(office, variant, scenario.answers, by="the applicant")
        for number, action in enumerate(scenario.actions):
            clock.set(START_AT + action.after)
            _act(office, reference, variant.id, number, action)
        return commits[0]

    def _look(self, council: str) -> dict[str, Any]:
        """Every row of the case but for what differs by chance, after its record was verified and computed again."""
        database = Database(self.url)
        office = Office(database=database, clock=SettableClock(START_AT), handlers={})
        try:
            reference = _reference(database, council)
            assert reference is not None
            assert verify_records(office, reference, council_id=council, replay=True) == (1, [])
            with database.read() as connection:
                cases = metadata.tables["cases"]
                case_id = connection.execute(select(cases.c.case_id).where(cases.c.council_id == council)).scalar_one()
                found = {}
                for table in metadata.sorted_tables:
                    if "case_id" in table.c and table.name != "anchors":
                        rows = connection.execute(select(table).where(table.c.case_id == case_id)).mappings()
                        found[table.name] = sorted(
                            str({name: _plain(value) for name, value in row.items() if name not in _unlike(row)})
                            for row in rows
                        )
        finally:
            database.close()
        return found


def _unlike(row: Mapping[str, Any]) -> set[str]:
    """The columns of the row that are left out; the applicant's code is drawn by lot."""
    return UNLIKE | {"value"} if row.get("name") == ACCESS_CODE else UNLIKE


def _plain(value: Any) -> Any:
    """Values as text; the record's contents without the hash of the run's own variant and the count of attempts."""
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, str) and value.startswith("{"):
        said = json.loads(value)
        said.pop("variant", None)
        said.pop("attempts", None)
        return said
    return value


def _reference(database: Database, council: str) -> str | None:
    cases = metadata.tables["cases"]
    with database.read() as connection:
        return connection.execute(select(cases.c.reference).where(cases.c.council_id == council)).scalar()


def _act(office: Office, reference: str, council: str, number: int, action: Action) -> None:
    """Do it unless the record shows that it happened: answers bear the action's number, and a message its id."""
    if action.what == "complete":
        with office.database.read() as connection:
            case = find_case(connection, reference, council)
            inbox = tasks.open_tasks(connection, reference=reference, council_id=council)
            done = [e.content["answers"] for e in entries_of(connection, case.case_id) if e.kind == "task completed"]
        if {"seen": number} in done:
            return
        for task in inbox:
            if task.element_id == action.element and task.item_id in ("", action.item):
                complete_task(office, task.task_id, {"seen": number}, by="Officer 1", council_id=council)
                return
        raise AssertionError(f"{action} cannot be done: {[(each.element_id, each.item_id) for each in inbox]}")
    if action.what == "tell":
        send_message(
            office,
            reference,
            action.element,
            {"heard": number},
            by="Officer 1",
            message_id=f"id-{number}",
            council_id=council,
        )
    elif action.what == "work":
        while work_ready_jobs(office):
            pass
    else:
        fire_due_timers(office)


def count_commits(database: Database, kill: Kill | None) -> list[int]:
    """Count the commits of this process that write, and die by SIGKILL before or after the one that `kill` names."""
    commits = [0]
    only_reads = [False]
    commit = database.engine.dialect.do_commit

    @event.listens_for(database.engine, "commit")
    def _about_to_commit(connection: Connection) -> None:
        only_reads[0] = bool(connection.get_execution_options().get("asb_only_reads"))

    def counted(connection: Any) -> None:
        if only_reads[0]:
            commit(connection)
            return
        commits[0] += 1
        if kill is not None and kill.commit == commits[0] and not kill.is_after:
            os.kill(os.getpid(), signal.SIGKILL)
        commit(connection)
        if kill is not None and kill.commit == commits[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    database.engine.dialect.do_commit = counted  # type: ignore[method-assign]
    if database.is_sqlite:

        @event.listens_for(database.engine, "connect")
        def _no_fsync(connection: Any, _record: object) -> None:
            connection.execute("PRAGMA synchronous=OFF")  # the process is killed, not the machine

    return commits
