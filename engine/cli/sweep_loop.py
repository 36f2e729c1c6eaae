"""Keeping cases moving in this process: due timers, ready jobs, what is done once a day, until told to stop."""

from __future__ import annotations

import logging
import sys
import threading
from datetime import date
from pathlib import Path

import click

from engine.bootstrap import follow_simulated_clock
from engine.casework.applications.application import forget_ended_applications
from engine.casework.background.sweep import bring_up_to_date
from engine.casework.background.verification import anchor_today
from engine.casework.explanations.log import forget_old_explanations
from engine.casework.step.office import Office
from engine.cli.judgement import JudgingBeside
from engine.clock import LONDON, local_date
from engine.errors import DatabaseUnusableError
from engine.words import counted

log = logging.getLogger("asb.sweeps")


def sweep_until(
    stop: threading.Event, office: Office, root: Path, *, every: float, wake: threading.Event | None = None
) -> None:
    """Sweep, rest `every` seconds or until something wakes it, and so on. Says what was done where somebody watches.

    What is proposed to be put in force is judged among the folders in `root`. Raises DatabaseUnusableError.
    """
    judging = JudgingBeside(office, root, stop)
    try:
        _sweep(stop, office, judging, every=every, wake=wake)
    finally:
        judging.end()


def _sweep(
    stop: threading.Event, office: Office, judging: JudgingBeside, *, every: float, wake: threading.Event | None
) -> None:
    anchored: date | None = None
    while not stop.is_set():
        follow_simulated_clock(office)
        judging.begin_where_one_waits()
        done = bring_up_to_date(office)
        if done and sys.stderr.isatty():
            click.echo(f"{office.clock.now().astimezone(LONDON):%H:%M:%S}  {counted(done, 'thing')} done.", err=True)
        if (today := local_date(office.clock.now())) != anchored:
            anchor_today(office)
            forget_ended_applications(office)
            forget_old_explanations(office)
            anchored = today
        (wake or stop).wait(every)
        if wake is not None:
            wake.clear()


def sweep_beside(
    stop: threading.Event, office: Office, root: Path, *, every: float, wake: threading.Event
) -> threading.Thread:
    """The same in a thread of its own, beside a server: what goes wrong is logged, and the next sweep tries again.

    Who sets `stop` sets `wake` too.
    """

    def run() -> None:
        while not stop.is_set():
            try:
                sweep_until(stop, office, root, every=every, wake=wake)
            except DatabaseUnusableError as error:
                log.error("%s", error)
            except Exception:
                log.exception("A sweep failed; the next one tries again.")
            stop.wait(every)

    thread = threading.Thread(target=run, name="sweeps")
    thread.start()
    return thread
