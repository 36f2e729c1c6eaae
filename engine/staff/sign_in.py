"""Signing in with e-mail address and password, and changing the password."""

from __future__ import annotations

import logging

from engine.clock import Clock
from engine.errors import BadInputError, LinkEndedError, PersonNotFoundError, SignInRefusedError
from engine.staff.bounds import PER_ACCOUNT, PER_ADDRESS
from engine.staff.passwords import check_password, hash_password, is_outdated, is_password
from engine.staff.people import normal_email
from engine.staff.secret_hash import hash_of
from engine.staff.sessions import Account
from engine.staff.tries import TryLimit, count_try, forget_tries
from engine.store import Database
from engine.store import accounts as stored

log = logging.getLogger("asb.staff")

_REFUSED = "The e-mail address or the password is not right. Check both, or ask your administrator for a new link."


def check_sign_in(database: Database, clock: Clock, *, email: str, password: str, address: str) -> Account:
    """Whose account it is. `address`: the network address of whoever asks.

    The caller asks for a code where the account `has_second_step`, and starts the session then. Raises
    SignInRefusedError, the same whether there is such an account or not, and TooManyTriesError.
    """
    email = normal_email(email)
    of_account = TryLimit(kind="password", of=email, most=PER_ACCOUNT)
    count_try(database, clock, (of_account, TryLimit(kind="address", of=address, most=PER_ADDRESS)))
    with database.read() as connection:
        row = stored.person_by_email(connection, email)
    hashed = row.password_hash if row is not None and row.is_active else None
    if not is_password(password, hashed) or row is None or hashed is None:
        log.warning("A sign-in with a wrong password was refused, from %s.", address)
        raise SignInRefusedError(_REFUSED)
    better = hash_password(password) if is_outdated(hashed) else None
    with database.begin() as connection:
        forget_tries(connection, of_account)
        if better is not None:
            stored.change_account(connection, row.person_id, password_hash=better)
    return Account.of(row)


def change_password(
    database: Database, clock: Clock, account: Account, *, current: str, new: str, token: str, council: str
) -> None:
    """A new password; all other sessions of the person end. `token`: of the session that asks.

    Raises BadInputError for a new password that is not taken, SignInRefusedError where the current one is wrong, and
    TooManyTriesError.
    """
    of_account = TryLimit(kind="password", of=account.email, most=PER_ACCOUNT)
    count_try(database, clock, (of_account,))
    with database.read() as connection:
        row = stored.person_by_id(connection, account.person_id)
    if row is None:
        raise PersonNotFoundError
    if not is_password(current, row.password_hash):
        raise SignInRefusedError("This is not your password. Enter the one that you signed in with.")
    if new == current:
        raise BadInputError("Enter a password that differs from the one you have.")
    check_password(new, known=(account.name, account.email, council))
    hashed = hash_password(new)
    with database.begin() as connection:
        forget_tries(connection, of_account)
        stored.change_account(connection, account.person_id, password_hash=hashed)
        stored.end_sessions_of(connection, account.person_id, but=hash_of(token))
    log.info("%s (%s) changed their password.", account.name, account.council_id)


def invited(database: Database, clock: Clock, secret: str) -> Account:
    """Whom the link invites. Raises LinkEndedError."""
    with database.read() as connection:
        row = stored.person_by_invitation(connection, hash_of(secret))
    if row is None or not row.is_active or row.invitation_ends_at is None or row.invitation_ends_at <= clock.now():
        raise LinkEndedError
    return Account.of(row)


def accept_invitation(database: Database, clock: Clock, secret: str, password: str, *, council: str) -> Account:
    """Set the password; the link is used up. Sessions that were open end, so that a lost account is one's own again.

    Raises LinkEndedError, BadInputError.
    """
    account = invited(database, clock, secret)
    check_password(password, known=(account.name, account.email, council))
    hashed = hash_password(password)
    with database.begin() as connection:
        if not stored.accept_invitation(connection, hash_of(secret), hashed):
            raise LinkEndedError
        stored.end_sessions_of(connection, account.person_id)
        forget_tries(connection, TryLimit(kind="password", of=account.email, most=PER_ACCOUNT))
    log.info("%s (%s) set their password by an invitation.", account.name, account.council_id)
    return account
