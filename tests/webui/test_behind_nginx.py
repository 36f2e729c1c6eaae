"""The example in docs/examples carries a sign-in: browser, TLS, nginx, gunicorn, the screens, PostgreSQL."""

from __future__ import annotations

import re
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest

from engine.bench.web.processes import THREADS, WORKERS
from engine.clock import SystemClock
from engine.settings import Settings
from engine.staff.demonstration import add_demonstration_accounts, email_for
from engine.staff.tries import TryLimit
from engine.store import Connection, Database, accounts
from engine.variants import Variant
from tests.webui.served import EXAMPLES, HOST, NGINX, free_ports, gunicorn, nginx, write_nginx

PASSWORD = "as long as a password is"  # noqa: S105  # of a database that is gone afterwards
with_nginx = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    cookies: list[str]
    text: str


@dataclass
class Browser:
    """Speaks TLS with nginx, trusts the certificate of the test, and keeps its cookies."""

    port: int
    certificate: Path
    cookie: str = ""

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> Answer:
        trusting = ssl.create_default_context(cafile=str(self.certificate))
        connection = _Here(HOST, self.port, context=trusting, timeout=60)
        sent = {"Cookie": self.cookie, "Referer": f"https://{HOST}/", **headers}
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        connection.putrequest(method, path, skip_host=True)
        for name, value in {"Host": HOST, "Content-Length": str(len(body or "")), **sent}.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders((body or "").encode())
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        cookies = answer.headers.get_all("Set-Cookie") or []
        if cookies:
            self.cookie = cookies[-1].partition(";")[0]
        return Answer(answer.status, dict(answer.headers), cookies, text)


class _Here(HTTPSConnection):
    """Asks for a name, and reaches this machine."""

    def connect(self) -> None:
        plain = socket.create_connection(("127.0.0.1", self.port), self.timeout)
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host)  # type: ignore[attr-defined]


@pytest.fixture
def database(migrated_postgresql_url: str) -> Iterator[Database]:
    opened = Database(migrated_postgresql_url)
    yield opened
    opened.close()


@with_nginx
def test_nginx_takes_the_example(tmp_path: Path) -> None:
    configuration = write_nginx(tmp_path, upstream=8001, ports=free_ports())
    checked = subprocess.run(
        [str(NGINX), "-t", "-c", str(configuration), "-p", str(tmp_path), "-e", "stderr"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stderr
    assert "[warn]" not in checked.stderr


@with_nginx
def test_somebody_signs_in_through_nginx(tmp_path: Path, database: Database, hertsmere: Variant) -> None:
    add_demonstration_accounts(database, SystemClock(), hertsmere, PASSWORD)
    address = database.engine.url.render_as_string(hide_password=False)
    http, https = free_ports()
    own = {"ASB_DATABASE_URL": address, "ASB_PROXIES": "1", "ASB_PUBLIC_URL": f"https://{HOST}"}
    with gunicorn(tmp_path, **own) as upstream:
        configuration = write_nginx(tmp_path, upstream=upstream, ports=(http, https))
        with nginx(configuration, https):
            browser = Browser(https, tmp_path / "certificate.pem")
            assert browser.ask("GET", "/health").text == "ok\n"

            page = browser.ask("GET", "/sign-in", X_Forwarded_For="203.0.113.9", X_Forwarded_Host="evil.test")
            assert page.status == 200
            assert "max-age" in page.headers["Strict-Transport-Security"]
            assert "evil.test" not in page.text
            (token,) = set(re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page.text))
            said = {"csrf_token": token, "email": email_for("Officer 1"), "password": PASSWORD}
            entered = browser.ask("POST", "/sign-in", urlencode(said), X_Forwarded_For="203.0.113.9")
            assert entered.status == 302
            assert all("; Secure" in cookie and "; HttpOnly" in cookie for cookie in entered.cookies)
            assert "Officer 1" in browser.ask("GET", "/policy").text

            onward = HTTPConnection("127.0.0.1", http, timeout=60)
            onward.request("GET", "/sign-in?next=/tasks", headers={"Host": "evil.test"})
            sent = onward.getresponse()
            assert (sent.status, sent.headers["Location"]) == (301, f"https://{HOST}/sign-in?next=/tasks")
            onward.close()
    with database.read() as connection:
        assert len(tries_from("127.0.0.1", connection)) == 1
        assert tries_from("203.0.113.9", connection) == []  # what the browser said of itself


def tries_from(address: str, connection: Connection) -> list[datetime]:
    """When somebody at this address tried a password."""
    key = TryLimit(kind="address", of=address, most=1).key
    return list(accounts.attempts_since(connection, key, SystemClock().now() - timedelta(hours=1)))


def test_the_server_that_is_measured_is_the_one_of_the_example() -> None:
    example: dict[str, object] = {}
    exec((EXAMPLES / "gunicorn.conf.py").read_text(encoding="utf-8"), example)  # noqa: S102  # our own file, as gunicorn reads it
    assert (example["workers"], example["threads"]) == (WORKERS, THREADS)


def test_the_example_of_gunicorn_serves_the_screens(tmp_path: Path) -> None:
    assert Settings.from_environment({"ASB_HOME": str(tmp_path)}).proxies == 0
    with gunicorn(tmp_path) as port:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", "/health")
        assert connection.getresponse().read() == b"ok\n"
        connection.close()
