"""The first start, and people, teams and agencies afterwards, over HTTP."""

from __future__ import annotations

import logging
import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from engine.casework.cases.intake import open_case
from engine.casework.tasks.completion import claim_task
from engine.scenarios import scenarios_of
from engine.staff.first_start import set_up_code
from engine.staff.people import list_people
from engine.staff.roles import Role
from engine.store import tasks
from tests.webui.office import HERTSMERE, Web

PASSWORD = "otter umbrella canal"  # noqa: S105  # for the test alone
FIRST = {
    "name": "Manager 1", "email": "manager.1@example.org", "password": PASSWORD,
    "roles": ["manager"],
}  # fmt: skip
ADMINISTRATOR = "Community Safety Manager"


@pytest.fixture
def administrator(web: Web) -> FlaskClient:
    return web.client_of(ADMINISTRATOR)


def enter_code(web: Web, client: FlaskClient) -> None:
    code = set_up_code(web.office.database, HERTSMERE)
    assert code is not None
    assert client.post("/set-up", data={"code": code}).headers["Location"] == "/set-up/first"


def person_id(web: Web, name: str) -> int:
    return web.account_of(name).person_id


def test_a_new_installation_leads_to_the_set_up_and_asks_for_its_code(web: Web) -> None:
    client = web.client_of()
    assert client.get("/sign-in").headers["Location"] == "/set-up"
    assert client.get("/set-up/first").headers["Location"] == "/set-up"
    assert client.post("/set-up/first", data=FIRST).headers["Location"] == "/set-up"
    set_up_code(web.office.database, HERTSMERE)
    wrong = client.post("/set-up", data={"code": "AAAA-AAAA-AAAA"})
    assert "This is not the set-up code" in wrong.get_data(as_text=True)
    assert client.post("/set-up/first", data=FIRST).headers["Location"] == "/set-up"
    assert list_people(web.office.database, HERTSMERE) == []


def test_whoever_has_the_code_becomes_administrator_and_sees_what_is_missing(web: Web) -> None:
    client = web.client_of()
    enter_code(web, client)
    page = client.get("/set-up/first").get_data(as_text=True)
    assert "Hertsmere Borough Council" in page
    assert "statutory" not in page  # a base that others extend opens no cases
    weak = client.post("/set-up/first", data={**FIRST, "password": "password1234", "email": "nowhere"})
    assert "Enter an e-mail address in the right form" in weak.get_data(as_text=True)
    assert client.post("/set-up/first", data=FIRST).headers["Location"] == "/set-up"
    missing = client.get("/set-up").get_data(as_text=True)
    assert "Nobody is an officer" in missing
    assert "Nobody is in these teams" in missing
    assert "no e-mail address for these agencies" not in missing  # the policy gives each of them one
    (made,) = list_people(web.office.database, HERTSMERE)
    assert made.details.roles == {Role.ADMINISTRATOR, Role.MANAGER}


def test_the_set_up_is_over_once_there_is_somebody(web: Web) -> None:
    late = web.client_of()
    enter_code(web, late)
    first = web.client_of(ADMINISTRATOR)  # meanwhile everybody was added
    assert late.post("/set-up/first", data=FIRST).headers["Location"] == "/set-up"
    assert set_up_code(web.office.database, HERTSMERE) is None
    assert "Hertsmere" not in late.get("/set-up").get_data(as_text=True)  # another council may have nobody yet
    assert first.get("/set-up").status_code == 200


def test_a_person_who_is_added_gets_a_link_that_is_shown_once_to_whoever_made_it(
    web: Web, administrator: FlaskClient
) -> None:
    data = {"name": "Officer 9", "email": "o9@example.org", "roles": ["officer"], "teams": ["community_safety"]}
    answer = administrator.post("/people/add", data=data)
    page = administrator.get(answer.headers["Location"]).get_data(as_text=True)
    link = re.search(r"http://localhost(/invitation/[\w-]+)", page)
    assert link is not None
    assert web.client_of().get(link[1]).status_code == 200
    other = web.client_of(ADMINISTRATOR).get(answer.headers["Location"])
    assert other.status_code == 302  # another browser of theirs holds no secret
    listed = administrator.get("/people").get_data(as_text=True)
    assert "Officer 9" in listed
    assert "Invited" in listed


def test_a_link_carries_the_public_address(web: Web, administrator: FlaskClient) -> None:
    web.app.extensions["asb"].settings = replace(web.settings, public_url="https://reviews.example.gov.uk")
    answer = administrator.post(f"/people/{person_id(web, 'Officer 1')}/invite")
    page = administrator.get(answer.headers["Location"]).get_data(as_text=True)
    assert "https://reviews.example.gov.uk/invitation/" in page


def test_what_is_wrong_stands_at_its_field(administrator: FlaskClient) -> None:
    page = administrator.post("/people/add", data={"name": "Officer 9", "email": "officer.1@example.org"})
    text = page.get_data(as_text=True)
    assert "<title>Error: Add a person" in text
    assert 'href="#roles"' in text
    assert 'id="roles"' in text
    taken = administrator.post(
        "/people/add", data={"name": "Officer 9", "email": "officer.1@example.org", "roles": ["officer"]}
    )
    assert "Officer 1 has this e-mail address already" in taken.get_data(as_text=True)


def test_a_person_is_changed_and_their_name_is_not(web: Web, administrator: FlaskClient) -> None:
    number = person_id(web, "Officer 2")
    page = administrator.get(f"/people/{number}").get_data(as_text=True)
    assert 'value="community_safety" checked' in page
    data = {"name": "Somebody else", "email": "new@example.org", "roles": ["reader"], "teams": []}
    assert administrator.post(f"/people/{number}", data=data).headers["Location"] == "/people"
    found = next(one for one in list_people(web.office.database, HERTSMERE) if one.person_id == number)
    assert (found.name, found.details.email, found.details.roles) == ("Officer 2", "new@example.org", {Role.READER})


def test_the_last_administrator_cannot_leave(web: Web, administrator: FlaskClient) -> None:
    number = person_id(web, ADMINISTRATOR)
    answer = administrator.post(f"/people/{number}", data={"email": "m@example.org", "roles": ["manager"]})
    assert "This is the only administrator" in answer.get_data(as_text=True)
    refused = administrator.post(f"/people/{number}/deactivate")
    assert refused.status_code == 400
    assert "only administrator" in refused.get_data(as_text=True)


def test_who_is_deactivated_leaves_tasks_that_are_listed(web: Web, administrator: FlaskClient) -> None:
    scenario = next(each for each in scenarios_of(web.variant) if each.name.startswith("01"))
    reference = open_case(web.office, web.variant, scenario.application, by="the applicant")
    with web.office.database.read() as connection:
        task = next(t for t in tasks.open_tasks(connection, reference=reference) if t.team == "community_safety")
    claim_task(web.office, task.task_id, by="Officer 1")
    number = person_id(web, "Officer 1")
    assert f"({task.task_id})" in administrator.get(f"/people/{number}/deactivate").get_data(as_text=True)
    administrator.post(f"/people/{number}/deactivate")
    page = administrator.get("/people").get_data(as_text=True)
    assert f"{task.name} ({task.task_id}, Officer 1)" in page
    assert "Deactivated" in page
    administrator.post(f"/people/{number}/reactivate")
    assert f"({task.task_id}, Officer 1)" not in administrator.get("/people").get_data(as_text=True)


def test_a_team_and_an_agency_are_added_changed_and_removed(administrator: FlaskClient) -> None:
    assert "Nobody is in it" in administrator.get("/teams").get_data(as_text=True)
    administrator.post("/teams/add", data={"name": "Street Wardens", "substitute": "community_safety"})
    assert "Street Wardens" in administrator.get("/teams").get_data(as_text=True)
    taken = administrator.post("/teams/add", data={"name": "street wardens"})
    assert "There is a team called “street wardens” already" in taken.get_data(as_text=True)
    agency = {"name": "Wardens", "team": "street_wardens", "email": "w@example.org", "is_public_body": "y"}
    administrator.post("/agencies/add", data=agency)
    assert "w@example.org" in administrator.get("/agencies").get_data(as_text=True)
    needed = administrator.post("/teams/street_wardens/remove")
    assert "This team answers for Wardens" in needed.get_data(as_text=True)
    administrator.post("/agencies/wardens/remove")
    administrator.post("/teams/street_wardens/remove")
    administrator.get("/teams")  # says that it is removed
    assert "Street Wardens" not in administrator.get("/teams").get_data(as_text=True)


def test_an_agency_of_the_policy_gets_an_address_and_can_go_back(administrator: FlaskClient) -> None:
    data = {"name": "Hertfordshire Constabulary", "team": "police", "email": "asb@police.example"}
    administrator.post("/agencies/police", data=data)
    assert "asb@police.example" in administrator.get("/agencies").get_data(as_text=True)
    assert "Go back to the policy’s own" in administrator.get("/agencies/police").get_data(as_text=True)
    administrator.post("/agencies/police/remove")
    assert "asb@police.example" not in administrator.get("/agencies").get_data(as_text=True)


def test_a_stranger_to_the_council_is_not_found(web: Web, administrator: FlaskClient) -> None:
    assert administrator.get("/people/4711").status_code == 404
    assert administrator.get("/teams/nowhere").status_code == 404
    assert administrator.get("/agencies/nowhere").status_code == 404


def test_changes_are_logged_with_who_made_them(administrator: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="asb.staff"):
        administrator.post("/teams/add", data={"name": "Street Wardens"})
    assert f"{ADMINISTRATOR} put the team street_wardens" in caplog.text
