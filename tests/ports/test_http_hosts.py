"""Where a listed service is: its host is asked for once, checked, and dialled there and nowhere else."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from engine.errors import ServiceError
from engine.handler import Method, ServiceAnswer, ServiceRequest
from engine.ports import ListedServices
from engine.ports.http_exchange import ExchangeBounds
from engine.settings import Service
from tests.ports.server import Answering, saying, serving


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """The host is at these addresses, with each question at the next; gives the hosts that were asked for."""
    asked: list[str] = []
    real, left = socket.getaddrinfo, list(answers)

    def resolve(host: Any, port: Any, *arguments: Any, **how: Any) -> Any:
        if not str(host).endswith(".example"):
            return real(host, port, *arguments, **how)
        asked.append(host)
        now = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET6 if ":" in ip else socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in now]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "10.0.0.5", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",  # noqa: S104
        "::1", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.5", "2002:7f00:1::", "64:ff9b::7f00:1",
    ],
)  # fmt: skip
def test_a_name_that_leads_into_a_private_network_is_not_dialled(ip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, [ip])
    monkeypatch.setattr(socket, "create_connection", refuse_to_dial)
    services = {"register": Service(name="register", address="https://register.example/api")}
    with pytest.raises(ServiceError, match="not where it may be"):
        ListedServices(services).call(ServiceRequest(service="register", method=Method.GET), once_key="k")


def refuse_to_dial(*_: Any, **__: Any) -> Any:
    raise AssertionError("something was dialled")


def test_a_host_in_digits_that_is_not_public_is_called_only_as_it_is_listed() -> None:
    """Hosts in digits, in whatever form, are what the settings' check makes of them."""
    for host in ("2130706433", "0x7f000001", "127.1"):
        services = {"register": Service(name="register", address=f"https://{host}/api")}
        with pytest.raises((ServiceError, ConnectionError)):
            ListedServices(services).call(ServiceRequest(service="register", method=Method.GET), once_key="k")


class Secure:
    """A server for register.example with a certificate of its own authority, and who trusts it."""

    def __init__(self, folder: Path, name: str = "register.example") -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        day = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder().subject_name(called).issuer_name(called).public_key(key.public_key())
            .serial_number(1).not_valid_before(day - timedelta(days=1)).not_valid_after(day + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )  # fmt: skip
        file = folder / "server.pem"
        file.write_bytes(
            certificate.public_bytes(serialization.Encoding.PEM)
            + key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        self.server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.server.load_cert_chain(file)
        self.trust = ssl.create_default_context(cafile=str(file))


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[tuple[Answering, ssl.SSLContext]]:
    made = Secure(tmp_path)
    with serving(saying(200, {"right": True}), tls=made.server) as at:
        yield at, made.trust


def call_securely(at: Answering, trust: ssl.SSLContext, *, host: str = "register.example") -> ServiceAnswer:
    port = at.origin.rpartition(":")[2]
    service = Service(name="register", address=f"https://{host}:{port}/api", networks=(ip_network("127.0.0.0/8"),))
    services = ListedServices(
        {"register": service}, bounds=ExchangeBounds(seconds=5, seconds_of_silence=2), trust=trust
    )
    return services.call(ServiceRequest(service="register", method=Method.GET), once_key="k")


def test_the_address_that_was_checked_is_the_one_that_is_dialled(
    secure: tuple[Answering, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is asked for twice could be somewhere else the second time."""
    at, trust = secure
    asked = resolving(monkeypatch, ["127.0.0.1"], ["169.254.169.254"])
    assert call_securely(at, trust).body == {"right": True}
    assert asked == ["register.example"]
    assert at.asked[0].headers["Host"].startswith("register.example:")


def test_of_several_addresses_only_those_that_are_allowed_are_dialled(
    secure: tuple[Answering, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    at, trust = secure
    resolving(monkeypatch, ["169.254.169.254", "::1", "127.0.0.1"])
    assert call_securely(at, trust).status == 200


def test_a_certificate_of_somebody_else_is_not_believed(
    secure: tuple[Answering, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    at, trust = secure
    resolving(monkeypatch, ["127.0.0.1"])
    with pytest.raises(ConnectionError, match="failed"):
        call_securely(at, trust, host="other.example")
    with pytest.raises(ConnectionError, match="failed"):
        call_securely(at, ssl.create_default_context())
    assert at.asked == []
