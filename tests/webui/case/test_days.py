"""A wrong day is put right on the screens: seen first what it moves, and with a reason."""

from __future__ import annotations

import pytest

from tests.webui.case.cases import OFFICER, entries, open_task, rich_case
from tests.webui.office import Web


@pytest.fixture
def reference(web: Web) -> str:
    return rich_case(web)


def day(name: str, day: int, month: int, year: int) -> dict[str, str]:
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}


def test_what_a_corrected_day_moves_is_shown_before_it_is_corrected(web: Web, reference: str) -> None:
    client = web.client_of(OFFICER)
    number = open_task(web, reference, "Carry out the action")
    link = client.get(f"/cases/{reference}/tasks/{number}/deadline")
    assert link.status_code == 302
    address = link.headers["Location"]
    assert "/known/due_on?item=actions-" in address
    answers = day("due_on", 30, 11, 2026) | {"reason": "Agreed anew with the partners"}
    shown = client.post(address, data=answers)
    text = shown.get_data(as_text=True)
    assert shown.status_code == 200
    assert "What this moves" in text
    assert "to 30 November 2026" in text
    assert not any(kind == "deadline followed" for kind, _ in entries(web, reference))
    assert client.post(address, data=answers | {"seen": "yes"}).status_code == 302
    assert any(kind == "deadline followed" for kind, _ in entries(web, reference))


def test_a_day_that_cannot_be_is_refused_at_the_question(web: Web, reference: str) -> None:
    answer = web.client_of(OFFICER).post(
        f"/cases/{reference}/known/reported_on?item=reports-1",
        data=day("reported_on", 5, 12, 2026) | {"reason": "Misread"},
    )
    assert answer.status_code == 422
    assert "which is in the future" in answer.get_data(as_text=True)


def test_an_extension_to_a_wrong_day_is_taken_back(web: Web, reference: str) -> None:
    client = web.client_of(OFFICER)
    address = f"/cases/{reference}/tasks/{open_task(web, reference, 'Write minutes and action plan')}/deadline"
    assert "Take the extension back" not in client.get(address).get_data(as_text=True)
    client.post(address, data={"change": "extend", "reason": "Illness"} | day("until", 17, 12, 2031))
    assert "Take the extension back" in client.get(address).get_data(as_text=True)
    assert client.post(address, data={"change": "take_back", "reason": "A slip"}).status_code == 302
    assert "extension taken back" in [kind for kind, _ in entries(web, reference)]


def test_a_day_is_found_to_be_uncertain_and_shown_in_the_words_that_were_said(web: Web, reference: str) -> None:
    client, address = web.client_of(OFFICER), f"/cases/{reference}/known/incident_on?item=reports-1"
    said = {
        "incident_on-day": "about 9",
        "incident_on-month": "11",
        "incident_on-year": "2025",
        "reason": "So she says",
    }
    assert client.post(address, data=said).status_code == 302
    known = client.get(f"/cases/{reference}/known").get_data(as_text=True)
    assert "about 9 November 2025. Not known exactly: counted in the applicant&#39;s favour, 16 November 2025" in known
    assert "incident on from" not in known.lower()
    assert 'value="about 9"' in client.get(address).get_data(as_text=True)
    history = client.get(f"/cases/{reference}/history").get_data(as_text=True)
    assert "to “about 9 November 2025”" in history
