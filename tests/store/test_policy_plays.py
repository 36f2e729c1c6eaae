"""Of several workers one plays the examples of a policy, and what nobody needs any more is forgotten."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from engine.store import Database
from engine.store import policy_plays as stored
from engine.store.policy_plays import PlayedExampleRow, PlayRow

NOW = datetime(2026, 3, 2, 10, 15, tzinfo=UTC)
LATER = NOW + timedelta(minutes=2)
COUNCIL = "hertsmere"


def ask(database: Database, digest: str, *, at: datetime = NOW, council_id: str = COUNCIL) -> None:
    with database.begin() as connection:
        stored.ask_play(connection, digest=digest, council_id=council_id, pack=b"policy", now=at)


def lease(database: Database, name: str, now: datetime = NOW) -> PlayRow | None:
    with database.begin() as connection:
        return stored.lease_play(connection, lease=name, now=now, until=now + timedelta(minutes=2))


def keep(database: Database, digest: str, example: str, *, program: str = "p", wrong: str = "") -> None:
    row = PlayedExampleRow(example=example, name=example, wrong=wrong, course=b"")
    with database.begin() as connection:
        stored.keep_played(connection, digest, program, row)


def played(database: Database, digest: str, program: str = "p") -> list[tuple[str, str]]:
    with database.read() as connection:
        return sorted((row.name, row.wrong) for row in stored.played_on(connection, digest, program))


def is_waiting(database: Database, digest: str) -> bool:
    with database.read() as connection:
        return stored.is_waiting(connection, digest)


def test_workers_at_the_same_moment_take_one_each(database: Database) -> None:
    ask(database, "a")
    ask(database, "b", at=LATER)
    with ThreadPoolExecutor(4) as workers:
        taken = list(workers.map(lambda worker: lease(database, f"worker {worker}", LATER), range(4)))
    assert sorted(row.digest for row in taken if row is not None) == ["a", "b"]


def test_what_was_asked_for_last_is_played_first_and_again_once_its_worker_has_died(database: Database) -> None:
    ask(database, "a")
    ask(database, "b", at=NOW + timedelta(seconds=1))
    first, other = lease(database, "first"), lease(database, "other")
    assert first is not None
    assert other is not None
    assert (first.digest, other.digest) == ("b", "a")
    assert lease(database, "third", LATER - timedelta(seconds=1)) is None
    again = lease(database, "third", LATER)
    assert again is not None
    assert (again.digest, again.attempts) == ("b", 2)


def test_what_is_asked_for_again_while_it_is_played_waits_on(database: Database) -> None:
    ask(database, "a")
    row = lease(database, "first")
    assert row is not None
    ask(database, "a", at=NOW + timedelta(seconds=1))  # with another example
    with database.begin() as connection:
        stored.give_back_play(connection, row, "first", is_done=True)
    assert is_waiting(database, "a")
    row = lease(database, "second")
    assert row is not None
    with database.begin() as connection:
        stored.give_back_play(connection, row, "second", is_done=True)
    assert not is_waiting(database, "a")


def test_an_example_that_is_played_again_is_kept_once(database: Database) -> None:
    keep(database, "a", "one", wrong="Otherwise.")
    keep(database, "a", "one")
    keep(database, "a", "two")
    keep(database, "a", "one", program="another")
    assert played(database, "a") == [("one", ""), ("two", "")]


def test_old_drafts_and_what_other_programs_played_are_forgotten_and_nothing_of_others(database: Database) -> None:
    for place, digest in enumerate("abc"):
        ask(database, digest, at=NOW + timedelta(seconds=place))
        keep(database, digest, "one")
        keep(database, digest, "one", program="old")
    ask(database, "z", council_id="otherton")
    keep(database, "z", "one", program="old")
    with database.begin() as connection:
        stored.forget_plays(connection, COUNCIL, program="p", most=2)
    assert [played(database, digest) for digest in "abc"] == [[], [("one", "")], [("one", "")]]
    assert [played(database, digest, "old") for digest in "abcz"] == [[], [], [], [("one", "")]]
    assert [is_waiting(database, digest) for digest in "abcz"] == [False, True, True, True]
