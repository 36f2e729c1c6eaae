"""What is believed of who asks: as many proxies as the installation has, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import request

from engine.settings import Settings
from tests.house.checkout import ROOT
from webui import create_app

HOSTS = ("reviews.example.org", "127.0.0.1:8000", "evil.test")
#: The last address is the one that the nearest proxy saw.
SAID = {"X-Forwarded-For": "203.0.113.7, 198.51.100.2", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.test"}


def seen(tmp_path: Path, proxies: str) -> tuple[str | None, str, str]:
    """Address, scheme and host of a request that says all this of itself."""
    settings = Settings.from_environment({
        "ASB_HOME": str(tmp_path), "ASB_VARIANTS": str(ROOT / "bpmn"), "ASB_PROXIES": proxies,
    })  # fmt: skip
    app = create_app(settings)
    found: list[tuple[str | None, str, str]] = []
    app.before_request(lambda: found.append((request.remote_addr, request.scheme, request.host)))
    assert app.test_client().get("/health", headers=SAID).status_code == 200
    return found[0]


@pytest.mark.parametrize(
    ("proxies", "address", "scheme"),
    [("", "127.0.0.1", "http"), ("1", "198.51.100.2", "https"), ("2", "203.0.113.7", "https")],
)
def test_as_many_proxies_are_believed_as_there_are(tmp_path: Path, proxies: str, address: str, scheme: str) -> None:
    assert seen(tmp_path, proxies) == (address, scheme, "localhost")


def test_no_proxy_can_say_which_host_was_asked_for(tmp_path: Path) -> None:
    assert seen(tmp_path, "1")[2] == "localhost"


def test_a_host_that_is_not_the_installation_s_own_is_refused(tmp_path: Path) -> None:
    settings = Settings.from_environment({
        "ASB_HOME": str(tmp_path), "ASB_VARIANTS": str(ROOT / "bpmn"), "ASB_PUBLIC_URL": "https://reviews.example.org",
    })  # fmt: skip
    client = create_app(settings).test_client()
    asked = {host: client.get("/health", headers={"Host": host}).status_code for host in HOSTS}
    assert asked == {"reviews.example.org": 200, "127.0.0.1:8000": 200, "evil.test": 400}
