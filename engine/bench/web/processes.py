"""The processes that take part: the server, the worker and the people. None outlives the measurement."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

from engine.bench.web.plan import VARIABLE
from engine.errors import MeasurementBrokenError

#: As docs/examples/gunicorn.conf.py has it; a test holds the two together.
WORKERS, THREADS = 2, 4
_ASB = (sys.executable, "-c", "from engine.cli import main; main(prog_name='asb')")
_PEOPLE = Path(__file__).with_name("locustfile.py")
_PATIENCE = 60  #: seconds that a server may take until it answers
_FAREWELL = 10  #: seconds that a process has to end when it is asked to


@contextmanager
def web_server(environment: Mapping[str, str], log: Path) -> Iterator[str]:
    """The screens on gunicorn, on a free port of this machine that nobody else can reach; gives the address."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listening:
        call = [
            sys.executable, "-m", "gunicorn", "--bind", f"fd://{listening.fileno()}", "--workers", str(WORKERS),
            "--threads", str(THREADS), "--worker-tmp-dir", str(log.parent), "webui:create_app()",
        ]  # fmt: skip
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with _running(call, environment, log, hands_on=(listening.fileno(),)) as server:
            _wait_for(address + "/health", server, log)
            yield address


@contextmanager
def worker(environment: Mapping[str, str], log: Path) -> Iterator[None]:
    """`asb work`, firing timers and writing letters."""
    with _running([*_ASB, "work"], environment, log) as process:
        yield
        if process.poll() is not None:
            raise MeasurementBrokenError(f"The worker ended by itself: {_last_words(log)}")


def work_as_people(address: str, plan: Path, people: int, *, log: Path, within: float) -> None:
    """Let locust simulate the people; what came of it is in `work.json` beside the plan."""
    call = [
        sys.executable, "-m", "locust", "--headless", "--locustfile", str(_PEOPLE), "--host", address,
        "--users", str(people), "--spawn-rate", "5", "--only-summary", "--stop-timeout", "0",
        "--exit-code-on-error", "0",
    ]  # fmt: skip
    with _running(call, {VARIABLE: str(plan)}, log) as process:
        try:
            code = process.wait(timeout=within)
        except subprocess.TimeoutExpired:
            raise MeasurementBrokenError(
                f"The people did not end within {within:.0f} seconds: {_last_words(log)}"
            ) from None
    if code != 0 or not plan.with_name("work.json").exists():
        raise MeasurementBrokenError(f"The people could not work: {_last_words(log)}")


@contextmanager
def _running(
    call: Sequence[str], environment: Mapping[str, str], log: Path, *, hands_on: tuple[int, ...] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that ends with the block, whatever ends that. Ctrl-C reaches this process alone."""
    process: subprocess.Popen[bytes] | None = None
    try:
        with log.open("wb") as output, _signals_held_back():
            process = subprocess.Popen(  # noqa: S603  # programs of ours, no word of it from outside
                call, env=_environment(environment), stdin=subprocess.DEVNULL, stdout=output,
                stderr=subprocess.STDOUT, pass_fds=hands_on, start_new_session=True,
            )  # fmt: skip
        yield process
    finally:
        if process is not None:
            process.terminate()
            try:
                process.wait(timeout=_FAREWELL)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def _signals_held_back() -> Iterator[None]:
    """Ctrl-C between the start of a process and our knowing of it would leave it behind: it counts afterwards."""
    came: list[int] = []
    before = {
        number: signal.signal(number, lambda each, _frame: came.append(each))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if came:
        raise KeyboardInterrupt


def _environment(own: Mapping[str, str]) -> dict[str, str]:
    """Ours without the installation's own settings: what is measured is never a real database."""
    return {**{name: value for name, value in os.environ.items() if not name.startswith("ASB_")}, **own}


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = monotonic() + _PATIENCE
    while True:
        if server.poll() is not None:
            raise MeasurementBrokenError(f"The server ended by itself: {_last_words(log)}")
        try:
            with urlopen(address, timeout=_PATIENCE) as answer:  # noqa: S310  # our own http address
                if answer.status == 200:
                    return
        except (URLError, OSError):
            sleep(0.1)
        if monotonic() > until:
            raise MeasurementBrokenError(f"The server did not answer in {_PATIENCE} seconds: {_last_words(log)}")


def _last_words(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return " / ".join(line.strip()[:300] for line in lines[-3:]) or "it said nothing"
