"""The first administrator is whoever holds the code, once; the installation's secret; accounts of a demonstration."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.errors import FormAnswersError, NotAllowedError, SettingsError, SignInRefusedError, TooManyTriesError
from engine.settings import Settings
from engine.staff.bounds import PER_SET_UP
from engine.staff.demonstration import add_demonstration_accounts, demonstration_accounts
from engine.staff.first_start import (
    check_set_up_code,
    council_of_code,
    invite_first_administrator,
    is_set_up,
    make_first_administrator,
    set_up_code,
)
from engine.staff.people import Details, list_people
from engine.staff.roles import Role
from engine.staff.secret import Keys, installation_secret
from engine.staff.sign_in import accept_invitation, check_sign_in
from engine.store.schema import properties
from engine.variants import find_variant, load_variant
from tests.casework.builders import variant_of
from tests.house.checkout import ROOT
from tests.staff.conftest import COUNCIL, PASSWORD, Staff
from tests.staff.test_directory import ONE_TASK

VARIANT = variant_of(ONE_TASK)
DETAILS = Details(email="first@example.org", roles=frozenset({Role.MANAGER}), teams=("team", "nowhere"))


def make(staff: Staff, code: str, *, password: str = PASSWORD) -> None:
    make_first_administrator(
        staff.database, staff.clock, VARIANT, code=code, name="Manager 1", details=DETAILS, password=password
    )


def test_whoever_holds_the_code_becomes_the_administrator_once(staff: Staff) -> None:
    code = set_up_code(staff.database, COUNCIL)
    assert code is not None
    assert check_set_up_code(staff.database, staff.clock, code.lower().replace("-", " "), [COUNCIL]) == COUNCIL
    make(staff, code)
    (person,) = list_people(staff.database, COUNCIL)
    assert person.details.roles == {Role.ADMINISTRATOR, Role.MANAGER}
    assert person.details.teams == ("team",)
    assert is_set_up(staff.database)
    assert set_up_code(staff.database, COUNCIL) is None
    assert council_of_code(staff.database, code, [COUNCIL]) is None
    with pytest.raises(SignInRefusedError):
        make(staff, code)
    check_sign_in(staff.database, staff.clock, email="first@example.org", password=PASSWORD, address="")


def test_each_council_has_a_code_of_its_own_also_after_another_was_set_up(staff: Staff) -> None:
    first, other = (set_up_code(staff.database, council) for council in (COUNCIL, "othershire"))
    assert first is not None
    assert other is not None
    make(staff, first)
    assert council_of_code(staff.database, other, [COUNCIL, "othershire"]) == "othershire"
    assert not is_set_up(staff.database, "othershire")
    with pytest.raises(SignInRefusedError):
        make(staff, other)  # it is another council's
    assert set_up_code(staff.database, "othershire") is not None


def test_a_command_invites_the_first_administrator_and_no_second(staff: Staff) -> None:
    invited = {"name": "Head of Service", "email": "head@example.org"}
    secret = invite_first_administrator(staff.database, staff.clock, VARIANT, **invited)
    account = accept_invitation(staff.database, staff.clock, secret, PASSWORD, council="")
    assert account.roles == {Role.ADMINISTRATOR}
    with pytest.raises(NotAllowedError, match="has an administrator already: Head of Service"):
        invite_first_administrator(staff.database, staff.clock, VARIANT, name="Another", email="a@example.org")


def test_without_the_code_nobody_takes_the_installation_over(staff: Staff) -> None:
    for guess in ("", "AAAA-AAAA-AAAA"):  # nor before a code was made
        assert council_of_code(staff.database, guess, [COUNCIL]) is None
    first, second = set_up_code(staff.database, COUNCIL), set_up_code(staff.database, COUNCIL)
    assert first is not None
    assert second is not None
    with pytest.raises(SignInRefusedError):
        make(staff, first)  # a later one was made
    for _ in range(PER_SET_UP):
        with pytest.raises(SignInRefusedError):
            check_set_up_code(staff.database, staff.clock, "AAAA-AAAA-AAAA", [COUNCIL])
    with pytest.raises(TooManyTriesError):
        check_set_up_code(staff.database, staff.clock, second, [COUNCIL])
    assert not is_set_up(staff.database)


def test_the_code_is_stored_as_a_hash(staff: Staff) -> None:
    code = set_up_code(staff.database, COUNCIL)
    assert code is not None
    with staff.database.read() as connection:
        kept = connection.execute(select(properties.c.value)).scalars().all()
    assert [value for value in kept if value] != []
    assert code not in kept


def test_a_weak_password_is_refused_at_its_field(staff: Staff) -> None:
    code = set_up_code(staff.database, COUNCIL)
    assert code is not None
    with pytest.raises(FormAnswersError) as refused:
        make(staff, code, password="password1234")  # noqa: S106  # a weak one
    assert [path for path, _ in refused.value.problems] == ["password"]


def test_the_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    settings = Settings.from_environment({"ASB_HOME": str(tmp_path / "home")})
    made = installation_secret(settings)
    assert made == installation_secret(settings)
    assert len(made) == 64
    assert stat.S_IMODE((tmp_path / "home" / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["secret_key"]
    (tmp_path / "home" / "secret_key").write_text("")
    with pytest.raises(SettingsError, match="holds no secret"):
        installation_secret(settings)


def test_a_secret_that_is_set_counts_and_nothing_is_written(tmp_path: Path) -> None:
    named = "s" * 32
    settings = Settings.from_environment({"ASB_HOME": str(tmp_path / "home"), "ASB_SECRET_KEY": named})
    assert installation_secret(settings) == named
    assert not (tmp_path / "home").exists()


def test_keys_of_different_purposes_differ_and_none_is_the_secret() -> None:
    keys = Keys("s" * 32)
    assert keys.key("a") == Keys("s" * 32).key("a")
    assert len({keys.key("a"), keys.key("b"), keys.key("cookies"), Keys("t" * 32).key("a")}) == 4
    assert keys.decrypt(keys.encrypt("kept")) == "kept"
    assert keys.decrypt("damaged") is None


def test_the_people_of_a_demonstration_sign_in_with_the_password_that_is_shown(staff: Staff) -> None:
    root = ROOT / "bpmn"
    hertsmere = load_variant(find_variant("hertsmere", root), root=root)
    assert demonstration_accounts(staff.database) == []
    made = add_demonstration_accounts(staff.database, staff.clock, hertsmere, PASSWORD)
    assert made == add_demonstration_accounts(staff.database, staff.clock, hertsmere, PASSWORD)
    assert {account.name for account in made} == {person.name for person in hertsmere.settings.people}
    assert {role for account in made for role in account.roles} == set(Role)
    for account in made:
        (found,) = check_sign_in(
            staff.database, staff.clock, email=account.email, password=account.password, address=""
        )
        assert (found.name, found.council_id) == (account.name, "hertsmere")


def test_whoever_is_called_alike_in_two_councils_of_a_demonstration_is_two_people(staff: Staff) -> None:
    root = ROOT / "bpmn"
    for council in ("hertsmere", "derby_city"):
        variant = load_variant(find_variant(council, root), root=root)
        made = add_demonstration_accounts(staff.database, staff.clock, variant, PASSWORD)
    officers = [account for account in made if account.name == "Officer 1"]
    assert {(account.council_id, account.email) for account in officers} == {
        ("hertsmere", "officer.1@example.org"),
        ("derby_city", "officer.1@derby-city.example.org"),
    }
    for account in made:
        (found,) = check_sign_in(staff.database, staff.clock, email=account.email, password=PASSWORD, address="")
        assert found.council_id == account.council_id
