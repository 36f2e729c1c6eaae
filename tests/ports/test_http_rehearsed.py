"""A rehearsal calls no service: it tells what would be asked, and goes on with what is supposed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from engine.errors import ServiceError
from engine.handler import Effect, Method, ServiceAnswer, ServiceRequest
from engine.ports import http_outlet
from engine.settings import Service
from tests.casework.builders import process, variant_of
from tests.ports.server import saying, serving


def rehearse(request: ServiceRequest, services: Any = None) -> tuple[ServiceAnswer, list[Effect]]:
    noted: list[Effect] = []
    stand_in = http_outlet(services).stand_in(variant_of(process("")), noted.append)
    return stand_in.call(request, once_key="k"), noted


def test_a_rehearsal_calls_nothing_and_tells_what_would_be_asked() -> None:
    with serving(saying(200, {})) as at:
        answer, (effect,) = rehearse(
            ServiceRequest(
                service="register", method=Method.POST, path="people", query={"ward": "North"}, body={"name": "Ann"},
                supposed=ServiceAnswer(status=201, body={"on": datetime(2026, 3, 2, tzinfo=UTC).date()}),
            ),
            (Service(name="register", address=at.origin),),
        )  # fmt: skip
    assert at.asked == []
    assert answer == ServiceAnswer(status=201, body={"on": "2026-03-02"})  # as JSON would have it
    assert effect.sentence == "The service “register” is called: POST people?ward=North."
    assert '"name": "Ann"' in effect.details
    assert "supposes that it answers 201" in effect.details


def test_a_rehearsal_refuses_what_the_call_would_refuse() -> None:
    request = ServiceRequest(service="police", method=Method.GET)
    with pytest.raises(ServiceError, match="lists no service “police”"):
        rehearse(request, ())
    with pytest.raises(ServiceError, match="dots"):
        rehearse(ServiceRequest(service="register", method=Method.GET, path=".."))
    with pytest.raises(ConnectionError, match="503"):
        rehearse(ServiceRequest(service="register", method=Method.GET, supposed=ServiceAnswer(status=503)))
    assert rehearse(request)[0] == ServiceAnswer(status=200)  # a simulation knows no installation
