"""Giving tasks to colleagues, coming back to them, claiming several, and standing in for who is away."""

from __future__ import annotations

from datetime import date

import pytest

from engine.casework.tasks.assignment import claim_tasks, follow_up_task, give_task
from engine.casework.tasks.completion import claim_task, complete_task, hand_back_task
from engine.casework.words.sentences import Narrator
from engine.errors import (
    FormAnswersError,
    NotAllowedError,
    TaskAlreadyCompletedError,
    TaskClaimedError,
    TaskNotFoundError,
)
from engine.model import RecordEntry, TaskId
from engine.record_kinds import read_kind
from engine.staff.absences import set_absence
from engine.store import Database
from tests.casework.builders import SETTINGS, START_AT, Play, chain_of, process, user, variant_of

NOT_THE_SAME = '<zeebe:properties><zeebe:property name="not_same_person_as" value="decide"/></zeebe:properties>'
BODY = (
    '<bpmn:startEvent id="begin"/>'
    + user("decide")
    + user("countersign", more=NOT_THE_SAME)
    + '<bpmn:endEvent id="done"/>'
    + chain_of("begin", "decide", "countersign", "done")
)
PEOPLE = """
[[people]]
name = "Manager"
teams = ["other"]
roles = ["manager"]
[[people]]
name = "Line Manager"
teams = ["other"]
[[people]]
name = "Officer 3"
teams = ["team"]
line_manager = "Line Manager"
"""
FILES = {"variant.toml": (SETTINGS + PEOPLE).encode()}
TODAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 3)


@pytest.fixture
def play(database: Database) -> Play:
    return Play(database, variant_of(process(BODY), files=FILES))


def away(play: Play, person: str, deputy: str) -> None:
    settings = variant_of(process(BODY), files=FILES).settings
    set_absence(
        play.office.database, play.office.clock, settings, "test_council",
        person=person, deputy=deputy, first_day=TODAY, last_day=TOMORROW, by=person,
    )  # fmt: skip


def has_it(play: Play) -> str | None:
    (task,) = play.tasks()
    return task.claimed_by


def sentences(play: Play) -> list[str]:
    narrator = Narrator(variant_of(process(BODY), files=FILES), dict)
    entries = [
        RecordEntry(seq=1, at=START_AT, kind=read_kind(kind), content=content) for kind, content in play.record()
    ]
    return [narrator.narrate(entry).sentence for entry in entries]


def test_a_task_that_nobody_has_is_given_by_somebody_of_its_team(play: Play) -> None:
    task = play.task_id("decide")
    give_task(play.office, task, to="Officer 2", by="Officer 1")
    assert has_it(play) == "Officer 2"
    assert "Officer 1 gave “decide” to Officer 2." in sentences(play)
    with pytest.raises(TaskClaimedError):
        complete_task(play.office, task, {}, by="Officer 1")


def test_who_has_claimed_it_gives_it_on_and_the_claim_goes_with_it(play: Play) -> None:
    task = play.task_id("decide")
    claim_task(play.office, task, by="Officer 1")
    give_task(play.office, task, to="Officer 2", by="Officer 1")
    assert has_it(play) == "Officer 2"
    assert "Officer 1 gave “decide” to Officer 2, who takes over from Officer 1." in sentences(play)
    before = len(play.record())
    give_task(play.office, task, to="Officer 2", by="Officer 2")
    assert len(play.record()) == before


def test_what_somebody_has_is_given_away_by_their_managers_and_by_no_colleague(play: Play) -> None:
    task = play.task_id("decide")
    claim_task(play.office, task, by="Officer 3")
    for by in ("Officer 1", "Other 1"):
        with pytest.raises(TaskClaimedError, match="Officer 3"):
            give_task(play.office, task, to="Officer 2", by=by)
    give_task(play.office, task, to="Officer 3", by="Manager")
    give_task(play.office, task, to="Officer 2", by="Line Manager")
    give_task(play.office, task, to="Officer 3", by="Manager")
    assert has_it(play) == "Officer 3"


def test_it_is_given_only_to_somebody_who_may_do_it(play: Play) -> None:
    task = play.task_id("decide")
    for to in ("Other 1", "Somebody"):
        with pytest.raises(NotAllowedError, match=to):
            give_task(play.office, task, to=to, by="Officer 1")
    with pytest.raises(NotAllowedError, match="Other 1 is not in it and cannot give it"):
        give_task(play.office, task, to="Officer 1", by="Other 1")
    complete_task(play.office, task, {}, by="Officer 1")
    with pytest.raises(NotAllowedError, match="Officer 1 did “decide”"):
        give_task(play.office, play.task_id("countersign"), to="Officer 1", by="Officer 2")
    with pytest.raises(TaskAlreadyCompletedError):
        give_task(play.office, task, to="Officer 2", by="Officer 1")


def test_a_person_comes_back_to_a_task_on_a_day_and_its_deadline_stays(play: Play) -> None:
    task = play.task_id("decide")
    follow_up_task(play.office, task, date(2026, 3, 9), by="Officer 1")
    assert play.tasks()[0].follow_up_on == date(2026, 3, 9)
    assert "Officer 1 will come back to “decide” on 9 March 2026." in sentences(play)
    follow_up_task(play.office, task, None, by="Officer 1")
    assert play.tasks()[0].follow_up_on is None
    before = len(play.record())
    follow_up_task(play.office, task, None, by="Officer 1")
    assert len(play.record()) == before


def test_nobody_comes_back_yesterday_or_to_what_is_not_theirs(play: Play) -> None:
    task = play.task_id("decide")
    for day in (date(2026, 3, 1), date(2126, 3, 9)):
        with pytest.raises(FormAnswersError, match="day"):
            follow_up_task(play.office, task, day, by="Officer 1")
    with pytest.raises(NotAllowedError):
        follow_up_task(play.office, task, TOMORROW, by="Other 1")
    claim_task(play.office, task, by="Officer 1")
    with pytest.raises(TaskClaimedError):
        follow_up_task(play.office, task, TOMORROW, by="Officer 2")


def test_of_several_tasks_those_that_can_be_are_claimed_and_the_others_say_why_not(play: Play) -> None:
    variant = variant_of(process(BODY), files=FILES)
    others = [Play(play.office.database, variant) for _ in range(2)]
    first, second, third = (each.task_id("decide") for each in (play, *others))
    claim_task(play.office, second, by="Officer 2")
    nothing = TaskId(reference=play.reference, number=999)
    claims = claim_tasks(play.office, [first, second, nothing, third, first], by="Officer 1")
    assert [(claim.task, claim.is_done) for claim in claims] == [
        (first, True), (second, False), (nothing, False), (third, True),
    ]  # fmt: skip
    assert isinstance(claims[1].problem, TaskClaimedError)
    assert isinstance(claims[2].problem, TaskNotFoundError)
    assert [has_it(each) for each in (play, *others)] == ["Officer 1", "Officer 2", "Officer 1"]


def test_a_deputy_does_what_the_absent_person_has_and_the_record_says_for_whom(play: Play) -> None:
    task = play.task_id("decide")
    claim_task(play.office, task, by="Officer 1")
    away(play, "Officer 1", "Other 1")
    complete_task(play.office, task, {}, by="Other 1")
    assert "Other 1, standing in for Officer 1, did “decide”." in sentences(play)
    assert next(c for kind, c in play.record() if kind == "task completed")["for"] == "Officer 1"


def test_a_deputy_takes_over_hands_back_and_gives_what_the_absent_person_has(play: Play) -> None:
    task = play.task_id("decide")
    claim_task(play.office, task, by="Officer 1")
    away(play, "Officer 1", "Officer 2")
    follow_up_task(play.office, task, TOMORROW, by="Officer 2")
    give_task(play.office, task, to="Officer 3", by="Officer 2")
    give_task(play.office, task, to="Officer 1", by="Manager")
    hand_back_task(play.office, task, by="Officer 2")
    assert has_it(play) is None
    claim_task(play.office, task, by="Officer 1")
    claim_task(play.office, task, by="Officer 2")
    assert has_it(play) == "Officer 2"


def test_a_deputy_does_nothing_else_of_a_team_that_is_not_theirs(play: Play) -> None:
    away(play, "Officer 1", "Other 1")
    with pytest.raises(NotAllowedError, match="Other 1 is not in it"):
        complete_task(play.office, play.task_id("decide"), {}, by="Other 1")
    claim_task(play.office, play.task_id("decide"), by="Officer 2")
    with pytest.raises(NotAllowedError, match="Other 1 is not in it"):
        complete_task(play.office, play.task_id("decide"), {}, by="Other 1")


def test_before_and_after_the_absence_the_deputy_may_nothing(play: Play) -> None:
    task = play.task_id("decide")
    claim_task(play.office, task, by="Officer 1")
    away(play, "Officer 1", "Officer 2")
    play.wait(days=2)
    with pytest.raises(TaskClaimedError):
        complete_task(play.office, task, {}, by="Officer 2")


def test_a_deputy_does_what_is_for_the_absent_person_alone(database: Database) -> None:
    alone = user("decide").replace('candidateGroups="team"', 'candidateGroups="team" assignee="Officer 1"')
    play = Play(database, variant_of(process(BODY.replace(user("decide"), alone)), files=FILES))
    task = play.task_id("decide")
    with pytest.raises(NotAllowedError, match="for Officer 1"):
        claim_task(play.office, task, by="Other 1")
    away(play, "Officer 1", "Other 1")
    claim_task(play.office, task, by="Other 1")
    complete_task(play.office, task, {}, by="Other 1")
    assert play.open() == ["countersign"]


def test_somebody_else_must_do_it_holds_for_the_deputy_and_for_whom_they_stand_in(play: Play) -> None:
    play.complete("decide", by="Officer 1")
    task = play.task_id("countersign")
    claim_task(play.office, task, by="Officer 2")
    away(play, "Officer 2", "Officer 1")
    with pytest.raises(NotAllowedError, match="Officer 1 did “decide”"):
        complete_task(play.office, task, {}, by="Officer 1")


def test_a_deputy_of_who_decided_cannot_countersign_for_them(database: Database) -> None:
    alone = user("countersign", more=NOT_THE_SAME).replace(
        'candidateGroups="team"', 'candidateGroups="team" assignee="Officer 1"'
    )
    body = BODY.replace(user("countersign", more=NOT_THE_SAME), alone)
    play = Play(database, variant_of(process(body), files=FILES))
    play.complete("decide", by="Officer 1")
    away(play, "Officer 1", "Officer 2")
    with pytest.raises(NotAllowedError, match="Officer 1, for whom Officer 2 stands in, did “decide”"):
        complete_task(play.office, play.task_id("countersign"), {}, by="Officer 2")
