"""The pages of a task: why it is due, what follows, what is kept, and what happened meanwhile."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import pytest

from engine.casework.background.sweep import bring_up_to_date
from engine.casework.cases.intake import open_case
from engine.casework.cases.messages import send_message
from engine.casework.pages import aftermath
from engine.casework.tasks.completion import complete_task
from engine.scenarios import scenarios_of
from engine.store import cases, record, tasks
from engine.store.tasks import OpenTask
from tests.webui.office import Web

ANSWERED = {"csio_name": "staff:Officer 1", "immediate_risk": "no", "action": "complete"}
DECIDED = {
    "regard_persistence": "Most nights.",
    "regard_harm": "No sleep.",
    "regard_adequacy": "One visit.",
    "threshold_met": "false",
    "threshold_reasons": "Three reports qualify.",
}


def received(web: Web) -> str:
    scenario = next(each for each in scenarios_of(web.variant) if each.name.startswith("01"))
    return open_case(web.office, web.variant, scenario.application, by="the applicant")


def to_decide(web: Web) -> OpenTask:
    """A case whose threshold is to be decided; the Act's own is met."""
    scenario = next(each for each in scenarios_of(web.variant) if each.name.startswith("04"))
    reference = open_case(web.office, web.variant, scenario.application, by="the applicant")
    for step in scenario.steps:
        if step.task == "decide_threshold":
            break
        bring_up_to_date(web.office)
        complete_task(web.office, the_task(web, reference, step.task or "").task_id, step.answers, by=step.by)
    bring_up_to_date(web.office)
    return the_task(web, reference, "decide_threshold")


def the_task(web: Web, reference: str, element: str) -> OpenTask:
    with web.office.database.read() as connection:
        return next(t for t in tasks.open_tasks(connection, reference=reference) if t.element_id == element)


def address(task: OpenTask, tail: str = "") -> str:
    return f"/tasks/{task.task_id.reference}/{task.task_id.number}{tail}"


def kinds(web: Web, reference: str) -> list[str]:
    with web.office.database.read() as connection:
        case = cases.find_case(connection, reference)
        return [entry.kind for entry in record.entries_of(connection, case.case_id)]


@pytest.fixture
def task(web: Web) -> OpenTask:
    return the_task(web, received(web), "acknowledge_application")


def test_the_page_says_why_the_task_is_due_and_what_the_clause_says(web: Web, task: OpenTask) -> None:
    page = web.client_of("Officer 1").get(address(task)).get_data(as_text=True)
    assert "2 working days after Monday 2 March. H11.1" in page
    assert web.variant.policy["H11.1"].text in page
    assert "Shouting" in page  # what the policy says is needed to do it


def test_what_is_missing_is_said_and_what_was_typed_stays(web: Web, task: OpenTask) -> None:
    answer = web.client_of("Officer 1").post(address(task), data={"csio_name": "staff:Officer 1", "action": "complete"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Error: " in page
    assert 'href="#immediate_risk"' in page
    assert 'value="staff:Officer 1" selected' in page
    assert "task completed" not in kinds(web, task.task_id.reference)


def test_completing_leads_to_what_followed(web: Web, task: OpenTask) -> None:
    client = web.client_of("Officer 1")
    answer = client.post(address(task), data=ANSWERED)
    assert answer.headers["Location"].endswith(address(task, "/done"))
    bring_up_to_date(web.office)
    page = client.get(answer.headers["Location"]).get_data(as_text=True)
    assert "You completed it on 2 March 2026 at 10:15" in page
    assert "Confirm the reports with the agencies" in page
    assert "We have received your application" in page


def test_what_is_too_long_to_tell_leads_to_the_history(
    web: Web, task: OpenTask, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = web.client_of("Officer 1")
    client.post(address(task), data=ANSWERED)
    words = "What happened after that stands in the history"
    assert words not in client.get(address(task, "/done")).get_data(as_text=True)
    monkeypatch.setattr(aftermath, "MOST_TOLD", 1)
    assert words in client.get(address(task, "/done")).get_data(as_text=True)


def test_seeing_what_happens_changes_nothing(web: Web, task: OpenTask) -> None:
    client = web.client_of("Officer 1")
    page = client.post(address(task), data={**ANSWERED, "action": "next"}).get_data(as_text=True)
    assert "If you send these answers" in page
    assert "Confirm the reports with the agencies" in page
    assert "We have received your application" in page
    assert {kind for kind in kinds(web, task.task_id.reference) if "complete" in kind or "letter" in kind} == set()
    assert the_task(web, task.task_id.reference, "acknowledge_application") == task


def test_each_answer_says_what_it_leads_to(web: Web, task: OpenTask) -> None:
    page = web.client_of("Officer 1").get(address(task, "/next")).get_data(as_text=True)
    assert "If you answer “Yes”" in page
    assert "Act at once and tell the CSIO" in page


def test_a_draft_is_kept_for_the_person_who_typed_it(web: Web, task: OpenTask) -> None:
    client = web.client_of("Officer 1")
    client.post(address(task), data={"csio_name": "Half a name", "action": "draft"})
    assert "Half a name" in client.get(address(task)).get_data(as_text=True)
    assert "Half a name" not in web.client_of("Officer 2").get(address(task)).get_data(as_text=True)


def test_a_draft_is_gone_once_it_is_sent(web: Web, task: OpenTask) -> None:
    client = web.client_of("Officer 1")
    client.post(address(task), data={"csio_name": "Half a name", "action": "draft"})
    client.post(address(task), data=ANSWERED)
    client.post(address(task, "/undo"), data={"reason": "too early"})
    assert "Half a name" not in client.get(address(task)).get_data(as_text=True)


def test_sent_twice_it_counts_once(web: Web, task: OpenTask) -> None:
    client = web.client_of("Officer 1")
    first, second = (client.post(address(task), data=ANSWERED) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert kinds(web, task.task_id.reference).count("task completed") == 1


def meanwhile(web: Web, task: OpenTask, data: Mapping[str, Any]) -> str:
    answer = web.client_of("Officer 2").post(address(task), data=data)
    assert answer.status_code == 409
    return answer.get_data(as_text=True)


def test_a_colleague_was_faster_and_what_was_typed_is_shown(web: Web, task: OpenTask) -> None:
    web.client_of("Officer 1").post(address(task), data=ANSWERED)
    page = meanwhile(web, task, {**ANSWERED, "csio_name": "A long answer of mine"})
    assert "Officer 1 completed “Acknowledge the application”" in page
    assert "on 2 March 2026 at 10:15" in page
    assert "A long answer of mine" in page


def test_a_case_withdrawn_meanwhile_says_who_and_when(web: Web, task: OpenTask) -> None:
    reasons = {"withdrawn_because": "asked", "withdrawal_reasons": "They have moved away."}
    send_message(web.office, task.task_id.reference, "withdraw", reasons, by="Officer 1")
    page = meanwhile(web, task, {**ANSWERED, "csio_name": "A long answer of mine"})
    assert "no longer needed" in page
    assert "on 2 March 2026 at 10:15, by Officer 1" in page
    assert "A long answer of mine" in page


def test_a_task_that_somebody_has_claimed_is_theirs(web: Web, task: OpenTask) -> None:
    claim = {"task": str(task.task_id), "action": "claim", "back": "task"}
    web.client_of("Officer 1").post("/tasks", data=claim)
    assert "Officer 1 has claimed" in meanwhile(web, task, ANSWERED)


def test_where_the_act_is_met_not_met_is_refused_and_nothing_is_lost(web: Web) -> None:
    task = to_decide(web)
    answer = web.client_of("Officer 1").post(address(task), data={**DECIDED, "action": "complete"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "L104.4" in page
    assert "Three reports qualify." in page


def test_a_wrong_completion_is_undone_with_a_reason(web: Web, task: OpenTask) -> None:
    client = web.client_of("Officer 1")
    client.post(address(task), data=ANSWERED)
    assert client.post(address(task, "/undo"), data={"reason": " "}).status_code == 422
    assert client.post(address(task, "/undo"), data={"reason": "wrong case"}).status_code == 302
    assert client.get(address(task)).status_code == 200


def test_a_file_is_kept_with_the_task_and_a_program_is_not(web: Web, task: OpenTask) -> None:
    client = web.client_of("Officer 1")
    pdf = (io.BytesIO(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"), "letter.pdf")
    assert client.post(address(task, "/attachments"), data={"files": pdf}).status_code == 302
    assert "letter.pdf" in client.get(address(task)).get_data(as_text=True)
    program = (io.BytesIO(b"MZ\x90\x00\x03\x00\x00\x00" + b"\0" * 500), "letter.pdf")
    assert client.post(address(task, "/attachments"), data={"files": program}).status_code == 400


def test_a_person_of_another_team_is_told_why_they_may_not(web: Web, task: OpenTask) -> None:
    page = web.client_of("Panel Chair").get(address(task)).get_data(as_text=True)
    assert "is for the team Community Safety Team; Panel Chair is not in it" in page
    assert "Send and complete" not in page


def test_a_task_that_does_not_exist_is_not_found(web: Web, task: OpenTask) -> None:
    assert web.client_of("Officer 1").get(f"/tasks/{task.task_id.reference}/99999").status_code == 404
    assert web.client_of("Officer 1").get("/tasks/HBC-1999-0001/1").status_code == 404
