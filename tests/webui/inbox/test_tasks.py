"""The page of the inbox: tabs, kinds of deadline, filters, and what is done with the tasks that are selected."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from engine.casework.tasks.completion import claim_task
from engine.store import Database
from tests.statements import counted
from tests.webui.inbox.builders import open_cases, open_tasks
from tests.webui.office import Web

OFFICER, COLLEAGUE, MANAGER, AGENCY = "Officer 1", "Officer 2", "Community Safety Manager", "Neighbourhood Inspector"


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.split("<main", 1)[1].partition(">")[2].split("</main")[0]).split())


def rows_of(html: str) -> list[str]:
    return [
        text_of(f"<main>{row}</main")
        for row in re.findall(r'<tr class="govuk-table__row app-inbox__row.*?</tr>', html, re.S)
    ]


def page(web: Web, name: str, address: str = "/tasks") -> str:
    answer = web.client_of(name).get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def claim(web: Web, reference: str, by: str = OFFICER) -> str:
    task = open_tasks(web, reference)[0].task_id
    claim_task(web.office, task, by=by)
    return str(task)


def test_a_person_without_tasks_is_told_where_some_are(web: Web) -> None:
    assert "Your teams have none either" in text_of(page(web, OFFICER))
    open_cases(web, "Zoë Hill")
    said = page(web, OFFICER)
    assert "You have no tasks Your teams have 1 task." in text_of(said)
    assert '<a class="govuk-link" href="/tasks?tab=teams&amp;unclaimed=yes">See what nobody has taken</a>' in said


def test_a_row_says_what_whose_by_when_and_who_has_it(web: Web) -> None:
    (reference,) = open_cases(web, "Zoë Hill")
    claim(web, reference)
    web.clock.advance(timedelta(days=7))
    (row,) = rows_of(page(web, OFFICER))
    assert f"Zoë Hill, {reference}" in row
    assert "working days late" in row
    assert row.endswith("Who has it: You")
    assert rows_of(page(web, OFFICER, "/tasks?tab=teams"))[0].endswith("You Community Safety Team")


def test_every_cell_of_a_row_stands_under_a_heading(web: Web) -> None:
    open_cases(web, "Zoë Hill")
    said = page(web, OFFICER, "/tasks?tab=teams")
    assert said.count('role="columnheader"') == said.count('role="cell"') > 2


def test_the_most_overdue_stands_first(web: Web) -> None:
    (first,) = open_cases(web, "First")
    web.clock.advance(timedelta(days=1))
    (second,) = open_cases(web, "Second")
    rows = rows_of(page(web, OFFICER, "/tasks?tab=teams"))
    assert [reference in row for reference, row in zip((first, second), rows, strict=True)] == [True, True]


def test_tabs_and_kinds_of_deadline_count_and_choosing_one_keeps_the_rest(web: Web) -> None:
    first, second = open_cases(web, "Zoë Hill", "Jo Ward")
    claim(web, first)
    said = page(web, MANAGER, "/tasks?tab=all&search=ward")
    assert "All tasks 1" in text_of(said)
    assert 'href="/tasks?tab=all&amp;due=overdue&amp;search=ward"' in said
    assert 'href="/tasks?tab=mine&amp;search=ward"' in said
    assert [second in row for row in rows_of(said)] == [True]
    assert "No task matches" in page(web, MANAGER, "/tasks?tab=all&due=overdue&search=ward")
    assert "Nothing is overdue" in page(web, MANAGER, "/tasks?tab=all&due=overdue")


def test_only_who_sees_all_has_the_tab_of_all(web: Web) -> None:
    open_cases(web, "Zoë Hill")
    assert "All tasks" in page(web, MANAGER)
    for name in (OFFICER, AGENCY):
        said = page(web, name, "/tasks?tab=all")
        assert "All tasks" not in said
        assert len(rows_of(said)) == (1 if name == OFFICER else 0)


def test_a_case_is_found_by_name_address_and_reference(web: Web) -> None:
    reference, _ = open_cases(web, "Zoë O’Brien", "Jo Ward")
    for search in ("zoe", "O'BRIEN", "obr+zo", reference, reference.lower(), "0001"):
        assert [reference in row for row in rows_of(page(web, OFFICER, f"/tasks?tab=teams&search={search}"))] == [True]
    assert len(rows_of(page(web, OFFICER, "/tasks?tab=teams&search=any+street"))) == 2


@pytest.mark.parametrize(
    "address",
    [
        "tab=x&due=y&sort=z&page=-1",
        "page=99999999999999",
        "search=%27%22%3Cscript%3E",
        "kind=%F0%9F",
        "policy=x",
    ],
)
def test_whatever_the_address_says_there_is_a_page(web: Web, address: str) -> None:
    open_cases(web, "Zoë Hill")
    assert "<script>" not in page(web, OFFICER, f"/tasks?{address}").split("<main")[1]


def test_several_tasks_are_claimed_at_once_and_one_that_cannot_be_says_why(web: Web) -> None:
    references = open_cases(web, "A", "B", "C")
    ids = [str(open_tasks(web, reference)[0].task_id) for reference in references]
    claim(web, references[1], by=COLLEAGUE)
    client = web.client_of(OFFICER)
    answer = client.post("/tasks?tab=teams&sort=newest", data={"task": ids, "action": "claim"})
    assert parse_qs(urlsplit(answer.location).query) == {"tab": ["teams"], "sort": ["newest"]}
    said = text_of(client.get(answer.location).get_data(as_text=True))
    assert "You have claimed 2 tasks." in said
    assert f"Officer 2 has claimed “{open_tasks(web, references[1])[0].name}” ({ids[1]})" in said
    assert [open_tasks(web, reference)[0].claimed_by for reference in references] == [OFFICER, COLLEAGUE, OFFICER]


def test_tasks_are_given_followed_up_and_handed_back(web: Web) -> None:
    (reference,) = open_cases(web, "A")
    task = claim(web, reference)
    client = web.client_of(OFFICER)
    follow_up = {"task": task, "action": "follow-up", "day-day": "9", "day-month": "3", "day-year": "2026"}
    assert client.post("/tasks", data=follow_up).status_code == 302
    said = text_of(client.get("/tasks").get_data(as_text=True))
    assert "1 task to follow up on 9 March 2026." in said
    assert "Follow up on 9 March 2026" in said
    client.post("/tasks", data={"task": task, "action": "no-follow-up"})
    assert open_tasks(web, reference)[0].follow_up_on is None
    client.post("/tasks", data={"task": task, "action": "give", "to": COLLEAGUE})
    assert open_tasks(web, reference)[0].claimed_by == COLLEAGUE
    client.post("/tasks", data={"task": task, "action": "hand-back"})
    assert open_tasks(web, reference)[0].claimed_by == COLLEAGUE
    answer = web.client_of(COLLEAGUE).post("/tasks", data={"task": task, "action": "hand-back", "back": "task"})
    assert answer.location == f"/tasks/{reference}/{task.rpartition('.')[2]}"
    assert open_tasks(web, reference)[0].claimed_by is None


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"action": "claim", "task": ""}, "Select one task or more."),
        ({"action": "claim", "task": "nonsense"}, "Select one task or more."),
        ({"action": "give"}, "Select who is to have them."),
        ({"action": "follow-up"}, "Enter the day on which to follow up."),
        ({"action": "follow-up", "day-day": "30", "day-month": "2", "day-year": "2026"}, "The day must be a real day"),
        ({"action": "follow-up", "day-day": "1", "day-month": "3", "day-year": "2026"}, "The day must be today"),
        ({"action": "burn"}, "Select what to do with the tasks."),
    ],
)
def test_what_cannot_be_done_is_said_above_the_page_and_nothing_is_lost(web: Web, sent: dict, words: str) -> None:
    (reference,) = open_cases(web, "A")
    task = str(open_tasks(web, reference)[0].task_id)
    answer = web.client_of(OFFICER).post("/tasks?tab=teams", data={"task": task, **sent})
    said = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "There is a problem" in said
    assert words in text_of(said)
    assert "<title>Error: My teams’ tasks" in said
    assert (f'value="{task}" checked' in said) == ("task" not in sent)


def test_an_agency_officer_gives_tasks_to_nobody_and_claims_none_of_other_teams(web: Web) -> None:
    (reference,) = open_cases(web, "A")
    task = str(open_tasks(web, reference)[0].task_id)
    answer = web.client_of(AGENCY).post("/tasks", data={"task": task, "action": "give", "to": "Officer 1"})
    assert answer.status_code == 422
    client = web.client_of(AGENCY)
    answer = client.post("/tasks", data={"task": task, "action": "claim"})
    assert f"{AGENCY} is not in it" in text_of(client.get(answer.location).get_data(as_text=True))
    assert open_tasks(web, reference)[0].claimed_by is None


def test_a_filter_is_saved_shared_used_and_deleted(web: Web) -> None:
    open_cases(web, "Zoë Hill")
    client = web.client_of(OFFICER)
    answer = client.post(
        "/tasks/filters?tab=teams&due=today&search=zoë&page=3", data={"name": " Zoë  today ", "shared": "yes"}
    )
    assert parse_qs(urlsplit(answer.location).query) == {"tab": ["teams"], "due": ["today"], "search": ["zoë"]}
    for name, about in ((OFFICER, "shared with colleagues"), (COLLEAGUE, "shared by Officer 1")):
        said = page(web, name)
        assert 'href="/tasks?tab=teams&amp;due=today&amp;search=zo%C3%AB">Zoë today</a>' in said
        assert about in text_of(said)
    assert web.client_of(COLLEAGUE).post("/tasks/filters/1/delete").status_code == 400
    client.post("/tasks/filters?tab=mine", data={"name": "Only mine"})
    assert "Only mine" in page(web, OFFICER)
    assert "Only mine" not in page(web, COLLEAGUE)
    assert client.post("/tasks/filters/1/delete").status_code == 302
    assert "Zoë today" not in page(web, COLLEAGUE)
    assert client.post("/tasks/filters", data={"name": " "}).status_code == 422


def test_the_page_asks_as_much_however_many_tasks_there_are(web: Web) -> None:
    asked = []
    client = web.client_of(MANAGER)
    for more in (2, 12):
        open_cases(web, *(f"Victim {number}" for number in range(more)))
        client.get("/tasks?tab=all")
        database: Database = web.office.database
        with counted(database) as seen:
            client.get("/tasks?tab=all")
        asked.append(len(seen))
    assert asked[0] == asked[1] <= 14
