"""Signing in through a council's own directory (OpenID Connect): whose account is it here?"""

from __future__ import annotations

import json
import logging

from engine.errors import SignInRefusedError
from engine.staff.people import normal_email
from engine.staff.secret_hash import hash_of
from engine.staff.sessions import Account
from engine.store import Database
from engine.store import accounts as stored

log = logging.getLogger("asb.staff")


def person_in_directory(
    database: Database, *, council_id: str, issuer: str, subject: str, email: str | None, is_email_verified: bool
) -> Account:
    """The person of the council who has signed in so before, else once the one with this e-mail address, who is tied
    from then on. A directory says nothing of people of other councils.

    Nobody is ever added so: an administrator has to know the person. Raises SignInRefusedError.
    """
    key = hash_of(json.dumps([issuer, subject]))
    with database.begin() as connection:
        row = stored.person_by_subject(connection, council_id, key)
        if row is None or not row.is_active:
            has_left = row is not None
            row = stored.person_by_email(connection, council_id, normal_email(email or ""))
            if has_left and row is None:
                raise SignInRefusedError("Your account here is deactivated. Ask your administrator.")
            if not email or not is_email_verified:
                raise SignInRefusedError(
                    "The council’s directory did not confirm your e-mail address, so we cannot tell who you are. Ask "
                    "those who run the directory to confirm it, or sign in with a password."
                )
            if row is None:
                raise SignInRefusedError(
                    f"The council’s directory knows you as {email}, and nobody with this address works here. Ask your "
                    "administrator to add you."
                )
            if not stored.tie_subject(connection, row.person_id, key):
                raise SignInRefusedError(
                    f"Another account of the directory is tied to {email} here. Ask your administrator."
                )
            log.info("%s (%s) is tied to an account of %s.", row.name, row.council_id, issuer)
        return Account.of(row)
