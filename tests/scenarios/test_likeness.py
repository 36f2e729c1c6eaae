"""An application, or a step, like another scenario's: what is answered there is answered here, on its own day."""

from __future__ import annotations

import pytest

from engine.errors import BadInputError
from engine.scenarios import Scenario, ScenarioStep, read_scenario

FIRST = """
title = "First"
[application]
on = 2026-03-02
by = "Ms A"
[application.answers]
name = "Ms A"
applied_on = 2026-03-02
said = "It began on 1 February."
[[application.answers.reports]]
incident_on = 2026-02-20
[application.then]
letters = ["CT1"]
[[step]]
on = 2026-03-03
by = "Officer 2"
task = "answer"
refused = "not yet"
[step.answers]
told = "too early"
[[step]]
on = 2026-03-04
by = "Inspector"
task = "answer"
item = "agencies-1"
[step.answers]
told = "three calls"
[[step]]
on = 2026-03-04
by = "Housing Manager"
task = "answer"
item = "agencies-2"
[step.answers]
told = "one letter"
[[step]]
on = 2026-03-05
by = "Officer 1"
task = "arrange"
[step.answers]
planned_on = 2026-03-19
place = "Civic Offices"
[[step.answers.bodies]]
role = "police"
[[step.answers.bodies]]
role = "council"
[step.then]
tasks = ["hold"]
"""
APPLIED = '[application]\non = 2026-05-04\nlike = "first"\n'


def read(text: str, **others: str) -> Scenario:
    beside = {f"scenarios/{name}.toml": other.encode() for name, other in {"first": FIRST, **others}.items()}
    return read_scenario(text.encode(), file="scenarios/next.toml", beside=beside)


def step(more: str, *, on: str = "2026-05-07") -> ScenarioStep:
    [only] = read(f'{APPLIED}[[step]]\non = {on}\nby = "Officer 9"\n{more}').steps
    return only


def test_an_application_says_the_same_and_its_days_move_along() -> None:
    scenario = read(APPLIED)

    assert scenario.application == {
        "name": "Ms A",
        "applied_on": "2026-05-04",
        "said": "It began on 5 April.",
        "reports": [{"incident_on": "2026-04-24"}],
    }
    assert (scenario.applied_by, scenario.after_application.letters, scenario.steps) == ("the applicant", None, ())


def test_an_application_gives_other_answers_instead() -> None:
    scenario = read(f'{APPLIED}[application.answers]\nname = "Mr B"\nreports = []\n')

    assert scenario.application == {
        "name": "Mr B", "applied_on": "2026-05-04", "said": "It began on 5 April.", "reports": [],
    }  # fmt: skip


def test_a_step_answers_the_same_and_its_days_move_along_and_nothing_is_expected_of_it() -> None:
    arranged = step('task = "arrange"\nlike = "first"\n')

    assert arranged.answers == {
        "planned_on": "2026-05-21", "place": "Civic Offices", "bodies": [{"role": "police"}, {"role": "council"}],
    }  # fmt: skip
    assert (arranged.by, arranged.then.tasks) == ("Officer 9", None)


def test_a_step_gives_other_answers_instead_and_a_list_whole() -> None:
    own = '[step.answers]\nplanned_on = 2026-06-01\n[[step.answers.bodies]]\nrole = "icb"\n'
    arranged = step(f'task = "arrange"\nlike = "first"\n{own}')

    assert arranged.answers == {"planned_on": "2026-06-01", "place": "Civic Offices", "bodies": [{"role": "icb"}]}


@pytest.mark.parametrize(
    ("item", "told"), [("agencies-1", "three calls"), ("agencies-2", "one letter"), ("agencies-3", "three calls")]
)
def test_of_several_the_step_about_the_same_item_goes_before_the_first(item: str, told: str) -> None:
    assert step(f'task = "answer"\nitem = "{item}"\nlike = "first"\n').answers == {"told": told}


def test_a_step_that_is_to_be_refused_can_be_like_one_that_was_not() -> None:
    refused = step('task = "arrange"\nrefused = "no"\nlike = "first"\n', on="2026-03-05")

    assert (refused.refused, refused.answers["planned_on"]) == ("no", "2026-03-19")


def test_what_it_is_like_may_stand_in_what_that_scenario_continues() -> None:
    third = '[[step]]\non = 2026-05-07\nby = "Officer 1"\ntask = "arrange"\nlike = "second"\n'

    [arranged] = read(APPLIED + third, second='continues = "first"\n').steps
    assert arranged.answers["place"] == "Civic Offices"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (APPLIED.replace("first", "nope"), "is like scenarios/nope.toml, which is not there"),
        (APPLIED.replace("first", "next"), "is like scenarios/next.toml, which builds on scenarios/next.toml"),
        (f'{APPLIED}file = "x.json"\n', "both file and like"),
        (f'{APPLIED}[[step]]\non = 2026-05-05\nlike = "first"\n', "step 1 has like, and nobody does anything in it"),
        (
            f'{APPLIED}[[step]]\non = 2026-05-05\nby = "A"\ntask = "hold"\nlike = "first"\n',
            "step 1 is like a step of scenarios/first.toml, which has none that completes or tells the same",
        ),
    ],
)
def test_what_cannot_be_like_another_is_said(text: str, said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        read(text, next=text)
