"""The second step: codes of six digits that an app shows, new every thirty seconds (RFC 6238)."""

from __future__ import annotations

import hmac
import logging
from base64 import b32encode
from hashlib import sha256

import pyotp

from engine.clock import Clock
from engine.errors import BadInputError, PersonNotFoundError, SignInRefusedError
from engine.staff.bounds import PER_SECOND_STEP
from engine.staff.secret import Keys
from engine.staff.sessions import Account
from engine.staff.tries import TryLimit, count_try, forget_tries
from engine.store import Database
from engine.store import accounts as stored

log = logging.getLogger("asb.staff")

_WRONG = "This code is not right. Enter the six digits that your app shows now; each code is taken once."
_STEP = 30  #: seconds


def offered_secret(keys: Keys, account: Account, token: str) -> str:
    """The secret that a session offers to its person, the same until it ends; nothing is stored before it is taken."""
    made = hmac.new(keys.key("offered secrets"), f"{account.person_id} {token}".encode(), sha256).digest()
    return b32encode(made[:20]).decode()


def address_for_app(secret: str, account: Account, issuer: str) -> str:
    """What the app reads from the QR code; `issuer` is what it shows beside the person's address."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.email, issuer_name=issuer)


def turn_on(database: Database, clock: Clock, keys: Keys, account: Account, *, secret: str, code: str) -> None:
    """From now on signing in asks for a code. Raises BadInputError for a wrong one, TooManyTriesError."""
    limit = _limit(account.person_id)
    count_try(database, clock, (limit,))
    interval = _interval_of(secret, code, clock)
    if interval is None:
        raise BadInputError(_WRONG)
    with database.begin() as connection:
        stored.change_account(connection, account.person_id, totp_secret=keys.encrypt(secret), totp_last=interval)
        forget_tries(connection, limit)
    log.info("%s (%s) turned the second step on.", account.name, account.council_id)


def turn_off(database: Database, clock: Clock, keys: Keys, account: Account, *, code: str) -> None:
    """Raises SignInRefusedError for a wrong code, TooManyTriesError."""
    check_code(database, clock, keys, account.person_id, code)
    with database.begin() as connection:
        stored.change_account(connection, account.person_id, totp_secret=None, totp_last=None)
    log.info("%s (%s) turned the second step off.", account.name, account.council_id)


def check_code(database: Database, clock: Clock, keys: Keys, person_id: int, code: str) -> Account:
    """Whose code it is; it is used up. Raises SignInRefusedError for a wrong or used one, TooManyTriesError."""
    limit = _limit(person_id)
    count_try(database, clock, (limit,))
    with database.read() as connection:
        row = stored.person_by_id(connection, person_id)
    if row is None or not row.is_active or row.totp_secret is None:
        raise PersonNotFoundError
    secret = keys.decrypt(row.totp_secret)
    if secret is None:
        raise SignInRefusedError(
            "Your second step was set up under another secret of this installation. Ask your administrator to reset it."
        )
    interval = _interval_of(secret, code, clock)
    if interval is None:
        raise SignInRefusedError(_WRONG)
    with database.begin() as connection:
        if not stored.use_code(connection, person_id, interval):
            raise SignInRefusedError(_WRONG)
        forget_tries(connection, limit)
    return Account.of(row)


def _limit(person_id: int) -> TryLimit:
    return TryLimit(kind="second step", of=str(person_id), most=PER_SECOND_STEP)


def _interval_of(secret: str, code: str, clock: Clock) -> int | None:
    """The interval of which it is the code: the present one, or one beside it, as clocks differ."""
    digits = "".join(code.split())
    now = int(clock.now().timestamp()) // _STEP
    totp = pyotp.TOTP(secret)
    for interval in (now, now - 1, now + 1):
        if hmac.compare_digest(totp.generate_otp(interval).encode(), digits.encode()):
            return interval
    return None
