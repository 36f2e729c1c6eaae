"""Signing in through a council's directory: a real OpenID provider answers on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import oidc_provider_mock
import pytest
import requests
from flask.testing import FlaskClient
from joserfc import jwt

from engine.settings import OpenIdConnect
from engine.staff.people import deactivate_person
from tests.webui.office import HERTSMERE, Web, make_app

#: The provider calls its library in a way that the library wants to give up.
pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")

USERS = (
    oidc_provider_mock.User(sub="u1", claims={"email": "Officer.1@Example.org", "email_verified": True}),
    oidc_provider_mock.User(sub="u2", claims={"email": "officer.1@example.org", "email_verified": True}),
    oidc_provider_mock.User(sub="unverified", claims={"email": "officer.2@example.org", "email_verified": False}),
    oidc_provider_mock.User(sub="nameless", claims={}),
    oidc_provider_mock.User(sub="stranger", claims={"email": "stranger@example.org", "email_verified": True}),
)


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with oidc_provider_mock.run_server_in_thread(user_claims=USERS, require_nonce=True) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def council(web: Web, issuer: str) -> Web:
    """The screens with a directory; the people of variant.toml are there, without passwords."""
    chosen = OpenIdConnect(issuer=issuer, client_id="asb", client_secret="between us", name="Sign in with Hertsmere")  # noqa: S106
    settings = replace(web.settings, directories={HERTSMERE: chosen}, public_url="http://reviews.test")
    app = make_app(settings, office=web.office)
    app.config.update(WTF_CSRF_ENABLED=False)
    web.account_of("Officer 1")
    return replace(web, app=app, settings=settings)


def off(client: FlaskClient) -> str:
    """The address at the directory to which the person is sent."""
    answer = client.get("/sign-in/directory")
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def agree(address: str, subject: str) -> str:
    """Sign in at the directory, as the person would. Gives the way back."""
    answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["Location"])
    assert f"{back.scheme}://{back.netloc}{back.path}" == "http://reviews.test/sign-in/directory/back"
    return f"{back.path}?{back.query}"


def come_back(client: FlaskClient, subject: str):
    return client.get(agree(off(client), subject))


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def test_a_person_with_a_confirmed_address_is_tied_once_and_known_by_the_directory_from_then_on(council: Web) -> None:
    client = council.client_of()
    assert "Sign in with Hertsmere" in client.get("/sign-in").get_data(as_text=True)
    answer = come_back(client, "u1")
    assert answer.headers["Location"] == "/"
    assert "Officer 1" in client.get("/account").get_data(as_text=True)
    assert council.account_of("Officer 1").is_in_directory
    again = council.client_of()
    come_back(again, "u1")
    assert is_signed_in(again)


def test_another_account_of_the_directory_with_the_same_address_is_refused(council: Web) -> None:
    come_back(council.client_of(), "u1")
    client = council.client_of()
    answer = come_back(client, "u2")
    assert answer.status_code == 403
    assert "Another account of the directory" in answer.get_data(as_text=True)
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("unverified", "did not confirm your e-mail address"),
        ("nameless", "did not confirm your e-mail address"),
        ("stranger", "nobody with this address works here"),
    ],
)
def test_whom_nobody_added_or_the_directory_did_not_confirm_gets_a_clear_page(
    council: Web, subject: str, said: str
) -> None:
    client = council.client_of()
    answer = come_back(client, subject)
    assert answer.status_code == 403
    assert said in answer.get_data(as_text=True)
    assert not is_signed_in(client)


def test_a_deactivated_person_is_refused_by_the_directory_too(council: Web) -> None:
    come_back(council.client_of(), "u1")
    account = council.account_of("Officer 1")
    deactivate_person(council.office.database, council.clock, HERTSMERE, account.person_id, by="A")
    answer = come_back(council.client_of(), "u1")
    assert "deactivated" in answer.get_data(as_text=True)


def test_the_request_holds_state_nonce_and_a_challenge(council: Web) -> None:
    asked = parse_qs(urlsplit(off(council.client_of())).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["code_challenge"][0]) == 43
    assert asked["state"][0]
    assert asked["nonce"][0]
    assert asked["redirect_uri"] == ["http://reviews.test/sign-in/directory/back"]


def test_the_verifier_of_the_challenge_is_sent_with_the_code(council: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = []
    real = requests.Session.send

    def watched(self: requests.Session, request: requests.PreparedRequest, **more: object) -> requests.Response:
        sent.append(str(request.body))
        return real(self, request, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(requests.Session, "send", watched)
    come_back(council.client_of(), "u1")
    assert any("code_verifier=" in body for body in sent)


def test_a_way_back_that_this_browser_did_not_ask_for_is_refused(council: Web) -> None:
    stolen = agree(off(council.client_of()), "u1")
    victim = council.client_of()
    assert victim.get(stolen).status_code == 403
    client = council.client_of()
    back = agree(off(client), "u1")
    assert client.get(back.replace("state=", "state=x")).status_code == 403
    assert not is_signed_in(client)


def test_a_token_for_another_request_is_refused(council: Web) -> None:
    client = council.client_of()
    back = agree(off(client), "u1")
    with client.session_transaction() as session:
        (key,) = [key for key in session if key.startswith("_state_")]
        session[key]["data"]["nonce"] = "of another request"
        session.modified = True
    assert client.get(back).status_code == 403
    assert not is_signed_in(client)


@pytest.mark.parametrize("claim", ["aud", "iss"])
def test_a_token_for_somebody_else_or_of_somebody_else_is_refused(
    council: Web, monkeypatch: pytest.MonkeyPatch, claim: str
) -> None:
    real = jwt.decode

    def changed(*args: object, **more: object) -> jwt.Token:
        token = real(*args, **more)  # type: ignore[arg-type]
        token.claims[claim] = ["another"] if claim == "aud" else "https://another.test"
        return token

    monkeypatch.setattr("authlib.integrations.base_client.sync_openid.jwt.decode", changed)
    client = council.client_of()
    assert come_back(client, "u1").status_code == 403
    assert not is_signed_in(client)


def test_a_directory_that_says_no_or_cannot_be_reached_leads_back_to_a_clear_page(council: Web, web: Web) -> None:
    client = council.client_of()
    state = parse_qs(urlsplit(off(client)).query)["state"][0]
    answer = client.get(f"/sign-in/directory/back?error=access_denied&state={state}")
    assert answer.status_code == 403
    assert "Try again, or sign in with a password" in answer.get_data(as_text=True)
    gone = replace(council.settings.directories[HERTSMERE], issuer="http://localhost:9")
    app = make_app(replace(council.settings, directories={HERTSMERE: gone}), office=web.office)
    answer = app.test_client().get("/sign-in/directory")
    assert "cannot be reached" in answer.get_data(as_text=True)


def test_without_a_directory_there_is_no_such_page(web: Web) -> None:
    assert web.client_of().get("/sign-in/directory").status_code == 404
    assert web.client_of().get("/sign-in/directory/back?code=x&state=y").status_code == 404
