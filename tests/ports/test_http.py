"""Calling a listed service over a real connection: what is sent, what is taken, and what is never reached."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from engine.errors import ServiceError
from engine.handler import Method, ServiceAnswer, ServiceRequest
from engine.ports import ListedServices
from engine.ports.http_exchange import ExchangeBounds
from engine.settings import Service, Settings
from tests.ports.server import Answering, dripping, saying, serving, silent

QUICK = ExchangeBounds(seconds=0.4, seconds_of_silence=0.2, bytes=1000)


def listed(origin: str, *, path: str = "/api", **more: Any) -> dict[str, Service]:
    """As the settings list a service on this machine."""
    settings = Settings.from_environment({"ASB_SERVICES": f"register={origin}{path}"})
    (service,) = settings.services
    return {
        "register": Service(**{"name": "register", "address": service.address, "networks": service.networks, **more})
    }


def call(at: Answering, *, bounds: ExchangeBounds = QUICK, **request: Any) -> ServiceAnswer:
    asked = ServiceRequest(**{"service": "register", "method": Method.GET, **request})
    return ListedServices(listed(at.origin), bounds=bounds).call(asked, once_key="somewhere/S-1/4")


def test_a_request_is_sent_as_json_below_the_address_of_the_service() -> None:
    with serving(saying(201, {"reference": "R-1", "score": 0.1, "open": True})) as at:
        answer = call(
            at, method=Method.POST, path="people/Ann Lee/notes", body={"name": "Änn", "reports": [Decimal(3)]},
            query={"ward": "A&B", "year": Decimal(2026), "no": None},
        )  # fmt: skip
    (asked,) = at.asked
    assert (asked.method, asked.target) == ("POST", "/api/people/Ann%20Lee/notes?ward=A%26B&year=2026")
    assert asked.body == {"name": "Änn", "reports": [3]}
    assert asked.headers["Content-Type"] == "application/json"
    assert asked.headers["Idempotency-Key"] == "somewhere/S-1/4"
    assert "Authorization" not in asked.headers
    assert answer == ServiceAnswer(status=201, body={"reference": "R-1", "score": Decimal("0.1"), "open": True})


def test_the_secret_of_a_service_goes_with_the_call_and_stands_nowhere_else() -> None:
    with serving(saying(200, {})) as at:
        services = listed(at.origin, authorization="Bearer 3f9c")
        ListedServices(services).call(ServiceRequest(service="register", method=Method.GET), once_key="k")
    assert at.asked[0].headers["Authorization"] == "Bearer 3f9c"
    assert "3f9c" not in repr(services)


@pytest.mark.parametrize("path", ["../admin", "people/../../admin", "a//b", "./a"])
def test_a_path_that_climbs_out_of_the_address_is_refused(path: str) -> None:
    with serving(saying(200, {})) as at, pytest.raises(ServiceError, match="dots"):
        call(at, path=path)
    assert at.asked == []


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("@elsewhere.example/x", "/api/%40elsewhere.example/x"),
        ("a?b=c#d", "/api/a%3Fb%3Dc%23d"),
        ("%2e%2e/admin", "/api/%252e%252e/admin"),
        ("a\r\nX-Header: 1", "/api/a%0D%0AX-Header%3A%201"),
        ("a\\..\\b", "/api/a%5C..%5Cb"),
        ("", "/api"),
    ],
)
def test_whatever_stands_in_a_path_is_a_part_of_it(path: str, target: str) -> None:
    with serving(saying(200, {})) as at:
        call(at, path=path)
    assert [asked.target for asked in at.asked] == [target]


def test_a_service_that_is_not_listed_is_not_called() -> None:
    with (
        serving(saying(200, {})) as at,
        pytest.raises(ServiceError, match=r"lists no service “police”\. It lists: register"),
    ):
        call(at, service="police")
    assert at.asked == []


def test_a_redirect_is_not_followed() -> None:
    with serving(saying(200, {"secret": 1})) as elsewhere:
        for status in (301, 302, 303, 307, 308):
            away = saying(status, Location=f"{elsewhere.origin}/api/x")
            with serving(away) as at, pytest.raises(ServiceError, match=f"answered {status}, which leads elsewhere"):
                call(at)
    assert elsewhere.asked == []


def test_no_proxy_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(saying(200, {})) as proxy, serving(saying(200, {"right": True})) as at:
        monkeypatch.setenv("HTTP_PROXY", proxy.origin)
        monkeypatch.setenv("ALL_PROXY", proxy.origin)
        assert call(at).body == {"right": True}
    assert proxy.asked == []


@pytest.mark.parametrize("status", [500, 502, 503, 408, 425, 429])
def test_a_service_in_trouble_is_tried_again(status: int) -> None:
    with serving(saying(status, {"detail": "down"})) as at, pytest.raises(ConnectionError, match=str(status)):
        call(at)


def test_a_service_that_nobody_answers_for_is_tried_again() -> None:
    with serving(saying(200)) as at:
        pass
    with pytest.raises(ConnectionError, match="register"):
        call(at)


def test_a_silent_service_is_given_up_and_tried_again() -> None:
    with serving(silent(1)) as at, pytest.raises(TimeoutError, match="was silent"):
        call(at)


@pytest.mark.parametrize("length", [True, False])
def test_a_service_that_never_comes_to_an_end_is_given_up_and_tried_again(length: bool) -> None:
    with serving(dripping(3, length=length)) as at, pytest.raises(TimeoutError, match="took longer than"):
        call(at)


@pytest.mark.parametrize("status", [400, 404, 409, 422])
def test_a_refusal_comes_back_with_what_it_says(status: int) -> None:
    with serving(saying(status, {"detail": "no such person"})) as at:
        assert call(at) == ServiceAnswer(status=status, body={"detail": "no such person"})
    with serving(saying(status, raw=b"<h1>no</h1>", kind="text/html")) as at:
        assert call(at) == ServiceAnswer(status=status)


@pytest.mark.parametrize("status", [401, 407])
def test_a_service_that_does_not_let_us_in_needs_a_person(status: int) -> None:
    with serving(saying(status, {})) as at, pytest.raises(ServiceError, match="does not let this installation in"):
        call(at)


def test_an_answer_without_words_is_none() -> None:
    with serving(saying(204)) as at:
        assert call(at) == ServiceAnswer(status=204)


@pytest.mark.parametrize(
    ("answer", "because"),
    [
        (saying(200, raw=b"<html>", kind="text/html"), "text/html, and not JSON"),
        (saying(200, raw=b"{"), "cannot be read as JSON"),
        (saying(200, raw=b'{"a": NaN}'), "cannot be read as JSON"),
        (saying(200, raw=b"[" * 999), "cannot be read as JSON"),
        (saying(200, raw=b'"\xff"'), "cannot be read as JSON"),
        (saying(200, raw=b'"' + b"a" * 999 + b'"'), "more than 1,000 bytes"),
        (saying(200, {"a": 1}, Content_Encoding="gzip"), "packed"),
    ],
)
def test_an_answer_that_cannot_be_used_is_refused(answer: Any, because: str) -> None:
    with serving(answer) as at, pytest.raises(ServiceError, match=because):
        call(at)


def test_json_of_a_kind_of_its_own_is_json() -> None:
    with serving(saying(200, {"a": None}, kind="application/hal+json; charset=utf-8")) as at:
        assert call(at).body == {"a": None}


def test_what_is_too_large_to_send_is_not_sent() -> None:
    with serving(saying(200, {})) as at, pytest.raises(ServiceError, match="Tell it less"):
        call(at, method=Method.POST, body="a" * 1000)
    assert at.asked == []
