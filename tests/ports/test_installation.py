"""Which ports an installation opens: the real ones, and none that leaves the machine where it is only tried out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from engine.bootstrap import build_office, build_simulation_office, build_story_office, make_simulation, ports_of
from engine.casework.rehearsal import rehearse
from engine.casework.step.office import Office
from engine.handler import Port
from engine.ports import FolderCalendar, FolderPost, ListedServices, MemoryCalendar, MemoryParcels, MemoryPost
from engine.ports.http import SupposedServices
from engine.settings import Settings
from tests.check.builders import folder, plain

VARIANT = folder(plain())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_environment(
        {"ASB_HOME": str(tmp_path / "home"), "ASB_SERVICES": "register=https://register.example"}
    )


def opened(office: Office) -> dict[str, type[Any]]:
    keys: list[Port[Any]] = [outlet.port for outlet in office.ports.outlets]
    return {port.name: type(behind) for port, behind in office.ports.opened(VARIANT, keys).items()}


def test_an_installation_opens_the_real_thing_behind_every_port(settings: Settings) -> None:
    found = opened(build_office(settings))
    assert (found["post"], found["calendar"], found["http"]) == (FolderPost, FolderCalendar, ListedServices)


def test_a_rehearsal_and_a_simulation_open_a_stand_in_behind_every_port(settings: Settings) -> None:
    with rehearse(build_office(settings)) as stage:
        rehearsed = opened(stage)
    simulated = opened(build_simulation_office())
    assert rehearsed == simulated
    assert (rehearsed["post"], rehearsed["calendar"], rehearsed["http"]) == (
        MemoryPost, MemoryCalendar, SupposedServices,
    )  # fmt: skip
    assert rehearsed.keys() == {outlet.port.name for outlet in ports_of(settings).outlets}


def test_a_story_and_a_database_for_simulation_keep_what_leaves_at_home_and_call_no_service(settings: Settings) -> None:
    for office in (build_story_office(settings), make_simulation(settings, datetime(2026, 3, 2, 9, 0, tzinfo=UTC))):
        found = opened(office)
        assert (found["post"], found["calendar"], found["http"]) == (FolderPost, FolderCalendar, SupposedServices)


def test_a_story_is_played_over_the_same_stand_in_for_other_councils_as_a_simulation(settings: Settings) -> None:
    story, simulated = opened(build_story_office(settings)), opened(build_simulation_office())
    assert story["parcels"] is simulated["parcels"] is MemoryParcels
