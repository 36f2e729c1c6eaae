"""The first page of the inbox, with its exact counts, among a hundred thousand open tasks and a million closed ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import perf_counter

from engine.bench.database.filled_inbox import PATTERNS, fill_inbox, person_of, team_of
from engine.bench.diagrams import steps_variant
from engine.bench.figure import Measure, at_most, quantile
from engine.bench.workplace import START_AT, Workplace
from engine.casework.pages.inbox import read_inbox
from engine.clock import local_date
from engine.errors import MeasurementBrokenError
from engine.store import cases
from engine.store.inbox import Bucket, InboxChoice, Tab, Viewer, count_open_tasks

_TEAMS = 10
_TARGET = 25.0  #: milliseconds
_TURNS_TO_WARM_UP = 6  #: after five of a kind the driver has its statements prepared


def measure_inbox(place: Workplace, *, open_tasks: int, closed_each: int, pages: int) -> list[Measure]:
    """A person of three teams of ten, who may see all; the tabs, a search and a bare count take turns."""
    office = place.office()
    variant = steps_variant()
    place.progress(f"inbox: {open_tasks:,} open and {open_tasks * closed_each:,} closed tasks")
    with office.database.begin() as connection:
        cases.store_version(
            connection, digest=variant.digest, council_id=variant.id, pack=variant.pack(), now=office.clock.now()
        )
    fill_inbox(
        office.database,
        variant.id,
        variant.digest,
        cases_each=open_tasks // PATTERNS,
        closed_each=closed_each,
        teams=_TEAMS,
        now=START_AT,
    )
    place.progress(f"inbox: {pages} first pages of each kind")
    viewer = Viewer(
        council_id=variant.id,
        names=(person_of(3),),
        teams=frozenset(team_of(number, _TEAMS) for number in range(3)),
        sees_all=True,
    )
    choices = {
        "mine": InboxChoice(tab=Tab.MINE),
        "teams": InboxChoice(tab=Tab.TEAMS),
        "all": InboxChoice(tab=Tab.ALL),
        "no_deadline": InboxChoice(tab=Tab.ALL, bucket=Bucket.NONE),
        "search": InboxChoice(tab=Tab.ALL, search="frankie chur 15"),
    }
    today = local_date(office.clock.now())

    def read(choice: InboxChoice) -> int:
        with office.database.read() as connection:
            return read_inbox(connection, viewer, choice, variant, today).tabs[Tab.ALL]

    def count() -> int:
        with office.database.read() as connection:
            return count_open_tasks(connection, variant.id)

    asked: dict[str, Callable[[], int]] = {name: partial(read, choice) for name, choice in choices.items()}
    asked["count"] = count
    seconds: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(pages + _TURNS_TO_WARM_UP):
        for name, ask in asked.items():
            began = perf_counter()
            found = ask()
            if turn >= _TURNS_TO_WARM_UP:
                seconds[name].append(perf_counter() - began)
            if name != "search" and found != open_tasks:
                raise MeasurementBrokenError(f"{found:,} open tasks were counted where {open_tasks:,} are.")
    office.database.close()
    slowest = max(quantile(seconds[tab], 0.95) for tab in ("mine", "teams", "all"))
    return [
        *(
            Measure(name=f"{tab}_p95", words=f"{words}: 95 in 100 took at most", value=quantile(seconds[tab], 0.95),
                   unit="ms", target=at_most(_TARGET))
            for tab, words in (("mine", "my tasks"), ("teams", "my teams’ tasks"), ("all", "all tasks"))
        ),
        *(
            Measure(name=f"{kind}_p95", words=f"{words}: 95 in 100 took at most", value=quantile(seconds[kind], 0.95),
                   unit="ms")
            for kind, words in (("no_deadline", "all without a deadline"), ("search", "a search for three words"))
        ),
        Measure(name="ratio_to_count", words="the slowest tab costs as much as a bare count of all open tasks, times",
               value=slowest / quantile(seconds["count"], 0.95), unit=""),
    ]  # fmt: skip
