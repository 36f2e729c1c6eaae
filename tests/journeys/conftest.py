"""What every journey has: the service, people with accounts, and a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page, expect

from engine.clock import SettableClock
from engine.staff import passwords
from engine.staff.demonstration import add_demonstration_accounts
from engine.store import Database
from engine.variants import Variant
from tests.journeys.demonstration import Demonstration, make_demonstration
from tests.journeys.page_checks import Visitor, visiting
from tests.journeys.service import PASSWORD, START_AT, Service, serving

#: How long a busy machine may take to show what is waited for, in milliseconds.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="package", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Passwords are hashed with little effort: people sign in again and again here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        yield


@pytest.fixture(scope="package")
def database_with_people(
    tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path, hertsmere: Variant, quick_hashes: None
) -> Path:
    """A file with the tables and an account for everybody in variant.toml, to copy."""
    path = tmp_path_factory.mktemp("people") / "asb.sqlite"
    shutil.copy(migrated_sqlite, path)
    database = Database(f"sqlite:///{path}")
    add_demonstration_accounts(database, SettableClock(START_AT), hertsmere, PASSWORD)
    database.close()
    return path


@pytest.fixture
def service(tmp_path: Path, database_with_people: Path, hertsmere: Variant) -> Iterator[Service]:
    with serving(tmp_path, database_with_people, hertsmere) as started:
        yield started


@pytest.fixture(scope="package")
def demonstration(
    tmp_path_factory: pytest.TempPathFactory, database_with_people: Path, hertsmere: Variant
) -> Iterator[Demonstration]:
    """To look at only: what a test does to its cases the next one sees."""
    with serving(tmp_path_factory.mktemp("demonstration"), database_with_people, hertsmere) as started:
        yield make_demonstration(started)


@pytest.fixture
def visitor(browser: Browser, demonstration: Demonstration) -> Iterator[Visitor]:
    with visiting(browser, demonstration) as coming:
        yield coming


@pytest.fixture
def phone(page_without_scripts: Page) -> Page:
    """A page as wide as a small telephone, in which no script runs."""
    page_without_scripts.set_viewport_size({"width": 320, "height": 640})
    page_without_scripts.set_default_timeout(PATIENCE)
    return page_without_scripts


@pytest.fixture
def other_page(browser: Browser) -> Iterator[Page]:
    """A second person's browser."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()
