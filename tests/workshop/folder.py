"""Hertsmere's folder with one worked example, to be edited and put in force."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engine.bootstrap import build_simulation_office
from engine.casework.step.office import Office
from engine.clock import SettableClock
from engine.store.policy_proposals import ProposalRow
from engine.store.policy_versions import PolicyVersionRow
from engine.workshop import Publication, draft_in, publish
from tests.house.checkout import ROOT

COUNCIL = "hertsmere"
EXAMPLE = "01_threshold_just_met"
TODAY = date(2026, 3, 2)
#: The policy owner in its variant.toml, and a second one.
FIRST, SECOND = "Community Safety Manager", "Head of Service"


@pytest.fixture
def office() -> Iterator[Office]:
    made = build_simulation_office()
    assert isinstance(made.clock, SettableClock)
    made.clock.set(datetime(2026, 3, 2, 10, 15, tzinfo=UTC))
    yield made
    made.database.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Hertsmere, with one worked example, and what it extends."""
    return copied(tmp_path)


def copied(to: Path) -> Path:
    for name in ("statutory", "model", COUNCIL):
        shutil.copytree(ROOT / "bpmn" / name, to / name)
    for example in (to / COUNCIL / "scenarios").glob("*.toml"):
        if example.stem != EXAMPLE:
            example.unlink()
    return to


def edit(root: Path, file: str, old: str, new: str, *, folder: str = COUNCIL) -> None:
    path = root / folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def new_phone(root: Path, number: str = "01234 000000") -> None:
    edit(root, "variant.toml", "020 8207 7801", number)


def ask_for_second_owner(root: Path) -> None:
    """The setting, and a second policy owner."""
    edit(root, "variant.toml", "[[people]]", "[publishing]\nsecond_owner = true\n\n[[people]]")
    add_second_owner(root)


def add_second_owner(root: Path) -> None:
    head = 'email = "head.of.service@hertsmere.example"\nteams = ["appeals"]\nroles = ["manager"'
    edit(root, "variant.toml", head, head + ', "policy_owner"')


def wanted(*, by: str = FIRST, despite: str = "They are known.", **more: date | int | None) -> Publication:
    return Publication(by=by, why="The cabinet adopted it.", despite=despite, **more)  # type: ignore[arg-type]


def publish_as(office: Office, root: Path, publication: Publication) -> PolicyVersionRow | ProposalRow:
    return publish(office, draft_in(COUNCIL, root), publication, tell=lambda _: None)


def put(office: Office, root: Path, *, despite: str = "", day: date | None = None) -> PolicyVersionRow:
    row = publish_as(office, root, wanted(by="Owner 1", despite=despite, day=day))
    assert isinstance(row, PolicyVersionRow)
    return row
