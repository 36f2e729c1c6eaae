"""SQLite has one writer; who waits for it in vain is told so."""

from __future__ import annotations

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
