"""The port `http`: calling the services that the installation's settings list."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from engine import feel
from engine.errors import FeelError, ServiceError
from engine.handler import HTTP, Effect, Note, ServiceAnswer, ServiceRequest, Services
from engine.ports.http_exchange import ExchangeBounds, Reply, exchange
from engine.ports.outlet import Outlet
from engine.settings import Service

#: In trouble, or too busy: the same call may well succeed later.
_TRY_AGAIN = frozenset({408, 425, 429, *range(500, 600)})
#: It does not take the installation's secret: nothing in a case can mend that.
_NOT_LET_IN = frozenset({401, 407})
BOUNDS = ExchangeBounds()


def http_outlet(services: Iterable[Service] | None) -> Outlet[Services]:
    """Calls `services`, and nothing else; None: none is known, and a stand-in takes any name."""
    listed = None if services is None else {service.name: service for service in services}
    return Outlet(
        port=HTTP,
        real=lambda _variant: ListedServices(listed or {}),
        stand_in=lambda _variant, note: SupposedServices(listed, note),
    )


class ListedServices:
    """The services of the settings, by their names."""

    def __init__(
        self, services: Mapping[str, Service], *, bounds: ExchangeBounds = BOUNDS, trust: ssl.SSLContext | None = None
    ) -> None:
        self._services = services
        self._bounds = bounds
        self._trust = trust

    def call(self, request: ServiceRequest, *, once_key: str) -> ServiceAnswer:
        """See `Services.call`."""
        service = _listed(self._services, request.service)
        target = urlsplit(service.address).path + _target(request)
        data = _written(request, self._bounds)
        headers = {
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Idempotency-Key": quote(once_key, safe="/"),
            "User-Agent": "asb-case-review",
        }
        if data is not None:
            headers["Content-Type"] = "application/json"
        if service.authorization is not None:
            headers["Authorization"] = service.authorization
        return _answer(
            service,
            exchange(
                service, request.method, target or "/", headers=headers, data=data, bounds=self._bounds,
                trust=self._trust or _trust_of_the_machine(),
            ),
        )  # fmt: skip


class SupposedServices:
    """The services of a rehearsal: nothing is called, and each answers what the element supposes it to."""

    def __init__(self, services: Mapping[str, Service] | None, note: Note) -> None:
        self._services = services
        self._note = note

    def call(self, request: ServiceRequest, *, once_key: str) -> ServiceAnswer:  # noqa: ARG002  # as the real one
        """What is supposed. Raises ServiceError as the real one does before it calls."""
        if self._services is not None:
            _listed(self._services, request.service)
        where = _target(request).removeprefix("/")
        data = _written(request, BOUNDS)
        supposed = request.supposed
        body = feel.from_json(feel.to_json(supposed.body))
        self._note(
            Effect(
                port=HTTP.name,
                sentence=f"The service “{request.service}” is called: {request.method} {where}".rstrip() + ".",
                details="\n\n".join(
                    [
                        *([_pretty(request.body)] if data is not None else []),
                        f"What follows supposes that it answers {supposed.status}"
                        + (f" and says:\n{_pretty(body)}" if body is not None else "."),
                    ]
                ),
            )
        )
        _hold_status(request.service, supposed.status)
        return ServiceAnswer(status=supposed.status, body=body)


@cache
def _trust_of_the_machine() -> ssl.SSLContext:
    return ssl.create_default_context()


def _listed(services: Mapping[str, Service], name: str) -> Service:
    if name not in services:
        raise ServiceError(
            f"This installation lists no service “{name}”. It lists: {', '.join(sorted(services)) or 'none'}. Correct "
            "the name, or have it listed in ASB_SERVICES."
        )
    return services[name]


def _target(request: ServiceRequest) -> str:
    """The path below the service's address, with what stands behind the question mark; "" for the address itself.

    Every part is encoded, so a value in it is only ever a value; what would climb out of the address is refused.
    """
    parts = request.path.strip("/").split("/") if request.path.strip("/") else []
    if any(part in ("", ".", "..") for part in parts):
        raise ServiceError(f"The path “{request.path[:80]}” has an empty part or dots. Write one such as people/12.")
    path = "".join(f"/{quote(part, safe='')}" for part in parts)
    query = {name: _plain(value) for name, value in request.query.items() if value is not None}
    return f"{path}?{urlencode(query)}" if query else path


def _plain(value: Any) -> str:
    shown = feel.to_json(value)
    if isinstance(shown, dict | list):
        raise ServiceError("A value behind the question mark is a list or a context. Give each a single value.")
    return shown if isinstance(shown, str) else json.dumps(shown)


def _written(request: ServiceRequest, bounds: ExchangeBounds) -> bytes | None:
    if request.body is None:
        return None
    data = json.dumps(feel.to_json(request.body), ensure_ascii=False).encode()
    if len(data) > bounds.bytes:
        raise ServiceError(
            f"What “{request.service}” is to be told has more than {bounds.bytes:,} bytes. Tell it less."
        )
    return data


def _answer(service: Service, reply: Reply) -> ServiceAnswer:
    _hold_status(service.name, reply.status)
    if reply.status >= 400:
        return ServiceAnswer(status=reply.status, body=_said(reply))
    if not reply.data.strip():
        return ServiceAnswer(status=reply.status)
    if reply.media_type != "application/json" and not reply.media_type.endswith("+json"):
        raise ServiceError(f"“{service.name}” answered {reply.media_type or 'what it does not name'}, and not JSON.")
    try:
        return ServiceAnswer(status=reply.status, body=_read(reply.data))
    except (ValueError, RecursionError, FeelError) as error:
        raise ServiceError(f"“{service.name}” answered what cannot be read as JSON: {error}") from error


def _hold_status(name: str, status: int) -> None:
    """Raises what `Services.call` does for a status that is no answer."""
    if status in _TRY_AGAIN:
        raise ConnectionError(f"“{name}” answered {status}: it cannot do it now.")
    if status in _NOT_LET_IN:
        raise ServiceError(
            f"“{name}” does not let this installation in ({status}). Whoever runs it gives it the secret that the "
            "service knows, and then it can be tried again."
        )
    if not (200 <= status < 300 or 400 <= status < 500):
        raise ServiceError(f"“{name}” answered {status}, which leads elsewhere; nothing else is called.")


def _said(reply: Reply) -> Any:
    """Why it refused, where it says so in JSON."""
    try:
        return _read(reply.data)
    except (ValueError, RecursionError, FeelError):
        return None


def _read(data: bytes) -> Any:
    return feel.from_json(json.loads(data.decode("utf-8"), parse_float=Decimal))


def _pretty(value: Any) -> str:
    return json.dumps(feel.to_json(value), ensure_ascii=False, indent=2)
