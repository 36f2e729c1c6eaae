"""Celery with a real Redis and real worker and beat processes."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest

from engine import celery_app
from engine.bootstrap import SIMULATED_NOW, build_office, set_simulated_clock
from engine.casework.background.verification import verify_records
from engine.casework.cases.intake import open_case
from engine.casework.step.office import Office
from engine.errors import SettingsError
from engine.model import CaseStatus
from engine.settings import Settings
from engine.store import Database, cases
from engine.store import jobs as stored
from engine.store.letters import letters_of
from engine.variants import Variant
from tests.casework.builders import START_AT, chain_of, process, variant_of
from tests.jobs.brokers import (
    ROOT,
    Broker,
    broker,
    celery,
    environment_for,
    kill,
    redis_server,
    settings_for,
    until,
)

__all__ = ["broker", "redis_server"]

LETTER = b"""+++
id = "CT1"
title = "We have your application"
to = "the applicant"
clauses = []
+++
Dear ((to)), we have it.
"""


def send(id: str) -> str:
    return (
        f'<bpmn:serviceTask id="{id}" name="{id}"><bpmn:extensionElements><zeebe:taskDefinition type="send-letter"/>'
        '<zeebe:ioMapping><zeebe:input source="CT1" target="letter"/><zeebe:input source="Ada" target="to"/>'
        '<zeebe:input source="ada@example.org" target="email"/></zeebe:ioMapping></bpmn:extensionElements>'
        "</bpmn:serviceTask>"
    )


def one_letter_after_another() -> Variant:
    """Send, wait two days, send."""
    wait = (
        '<bpmn:intermediateCatchEvent id="wait" name="wait"><bpmn:timerEventDefinition id="timer">'
        "<bpmn:timeDuration>P2D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>"
    )
    body = (
        '<bpmn:startEvent id="begin"/>'
        + send("first")
        + wait
        + send("second")
        + '<bpmn:endEvent id="done"/>'
        + chain_of("begin", "first", "wait", "second", "done")
    )
    return variant_of(process(body), files={"letters/ct1.md": LETTER})


class Installation:
    """An installation with a simulated clock: its database, its broker and the environment of its processes."""

    def __init__(self, database_url: str, folder: Path, broker_url: str) -> None:
        self.folder = folder
        self.environment = environment_for(database_url, folder, broker_url)
        database = Database(database_url)
        database.set_property(SIMULATED_NOW, START_AT.isoformat())
        database.close()
        settings = settings_for(database_url, folder, broker_url)
        self.office: Office = build_office(settings, announce=celery_app.announcer(celery_app.make_app(settings)))

    def worker(self, *options: str) -> AbstractContextManager[subprocess.Popen[bytes]]:
        return celery("worker", self.environment, self.folder / "worker.log", "--concurrency", "2", *options)

    def beat(self) -> AbstractContextManager[subprocess.Popen[bytes]]:
        return celery("beat", self.environment, self.folder / "beat.log", "--schedule", str(self.folder / "beat.db"))

    def open(self, variant: Variant, count: int) -> list[str]:
        return [open_case(self.office, variant, {}, by="the applicant") for _ in range(count)]

    def advance(self, delta: timedelta) -> None:
        set_simulated_clock(self.office, self.office.clock.now() + delta)

    def letters(self) -> list[Path]:
        return [path for path in (self.folder / "post").glob("*") if not path.name.startswith(".")]

    def statuses(self) -> set[str]:
        with self.office.database.begin() as connection:
            return {row.status for row in cases.all_cases(connection)}

    def ready(self) -> int:
        with self.office.database.begin() as connection:
            return len(stored.ready_jobs(connection, self.office.clock.now(), 1000))

    def documents(self) -> int:
        with self.office.database.begin() as connection:
            return sum(len(letters_of(connection, c.case_id)) for c in cases.all_cases(connection))


@pytest.fixture
def installation(database_url: str, tmp_path: Path, broker: Broker) -> Installation:
    return Installation(database_url, tmp_path, broker.url)


def test_a_worker_and_beat_carry_a_case_from_letter_to_letter(installation: Installation) -> None:
    with installation.worker(), installation.beat():
        installation.open(one_letter_after_another(), 3)
        until("the first letters are sent", lambda: installation.documents() == 3)
        installation.advance(timedelta(days=2))
        until("the cases are closed", lambda: installation.statuses() == {CaseStatus.CLOSED})
    assert len(installation.letters()) == 6
    assert verify_records(installation.office) == (3, [])


def test_a_worker_of_threads_shares_one_office(installation: Installation) -> None:
    installation.open(one_letter_after_another(), 4)
    with installation.worker("--pool", "threads"):
        until("the letters are sent", lambda: installation.documents() == 4)
    log = (installation.folder / "worker.log").read_text()
    assert "ERROR" not in log
    assert len(installation.letters()) == 4


def test_with_the_broker_emptied_and_started_anew_and_the_worker_killed_everything_still_completes(
    installation: Installation, broker: Broker
) -> None:
    installation.open(one_letter_after_another(), 12)
    with installation.worker() as worker:
        until("the first letter is sent", lambda: installation.documents() >= 1)
        kill(worker)
    broker.empty()
    # what was announced and what was leased waits for as long as a lease lasts; then the sweep takes it up
    installation.advance(celery_app.RETRY.lease)
    with installation.worker(), installation.beat():
        until("the first letters are sent", lambda: installation.documents() == 12)
        broker.empty()
        installation.advance(timedelta(days=2))
        until("the first timers have fired", lambda: installation.ready() or installation.documents() > 12)
    broker.stop()
    broker.start()
    installation.advance(celery_app.RETRY.lease)
    with installation.worker(), installation.beat():
        until("the cases are closed", lambda: installation.statuses() == {CaseStatus.CLOSED})
    assert installation.documents() == 24
    assert len(installation.letters()) == 24
    assert verify_records(installation.office) == (12, [])


def test_a_broker_that_is_down_fails_no_step(database_url: str, tmp_path: Path) -> None:
    installation = Installation(database_url, tmp_path, "redis://127.0.0.1:1/0")
    (reference,) = installation.open(one_letter_after_another(), 1)
    with installation.office.database.begin() as connection:
        case = cases.find_case(connection, reference)
        ready = stored.ready_jobs(connection, START_AT, 10, unannounced_since=START_AT - celery_app.RETRY.lease)
    assert case.status == CaseStatus.OPEN
    assert len(ready) == 1  # the sweep announces it at once when the broker is back


def test_what_the_broker_took_is_not_announced_again_while_a_lease_lasts(installation: Installation) -> None:
    installation.open(one_letter_after_another(), 1)
    office = installation.office
    assert celery_app.announce_ready_jobs(office) == 0
    installation.advance(celery_app.RETRY.lease)
    assert celery_app.announce_ready_jobs(office) == 1
    assert celery_app.announce_ready_jobs(office) == 0


def test_only_ids_travel(installation: Installation, broker: Broker) -> None:
    (reference,) = installation.open(one_letter_after_another(), 1)
    (message,) = (json.loads(raw) for raw in broker.client.lrange("asb", 0, -1))
    assert message["content-type"] == "application/json"
    assert message["headers"]["task"] == celery_app.WORK_JOB
    with installation.office.database.begin() as connection:
        case_id = cases.find_case(connection, reference).case_id
        (job,) = stored.ready_jobs(connection, START_AT, 10)
    assert message["headers"]["argsrepr"] == f"({case_id}, {job[1]})"


def test_every_sweep_of_the_schedule_is_a_task_of_the_app() -> None:
    app = celery_app.make_app(Settings.from_environment({"ASB_BROKER_URL": "redis://localhost/0"}))
    swept = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert swept == {
        celery_app.FIRE_DUE_TIMERS,
        celery_app.ANNOUNCE_READY_JOBS,
        celery_app.ANCHOR_TODAY,
        celery_app.JUDGE_PROPOSALS,
        celery_app.PLAY_EXAMPLES,
        celery_app.WORK_OUT_IMPACTS,
        celery_app.FORGET_ENDED_APPLICATIONS,
        celery_app.FORGET_OLD_EXPLANATIONS,
    }
    assert swept | {celery_app.WORK_JOB} == {name for name in app.tasks if name.startswith("asb.")}
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.accept_content == ["json"]


def test_without_a_broker_celery_is_told_what_to_set() -> None:
    with pytest.raises(SettingsError, match="asb work"):
        celery_app.make_app(Settings.from_environment({}))
    told = subprocess.run(
        [sys.executable, "-m", "celery", "-A", "engine.celery_app", "worker"], cwd=ROOT, capture_output=True, text=True
    )
    assert told.returncode != 0
    assert "Set ASB_BROKER_URL" in told.stderr
