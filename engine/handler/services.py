"""Services of others: a request in JSON, its answer, and the port through which handlers call them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from engine.handler.port import Port


class Method(StrEnum):
    """What is wanted of a service."""

    GET = "GET"
    POST = "POST"
    PUT = "PUT"
    PATCH = "PATCH"
    DELETE = "DELETE"


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceAnswer:
    """What a service answered."""

    status: int  #: HTTP's: 2xx it was done, 4xx it was refused
    body: Any = None  #: what its JSON says, as FEEL values; None where it says nothing


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceRequest:
    """What a service is asked."""

    service: str  #: as the installation's settings name it: "register"
    method: Method
    path: str = ""  #: below the service's address, as plain text: "people/12"; its parts are encoded
    query: Mapping[str, Any] = field(default_factory=dict)  #: FEEL values by name, to stand behind the question mark
    body: Any = None  #: a FEEL value, sent as JSON; None: nothing is sent
    supposed: ServiceAnswer = ServiceAnswer(status=200)  #: what a rehearsal goes on with


class Services(Protocol):
    """Calls the services that the installation lists."""

    def call(self, request: ServiceRequest, *, once_key: str) -> ServiceAnswer:
        """Ask once, and give a 2xx or 4xx answer. The service is told `once_key`, by which it knows a call that is
        tried again.

        Raises ServiceError where trying again changes nothing: a service that is not listed, a path that leads out
        of it, an answer that cannot be used. Raises ConnectionError and TimeoutError where it may: a service that
        cannot be reached, is too slow, or is in trouble itself.
        """


HTTP: Port[Services] = Port(name="http", purpose="call a service that the installation's settings list")
