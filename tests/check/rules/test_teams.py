from __future__ import annotations

import pytest

from engine.check.rules.teams import RULE
from tests.check.builders import SETTINGS, Drawing, about, folder, form, plain, together


def _task(team: str, **more: str) -> Drawing:
    drawing = Drawing().start(form="application").user("check", team=team, properties=more).end()
    return drawing.flow("received", "check", "closed")


def test_a_team_that_there_is_is_left_alone() -> None:
    assert together(RULE, folder(_task("officers"))) == []
    assert together(RULE, folder(_task("=responsible_team"))) == []


def test_a_team_that_there_is_not_is_named_with_the_one_that_was_meant() -> None:
    (finding,) = together(RULE, folder(_task("oficers")))
    assert about([finding]) == [("check", "error")]
    assert "Is “officers” meant?" in finding.sentence


def test_a_task_in_nobodys_inbox_is_refused() -> None:
    assert about(together(RULE, folder(_task("")))) == [("check", "error")]


def test_who_may_tell_a_message_is_looked_for_too() -> None:
    message = '<bpmn:messageEventDefinition messageRef="m"/>'
    drawing = plain().message("m", "withdraw")
    drawing.boundary("withdrawn", "acknowledge", message, properties={"told_by": "officers, victims"})
    (finding,) = together(RULE, folder(drawing))
    assert about([finding]) == [("withdrawn", "error")]
    assert "“victims”" in finding.sentence


def test_who_may_enter_a_task_for_its_team_is_looked_for_too() -> None:
    (finding,) = together(RULE, folder(_task("officers", entered_by="victims")))
    assert about([finding]) == [("check", "error")]
    assert "“victims”" in finding.sentence


def test_a_task_assigned_to_nobody_that_is_known_is_refused() -> None:
    drawing = plain()
    drawing.user("again").flow("acknowledge", "again")
    extension = '<zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="officers" assignee="Officer 9"/>'
    drawing.add("userTask", "again", extension=extension)
    assert about(together(RULE, folder(drawing))) == [("again", "error")]


def test_a_person_in_a_team_that_there_is_not_is_refused() -> None:
    settings = SETTINGS.replace('teams = ["officers"]', 'teams = ["oficers"]')
    assert {finding.file for finding in together(RULE, folder(plain(), settings=settings))} == {"variant.toml"}


@pytest.mark.parametrize(("team", "wrong"), [("officers", []), ("oficers", [("q", "error")])])
def test_a_form_that_asks_for_a_person_of_a_team_names_one_that_there_is(
    team: str, wrong: list[tuple[str, str]]
) -> None:
    properties = {"person": f"council, team:{team}"}
    asked = {"type": "select", "id": "q", "key": "chair", "label": "Chair", "properties": properties}
    row = {"type": "dynamiclist", "path": "bodies", "label": "Bodies", "id": "l", "components": [asked]}
    for question in (asked, row):
        assert about(together(RULE, folder(plain(), forms__application_form=form("application", question)))) == wrong
