"""Codes from an app: taken once, few tries, their secret encrypted where it is stored."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest

from engine.errors import BadInputError, SignInRefusedError, TooManyTriesError
from engine.staff.bounds import PER_SECOND_STEP, WINDOW
from engine.staff.people import reset_second_step
from engine.staff.second_step import address_for_app, check_code, offered_secret, turn_off, turn_on
from engine.staff.secret import Keys
from engine.staff.sessions import Account
from engine.store import accounts
from tests.staff.conftest import COUNCIL, Staff


def code(staff: Staff, secret: str, *, steps: int = 0) -> str:
    return pyotp.TOTP(secret).generate_otp(int(staff.clock.now().timestamp()) // 30 + steps)


@pytest.fixture
def account(staff: Staff) -> Account:
    return staff.working("Officer 9")


@pytest.fixture
def secret(staff: Staff, account: Account) -> str:
    """Of a second step that is on."""
    made = offered_secret(staff.keys, account, "token")
    turn_on(staff.database, staff.clock, staff.keys, account, secret=made, code=code(staff, made))
    staff.clock.advance(timedelta(minutes=1))
    return made


def check(staff: Staff, account: Account, given: str) -> None:
    check_code(staff.database, staff.clock, staff.keys, account.person_id, given)


def test_it_is_on_only_after_a_right_code(staff: Staff, account: Account) -> None:
    made = offered_secret(staff.keys, account, "token")
    assert made == offered_secret(staff.keys, account, "token") != offered_secret(staff.keys, account, "another")
    with pytest.raises(BadInputError):
        turn_on(staff.database, staff.clock, staff.keys, account, secret=made, code="12345")
    assert not staff.account("Officer 9").has_second_step
    turn_on(staff.database, staff.clock, staff.keys, account, secret=made, code=code(staff, made))
    assert staff.account("Officer 9").has_second_step


def test_each_code_is_taken_once(staff: Staff, account: Account, secret: str) -> None:
    given = code(staff, secret)
    check(staff, account, f"{given[:3]} {given[3:]}")
    with pytest.raises(SignInRefusedError):
        check(staff, account, given)
    with pytest.raises(SignInRefusedError):
        check(staff, account, code(staff, secret, steps=-1))
    check(staff, account, code(staff, secret, steps=1))


def test_the_code_that_turned_it_on_is_used_up(staff: Staff, account: Account) -> None:
    made = offered_secret(staff.keys, account, "token")
    turn_on(staff.database, staff.clock, staff.keys, account, secret=made, code=code(staff, made))
    with pytest.raises(SignInRefusedError):
        check(staff, account, code(staff, made))


def test_clocks_may_differ_by_one_interval_and_no_more(staff: Staff, account: Account, secret: str) -> None:
    for steps in (-2, 2):
        with pytest.raises(SignInRefusedError):
            check(staff, account, code(staff, secret, steps=steps))
    check(staff, account, code(staff, secret, steps=-1))


def test_codes_cannot_be_guessed_by_trying(staff: Staff, account: Account, secret: str) -> None:
    for _ in range(PER_SECOND_STEP):
        with pytest.raises(SignInRefusedError):
            check(staff, account, "abcdef")
    with pytest.raises(TooManyTriesError):
        check(staff, account, code(staff, secret))
    staff.clock.advance(WINDOW)
    check(staff, account, code(staff, secret))


def test_the_secret_is_encrypted_where_it_is_stored(staff: Staff, account: Account, secret: str) -> None:
    with staff.database.read() as connection:
        row = accounts.person_by_id(connection, account.person_id)
    assert row is not None
    assert secret not in row.totp_secret
    assert staff.keys.decrypt(row.totp_secret) == secret
    other = Keys("another secret of thirty-two characters")
    with pytest.raises(SignInRefusedError, match="reset"):
        check_code(staff.database, staff.clock, other, account.person_id, code(staff, secret))


def test_it_is_turned_off_with_a_code_or_by_an_administrator(staff: Staff, account: Account, secret: str) -> None:
    with pytest.raises(SignInRefusedError):
        turn_off(staff.database, staff.clock, staff.keys, account, code="000000x")
    turn_off(staff.database, staff.clock, staff.keys, account, code=code(staff, secret))
    assert not staff.account("Officer 9").has_second_step
    turn_on(staff.database, staff.clock, staff.keys, account, secret=secret, code=code(staff, secret))
    reset_second_step(staff.database, COUNCIL, account.person_id, by="Administrator 1")
    assert not staff.account("Officer 9").has_second_step


def test_the_app_is_told_whose_account_it_is(staff: Staff, account: Account) -> None:
    address = address_for_app(offered_secret(staff.keys, account, "token"), account, "Test Council")
    assert address.startswith("otpauth://totp/Test%20Council:officer.9%40example.org?secret=")
