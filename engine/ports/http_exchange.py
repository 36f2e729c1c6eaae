"""One HTTP request to a listed service, and nowhere else: the address is resolved once, checked, and dialled itself."""

from __future__ import annotations

import contextlib
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from threading import Event, Timer
from urllib.parse import urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from engine.errors import ServiceError
from engine.settings import Service


@dataclass(frozen=True, kw_only=True, slots=True)
class ExchangeBounds:
    """How long and how large an exchange may become."""

    seconds: float = 20.0  #: from dialling to the last byte
    seconds_of_silence: float = 10.0
    bytes: int = 1_000_000  #: of what is sent, and of what is answered


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What came back."""

    status: int
    media_type: str  #: "application/json"; "" where it does not say
    data: bytes


def exchange(
    service: Service,
    method: str,
    target: str,
    *,
    headers: Mapping[str, str],
    data: bytes | None,
    bounds: ExchangeBounds,
    trust: ssl.SSLContext,
) -> Reply:
    """Send a request to `service` and read the reply. `target` is the path with what stands behind the question mark.

    Nothing that it answers leads anywhere else, and no proxy is asked. Raises ServiceError, ConnectionError and
    TimeoutError as `Services.call` does.
    """
    parts = urlsplit(service.address)
    connection = _dial(service, parts.hostname or "", parts.port, bounds, trust if parts.scheme == "https" else None)
    too_long = Event()
    patience = Timer(bounds.seconds, _hang_up, [connection, too_long])
    patience.daemon = True
    patience.start()
    try:
        connection.request(
            method,
            target,
            body=data,
            headers={**headers, "Host": parts.netloc},
            preload_content=False,
            decode_content=False,
        )
        reply = _read(service, connection.getresponse(), bounds)
    except (OSError, HTTPError) as error:
        if not too_long.is_set():
            raise _failure(service, error, bounds) from error
    finally:
        patience.cancel()
        connection.close()
    if too_long.is_set():  # what had come until then may look like a whole reply
        raise TimeoutError(f"“{service.name}” took longer than {bounds.seconds:g} seconds.")
    return reply


def _dial(
    service: Service, host: str, port: int | None, bounds: ExchangeBounds, trust: ssl.SSLContext | None
) -> HTTPConnection:
    """Connected to an address of the host that is allowed. What a name means is asked once: a second answer, which
    could be another, is never dialled."""
    error: OSError | None = None
    for address in _allowed(service, host, port or (443 if trust else 80)):
        connection = (
            HTTPConnection(address, port, timeout=bounds.seconds_of_silence)
            if trust is None
            else HTTPSConnection(
                address, port, timeout=bounds.seconds_of_silence, ssl_context=trust, server_hostname=host,
            )
        )  # fmt: skip
        try:
            connection.connect()
        except (OSError, HTTPError) as refused:
            connection.close()
            error = _failure(service, refused, bounds)
        else:
            return connection
    raise error or ConnectionError(f"“{service.name}” has no address.")


def _allowed(service: Service, host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise ConnectionError(f"The host of “{service.name}” cannot be found: {error}.") from error
    addresses = list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))
    allowed = [address for address in addresses if _may_be_dialled(address, service)]
    if not allowed:
        raise ServiceError(
            f"The host of “{service.name}” is at {', '.join(addresses)}, which is not where it may be. Whoever runs "
            "this installation sees to it, or lists its network in ASB_SERVICES."
        )
    return allowed


def _may_be_dialled(address: str, service: Service) -> bool:
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    if service.networks:
        return any(ip.version == network.version and ip in network for network in service.networks)
    return _is_public(ip)


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    """Of the public internet, and no way around to what is not: an IPv6 address can hold a private IPv4 one."""
    if isinstance(ip, IPv6Address) and (ip.sixtofour or ip.teredo or ip.packed[:4] == b"\x00\x64\xff\x9b"):
        return False
    return ip.is_global and not ip.is_multicast


def _read(service: Service, reply: BaseHTTPResponse, bounds: ExchangeBounds) -> Reply:
    if reply.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
        raise ServiceError(f"“{service.name}” answered in a packed form, which it was not asked for.")
    data = reply.read(bounds.bytes + 1, decode_content=False)
    if len(data) > bounds.bytes:
        raise ServiceError(f"“{service.name}” answered with more than {bounds.bytes:,} bytes. Ask it for less.")
    media_type = reply.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return Reply(status=reply.status, media_type=media_type, data=data)


def _hang_up(connection: HTTPConnection, too_long: Event) -> None:
    """Wakes whoever waits for the next byte, however steadily bytes drip."""
    too_long.set()
    line = connection.sock
    if line is not None:
        with contextlib.suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)


def _failure(service: Service, error: Exception, bounds: ExchangeBounds) -> OSError:
    if isinstance(error, TimeoutError) or "timed out" in str(error).lower():
        return TimeoutError(f"“{service.name}” was silent for {bounds.seconds_of_silence:g} seconds.")
    return ConnectionError(f"The connection to “{service.name}” failed: {error}")
