"""Working out in the background what a draft would do: half a minute of work for a thousand cases.

A worker leases it and tells how far it is; what one that died had in hand is worked out anew by the next.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from datetime import timedelta

from engine.casework.policies.in_force import served_as
from engine.casework.step.office import Office
from engine.errors import DatabaseUnusableError, EngineError
from engine.store import cases
from engine.store import policy_impacts as stored
from engine.store.policy_impacts import ImpactRow
from engine.variants import Variant
from engine.workshop.closed_cases import ClosedChoice, impact_on_closed_cases
from engine.workshop.impact import impact_on_open_cases
from engine.workshop.impacts.told import ToldImpact, told_of_impact
from engine.workshop.moves import names_of_versions

log = logging.getLogger("asb.policies")

#: After which a worker that has told nothing counts as dead. A case takes a second at most.
LEASE = timedelta(minutes=2)
#: So often it is begun: whatever stops the worker each time is in the draft.
MOST_ATTEMPTS = 3
#: Closed cases that are played, spread over all: half a second each. `asb impact --closed` plays all.
CLOSED_PLAYED = 40
#: Of so many cases one is told to whoever looks.
_TOLD_EVERY = 10


class _Stopped(Exception):
    """Somebody else has it by now, somebody asked for it anew, or this worker is to end."""


def has_impact_to_work_out(office: Office) -> bool:
    with office.database.read() as connection:
        return stored.has_ready_impact(connection, office.clock.now())


def work_out_next_impact(office: Office, *, is_stopping: Callable[[], bool] = lambda: False) -> bool:
    """Work out the one that has waited longest. False where none waits.

    Where `is_stopping` says so it is given back, to be worked out anew.
    """
    now, lease = office.clock.now(), secrets.token_hex(8)
    with office.database.begin() as connection:
        row = stored.lease_impact(connection, lease=lease, now=now, until=now + LEASE)
    if row is None or row.pack is None:
        return False
    told = 0

    def tell(words: str) -> None:
        nonlocal told
        if is_stopping():
            _give_back(office, row, lease)
            raise _Stopped
        told += 1
        if told % _TOLD_EVERY == 1:
            with office.database.begin() as connection:
                until = office.clock.now() + LEASE
                if not stored.change_impact(connection, row, lease, progress=words, lease_until=until):
                    raise _Stopped

    try:
        if row.attempts > MOST_ATTEMPTS:
            _end(office, row, lease, why_not="It was begun three times, and the program was stopped each time.")
            return True
        found = _work_out(office, served_as(row.council_id, Variant.unpack(row.pack)), tell)
        _end(office, row, lease, found=found)
    except _Stopped:
        pass
    except DatabaseUnusableError:  # the lease passes, and it is worked out anew
        raise
    except EngineError as error:
        _end(office, row, lease, why_not=str(error))
    except Exception as error:  # whatever a draft makes the program stumble over ends that draft, and nothing else
        log.exception("The impact of a draft of %s cannot be worked out.", row.council_id)
        said = f"asb itself failed over it ({type(error).__name__}). Whoever runs the service has the log."
        _end(office, row, lease, why_not=said)
    return True


def _work_out(office: Office, variant: Variant, tell: Callable[[str], None]) -> ToldImpact:
    words = names_of_versions(office, variant.id, "the draft")
    now = impact_on_open_cases(office, variant, tell=tell, words=words, with_places=True)
    past = impact_on_closed_cases(office, variant, ClosedChoice(sample=CLOSED_PLAYED), tell=tell)
    with office.database.read() as connection:
        in_all = len(cases.closed_cases(connection, variant.id))
    return told_of_impact(now, past, closed_in_all=in_all)


def _end(office: Office, row: ImpactRow, lease: str, *, found: ToldImpact | None = None, why_not: str = "") -> None:
    with office.database.begin() as connection:
        if found is None:
            stored.change_impact(connection, row, lease, pack=None, lease_until=None, why_not=why_not)
        else:
            stored.change_impact(
                connection, row, lease, pack=None, lease_until=None, why_not="", found=found.pack(),
                found_at=office.clock.now(),
            )  # fmt: skip


def _give_back(office: Office, row: ImpactRow, lease: str) -> None:
    with office.database.begin() as connection:
        stored.change_impact(connection, row, lease, attempts=row.attempts - 1, lease_until=None, progress="")
