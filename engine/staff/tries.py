"""How often something may be tried: counted in the database, over a window that slides, for all processes together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.clock import LONDON, Clock
from engine.errors import TooManyTriesError
from engine.staff.bounds import WINDOW
from engine.staff.secret_hash import hash_of
from engine.store import Connection, Database
from engine.store import accounts as stored


@dataclass(frozen=True, kw_only=True, slots=True)
class TryLimit:
    """So many tries within the window, for one account, address or person."""

    kind: str
    of: str
    most: int

    @property
    def key(self) -> str:
        return hash_of(f"{self.kind} {self.of}")


def count_try(database: Database, clock: Clock, limits: Iterable[TryLimit]) -> None:
    """Count a try before it is looked at, so that those at the same moment are limited too.

    Raises TooManyTriesError where one of the limits is reached; that try is not counted, so that the wait ends.
    """
    now = clock.now()
    ordered = sorted(limits, key=lambda limit: limit.key)  # always in one order, so that two never wait for each other
    with database.begin() as connection:
        stored.forget_old_attempts(connection, now - WINDOW)
        for limit in ordered:
            stored.lock_key(connection, limit.key)
            tried = stored.attempts_since(connection, limit.key, now - WINDOW)
            if len(tried) >= limit.most:
                again = (tried[-limit.most] + WINDOW).astimezone(LONDON)
                raise TooManyTriesError(again)
        for limit in ordered:
            stored.add_attempt(connection, limit.key, now)


def forget_tries(connection: Connection, limit: TryLimit) -> None:
    """It was right in the end: begin to count anew."""
    stored.forget_attempts(connection, limit.key)
