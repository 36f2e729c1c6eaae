"""A session that ends while somebody types: why it ended is said, and what was typed is kept for them alone."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient

from engine.staff.bounds import SESSION_LASTS, SESSION_REMEMBERED, SESSION_RESTS
from tests.webui.access.test_signing_in import EMAIL, code, people, sign_in, turn_on_second_step
from tests.webui.office import Web
from tests.webui.overview.cases import acknowledge, apply, stick, task_of

__all__ = ["people"]

LONG = "She has had no night’s sleep since March.\n" * 100
OTHER = "officer.2@example.org"
KEPT = "What you typed is not sent, but kept"


def text_of(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (response.status_code, response.headers.get("Location"))
    return unescape(response.get_data(as_text=True))


def typing(web: Web, *, email: str = EMAIL) -> FlaskClient:
    client = web.client_of()
    assert sign_in(client, email=email).status_code == 302
    return client


def task(web: Web) -> str:
    which = task_of(web, apply(web))
    return f"/tasks/{which.reference}/{which.number}"


def send_too_late(web: Web, client: FlaskClient, address: str, typed: dict[str, str]) -> str:
    """The address of the sign-in page."""
    web.clock.advance(SESSION_RESTS + timedelta(minutes=1))
    refused = client.post(address, data=typed)
    assert refused.status_code == 302
    return str(refused.headers["Location"])


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("/cases/{case}/notes", {"note": LONG}),
        ("/cases/{case}/tell/withdraw", {"withdrawn_because": "asked", "withdrawal_reasons": LONG}),
        ("/cases/{case}/known/asb_description", {"asb_description": "Worse.", "reason": LONG}),
        ("/cases/{case}/tasks/{task}/deadline", {"change": "extend", "until-day": "3", "reason": LONG}),
        ("/tasks/{case}/{task}", {"csio_name": "Officer 9", "immediate_risk": "yes", "interim_actions": LONG}),
        ("/applications/new", {"applicant_role": "victim", "asb_description": LONG}),
    ],
)
def test_what_was_typed_stands_in_its_page_again(people: Web, page: str, typed: dict[str, str]) -> None:
    which = task_of(people, apply(people))
    address = page.format(case=which.reference, task=which.number)
    client = typing(people)
    asked = send_too_late(people, client, address, typed)
    said = text_of(client, asked)
    assert "You have been signed out, because you did nothing here for 2 hours" in said
    assert KEPT in said
    assert sign_in(client, to=address).headers["Location"] == address
    for _ in range(2):  # also when the page is loaded again
        shown = text_of(client, address)
        assert LONG.strip() in shown.replace("\r\n", "\n")
        assert "You had been signed out, so this was not sent." in shown
    assert LONG.strip() not in text_of(typing(people), address)  # another browser's cookie asks for nothing


def test_the_sign_in_page_leads_back_to_the_page(people: Web) -> None:
    address = task(people)
    client = typing(people)
    assert send_too_late(people, client, address, {"csio_name": "Officer 9"}) == f"/sign-in?next={address}"


@pytest.mark.parametrize("asked", ["endpoint=x", "_method=POST&_anchor=a", "_external=1&reference=elsewhere"])
def test_what_else_its_address_asks_moves_nothing_that_was_typed(people: Web, asked: str) -> None:
    address = f"/cases/{apply(people)}/notes?{asked}"
    client = typing(people)
    send_too_late(people, client, address, {"note": LONG})
    sign_in(client)
    assert LONG.strip() in text_of(client, address).replace("\r\n", "\n")
    assert client.post(address, data={"note": "Short."}).status_code == 302


def test_reasons_typed_below_a_page_come_back_to_that_page(people: Web) -> None:
    reference = apply(people)
    done = task_of(people, reference)
    acknowledge(people, reference)
    client = typing(people)
    address = f"/tasks/{reference}/{done.number}"
    assert send_too_late(people, client, f"{address}/undo", {"reason": LONG}) == f"/sign-in?next={address}/done"
    sign_in(client)
    assert LONG.strip() in text_of(client, f"{address}/done")
    stuck = stick(people)
    manager = typing(people, email="community.safety.manager@example.org")
    page = next(
        a for a in text_of(manager, "/manage/incidents").split('"') if a.startswith(f"/manage/incidents/{stuck}")
    )
    send_too_late(people, manager, f"{page}/resolve", {"reason": LONG})
    sign_in(manager, email="community.safety.manager@example.org")
    assert LONG.strip() in text_of(manager, page)


def test_it_is_dropped_once_it_is_sent_and_not_before(people: Web) -> None:
    reference = apply(people)
    address = f"/cases/{reference}/notes"
    client = typing(people)
    send_too_late(people, client, address, {"note": "half a"})
    sign_in(client)
    assert client.post(address, data={"note": ""}).status_code == 422
    assert "half a" in text_of(client, address)
    assert client.post(address, data={"note": "half a note"}).status_code == 302
    shown = text_of(client, address)
    assert "You had been signed out" not in shown
    assert ">half a<" not in shown


def test_nobody_else_sees_it(people: Web) -> None:
    address = f"/cases/{apply(people)}/notes"
    client = typing(people)
    send_too_late(people, client, address, {"note": "for my eyes"})
    sign_in(client, email=OTHER)
    assert "for my eyes" not in text_of(client, address)
    client.post("/sign-out")
    sign_in(client)  # and in this browser it is gone with the other's session
    assert "for my eyes" not in text_of(client, address)


def test_with_a_second_step_it_is_kept_too(people: Web) -> None:
    address = f"/cases/{apply(people)}/notes"
    client = typing(people)
    secret = turn_on_second_step(people, client)
    send_too_late(people, client, address, {"note": LONG})
    assert sign_in(client, to=address).headers["Location"] == "/sign-in/code"
    assert client.post("/sign-in/code", data={"code": code(people, secret)}).headers["Location"] == address
    assert LONG.strip() in text_of(client, address)


def test_who_signed_out_or_never_signed_in_leaves_nothing(people: Web) -> None:
    address = f"/cases/{apply(people)}/notes"
    for client in (people.client_of(), typing(people)):
        client.post("/sign-out")
        sent = client.post(address, data={"note": "not mine"})
        assert sent.headers["Location"] == f"/sign-in?next={address}"
        said = text_of(client, sent.headers["Location"])
        assert "You have been signed out" not in said
        assert KEPT not in said
        sign_in(client)
        assert "not mine" not in text_of(client, address)


def test_a_page_that_is_only_looked_at_says_why_one_signs_in_again(people: Web) -> None:
    client = typing(people)
    people.clock.advance(SESSION_LASTS)
    said = text_of(client, client.get("/cases").headers["Location"])
    assert "You have been signed out" in said
    assert KEPT not in said


def test_whose_session_it_was_is_known_for_a_while_and_then_not(people: Web) -> None:
    address = f"/cases/{apply(people)}/notes"
    client = typing(people)
    people.clock.advance(SESSION_REMEMBERED + timedelta(days=1))
    typing(people, email=OTHER)  # whoever signs in has old sessions forgotten
    client.post(address, data={"note": LONG})
    sign_in(client)
    assert LONG.strip() not in text_of(client, address)


def test_a_task_that_was_done_meanwhile_shows_what_was_typed(people: Web) -> None:
    reference = apply(people)
    which = task_of(people, reference)
    address = f"/tasks/{reference}/{which.number}"
    client = typing(people)
    send_too_late(people, client, address, {"csio_name": "Officer 9", "immediate_risk": "yes", "interim_actions": LONG})
    acknowledge(people, reference)
    sign_in(client)
    shown = client.get(address)
    assert shown.status_code == 409
    assert unescape(shown.get_data(as_text=True)).count("no night’s sleep") == 100


def test_a_page_left_open_can_be_sent_after_signing_in_again_beside_it(people: Web) -> None:
    people.app.config["WTF_CSRF_ENABLED"] = True
    address = f"/cases/{apply(people)}/notes"

    def token_on(client: FlaskClient, page: str) -> str:
        return text_of(client, page).split('name="csrf_token" value="')[1].split('"')[0].strip() or ""

    def sign_in_with_token(client: FlaskClient, email: str) -> None:
        token = text_of(client, "/sign-in").split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
        data = {"email": email, "password": "otter umbrella canal", "csrf_token": token}
        assert client.post("/sign-in", data=data).status_code == 302

    client = people.client_of()
    sign_in_with_token(client, EMAIL)
    left_open = token_on(client, address)
    people.clock.advance(SESSION_RESTS)
    sign_in_with_token(client, EMAIL)
    assert client.post(address, data={"note": "still here", "csrf_token": left_open}).status_code == 302
    people.clock.advance(SESSION_RESTS)
    sign_in_with_token(client, OTHER)  # of another person the page is refused
    assert client.post(address, data={"note": "not theirs", "csrf_token": left_open}).status_code == 400
