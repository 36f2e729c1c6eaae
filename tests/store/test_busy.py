"""SQLite has one writer; who waits for it in vain is told so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from engine.errors import DatabaseUnusableError
from engine.store import Database, database


def test_a_writer_that_waits_too_long_for_another_is_told_to_try_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_BUSY", 0)
    first, second = (Database(f"sqlite:///{tmp_path / 'cases.db'}") for _ in range(2))
    first.upgrade()
    with first.begin():
        with pytest.raises(DatabaseUnusableError, match="is busy: another process"), second.begin():
            pass
        with second.read():
            pass
    with second.begin():
        pass
    first.close()
    second.close()


#: Waits until the test says go, so that both touch the new file in the same moment.
_START = """
import sys, time
from pathlib import Path
from engine.store import Database
go, file = map(Path, sys.argv[1:])
print("ready", flush=True)
while not go.exists():
    time.sleep(0.001)
made = Database(f"sqlite:///{file}")
made.upgrade()
made.set_property(f"started by {id(made)}", "yes")
"""
#: As a process that has begun to write to a new file, which is not in WAL mode yet.
_HOLD = """
import sqlite3, sys, time
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
held.execute("CREATE TABLE begun (with_it INTEGER)")
print("ready", flush=True)
time.sleep(0.7)
held.execute("COMMIT")
"""


def start_process(program: str, *arguments: Path) -> subprocess.Popen[str]:
    started = subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert started.stdout is not None
    assert started.stdout.readline() == "ready\n"
    return started


def end_well(*processes: subprocess.Popen[str]) -> None:
    said = [process.communicate(timeout=120)[1] for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes), said


def test_two_processes_that_start_on_a_new_database_at_once_wait_for_each_other(tmp_path: Path) -> None:
    go = tmp_path / "go"
    both = [start_process(_START, go, tmp_path / "new" / "cases.db") for _ in range(2)]
    go.touch()
    end_well(*both)


def test_whoever_starts_while_another_process_writes_to_a_new_database_waits_for_it(tmp_path: Path) -> None:
    go, file = tmp_path / "go", tmp_path / "cases.db"
    second = start_process(_START, go, file)
    first = start_process(_HOLD, file)
    go.touch()
    end_well(first, second)
