"""Who is turned away by a limit or a number below the Act's is shown, by days that anybody can count."""

from __future__ import annotations

import pytest

from engine.check.rules.below_the_floor import RULE
from tests.check.builders import SETTINGS, folder, limits, plain, together

_FLOORS = """
[floors."limits.qualifying complaint"]
least = "1 month beginning with incident_on"
until = "reported_on"
who = "a complaint"
clause = "L104.11"
sentence = "Within one month."
[floors."limits.preceding period"]
least = "6 months beginning with reported_on"
who = "an application"
clause = "L104.11"
sentence = "Within six months."
[floors."threshold.complaints"]
most = 3
clause = "L104.4"
sentence = "None higher than three."
[threshold]
complaints = 3
"""


def _found(*rows: tuple[str, int, str, str], settings: str = _FLOORS, policy: str = "") -> list[str]:
    files = {"policy_toml": policy} if policy else {}
    held = folder(plain(), settings=SETTINGS + settings, time_limits_dmn=limits(*rows), **files)
    return [finding.sentence for finding in together(RULE, held)]


def test_a_complaint_of_the_last_day_is_turned_away_by_a_shorter_limit() -> None:
    (said,) = _found(("qualifying complaint", 29, "days", "incident_on"))
    assert "With incident on 1 January 2027, a complaint of 31 January 2027 would be turned away" in said
    assert "this limit ends on 30 January 2027" in said


def test_thirty_days_after_are_never_shorter_than_a_month_beginning_with() -> None:
    assert _found(("qualifying complaint", 30, "days", "incident_on")) == []


def test_a_limit_that_is_short_in_no_month_but_february_of_a_leap_year_is_long_enough_elsewhere() -> None:
    assert _found(("qualifying complaint", 1, "months", "incident_on")) == []


def test_a_period_counted_from_the_incident_turns_away_whoever_complained_late() -> None:
    (said,) = _found(("preceding period", 6, "months", "incident_on"))
    assert "With incident on 1 January 2027 and reported on 31 January 2027, an application of 30 July 2027" in said
    assert "ends on 1 July 2027" in said


def test_a_day_of_which_nobody_knows_how_it_lies_to_the_floors_is_said() -> None:
    (said,) = _found(("preceding period", 6, "months", "consented_on"))
    assert "counts from consented_on, the floor from reported_on" in said


def test_a_number_higher_than_three_is_shown() -> None:
    (said,) = _found(settings=_FLOORS.replace("complaints = 3", "complaints = 4"))
    assert "threshold.complaints is 4, and the floor 3 (L104.4)" in said
    assert "Somebody with 3 would be turned away" in said


@pytest.mark.parametrize("value", ["3.5", "99.5"])
def test_a_number_that_is_not_whole_is_compared_too(value: str) -> None:
    (said,) = _found(settings=_FLOORS.replace("complaints = 3", f"complaints = {value}"))
    assert f"threshold.complaints is {value}, and the floor 3 (L104.4)" in said
    assert _found(settings=_FLOORS.replace("complaints = 3", "complaints = 2.5")) == []


@pytest.mark.parametrize("value", ['"none"', '"99"', "true", "nan", "inf", "[4]", "2026-01-01"])
def test_what_is_no_number_is_an_error_before_the_policy_is_served(value: str) -> None:
    settings = SETTINGS + _FLOORS.replace("complaints = 3", f"complaints = {value}")
    (found,) = together(RULE, folder(plain(), settings=settings))
    assert found.severity == "error"
    assert "which is no number" in found.sentence
    assert "Write a whole number of at most 3." in found.sentence


def test_a_limit_that_is_switched_off_though_its_floor_names_one_is_shown() -> None:
    rows = limits(("qualifying complaint", 2, "weeks", "incident_on")).replace(b"<text>2</text>", b"<text>null</text>")
    held = folder(plain(), settings=SETTINGS + _FLOORS, time_limits_dmn=rows)
    assert "qualifying complaint" in held.limits_switched_off
    (found,) = together(RULE, held)
    assert (
        "“qualifying complaint” is switched off, and the floor is 1 month beginning with incident_on" in found.sentence
    )
    assert "turns everybody away" in found.sentence


def test_it_stays_until_the_council_has_decided_with_a_reason() -> None:
    short = ("qualifying complaint", 2, "weeks", "incident_on")
    listed = '[[conflicts]]\nclauses = ["X1", "L104.11"]\nsentence = "Two weeks."\nwhat_we_do = "Both are counted."\n'
    assert "with clauses = [" in _found(short)[0]
    assert "has no reason" in _found(short, policy=listed)[0]
    assert _found(short, policy=listed + 'because = "The partnership agreed so."\n') == []
