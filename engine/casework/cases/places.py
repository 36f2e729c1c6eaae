"""Where a message is waited for by several places that are about the same: each has a handle, and a name for people."""

from __future__ import annotations

from collections.abc import Mapping

from engine.casework.step.step import Step
from engine.casework.words.items import told_apart
from engine.clock import LONDON
from engine.store import instances
from engine.words import moment_in_words

_BEFORE = "at:"  #: no item is called so: they are called after their collections, as `agencies-2`


def handle_of(token: int) -> str:
    """What a waiting place is told by, in the place of an item: `at:17`."""
    return f"{_BEFORE}{token}"


def token_of(handle: str) -> int | None:
    """The number of the token that waits there; None for an item's id."""
    number = handle.removeprefix(_BEFORE)
    is_one = handle.startswith(_BEFORE) and number.isascii() and number.isdigit() and len(number) < 10
    return int(number) if is_one else None


def place_names(step: Step, places: Mapping[int, int]) -> dict[int, str]:
    """What people call the places, by token, given the process instance of each: its process, and since when it runs.
    One query, where there are any."""
    if not places:
        return {}
    begun = {row.number: row.started_at for row in instances.of_case(step.connection, step.case.case_id)}
    named: dict[str, str] = {}
    for token, instance in places.items():
        process = step.load_process(instance)
        since = moment_in_words(begun[instance].astimezone(LONDON))
        named[handle_of(token)] = f"{process.name or process.id}, begun on {since}"
    return dict(zip(places, told_apart(named).values(), strict=True))
