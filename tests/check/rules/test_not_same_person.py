from __future__ import annotations

from engine.check.rules.not_same_person import RULE
from tests.check.builders import Drawing, about, folder, together


def _appeal(named: str) -> Drawing:
    drawing = Drawing().start(form="application").user("decide")
    drawing.user("hear_appeal", properties={"not_same_person_as": named}).end()
    return drawing.flow("received", "decide", "hear_appeal", "closed")


def test_another_user_task_is_left_alone() -> None:
    assert together(RULE, folder(_appeal("decide"))) == []


def test_a_task_that_there_is_not_is_named_with_the_one_that_was_meant() -> None:
    (finding,) = together(RULE, folder(_appeal("decide, decid")))
    assert about([finding]) == [("hear_appeal", "error")]
    assert "Is “decide” meant?" in finding.sentence


def test_the_task_itself_is_refused() -> None:
    assert about(together(RULE, folder(_appeal("hear_appeal")))) == [("hear_appeal", "error")]
