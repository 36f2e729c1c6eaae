"""Two people at the same task at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from engine.casework.background.verification import verify_records
from engine.casework.cases.intake import open_case
from engine.casework.tasks.completion import claim_task, complete_task
from engine.clock import LONDON
from engine.errors import EngineError, TaskAlreadyCompletedError, TaskClaimedError
from engine.model import CaseStatus, TaskId
from engine.store import Database
from tests.casework.builders import START_AT, Play, chain_of, office_on, process, user, variant_of
from tests.casework.processes import side_by_side

ONE_TASK = process(
    '<bpmn:startEvent id="begin"/>'
    + user("decide")
    + '<bpmn:endEvent id="done"/>'
    + chain_of("begin", "decide", "done")
)


def at_once(*acts: Callable[[], object]) -> list[EngineError | None]:
    """What each act, let go at the same moment in a thread of its own, was refused with."""
    gate = threading.Barrier(len(acts))
    refused: list[EngineError | None] = [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        gate.wait(30)
        try:
            act()
        except EngineError as error:
            refused[place] = error

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    return refused


def complete_in_a_process(url: str, task: str, by: str) -> tuple[str, str, str] | None:
    """(task, by, at) of the refusal, or None."""
    database = Database(url)
    try:
        complete_task(office_on(database), TaskId.read(task), {"said_by": by}, by=by)
    except TaskAlreadyCompletedError as error:
        return error.task, error.by, error.at.isoformat()
    finally:
        database.close()
    return None


@pytest.mark.parametrize("round_", range(5))
def test_of_two_people_who_complete_a_task_at_once_one_succeeds_and_the_other_is_told_who_and_when(
    database: Database, round_: int
) -> None:
    play = Play(database, variant_of(ONE_TASK))
    task = play.task_id("decide")
    people = ("Officer 1", "Officer 2")
    refused = at_once(*(lambda by=by: complete_task(play.office, task, {"said_by": by}, by=by) for by in people))
    (loser,) = [place for place, error in enumerate(refused) if error is not None]
    error = refused[loser]
    assert isinstance(error, TaskAlreadyCompletedError)
    winner = people[1 - loser]
    assert (error.by, error.at) == (winner, START_AT)
    assert error.at.tzinfo is LONDON
    assert winner in str(error)
    assert "2 March 2026 at 10:15" in str(error)
    told = [content["answers"] for kind, content in play.record() if kind == "task completed"]
    assert told == [{"said_by": winner}]
    assert play.case().status == CaseStatus.CLOSED
    assert verify_records(play.office) == (1, [])


def test_the_same_holds_for_two_processes(database: Database, database_url: str) -> None:
    play = Play(database, variant_of(ONE_TASK))
    task = str(play.task_id("decide"))
    given = side_by_side(*((complete_in_a_process, (database_url, task, by)) for by in ("Officer 1", "Officer 2")))
    assert given.count(None) == 1
    winner = ("Officer 1", "Officer 2")[given.index(None)]
    (refusal,) = [answer for answer in given if answer is not None]
    assert refusal[1] == winner
    assert task in refusal[0]
    assert verify_records(play.office) == (1, [])


def test_of_two_people_who_claim_a_task_at_once_one_has_it(database: Database) -> None:
    play = Play(database, variant_of(ONE_TASK))
    task = play.task_id("decide")
    refused = at_once(*(lambda by=by: claim_task(play.office, task, by=by) for by in ("Officer 1", "Officer 2")))
    (error,) = [error for error in refused if error is not None]
    assert isinstance(error, TaskClaimedError)
    assert [content["by"] for kind, content in play.record() if kind == "task claimed"] == [error.by]


def test_many_cases_opened_at_once_get_a_reference_each(database: Database) -> None:
    variant = variant_of(ONE_TASK)
    office = office_on(database)
    opened: list[str] = []
    refused = at_once(*(lambda: opened.append(open_case(office, variant, {}, by="the applicant")) for _ in range(6)))
    assert refused == [None] * 6
    assert sorted(opened) == [f"T-2026-000{number}" for number in range(1, 7)]
    assert verify_records(office) == (6, [])
