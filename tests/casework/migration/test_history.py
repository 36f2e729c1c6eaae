"""What happened before a case was moved is told in the words of then, and verified by the policy of then."""

from __future__ import annotations

import pytest

from engine.casework.background.verification import verify_records
from engine.casework.pages.case.actions import read_actions
from engine.casework.pages.case.diagrams import read_diagrams
from engine.casework.pages.case.viewpoint import Looker
from engine.casework.pages.task import read_task
from engine.casework.words.ladders import in_words
from engine.errors import NotAllowedError
from tests.casework.builders import timer
from tests.casework.migration.moves import move
from tests.casework.migration.test_pairs import ONE
from tests.runtime.play import Case
from tests.runtime.sketch import end, exclusive, start, user, variant, wire

MANAGER = Looker(name="Officer 1")


def test_a_rung_that_was_taken_and_is_gone_keeps_its_name() -> None:
    rung = timer("three_weeks", on="a", after="P21D", rung=1) + user("chase") + end("e2")
    case = Case(ONE + rung + wire("three_weeks chase e2"))
    case.wait(days=21)
    case.complete("chase")
    move(case, variant(ONE))
    page = read_actions(case.office, case.reference, MANAGER, council_id="test_council")
    (line,) = page.actions[0].ladders
    assert [point.words for point in line.points if point.rung] == ["three_weeks"]
    task = read_task(case.office, case.task_id("a"), by="Officer 1", council_id="test_council")
    assert task.ladder is not None
    assert in_words(task.ladder).startswith("rung 1 (three_weeks) taken")


def test_the_page_of_a_task_that_is_done_and_gone_is_there() -> None:
    case = Case(start() + user("z") + user("a") + end() + wire("start z a end"))
    done = case.task_id("z")
    case.complete("z")
    move(case, variant(ONE))
    assert read_task(case.office, done, by="Officer 1", council_id="test_council").name == "z"


def test_the_picture_marks_what_was_done_under_another_id() -> None:
    case = Case(start() + user("z") + user("a") + end() + wire("start z a end"))
    case.complete("z")
    move(case, variant(start() + user("y") + user("a") + end() + wire("start y a end")), became={"z": "y"})
    (drawn,) = read_diagrams(case.office, case.reference, MANAGER, council_id="test_council").instances
    assert "y" in drawn.marks


def test_decisions_of_before_are_computed_again_by_the_policy_of_then() -> None:
    def choice(condition: str) -> str:
        body = start() + exclusive("which", "which_to_b") + user("a") + end() + user("b") + end("e2")
        return body + wire("start which a end", "which b e2", which_to_a=condition)

    case = Case(choice("=1 = 1"))
    move(case, variant(choice("=1 = 2")))
    assert verify_records(case.office, case.reference, replay=True) == (1, [])


def test_whoever_did_a_step_that_bears_another_id_now_may_still_not_do_the_other() -> None:
    def drawn(first: str) -> str:
        other = '<zeebe:properties><zeebe:property name="not_same_person_as" value="{}"/></zeebe:properties>'
        return start() + user(first) + user("a", more=other.format(first)) + end() + wire(f"start {first} a end")

    case = Case(drawn("z"))
    case.complete("z", by="Officer 1")
    move(case, variant(drawn("y")), became={"z": "y"})
    with pytest.raises(NotAllowedError):
        case.complete("a", by="Officer 1")
    case.complete("a", by="Officer 2")
    assert case.is_closed
