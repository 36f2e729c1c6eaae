"""What the guides say of the screens is done in a browser, one guide after the other, and one sees what they say."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from threading import Event, Thread

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page
from waitress.server import create_server

from engine.bootstrap import build_office
from engine.casework.cases.intake import open_case
from engine.cli.sweep_loop import sweep_until
from engine.clock import SettableClock
from engine.settings import Settings
from engine.staff.demonstration import add_demonstration_accounts, email_for
from engine.variants import load_variant
from tests.cli.calls import APPLICATION
from tests.guides.guide_player import steps, with_what_comes_before
from tests.guides.screen_player import Place, actions, numbered_steps
from tests.guides.test_guides import FOLDER, GUIDES, keep_only_examples_of, without_commands
from tests.house.checkout import ROOT
from tests.in_force import put_folders_in_force
from tests.webui.office import make_app

COUNCIL, PASSWORD = "hertsmere", "correct horse battery staple"
#: In the order in which they are played; all but the last begin where the one before ended.
ON_SCREENS = [
    FOLDER / f"{name}.md"
    for name in ("put-in-force", "see-what-it-does", "move-open-cases", "go-back", "draw-in-the-browser")
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with `bpmn` in it, with few examples; in that the copy, changed as the first guide has it changed."""
    shutil.copytree(ROOT / "bpmn", tmp_path / "bpmn")
    shutil.copytree(tmp_path / "bpmn" / COUNCIL, tmp_path / "bpmn" / "trial")
    change = (FOLDER / "change-a-deadline.md").read_text(encoding="utf-8")
    keep_only_examples_of(change, tmp_path)
    shutil.rmtree(tmp_path / "bpmn" / COUNCIL)  # what is in force is judged again when one goes back
    shutil.copytree(tmp_path / "bpmn" / "trial", tmp_path / "bpmn" / COUNCIL)
    for step in steps(f"{without_commands(change)}\n```console\n$ asb simulate trial --accept\n…\n```\n"):
        step(tmp_path)
    return tmp_path


@pytest.fixture
def place(folder: Path, migrated_sqlite: Path, page: Page) -> Iterator[Place]:
    """The service with what is done in the background; two cases are open by the policy as it was."""
    shutil.copy(migrated_sqlite, folder / "asb.sqlite")
    root = folder / "bpmn"
    settings = Settings.from_environment({"ASB_HOME": str(folder), "ASB_VARIANTS": str(root)})
    clock = SettableClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    office = replace(build_office(settings), clock=clock)
    put_folders_in_force(office, root, COUNCIL)
    variant = load_variant(root / COUNCIL, root=root)
    add_demonstration_accounts(office.database, clock, variant, PASSWORD)
    for _ in range(2):
        open_case(office, variant, json.loads(APPLICATION.read_text()), by="the applicant")
    server = create_server(make_app(settings, office=office), host="127.0.0.1", port=0, threads=8)
    stop = Event()
    threads = [
        Thread(target=server.run, daemon=True),
        Thread(target=sweep_until, args=(stop, office, root), kwargs={"every": 0.2}, daemon=True),
    ]
    for thread in threads:
        thread.start()
    yield Place(
        page=page, address=f"http://127.0.0.1:{server.effective_port}", folder=folder, email_for=email_for,
        password=PASSWORD,
    )  # fmt: skip
    stop.set()
    server.close()
    for thread in threads:
        thread.join(timeout=10)
    office.database.close()


def test_what_the_guides_say_of_the_screens_can_be_done_and_gives_what_they_say(place: Place) -> None:
    for guide in ON_SCREENS:
        for number, step in enumerate(numbered_steps(guide.read_text(encoding="utf-8")), start=1):
            for act in actions(step):
                try:
                    act(place)
                except Exception as error:
                    shown = " ".join(place.page.locator("body").inner_text().split())
                    raise AssertionError(f"{guide.name}, step {number}: {step}\n{error}\nShown: {shown}") from error


def test_every_guide_that_speaks_of_screens_is_played() -> None:
    assert [guide for guide in GUIDES if "\n## On the screens\n" in guide.read_text(encoding="utf-8")] == sorted(
        ON_SCREENS
    )
    for before, guide in pairwise(ON_SCREENS[:-1]):
        assert with_what_comes_before(guide).startswith(with_what_comes_before(before))


@pytest.mark.parametrize(
    "step",
    ["Open **Policies**.", "You see “Version 9”.", "Press **Put it in force**.", "Write “x” under **Reason**."],
)
def test_what_a_guide_says_wrongly_of_a_screen_is_seen(page: Page, tmp_path: Path, step: str) -> None:
    page.set_content('<a href="/">Policy</a> <button>Put in force</button> <label>Why <input></label> Version 1')
    page.set_default_timeout(500)
    (act,) = actions(step)
    with pytest.raises((PlaywrightError, AssertionError)):
        act(Place(page=page, address="", folder=tmp_path, email_for=email_for, password=PASSWORD, patience=500))


def test_a_step_that_asks_for_nothing_is_told_from_one_that_does() -> None:
    assert list(actions("Read what stands under each case, and go to **Policy**.")) == []
    assert len(list(actions("Open **Policy**, **Versions**. Press **Put in force**. You see “1” and “2”."))) == 3
