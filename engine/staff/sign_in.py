"""Signing in with e-mail address and password, and changing the password."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace

from engine.clock import Clock
from engine.errors import BadInputError, LinkEndedError, PersonNotFoundError, SignInRefusedError
from engine.staff.bounds import PER_ACCOUNT, PER_ADDRESS
from engine.staff.passwords import check_password, hash_password, is_outdated, is_password
from engine.staff.people import normal_email
from engine.staff.secret_hash import hash_of
from engine.staff.sessions import Account, proof_of
from engine.staff.tries import TryLimit, count_try, forget_tries
from engine.store import Database
from engine.store import accounts as stored

log = logging.getLogger("asb.staff")

_REFUSED = "The e-mail address or the password is not right. Check both, or ask your administrator for a new link."


def check_sign_in(database: Database, clock: Clock, *, email: str, password: str, address: str) -> list[Account]:
    """Whose accounts these are: one for each council in which the person has this password, by council. `address`: the
    network address of whoever asks.

    The caller asks which is meant, and for a code where that one `has_second_step`, and starts the session then. Raises
    SignInRefusedError, the same whether there is such an account or not, and TooManyTriesError.
    """
    email = normal_email(email)
    of_account = TryLimit(kind="password", of=email, most=PER_ACCOUNT)
    count_try(database, clock, (of_account, TryLimit(kind="address", of=address, most=PER_ADDRESS)))
    with database.read() as connection:
        rows = stored.people_by_email(connection, email)
    # where there is nobody, as long is taken to say no
    right = [row for row in rows or (None,) if is_password(password, row.password_hash if row is not None else None)]
    found = [row for row in right if row is not None]
    if not found:
        log.warning("A sign-in with a wrong password was refused, from %s.", address)
        raise SignInRefusedError(_REFUSED)
    better = hash_password(password) if any(is_outdated(row.password_hash or "") for row in found) else None
    with database.begin() as connection:
        forget_tries(connection, of_account)
        if better is not None:
            for row in found:
                stored.change_account(connection, row.person_id, password_hash=better)
    return [Account.of(row if better is None else replace(row, password_hash=better)) for row in found]


def proven_accounts(database: Database, accounts: Iterable[tuple[int, str]], email: str) -> list[Account]:
    """Those of the accounts, named by their ids and proofs, that this person can still go on with.

    An account whose password was set anew since, by whoever its council gave a link, is not among them.
    """
    proofs = dict(accounts)
    with database.read() as connection:
        rows = stored.people_by_email(connection, email)
    found = map(Account.of, rows)
    return [account for account in found if account.proof and proofs.get(account.person_id) == account.proof]


def change_password(
    database: Database, clock: Clock, account: Account, *, current: str, new: str, token: str, council: str
) -> list[Account]:
    """A new password, for every council in which the person has the current one; all their other sessions end.

    Gives their accounts with it. `token`: of the session that asks. Raises BadInputError for a new password that is not
    taken, SignInRefusedError where the current one is wrong, and TooManyTriesError.
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
    with database.read() as connection:
        others = [one for one in stored.people_by_email(connection, row.email) if one.person_id != row.person_id]
    same = [one.person_id for one in others if is_password(current, one.password_hash)]
    with database.begin() as connection:
        forget_tries(connection, of_account)
        for person_id in (account.person_id, *same):
            stored.change_account(connection, person_id, password_hash=hashed)
            stored.end_sessions_of(connection, person_id, but=hash_of(token))
    log.info("%s (%s) changed their password.", account.name, account.council_id)
    changed = {person_id: proof_of(hashed) for person_id in (account.person_id, *same)}
    return proven_accounts(database, changed.items(), row.email)


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
