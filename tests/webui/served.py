"""The screens as docs/examples sets them up: gunicorn by its file, nginx by its own, on ports of this test."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.house.checkout import ROOT

EXAMPLES = ROOT / "docs" / "examples"
HOST = "reviews.example.gov.uk"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/sbin")
_LISTENING = re.compile(r"Listening at: http://127\.0\.0\.1:(\d+)")


@contextmanager
def gunicorn(home: Path, **settings: str) -> Iterator[int]:
    """gunicorn as its example configures it; gives its port."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ASB_")}
    own = {"ASB_HOME": str(home), "ASB_VARIANTS": str(ROOT / "bpmn"), **settings}
    call = [
        sys.executable, "-m", "gunicorn", "--config", str(EXAMPLES / "gunicorn.conf.py"), "--bind", "127.0.0.1:0",
    ]  # fmt: skip
    with subprocess.Popen(
        call, cwd=ROOT, env={**environment, **own}, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stderr is not None
            said = []
            for line in server.stderr:
                said.append(line)
                found = _LISTENING.search(line)
                if found:
                    break
            else:
                raise AssertionError("".join(said))
            yield int(found[1])
        finally:
            server.terminate()


def write_nginx(folder: Path, *, upstream: int, ports: tuple[int, int]) -> Path:
    """A whole configuration around the example, with a certificate of its own; gives its file."""
    example = (EXAMPLES / "nginx.conf").read_text(encoding="utf-8")
    certificate, key = _certificate(folder)
    http, https = ports
    replaced = {
        "127.0.0.1:8001": f"127.0.0.1:{upstream}",
        "listen [::]:443": f"listen [::1]:{https}",
        "listen [::]:80": f"listen [::1]:{http}",
        "listen 443": f"listen 127.0.0.1:{https}",
        "listen 80": f"listen 127.0.0.1:{http}",
        "/etc/ssl/asb/fullchain.pem": str(certificate),
        "/etc/ssl/asb/privkey.pem": str(key),
    }
    for said, instead in replaced.items():
        assert said in example
        example = example.replace(said, instead)
    if not socket.has_ipv6 or not _has_ipv6():
        example = "".join(line for line in example.splitlines(keepends=True) if "[::1]:" not in line)
    (folder / "asb.conf").write_text(example, encoding="utf-8")
    whole = folder / "nginx.conf"
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder / kind};" for kind in kinds)
    whole.write_text(
        f"daemon off; pid {folder / 'nginx.pid'}; error_log stderr; events {{}} "
        f"http {{ access_log off; {temporary} include {folder / 'asb.conf'}; }}",
        encoding="utf-8",
    )
    return whole


@contextmanager
def nginx(configuration: Path, port: int) -> Iterator[None]:
    """nginx with this configuration, from when its port answers."""
    assert NGINX is not None
    call = [NGINX, "-c", str(configuration), "-p", str(configuration.parent), "-e", "stderr"]
    with subprocess.Popen(call, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE) as server:
        try:
            while server.poll() is None:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    continue
            else:
                assert server.stderr is not None
                raise AssertionError(server.stderr.read().decode())
            yield
        finally:
            server.terminate()


def free_ports() -> tuple[int, int]:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        return one.getsockname()[1], other.getsockname()[1]


def _has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


def _certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for HOST that it signed itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate, private
