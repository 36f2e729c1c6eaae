from __future__ import annotations

from engine.check.rules.lanes import RULE
from tests.check.builders import Drawing, about, folder, plain, together


def _task(team: str, lane: str | None) -> Drawing:
    drawing = Drawing().start(form="application", lane="Officers").user("check", team=team, lane=lane)
    return drawing.end(lane="Officers").flow("received", "check", "closed")


def test_a_task_in_the_lane_of_its_team_is_left_alone() -> None:
    assert together(RULE, folder(_task("panel", "Panel"))) == []


def test_a_task_in_the_lane_of_another_team_is_refused() -> None:
    (finding,) = together(RULE, folder(_task("panel", "Officers")))
    assert about([finding]) == [("check", "error")]
    assert "“Officers”" in finding.sentence
    assert "“Panel”" in finding.sentence


def test_a_task_in_no_lane_is_pointed_out_where_there_are_lanes() -> None:
    assert about(together(RULE, folder(_task("panel", None)))) == [("check", "warning")]


def test_a_task_whose_team_is_computed_stands_in_the_lane_of_some_team() -> None:
    assert together(RULE, folder(_task("=responsible_team", "Panel"))) == []
    assert about(together(RULE, folder(_task("=responsible_team", "Everybody")))) == [("check", "error")]


def test_a_process_without_lanes_is_pointed_out() -> None:
    assert about(together(RULE, folder(plain()))) == [("acknowledge", "warning")]
