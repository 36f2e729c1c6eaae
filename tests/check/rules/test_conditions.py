from __future__ import annotations

import pytest

from engine.check.rules.conditions import RULE
from tests.check.builders import Drawing, about, alone, plain


def _decide(condition: str, default: str = "no", other: str = "") -> Drawing:
    drawing = Drawing().start().gateway("met", default=default).end("yes_end").end("no_end").flow("received", "met")
    return drawing.flow("met", "yes_end", condition=condition, name="Yes", id="yes").flow(
        "met", "no_end", condition=other, id="no"
    )


def test_a_condition_on_each_way_but_the_default_is_left_alone() -> None:
    assert alone(RULE, _decide("=threshold_met")) == []


def test_a_way_without_a_condition_is_refused() -> None:
    (finding,) = alone(RULE, _decide(""))
    assert about([finding]) == [("yes", "error")]
    assert "“Yes” has no condition" in finding.sentence


def test_a_gateway_without_a_default_is_pointed_out() -> None:
    assert about(alone(RULE, _decide("=met", default="", other="=not(met)"))) == [("met", "warning")]


def test_a_condition_on_the_default_is_refused() -> None:
    assert about(alone(RULE, _decide("=met", other="=not(met)"))) == [("no", "error")]


def test_a_condition_on_the_only_flow_that_leaves_a_task_is_refused() -> None:
    drawing = Drawing().start().user("check").end().flow("received", "check")
    findings = alone(RULE, drawing.flow("check", "closed", condition="=late", id="late"))
    assert about(findings) == [("late", "error")]
    assert "is no gateway that decides" in findings[0].sentence


def test_a_condition_on_one_of_several_flows_that_leave_a_task_is_left_alone() -> None:
    assert alone(RULE, plain().flow("acknowledge", "closed", condition="=late", id="late")) == []


def test_a_condition_on_a_flow_that_leaves_an_event_is_refused() -> None:
    drawing = plain().flow("received", "closed", condition="=late", id="late")
    assert about(alone(RULE, drawing)) == [("late", "error")]


def test_a_default_of_a_task_that_is_never_taken_is_refused() -> None:
    drawing = Drawing().start().user("check", attributes=' default="usual"').end()
    drawing.flow("received", "check").flow("check", "closed", id="usual").flow("check", "closed", id="other")
    (finding,) = alone(RULE, drawing)
    assert about([finding]) == [("usual", "error")]
    assert "is never taken" in finding.sentence


def test_conditions_on_all_ways_out_of_a_task_want_a_default() -> None:
    drawing = Drawing().start().user("check").end().flow("received", "check")
    drawing.flow("check", "closed", condition="=a", id="one").flow("check", "closed", condition="=b", id="two")
    assert about(alone(RULE, drawing)) == [("check", "warning")]


def test_a_condition_on_the_only_way_out_is_refused() -> None:
    drawing = Drawing().start().gateway("met").end().flow("received", "met")
    assert about(alone(RULE, drawing.flow("met", "closed", condition="=met", id="only"))) == [("only", "error")]


def _outcome(first: str, second: str, *names: str) -> Drawing:
    drawing = Drawing().start().gateway("outcome", default="else").end("one").end("two").end("three")
    drawing.flow("received", "outcome").flow("outcome", "three", name="Refused", id="else")
    drawing.flow("outcome", "one", condition=first, name=names[0], id="first")
    return drawing.flow("outcome", "two", condition=second, name=names[1], id="second")


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        ('=outcome = "persistent"', '=outcome = "allowed"', ("Allowed", "Persistent")),
        ('=outcome = "no"', '=outcome = "yes"', ("Yes", "No")),
        ('=how = "go_on"', '=how = "withdraw" and why = null', ("Withdrawn", "Go on without")),
        ('=list contains(["not met"], outcome)', '=list contains(["gone"], outcome)', ("Gone", "Not met")),
    ],
)  # fmt: skip
def test_ways_that_bear_each_others_names_are_pointed_out(first: str, second: str, names: tuple[str, str]) -> None:
    changed = alone(RULE, _outcome(first, second, *names))
    assert about(changed) == [("first", "warning"), ("second", "warning")]
    assert f"and it is the way “{names[1]}” that is taken where it is" in changed[0].sentence
    assert not alone(RULE, _outcome(second, first, *names))


def test_a_way_that_bears_the_name_of_a_choice_that_no_other_way_has_is_left_alone() -> None:
    assert not alone(RULE, _outcome('=asked = "not_reached"', '=asked = "yes"', "No", "They agree"))


def test_a_way_that_goes_by_no_choice_is_left_alone() -> None:
    assert not alone(RULE, _outcome("=why != null", '=how = "withdraw"', "Withdrawn", "Not reached"))
