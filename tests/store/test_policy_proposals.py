"""Of several workers one judges a proposal, and nobody changes one that has gone on meanwhile."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from engine.errors import BadInputError
from engine.model import ProposalStatus
from engine.store import Database
from engine.store import policy_proposals as stored
from engine.store.policy_proposals import ProposalRow

NOW = datetime(2026, 3, 2, 10, 15, tzinfo=UTC)
LATER = NOW + timedelta(minutes=2)
BOTH = (ProposalStatus.WAITING, ProposalStatus.JUDGING)


def proposal(number: int, *, council_id: str = "hertsmere") -> ProposalRow:
    return ProposalRow(
        council_id=council_id, number=number, status=ProposalStatus.WAITING, digest="d", source_digest=None, again=None,
        follows=0, in_force_from=None, proposed_at=NOW + timedelta(seconds=number), proposed_by="Owner 1", why="So.",
        despite="", judgement=None, approved_by=None, progress="", attempts=0, lease=None, ended_at=None, ended_by=None,
        reasons="[]", version=None, commit_id=None, commit_has_all=None,
    )  # fmt: skip


def lease(database: Database, name: str, now: datetime = NOW) -> ProposalRow | None:
    with database.begin() as connection:
        return stored.lease_proposal(connection, lease=name, now=now, until=now + timedelta(minutes=2))


@pytest.fixture
def waiting(database: Database) -> Database:
    with database.begin() as connection:
        for number in (2, 1):
            stored.add_proposal(connection, proposal(number))
    return database


def test_workers_at_the_same_moment_take_one_each_the_oldest_first(waiting: Database) -> None:
    with ThreadPoolExecutor(4) as workers:
        taken = list(workers.map(lambda worker: lease(waiting, f"worker {worker}"), range(4)))
    assert sorted(row.number for row in taken if row is not None) == [1, 2]
    assert {row.attempts for row in taken if row is not None} == {1}


def test_one_whose_worker_has_told_nothing_for_too_long_is_taken_by_another(waiting: Database) -> None:
    first = lease(waiting, "first")
    assert first is not None
    assert first.number == 1
    other = lease(waiting, "other")
    assert other is not None
    assert other.number == 2
    assert lease(waiting, "third", LATER - timedelta(seconds=1)) is None
    again = lease(waiting, "third", LATER)
    assert again is not None
    assert (again.number, again.attempts) == (1, 2)
    with waiting.begin() as connection:
        assert not stored.change_proposal(connection, first, only_in=BOTH, held="first", progress="half-way")
        assert stored.change_proposal(connection, first, only_in=BOTH, held="third", progress="half-way")


def test_what_has_ended_is_changed_by_nobody(waiting: Database) -> None:
    row = proposal(1)
    with waiting.begin() as connection:
        assert stored.change_proposal(connection, row, only_in=BOTH, status=ProposalStatus.WITHDRAWN, ended_at=NOW)
        assert not stored.change_proposal(connection, row, only_in=BOTH, status=ProposalStatus.REFUSED)
    with waiting.read() as connection:
        assert [each.number for each in stored.open_proposals_of(connection, "hertsmere")] == [2]
        assert [each.number for each in stored.proposals_of(connection, "hertsmere")] == [2, 1]


def test_a_number_is_given_once(waiting: Database) -> None:
    with waiting.begin() as connection:
        assert stored.next_proposal_number(connection, "hertsmere") == 3
        assert stored.next_proposal_number(connection, "selby") == 1
    with pytest.raises(BadInputError, match="Another proposal was made at this moment"), waiting.begin() as connection:
        stored.add_proposal(connection, proposal(2))
