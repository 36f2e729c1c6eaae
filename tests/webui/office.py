"""The screens on an office made for the test: Hertsmere's policy, an SQLite file, a clock to set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache

from engine.bootstrap import build_office
from engine.casework.step.office import Office
from engine.clock import SettableClock
from engine.settings import Settings
from engine.staff.demonstration import email_for
from engine.staff.sessions import Account, start_session
from engine.store import Connection, staff
from engine.variants import Variant, find_variant, load_variant
from tests.house.checkout import ROOT
from tests.in_force import put_in_force
from webui import create_app

START_AT = datetime(2026, 3, 2, 10, 15, tzinfo=UTC)
HERTSMERE = "hertsmere"


@dataclass(frozen=True)
class Web:
    app: Flask
    office: Office
    settings: Settings
    clock: SettableClock
    variant: Variant

    def client_of(self, name: str | None = None) -> FlaskClient:
        """A browser in which this person of variant.toml is signed in; without a name, nobody."""
        client = self.app.test_client()
        if name is not None:
            token = start_session(self.office.database, self.clock, self.account_of(name))
            with client.session_transaction() as session:
                session["token"] = token
        return client

    def account_of(self, name: str) -> Account:
        """The account of this person; everybody in variant.toml has one as soon as the first is asked for."""
        with self.office.database.begin() as connection:
            if not staff.has_people(connection):
                self._add_people(connection)
            found = staff.person_named(connection, HERTSMERE, name)
        assert found is not None, f"{name} is not in variant.toml"
        return Account.of(found)

    def set_up(self) -> None:
        """Somebody works here, so that the public can apply."""
        self.account_of(self.variant.settings.people[0].name)

    def _add_people(self, connection: Connection) -> None:
        for one in self.variant.settings.people:
            staff.add_person(
                connection, HERTSMERE, name=one.name, email=email_for(one.name), roles=" ".join(one.roles),
                teams=" ".join(one.teams), line_manager=one.line_manager, head_of_service=one.head_of_service,
                added_at=START_AT,
            )  # fmt: skip
        staff.note_change(connection, HERTSMERE, START_AT)


class _Templates(BytecodeCache):
    """Templates as the first app compiled them: each would compile them anew, which takes longer than most tests."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()


_templates = _Templates()


def make_app(settings: Settings, *, office: Office) -> Flask:
    """The screens, soon: for tests that make an app each."""
    app = create_app(settings, office=office)
    app.jinja_env.bytecode_cache = _templates
    return app


@pytest.fixture(scope="session")
def hertsmere() -> Variant:
    root = ROOT / "bpmn"
    return load_variant(find_variant(HERTSMERE, root), root=root)


@pytest.fixture
def web(tmp_path: Path, migrated_sqlite: Path, hertsmere: Variant) -> Iterator[Web]:
    """Its requests need no CSRF token; that one is needed has tests of its own."""
    (tmp_path / "asb.sqlite").write_bytes(migrated_sqlite.read_bytes())
    settings = Settings.from_environment({"ASB_HOME": str(tmp_path), "ASB_VARIANTS": str(ROOT / "bpmn")})
    clock = SettableClock(START_AT)
    office = replace(build_office(settings), clock=clock)
    put_in_force(office, hertsmere)
    app = make_app(settings, office=office)
    app.config.update(TESTING=False, WTF_CSRF_ENABLED=False)
    yield Web(app=app, office=office, settings=settings, clock=clock, variant=hertsmere)
    office.database.close()
