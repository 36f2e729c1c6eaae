"""Celery carries: its tasks take ids, and what is to be done is decided by the database.

`celery -A engine.celery_app worker` works what is announced; `celery -A engine.celery_app beat` has the sweeps done
that find what was never announced, or was lost with the broker or a worker. Losing the whole broker loses nothing.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from functools import cache
from threading import Lock
from typing import Any

from celery import Celery
from celery.exceptions import OperationalError

from engine.bootstrap import build_office, follow_simulated_clock
from engine.casework.applications.application import forget_ended_applications
from engine.casework.background.jobs import RETRY, announce_ready_jobs, work_job
from engine.casework.background.timers import fire_due_timers
from engine.casework.background.verification import anchor_today
from engine.casework.explanations.log import forget_old_explanations
from engine.casework.step.office import Office
from engine.errors import SettingsError
from engine.settings import Settings
from engine.workshop import judge_next_proposal
from engine.workshop.examples import play_waiting_examples
from engine.workshop.impacts import work_out_next_impact

log = logging.getLogger("asb.jobs")

WORK_JOB = "asb.work_job"
FIRE_DUE_TIMERS = "asb.fire_due_timers"
ANNOUNCE_READY_JOBS = "asb.announce_ready_jobs"
ANCHOR_TODAY = "asb.anchor_today"
FORGET_ENDED_APPLICATIONS = "asb.forget_ended_applications"
JUDGE_PROPOSALS = "asb.judge_proposals"
PLAY_EXAMPLES = "asb.play_examples"
WORK_OUT_IMPACTS = "asb.work_out_impacts"
FORGET_OLD_EXPLANATIONS = "asb.forget_old_explanations"

#: Seconds between two sweeps. A sweep costs what is due: two index look-ups where nothing is.
SWEEP_EVERY = 5
#: Seconds. A chain is anchored once a day; looking hourly means that no day is missed for a beat that was down.
ANCHOR_EVERY = 3600
#: Seconds. Whoever comes back finds none that has ended, deleted or not.
FORGET_EVERY = 3600


def make_app(settings: Settings) -> Celery:
    """The Celery app of an installation. Raises SettingsError where no broker is set."""
    if settings.broker_url is None:
        raise SettingsError(
            "Celery needs a broker. Set ASB_BROKER_URL, for example to redis://localhost:6379/0. "
            "Without a broker, `asb work` does the same work."
        )
    app = Celery("asb", set_as_current=False)
    app.conf.update(
        broker_url=settings.broker_url,
        broker_connection_retry_on_startup=True,
        # redelivery is the broker's second chance; ours is the lease, which decides
        broker_transport_options={
            "visibility_timeout": int(RETRY.lease.total_seconds()),
            "socket_connect_timeout": 2,
            "socket_timeout": 10,
            # a person waits for the answer to a step: one more try, then the sweep
            "max_retries": 1,
            "interval_start": 0,
        },
        task_default_queue="asb",
        task_serializer="json",
        accept_content=["json"],
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_publish_retry=False,
        worker_prefetch_multiplier=1,
        beat_schedule={
            name: {"task": name, "schedule": seconds, "options": {"expires": seconds}}
            for name, seconds in (
                (FIRE_DUE_TIMERS, SWEEP_EVERY),
                (ANNOUNCE_READY_JOBS, SWEEP_EVERY),
                (JUDGE_PROPOSALS, SWEEP_EVERY),
                (PLAY_EXAMPLES, SWEEP_EVERY),
                (WORK_OUT_IMPACTS, SWEEP_EVERY),
                (ANCHOR_TODAY, ANCHOR_EVERY),
                (FORGET_ENDED_APPLICATIONS, FORGET_EVERY),
                (FORGET_OLD_EXPLANATIONS, ANCHOR_EVERY),
            )
        },
    )

    @cache
    def office() -> Office:
        """Built in the process that uses it, once: a connection does not survive a fork."""
        return build_office(settings, announce=announcer(app))

    building = Lock()

    def use(use_case: Callable[..., object], *ids: int) -> None:
        with building:  # where Celery works in threads they share one
            built = office()
        follow_simulated_clock(built)
        use_case(built, *ids)

    @app.task(name=WORK_JOB, shared=False)  # type: ignore[untyped-decorator]  # Celery has no types
    def work(case_id: int, number: int) -> None:
        use(work_job, case_id, number)

    @app.task(name=FIRE_DUE_TIMERS, shared=False)  # type: ignore[untyped-decorator]
    def fire() -> None:
        use(fire_all_due_timers)

    @app.task(name=ANNOUNCE_READY_JOBS, shared=False)  # type: ignore[untyped-decorator]
    def announce() -> None:
        use(announce_ready_jobs)

    @app.task(name=JUDGE_PROPOSALS, shared=False)  # type: ignore[untyped-decorator]
    def judge() -> None:
        use(lambda built: judge_next_proposal(built, settings.variants))

    @app.task(name=PLAY_EXAMPLES, shared=False)  # type: ignore[untyped-decorator]
    def play() -> None:
        use(play_waiting_examples)

    @app.task(name=WORK_OUT_IMPACTS, shared=False)  # type: ignore[untyped-decorator]
    def work_out() -> None:
        use(work_out_next_impact)

    @app.task(name=ANCHOR_TODAY, shared=False)  # type: ignore[untyped-decorator]
    def anchor() -> None:
        use(anchor_today)

    @app.task(name=FORGET_OLD_EXPLANATIONS, shared=False)  # type: ignore[untyped-decorator]
    def forget_explanations() -> None:
        use(forget_old_explanations)

    @app.task(name=FORGET_ENDED_APPLICATIONS, shared=False)  # type: ignore[untyped-decorator]
    def forget() -> None:
        use(forget_ended_applications)

    return app


def announcer(app: Celery) -> Callable[[Sequence[tuple[int, int]]], bool]:
    """Tells the workers of ready jobs: what an office's `announce` is where there is a broker."""

    def announce(ready: Sequence[tuple[int, int]]) -> bool:
        try:
            for case_id, number in ready:
                app.send_task(WORK_JOB, (case_id, number))
        except (
            OperationalError
        ) as error:  # what it is about is committed; the sweep announces it when the broker is back
            log.warning("The broker took no announcement of %d jobs: %s", len(ready), error)
            return False
        return True

    return announce


def fire_all_due_timers(office: Office) -> None:
    """Sweep until nothing that is due moves any more."""
    while fire_due_timers(office):
        pass


@cache
def _app_of_this_process() -> Celery:
    return make_app(Settings.from_environment(os.environ))


def __getattr__(name: str) -> Any:
    """`app`, which Celery looks for, is made when it is asked for: importing this module needs no broker."""
    if name == "app":
        return _app_of_this_process()
    raise AttributeError(f"engine.celery_app has no {name}")
