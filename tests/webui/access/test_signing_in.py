"""Signing in and out, the second step, invitations, and one's own account, over HTTP."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from flask.testing import FlaskClient

from engine.staff.bounds import PER_ACCOUNT, SECOND_STEP_LASTS, SESSION_RESTS
from engine.staff.demonstration import add_demonstration_accounts
from engine.staff.people import deactivate_person, invite_again
from engine.variants import load_variant
from tests.house.checkout import ROOT
from tests.in_force import put_in_force
from tests.webui.office import HERTSMERE, Web, make_app

PASSWORD = "otter umbrella canal"  # noqa: S105  # for the test alone
EMAIL = "officer.1@example.org"


@pytest.fixture
def people(web: Web) -> Web:
    add_demonstration_accounts(web.office.database, web.clock, web.variant, PASSWORD)
    return web


def sign_in(client: FlaskClient, *, email: str = EMAIL, password: str = PASSWORD, to: str = ""):
    return client.post("/sign-in", data={"email": email, "password": password, "next": to})


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def turn_on_second_step(web: Web, client: FlaskClient) -> str:
    """The secret."""
    found = re.search(r"app-key\">([A-Z2-7 ]+)<", client.get("/account/second-step").get_data(as_text=True))
    assert found is not None
    secret = found[1].replace(" ", "")
    assert client.post("/account/second-step", data={"code": code(web, secret)}).status_code == 302
    web.clock.advance(timedelta(minutes=2))
    return secret


def code(web: Web, secret: str) -> str:
    return pyotp.TOTP(secret).at(int(web.clock.now().timestamp()))


def test_signing_in_leads_to_the_page_that_was_asked_for(people: Web) -> None:
    client = people.client_of()
    asked = client.get("/cases?q=Smith")
    assert asked.headers["Location"] == "/sign-in?next=/cases?q%3DSmith"
    assert sign_in(client, to="/cases?q=Smith").headers["Location"] == "/cases?q=Smith"
    assert is_signed_in(client)


@pytest.mark.parametrize("elsewhere", ["https://evil.test/", "//evil.test", "/\\evil.test", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(people: Web, elsewhere: str) -> None:
    assert sign_in(people.client_of(), to=elsewhere).headers["Location"] == "/"


def test_what_is_wrong_is_said_without_saying_whether_there_is_such_an_account(people: Web) -> None:
    empty = sign_in(people.client_of(), email="", password="").get_data(as_text=True)
    assert "Enter your e-mail address" in empty
    assert "Enter your password" in empty
    answers = [
        sign_in(people.client_of(), email=email, password="not the password").get_data(as_text=True)  # noqa: S106
        for email in (EMAIL, "nobody@example.org")
    ]
    typed = r"[\w.]+@example.org|name=\"csrf_token\"[^>]*"
    said = [re.sub(typed, "", answer) for answer in answers]
    assert "The e-mail address or the password is not right" in said[0]
    assert said[0] == said[1]


def test_too_many_tries_are_told_when_to_try_again(people: Web) -> None:
    client = people.client_of()
    for _ in range(PER_ACCOUNT):
        assert sign_in(client, password="not the password").status_code == 200  # noqa: S106
    answer = sign_in(client)
    assert answer.status_code == 429
    assert "Try again at 10:31." in answer.get_data(as_text=True)


def test_what_was_in_the_cookie_before_signing_in_does_not_stay(people: Web) -> None:
    client = people.client_of()
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    sign_in(client)
    with client.session_transaction() as session:
        assert "planted" not in session


def test_signing_out_ends_the_session_and_not_only_the_cookie(people: Web) -> None:
    client = people.client_of()
    sign_in(client)
    kept = client.get_cookie("asb")
    assert kept is not None
    client.post("/sign-out")
    assert not is_signed_in(client)
    client.set_cookie("asb", kept.value)
    assert not is_signed_in(client)


def test_the_cookie_is_for_this_site_alone_and_no_script_reads_it(people: Web) -> None:
    header = sign_in(people.client_of()).headers["Set-Cookie"]
    assert "HttpOnly" in header
    assert "SameSite=Lax" in header


def test_where_people_come_over_tls_the_cookie_goes_no_other_way(people: Web) -> None:
    settings = replace(people.settings, public_url="https://reviews.example.gov.uk")
    app = make_app(settings, office=people.office)
    app.config.update(WTF_CSRF_ENABLED=False)
    assert "; Secure" in sign_in(app.test_client()).headers["Set-Cookie"]


def test_a_session_ends_by_itself(people: Web) -> None:
    client = people.client_of()
    sign_in(client)
    people.clock.advance(SESSION_RESTS)
    assert not is_signed_in(client)


def test_a_deactivated_person_is_out_at_once(people: Web) -> None:
    client = people.client_of()
    sign_in(client)
    account = people.account_of("Officer 1")
    deactivate_person(people.office.database, people.clock, HERTSMERE, account.person_id, by="A")
    assert not is_signed_in(client)


def test_with_a_second_step_the_password_alone_lets_nobody_in(people: Web) -> None:
    first = people.client_of()
    sign_in(first)
    secret = turn_on_second_step(people, first)
    client = people.client_of()
    assert sign_in(client, to="/cases").headers["Location"] == "/sign-in/code"
    assert not is_signed_in(client)
    wrong = client.post("/sign-in/code", data={"code": "12345"})
    assert "This code is not right" in wrong.get_data(as_text=True)
    assert client.post("/sign-in/code", data={"code": code(people, secret)}).headers["Location"] == "/cases"
    assert is_signed_in(client)
    again = people.client_of()
    sign_in(again)
    again.post("/sign-in/code", data={"code": code(people, secret)})
    assert not is_signed_in(again)  # the code was used


def test_the_second_step_waits_only_a_while_for_its_code(people: Web) -> None:
    client = people.client_of()
    sign_in(client)
    secret = turn_on_second_step(people, client)
    late = people.client_of()
    sign_in(late)
    people.clock.advance(SECOND_STEP_LASTS)
    assert late.post("/sign-in/code", data={"code": code(people, secret)}).headers["Location"] == "/sign-in"
    assert people.client_of().get("/sign-in/code").headers["Location"] == "/sign-in"


def test_the_picture_of_the_secret_comes_from_an_address_of_its_own_and_is_not_kept(people: Web) -> None:
    client = people.client_of("Officer 1")
    page = client.get("/account/second-step").get_data(as_text=True)
    assert "data:" not in page
    picture = client.get("/account/second-step/picture.svg")
    assert picture.mimetype == "image/svg+xml"
    assert picture.headers["Cache-Control"] == "no-store"
    assert picture.get_data(as_text=True).count("<path") >= 1
    turn_on_second_step(people, client)
    assert client.get("/account/second-step/picture.svg").status_code == 404


def test_the_second_step_is_turned_off_with_a_code(people: Web) -> None:
    client = people.client_of("Officer 1")
    secret = turn_on_second_step(people, client)
    assert "This code is not right" in client.post("/account/second-step", data={"code": "1"}).get_data(as_text=True)
    client.post("/account/second-step", data={"code": code(people, secret)})
    assert not people.account_of("Officer 1").has_second_step


def test_an_invitation_sets_a_password_once(people: Web) -> None:
    person_id = people.account_of("Officer 1").person_id
    secret = invite_again(people.office.database, people.clock, HERTSMERE, person_id, by="A")
    client = people.client_of()
    page = client.get(f"/invitation/{secret}").get_data(as_text=True)
    assert "Officer 1" in page
    assert EMAIL in page
    weak = client.post(f"/invitation/{secret}", data={"password": "password1234"})
    assert "one of the first that would be tried" in weak.get_data(as_text=True)
    assert client.post(f"/invitation/{secret}", data={"password": "harbour violin teapot"}).status_code == 302
    assert client.get(f"/invitation/{secret}").status_code == 410
    sign_in(client, password="harbour violin teapot")  # noqa: S106
    assert is_signed_in(client)


def test_a_made_up_invitation_is_none(web: Web) -> None:
    assert web.client_of().get("/invitation/guessed").status_code == 410


def test_a_changed_password_signs_out_everywhere_else(people: Web) -> None:
    here, there = people.client_of(), people.client_of()
    sign_in(here)
    sign_in(there)
    assert "Elsewhere, since" in here.get("/account").get_data(as_text=True)
    wrong = here.post("/account/password", data={"current": "wrong", "new": "harbour violin teapot"})
    assert "This is not your password" in wrong.get_data(as_text=True)
    here.post("/account/password", data={"current": PASSWORD, "new": "harbour violin teapot"})
    assert is_signed_in(here)
    assert not is_signed_in(there)


def test_one_can_sign_out_everywhere_else(people: Web) -> None:
    here, there = people.client_of("Officer 1"), people.client_of("Officer 1")
    here.post("/account/sessions")
    assert is_signed_in(here)
    assert not is_signed_in(there)


def test_a_demonstration_lets_one_choose_who_to_be_and_nothing_else_does(people: Web) -> None:
    page = people.client_of().get("/sign-in").get_data(as_text=True)
    assert "People of this demonstration" in page
    assert "Neighbourhood Inspector" in page
    people.office.database.set_property("demonstration password", "")
    assert "People of this demonstration" not in people.client_of().get("/sign-in").get_data(as_text=True)


def test_a_demonstration_of_two_councils_is_entered_from_one_page(people: Web) -> None:
    root = ROOT / "bpmn"
    derby = load_variant(root / "derby_city", root=root)
    add_demonstration_accounts(people.office.database, people.clock, derby, PASSWORD)
    put_in_force(people.office, derby)
    page = people.client_of().get("/sign-in").get_data(as_text=True)
    derby_part, hertsmere_part = page.split("<h3")[1:]
    assert "Derby City Council" in derby_part
    assert "Youth Worker 1" in derby_part
    assert "/apply/derby_city" in derby_part
    assert "Hertsmere Borough Council" in hertsmere_part
    assert "Neighbourhood Inspector" in hertsmere_part


def test_each_form_needs_its_token(people: Web) -> None:
    people.app.config["WTF_CSRF_ENABLED"] = True
    assert sign_in(people.client_of()).status_code == 400
    assert people.client_of("Officer 1").post("/sign-out").status_code == 400
