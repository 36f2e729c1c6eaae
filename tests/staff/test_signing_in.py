"""Passwords, invitations, sessions and the count of tries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from engine.clock import LONDON
from engine.errors import BadInputError, FormAnswersError, LinkEndedError, SignInRefusedError, TooManyTriesError
from engine.staff import passwords
from engine.staff.bounds import INVITATION_LASTS, PER_ACCOUNT, PER_ADDRESS, SESSION_LASTS, SESSION_RESTS, WINDOW
from engine.staff.people import Details, add_person, deactivate_person, invite_again, reactivate_person
from engine.staff.roles import Role
from engine.staff.secret_hash import hash_of
from engine.staff.sessions import (
    Account,
    account_of,
    end_other_sessions,
    end_session,
    open_sessions,
    start_session,
)
from engine.staff.sign_in import accept_invitation, change_password, check_sign_in, proven_accounts
from engine.store import accounts
from engine.store.schema import people
from tests.staff.conftest import COUNCIL, PASSWORD, Staff
from tests.statements import counted

EMAIL = "officer.9@example.org"


def sign_in(staff: Staff, password: str = PASSWORD, *, email: str = EMAIL, address: str = "192.0.2.1") -> None:
    check_sign_in(staff.database, staff.clock, email=email, password=password, address=address)


def test_an_invited_person_chooses_a_password_once_and_signs_in(staff: Staff) -> None:
    _, secret = staff.add("Officer 9")
    with pytest.raises(SignInRefusedError):
        sign_in(staff)
    accept_invitation(staff.database, staff.clock, secret, PASSWORD, council="Test Council")
    sign_in(staff, email=" Officer.9@EXAMPLE.org ")
    with pytest.raises(LinkEndedError):
        accept_invitation(staff.database, staff.clock, secret, PASSWORD, council="Test Council")


def test_an_invitation_ends_with_its_time_and_with_a_later_one(staff: Staff) -> None:
    person, first = staff.add("Officer 9")
    second = invite_again(staff.database, staff.clock, COUNCIL, person.person_id, by="A")
    with pytest.raises(LinkEndedError):
        accept_invitation(staff.database, staff.clock, first, PASSWORD, council="Test Council")
    staff.clock.advance(INVITATION_LASTS)
    with pytest.raises(LinkEndedError):
        accept_invitation(staff.database, staff.clock, second, PASSWORD, council="Test Council")


def test_neither_secrets_nor_passwords_are_stored(staff: Staff) -> None:
    person, secret = staff.add("Officer 9")
    with staff.database.read() as connection:
        of_person = select(people.c.invitation).where(people.c.person_id == person.person_id)
        assert connection.execute(of_person).scalar_one() == hash_of(secret) != secret
    account = staff.working("Officer 8")
    token = start_session(staff.database, staff.clock, account)
    with staff.database.read() as connection:
        row = accounts.person_by_id(connection, account.person_id)
        assert row is not None
        assert row.password_hash.startswith("$argon2id$")
        assert [s.token for s in accounts.sessions_of(connection, account.person_id)] == [hash_of(token)]


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(staff: Staff) -> None:
    staff.working("Officer 9")
    with pytest.raises(SignInRefusedError) as wrong:
        sign_in(staff, "not the password")
    with pytest.raises(SignInRefusedError) as unknown:
        sign_in(staff, email="nobody@example.org")
    assert str(wrong.value) == str(unknown.value)


def test_an_unknown_address_costs_as_much_work_as_a_known_one(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    staff.working("Officer 9")
    verified = []
    real = passwords._hasher

    class Watched:
        def verify(self, hashed: str, password: str) -> bool:
            verified.append(hashed[:9])
            return real.verify(hashed, password)

        hash = staticmethod(real.hash)
        check_needs_rehash = staticmethod(real.check_needs_rehash)

    monkeypatch.setattr(passwords, "_hasher", Watched())
    for email in (EMAIL, "nobody@example.org"):
        with counted(staff.database) as seen, pytest.raises(SignInRefusedError):
            sign_in(staff, "not the password", email=email)
        verified.append(len(seen))
    assert verified[:2] == verified[2:]


def test_a_deactivated_person_cannot_sign_in(staff: Staff) -> None:
    account = staff.working("Officer 9")
    token = start_session(staff.database, staff.clock, account)
    deactivate_person(staff.database, staff.clock, COUNCIL, account.person_id, by="A")
    assert account_of(staff.database, staff.clock, token) is None
    with pytest.raises(SignInRefusedError):
        sign_in(staff)


def test_after_ten_wrong_passwords_an_account_waits_whether_there_is_one_or_not(staff: Staff) -> None:
    staff.working("Officer 9")
    for email in (EMAIL, "nobody@example.org"):
        for _ in range(PER_ACCOUNT):
            with pytest.raises(SignInRefusedError):
                sign_in(staff, "not the password", email=email)
        with pytest.raises(TooManyTriesError, match=r"Try again at \d\d:\d\d\."):
            sign_in(staff, email=email)
    with pytest.raises(TooManyTriesError) as refused:
        sign_in(staff)
    assert refused.value.again_at == (staff.clock.now() + WINDOW).astimezone(LONDON)
    staff.clock.advance(WINDOW)
    sign_in(staff)


def test_the_window_slides(staff: Staff) -> None:
    staff.working("Officer 9")
    for _ in range(PER_ACCOUNT):
        with pytest.raises(SignInRefusedError):
            sign_in(staff, "not the password")
        staff.clock.advance(timedelta(minutes=1))
    with pytest.raises(TooManyTriesError):
        sign_in(staff)
    staff.clock.advance(WINDOW - timedelta(minutes=PER_ACCOUNT))
    sign_in(staff)  # the first of them has fallen out


def test_one_address_cannot_try_many_accounts(staff: Staff) -> None:
    for number in range(PER_ADDRESS):
        with pytest.raises(SignInRefusedError):
            sign_in(staff, email=f"guess.{number}@example.org")
    with pytest.raises(TooManyTriesError):
        sign_in(staff)
    with pytest.raises(SignInRefusedError):
        sign_in(staff, address="192.0.2.2")


def test_signing_in_begins_the_count_anew(staff: Staff) -> None:
    staff.working("Officer 9")
    for _ in range(3):
        for _ in range(PER_ACCOUNT - 1):
            with pytest.raises(SignInRefusedError):
                sign_in(staff, "not the password")
        sign_in(staff)


def test_a_hash_of_less_effort_is_replaced_at_the_next_sign_in(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    account = staff.working("Officer 9")
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=2, memory_cost=64, parallelism=1))
    sign_in(staff)
    with staff.database.read() as connection:
        row = accounts.person_by_id(connection, account.person_id)
    assert row is not None
    assert ",t=2," in row.password_hash


def test_a_session_ends_with_rest_and_with_age_and_by_signing_out(staff: Staff) -> None:
    account = staff.working("Officer 9")
    token = start_session(staff.database, staff.clock, account)
    staff.clock.advance(SESSION_RESTS - timedelta(seconds=1))
    assert account_of(staff.database, staff.clock, token) == account
    staff.clock.advance(SESSION_RESTS)
    assert account_of(staff.database, staff.clock, token) is None

    token = start_session(staff.database, staff.clock, account)
    for _ in range(int(SESSION_LASTS / timedelta(hours=1)) - 1):
        staff.clock.advance(timedelta(hours=1))
        assert account_of(staff.database, staff.clock, token) is not None
    staff.clock.advance(timedelta(hours=1))
    assert account_of(staff.database, staff.clock, token) is None

    token = start_session(staff.database, staff.clock, account)
    end_session(staff.database, token)
    assert account_of(staff.database, staff.clock, token) is None
    assert account_of(staff.database, staff.clock, "made up") is None


def test_a_request_of_a_session_is_one_query(staff: Staff) -> None:
    token = start_session(staff.database, staff.clock, staff.working("Officer 9"))
    with counted(staff.database) as seen:
        account_of(staff.database, staff.clock, token)
    assert len(seen) == 1


def test_signing_out_everywhere_else_leaves_this_session(staff: Staff) -> None:
    account = staff.working("Officer 9")
    here, there = (start_session(staff.database, staff.clock, account) for _ in range(2))
    assert sorted(s.is_this for s in open_sessions(staff.database, staff.clock, account.person_id, here)) == [0, 1]
    end_other_sessions(staff.database, account.person_id, here)
    assert account_of(staff.database, staff.clock, here) is not None
    assert account_of(staff.database, staff.clock, there) is None


def test_a_changed_password_ends_the_other_sessions(staff: Staff) -> None:
    account = staff.working("Officer 9")
    here, there = (start_session(staff.database, staff.clock, account) for _ in range(2))

    def change(current: str, new: str) -> None:
        change_password(
            staff.database, staff.clock, account, current=current, new=new, token=here, council="Test Council"
        )

    with pytest.raises(SignInRefusedError):
        change("not the password", "harbour violin teapot")
    with pytest.raises(BadInputError, match="differs"):
        change(PASSWORD, PASSWORD)
    with pytest.raises(BadInputError, match="12 characters"):
        change(PASSWORD, "short")
    change(PASSWORD, "harbour violin teapot")
    assert account_of(staff.database, staff.clock, here) is not None
    assert account_of(staff.database, staff.clock, there) is None
    sign_in(staff, "harbour violin teapot")
    with pytest.raises(SignInRefusedError):
        sign_in(staff)


@pytest.mark.parametrize(
    "password",
    [
        "elevenchars",
        "x" * 201,
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "123456789012",
        "qwertyuiop[]",
        "Password1234",
        "PASSWORD-1234!",
        "qwertyasdfgh",
        "Letmein 123456",
        "officer.9 officer.9",
        "Test Council 1",
    ],
)
def test_a_password_that_is_tried_first_is_refused(password: str) -> None:
    with pytest.raises(BadInputError):
        passwords.check_password(password, known=("Officer 9", EMAIL, "Test Council"))


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "lower case only is fine",
        "ÉÀÜ ñandú ščř",
        "🦦🦦🦆🦆🦢🦢🐸🐸🐝🐝🐞🐞",
        "Officer 9 rides a green kayak",
        "374829104756",
    ],
)
def test_length_counts_and_composition_does_not(password: str) -> None:
    passwords.check_password(password, known=("Officer 9", EMAIL, "Test Council"))


def test_a_letter_written_in_two_ways_is_one_letter() -> None:
    assert passwords.is_password("cafe\u0301 au lait noir", passwords.hash_password("caf\u00e9 au lait noir"))


def test_an_administrator_is_invited_like_anybody(staff: Staff) -> None:
    assert staff.working("Administrator 1", Role.ADMINISTRATOR).roles == {Role.ADMINISTRATOR}


OTHER = "other_council"


def join_other(staff: Staff, password: str = PASSWORD) -> Account:
    """Officer 9 works for another council too, and has chosen this password there."""
    details = Details(email=EMAIL, roles=frozenset({Role.READER}), teams=())
    _, secret = add_person(
        staff.database, staff.clock, OTHER, name="Officer Nine", details=details, teams=(), by="the test"
    )
    return accept_invitation(staff.database, staff.clock, secret, password, council="Other Council")


def accounts_of(staff: Staff, password: str = PASSWORD) -> list[Account]:
    return check_sign_in(staff.database, staff.clock, email=EMAIL, password=password, address="192.0.2.1")


def test_who_works_for_two_councils_with_one_password_signs_in_once_for_both(staff: Staff) -> None:
    staff.working("Officer 9")
    join_other(staff)
    found = accounts_of(staff)
    assert [(each.council_id, each.name, each.roles) for each in found] == [
        (OTHER, "Officer Nine", {Role.READER}),
        (COUNCIL, "Officer 9", {Role.OFFICER}),
    ]
    own = change_password(
        staff.database, staff.clock, found[0], current=PASSWORD, new="otter umbrella lock", token="", council=""
    )
    assert {each.council_id for each in own} == {COUNCIL, OTHER}
    assert len(accounts_of(staff, "otter umbrella lock")) == 2


def test_a_link_of_one_council_opens_nothing_of_another(staff: Staff) -> None:
    mine = staff.working("Officer 9")
    join_other(staff)
    kept = [(each.person_id, each.proof) for each in accounts_of(staff)]
    secret = invite_again(staff.database, staff.clock, COUNCIL, mine.person_id, by="A")
    accept_invitation(staff.database, staff.clock, secret, "somebody else's words", council="")
    assert [each.council_id for each in accounts_of(staff, "somebody else's words")] == [COUNCIL]
    assert [each.council_id for each in proven_accounts(staff.database, kept, EMAIL)] == [OTHER]


def test_the_address_of_somebody_who_has_left_is_free(staff: Staff) -> None:
    staff.working("Manager 1", Role.ADMINISTRATOR)
    left = staff.working("Officer 9")
    deactivate_person(staff.database, staff.clock, COUNCIL, left.person_id, by="A")
    join_other(staff)
    assert [each.council_id for each in accounts_of(staff)] == [OTHER]
    staff.add("Officer 10", email=EMAIL)
    with pytest.raises(FormAnswersError, match="Officer 10 has this e-mail address already"):
        reactivate_person(staff.database, staff.clock, COUNCIL, left.person_id, by="A")
