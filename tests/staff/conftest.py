"""A council with one administrator, on both databases; passwords are hashed with little effort, for speed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from argon2 import PasswordHasher

from engine.clock import SettableClock
from engine.staff import passwords
from engine.staff.people import Colleague, Details, add_person, find_person
from engine.staff.roles import Role
from engine.staff.secret import Keys
from engine.staff.sessions import Account
from engine.staff.sign_in import accept_invitation
from engine.store import Database, accounts
from tests.casework.builders import START_AT

COUNCIL = "test_council"
PASSWORD = "otter umbrella canal"  # noqa: S105  # for the test alone
TEAMS = ("team", "other")


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    passwords._nobodys.cache_clear()
    yield
    passwords._nobodys.cache_clear()


@dataclass(frozen=True)
class Staff:
    database: Database
    clock: SettableClock
    keys: Keys

    def add(
        self, name: str, *roles: Role, email: str = "", teams: tuple[str, ...] = (), line_manager: str = ""
    ) -> tuple[Colleague, str]:
        """The person, and the secret of their invitation."""
        details = Details(
            email=email or f"{name.replace(' ', '.')}@example.org",
            roles=frozenset(roles or (Role.OFFICER,)),
            teams=teams,
            line_manager=line_manager,
        )
        person_id, secret = add_person(
            self.database, self.clock, COUNCIL, name=name, details=details, teams=TEAMS, by="the test"
        )
        return find_person(self.database, COUNCIL, person_id), secret

    def working(self, name: str, *roles: Role, teams: tuple[str, ...] = ()) -> Account:
        """Somebody who has chosen the password."""
        _, secret = self.add(name, *roles, teams=teams)
        accept_invitation(self.database, self.clock, secret, PASSWORD, council="Test Council")
        return self.account(name)

    def account(self, name: str) -> Account:
        with self.database.read() as connection:
            return Account.of(
                accounts.person_by_email(connection, COUNCIL, f"{name.replace(' ', '.')}@example.org".lower())
            )


@pytest.fixture
def staff(database: Database) -> Staff:
    return Staff(database=database, clock=SettableClock(START_AT), keys=Keys("0123456789abcdef" * 2))
