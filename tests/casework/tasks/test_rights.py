"""Who may claim, hand back and complete a task."""

from __future__ import annotations

import pytest

from engine.casework.background.incidents import resolve_incident
from engine.casework.cases.corrections import correct_fact
from engine.casework.tasks.completion import claim_task, complete_task, hand_back_task
from engine.casework.tasks.deadlines import suspend_deadline
from engine.errors import (
    NotAllowedError,
    TaskAlreadyCompletedError,
    TaskCancelledError,
    TaskClaimedError,
    TaskNotFoundError,
)
from engine.model import TaskId
from engine.store import Database
from tests.casework.builders import SETTINGS, Play, chain_of, process, timer, user, variant_of

NOT_THE_SAME = '<zeebe:properties><zeebe:property name="not_same_person_as" value="decide"/></zeebe:properties>'
BODY = (
    '<bpmn:startEvent id="begin"/>'
    + user("decide", boundary=timer("late", on="decide", after="P5D", interrupting=True))
    + user("countersign", more=NOT_THE_SAME)
    + user("chase")
    + '<bpmn:endEvent id="done"/><bpmn:endEvent id="chased"/>'
    + chain_of("begin", "decide", "countersign", "done")
    + chain_of("late", "chase", "chased")
)


@pytest.fixture
def play(database: Database) -> Play:
    return Play(database, variant_of(process(BODY)))


def claimed_by(play: Play) -> list[str | None]:
    return [task.claimed_by for task in play.tasks()]


def kinds(play: Play) -> list[str]:
    return [kind for kind, _ in play.record()]


def test_a_claimed_task_is_its_claimants_own_until_it_is_handed_back(play: Play) -> None:
    task = play.task_id("decide")
    claim_task(play.office, task, by="Officer 1")
    assert claimed_by(play) == ["Officer 1"]
    with pytest.raises(TaskClaimedError, match="Officer 1"):
        claim_task(play.office, task, by="Officer 2")
    with pytest.raises(TaskClaimedError, match="Officer 1"):
        complete_task(play.office, task, {}, by="Officer 2")
    with pytest.raises(TaskClaimedError, match="Officer 1"):
        hand_back_task(play.office, task, by="Officer 2")
    hand_back_task(play.office, task, by="Officer 1")
    assert claimed_by(play) == [None]
    complete_task(play.office, task, {}, by="Officer 2")
    assert kinds(play).count("task claimed") == kinds(play).count("task handed back") == 1


def test_claiming_twice_changes_nothing_and_is_recorded_once(play: Play) -> None:
    task = play.task_id("decide")
    claim_task(play.office, task, by="Officer 1")
    before = kinds(play)
    claim_task(play.office, task, by="Officer 1")
    assert kinds(play) == before


def test_what_nobody_has_claimed_cannot_be_handed_back(play: Play) -> None:
    with pytest.raises(TaskClaimedError):
        hand_back_task(play.office, play.task_id("decide"), by="Officer 1")


ENTERED = '<zeebe:properties><zeebe:property name="entered_by" value="other"/></zeebe:properties>'


def test_a_team_that_may_enter_a_task_does_it_for_its_team_and_the_record_says_so(database: Database) -> None:
    body = (
        '<bpmn:startEvent id="begin"/>' + user("answer", more=ENTERED) + user("decide") + '<bpmn:endEvent id="done"/>'
    )
    play = Play(database, variant_of(process(body + chain_of("begin", "answer", "decide", "done"))))
    complete_task(play.office, play.task_id("answer"), {}, by="Other 1")
    with pytest.raises(NotAllowedError, match="The Team"):
        complete_task(play.office, play.task_id("decide"), {}, by="Other 1")
    complete_task(play.office, play.task_id("decide"), {}, by="Officer 1")
    done = [content for kind, content in play.record() if kind == "task completed"]
    assert [content.get("entered_for") for content in done] == ["team", None]


@pytest.mark.parametrize("act", [claim_task, lambda o, t, by: complete_task(o, t, {}, by=by)])
def test_only_the_task_s_team_may_do_it(play: Play, act) -> None:
    before = kinds(play)
    with pytest.raises(NotAllowedError, match="The Team"):
        act(play.office, play.task_id("decide"), by="Other 1")
    with pytest.raises(NotAllowedError, match="not among the people"):
        act(play.office, play.task_id("decide"), by="Somebody")
    assert (play.open(), kinds(play)) == (["decide"], before)


def test_the_substitute_team_may_do_it_too(database: Database) -> None:
    settings = SETTINGS.replace('name = "The Team"', 'name = "The Team"\nsubstitute = "other"')
    play = Play(database, variant_of(process(BODY), files={"variant.toml": settings.encode()}))
    play.complete("decide", by="Other 1")
    assert play.open() == ["countersign"]


def test_who_did_the_one_task_may_not_do_the_other(play: Play) -> None:
    play.complete("decide", by="Officer 1")
    task = play.task_id("countersign")
    with pytest.raises(NotAllowedError, match="somebody else must do “countersign”"):
        claim_task(play.office, task, by="Officer 1")
    with pytest.raises(NotAllowedError, match="Officer 1 did “decide”"):
        complete_task(play.office, task, {}, by="Officer 1")
    play.complete("countersign", by="Officer 2")
    assert play.open() == []


def test_a_task_for_one_person_is_done_by_that_person(database: Database) -> None:
    body = BODY.replace('candidateGroups="team"', 'candidateGroups="team" assignee="Officer 2"', 1)
    play = Play(database, variant_of(process(body)))
    with pytest.raises(NotAllowedError, match="is for Officer 2"):
        play.complete("decide", by="Officer 1")
    play.complete("decide", by="Officer 2")
    assert play.open() == ["countersign"]


def test_a_task_that_is_done_no_longer_needed_or_unknown_is_refused_by_name(play: Play) -> None:
    decide = play.task_id("decide")
    play.wait(days=5)
    assert play.open() == ["chase"]
    with pytest.raises(TaskCancelledError, match="no longer needed"):
        complete_task(play.office, decide, {}, by="Officer 1")
    chase = play.task_id("chase")
    play.complete("chase", by="Officer 1")
    with pytest.raises(TaskAlreadyCompletedError, match="Officer 1 completed “chase”"):
        claim_task(play.office, chase, by="Officer 2")
    with pytest.raises(TaskNotFoundError):
        complete_task(play.office, TaskId(reference=play.reference, number=999), {}, by="Officer 1")


def test_a_refusal_leaves_nothing_behind(play: Play) -> None:
    before = play.case()
    with pytest.raises(NotAllowedError):
        play.complete("decide", {"answer": 1}, by="Other 1")
    assert play.case() == before


def test_only_the_teams_that_the_variant_names_change_deadlines_facts_and_incidents(database: Database) -> None:
    settings = SETTINGS + '[may]\nchange_deadlines = ["team"]\ncorrect_facts = ["team"]\nsettle_incidents = ["team"]\n'
    restricted = Play(database, variant_of(process(BODY), files={"variant.toml": settings.encode()}), answers={"a": 1})
    with pytest.raises(NotAllowedError, match="The Team may correct facts; Other 1 is in none"):
        correct_fact(restricted.office, restricted.reference, "a", 2, reason="A slip.", by="Other 1")
    with pytest.raises(NotAllowedError, match="The Team may change deadlines"):
        suspend_deadline(restricted.office, restricted.task_id("decide"), reason="Ill.", by="Other 1")
    with pytest.raises(NotAllowedError, match="The Team may settle incidents"):
        resolve_incident(restricted.office, restricted.task_id("decide"), reason="Done.", by="Other 1")
    correct_fact(restricted.office, restricted.reference, "a", 2, reason="A slip.", by="Officer 1")
    everyone = Play(database, variant_of(process(BODY)), answers={"a": 1})
    correct_fact(everyone.office, everyone.reference, "a", 2, reason="A slip.", by="Other 1")
