"""Playing in the background what somebody asked for: half a minute of work, one worked example after the other.

Each is kept as soon as it is played, so that what a worker that died had in hand goes on where it stood.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta

from engine.casework.step.office import Office
from engine.store import policy_plays as stored
from engine.variants import Variant
from engine.workshop.examples.course import PlayedExample
from engine.workshop.examples.kept import keep, play_and_keep, played_examples

#: After which a worker that has told nothing counts as dead. An example takes a second, or a few.
LEASE = timedelta(minutes=2)
#: So often one example is begun: whatever stops the worker each time is of its doing.
MOST_ATTEMPTS = 3
_STOPPED = "Whatever played it was stopped each time. Try it with `asb simulate`, and ask whoever runs the service."


def has_examples_to_play(office: Office) -> bool:
    with office.database.read() as connection:
        return stored.has_ready_play(connection, office.clock.now())


def play_waiting_examples(office: Office, *, is_stopping: Callable[[], bool] = lambda: False) -> bool:
    """Play those of the policy that was asked for last. False where none waits.

    Where `is_stopping` says so the rest is given back, to be played later.
    """
    now, lease = office.clock.now(), secrets.token_hex(8)
    with office.database.begin() as connection:
        row = stored.lease_play(connection, lease=lease, now=now, until=now + LEASE)
    if row is None or row.pack is None:
        return False
    variant = Variant.unpack(row.pack)
    known, attempts = played_examples(office, variant), row.attempts
    for scenario in known.scenarios:
        if scenario.name in known.rows:
            continue
        if is_stopping():
            break
        if attempts > MOST_ATTEMPTS:
            stopped = PlayedExample(name=scenario.name, wrong=_STOPPED, taken={}, tasks=(), letters=(), end=None)
            keep(office, variant, scenario, stopped)
        else:
            play_and_keep(office, variant, scenario)
        attempts = 0
        with office.database.begin() as connection:
            if not stored.renew_play(connection, row.digest, lease, until=office.clock.now() + LEASE):
                return True  # another has it by now
    is_done = played_examples(office, variant).is_whole
    with office.database.begin() as connection:
        stored.give_back_play(connection, row, lease, is_done=is_done)
    return True
