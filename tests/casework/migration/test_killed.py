"""A process killed before or after any commit of a move leaves each case whole, in the one version or in the other."""

from __future__ import annotations

import os
import signal

from engine.casework.background.verification import verify_records
from engine.store import Database, cases
from engine.workshop import MoveWanted, move_open_cases, version_to_move_to
from tests.casework.builders import office_on
from tests.casework.migration.test_days import drawn
from tests.in_force import put_in_force
from tests.proofs.interruptions import Kill, count_commits
from tests.workshop.test_impact import COUNCIL, office_with, quiet

WANTED = MoveWanted(by="Owner 1", why="The cabinet gave more time.")


def _move(url: str, number: int) -> None:
    office = office_on(Database(url))
    list(move_open_cases(office, version_to_move_to(office, COUNCIL, number), [], WANTED, tell=quiet))
    office.database.close()


def _killed(url: str, number: int, kill: Kill) -> bool:
    """Whether the process was killed that moved the cases."""
    pid = os.fork()
    if pid == 0:
        try:
            database = Database(url)
            count_commits(database, kill)
            office = office_on(database)
            list(move_open_cases(office, version_to_move_to(office, COUNCIL, number), [], WANTED, tell=quiet))
        finally:
            os._exit(0)
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _moved(url: str) -> list[bool]:
    """Of each case, whether it is of version 2; after its record was verified and computed again."""
    office = office_on(Database(url))
    assert verify_records(office, replay=True) == (3, [])
    with office.database.read() as connection:
        digests = [row.variant_digest for row in cases.all_cases(connection)]
    second = version_to_move_to(office, COUNCIL, 2).digest
    office.database.close()
    return [digest == second for digest in digests]


def test_a_move_killed_at_any_commit_goes_on_where_it_was(database_url: str) -> None:
    office = office_with(Database(database_url), drawn(20))
    put_in_force(office, drawn(27))
    office.database.close()
    for commit in (1, 2, 3):
        for is_after in (False, True):
            assert _killed(database_url, 2, Kill(commit=commit, is_after=is_after))
            done = commit if is_after else commit - 1
            assert _moved(database_url) == [place < done for place in range(3)]
            _move(database_url, 2)
            assert _moved(database_url) == [True, True, True]
            _move(database_url, 1)
    assert not _killed(database_url, 2, Kill(commit=4, is_after=False))
