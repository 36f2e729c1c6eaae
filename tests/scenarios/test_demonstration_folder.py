"""The folder of a demonstration: made whole or not at all, and kept as people left it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.bootstrap import OfficeAtHome, make_demonstration
from engine.casework.tasks.completion import claim_task
from engine.clock import SystemClock
from engine.errors import BadInputError
from engine.settings import Settings
from engine.store import tasks
from engine.variants import BaseFolder, PolicySource, Variant
from engine.workshop import source_of_version
from tests.casework.builders import SETTINGS, diagram, flow, process, user

NOW = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
SCENARIO = b'[application]\non = 2026-03-02\n[[step]]\non = 2026-03-12\nby = "Officer 1"\ntask = "ask"\n'
DRAWN = diagram(
    process(
        '<bpmn:startEvent id="start"/>' + user("ask") + '<bpmn:endEvent id="end"/>'
        + flow("start", "ask") + flow("ask", "end")
    )
)  # fmt: skip


def a_council(named: str = "test_council") -> tuple[Variant, PolicySource]:
    files = {"variant.toml": SETTINGS.encode(), "main.bpmn": DRAWN, "scenarios/one.toml": SCENARIO}
    return Variant.from_files(files, named), PolicySource(folders=(BaseFolder(name=named, files=files),))


def demonstration(
    home: Path, *, council: str = "test_council", fresh: bool = False, tell: Callable[[str], None] = lambda _: None
) -> OfficeAtHome:
    settings = Settings.from_environment({"ASB_HOME": str(home)})
    return make_demonstration(settings, [a_council(council)], until=NOW, cases=3, fresh=fresh, tell=tell)


def test_the_folders_that_it_was_made_of_are_kept_with_the_version(tmp_path: Path) -> None:
    kept = source_of_version(demonstration(tmp_path), "test_council", 1)
    assert kept == a_council()[1]


def claims(office: OfficeAtHome) -> list[str | None]:
    with office.database.read() as connection:
        return [task.claimed_by for task in tasks.open_tasks(connection)]


def claim_first(office: OfficeAtHome) -> None:
    with office.database.read() as connection:
        first = next(task for task in tasks.open_tasks(connection) if task.claimed_by is None)
    claim_task(office, first.task_id, by="Officer 2")


def test_it_stands_in_a_folder_of_its_own_and_goes_on_with_the_wall_clock(tmp_path: Path) -> None:
    office = demonstration(tmp_path)

    assert office.home == tmp_path / "demo"
    assert isinstance(office.clock, SystemClock)
    assert len(claims(office)) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


def test_what_people_did_is_kept_until_it_is_made_anew(tmp_path: Path) -> None:
    told: list[str] = []
    made = demonstration(tmp_path)
    claim_first(made)
    made.database.close()

    kept = demonstration(tmp_path, tell=told.append)
    assert "Officer 2" in claims(kept)
    assert told == []
    kept.database.close()

    assert "Officer 2" not in claims(demonstration(tmp_path, fresh=True, tell=told.append))
    assert len(told) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


def stopping_at_the_second(line: str) -> None:
    if line.startswith("2 of 3"):
        raise KeyboardInterrupt


def test_what_was_stopped_half_way_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        demonstration(tmp_path, tell=stopping_at_the_second)

    assert list(tmp_path.iterdir()) == []
    assert len(claims(demonstration(tmp_path))) == 3


def test_what_stops_while_it_is_made_anew_leaves_the_one_before(tmp_path: Path) -> None:
    made = demonstration(tmp_path)
    claim_first(made)
    made.database.close()

    with pytest.raises(KeyboardInterrupt):
        demonstration(tmp_path, fresh=True, tell=stopping_at_the_second)

    assert "Officer 2" in claims(demonstration(tmp_path))


def test_what_a_killed_process_left_is_cleared_away(tmp_path: Path) -> None:
    left_over = tmp_path / "demo-being-made-x" / "made"
    left_over.mkdir(parents=True)
    (left_over / "asb.sqlite").write_bytes(b"half")

    assert len(claims(demonstration(tmp_path))) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


def test_a_demonstration_of_another_council_is_not_taken_for_this_ones(tmp_path: Path) -> None:
    demonstration(tmp_path).database.close()

    with pytest.raises(BadInputError, match="holds a demonstration of test_council, not of other_council"):
        demonstration(tmp_path, council="other_council")
