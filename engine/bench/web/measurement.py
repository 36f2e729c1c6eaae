"""`asb bench web`: a council on PostgreSQL, gunicorn and `asb work` beside it, and people who work all at once."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.bench.database.scratch import scratch_database
from engine.bench.figure import Measure
from engine.bench.report import Measurement, Report
from engine.bench.web import council, processes
from engine.bench.web.figures import figures_of
from engine.bench.web.plan import Plan, read_work
from engine.bench.workplace import database_version
from engine.bootstrap import build_office, put_in_force_by_itself
from engine.casework.step.office import Office
from engine.errors import MeasurementBrokenError
from engine.settings import Settings
from engine.store import timers
from engine.variants import find_variant, load_variant, read_source

_ROUND = 5  #: pauses of a person for each task that they complete
_SIGNING_IN = 90  #: seconds that all of them may take to sign in


@dataclass(frozen=True, kw_only=True, slots=True)
class Size:
    people: int = 50
    seconds: int = 60
    pile: int = 20_000  #: open tasks of the same team that nobody has
    timers_per_second: int = 5
    least_thought: float = 2  #: seconds between a person's requests, any of those from
    most_thought: float = 8  #: least to most as likely

    def in_numbers(self) -> Mapping[str, float]:
        return {
            "people": self.people, "seconds": self.seconds, "pile": self.pile,
            "timers_per_second": self.timers_per_second, "least_thought": self.least_thought,
            "most_thought": self.most_thought,
        }  # fmt: skip

    @property
    def tasks_each(self) -> int:
        """More than a person can clear in the time, however quick they are."""
        return 2 + int(self.seconds / (_ROUND * self.least_thought))


def measure_web(
    size: Size, *, variants: Path, database_url: str | None = None, progress: Callable[[str], None]
) -> Report:
    """Raises MeasurementBrokenError, and DatabaseUnusableError for a database that is not empty."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="asb-bench-", ignore_cleanup_errors=True) as folder:
        progress("setting up the database")
        with scratch_database(database_url) as url:
            environment = {
                "ASB_HOME": folder, "ASB_DATABASE_URL": url, "ASB_VARIANTS": str(variants), "ASB_PROXIES": "1",
                "ASB_SECRET_KEY": secrets.token_hex(32),
            }  # fmt: skip
            version = database_version(url)
            office = build_office(Settings.from_environment(environment))
            try:
                figures = _measure(office, environment, Path(folder), size, progress)
            finally:
                office.database.close()
    measurement = Measurement(name="web", title="The screens over HTTP", measure=_measure, size=size.in_numbers())
    return Report(database=version, load=load, figures=[(measurement, figures)])


def _measure(
    office: Office, environment: Mapping[str, str], folder: Path, size: Size, progress: Callable[[str], None]
) -> list[Measure]:
    variants = Path(environment["ASB_VARIANTS"])
    folder_of = find_variant(council.COUNCIL, variants)
    variant = load_variant(folder_of, root=variants)
    put_in_force_by_itself(office, variant, read_source(folder_of, variants), why="The screens are measured with it.")
    scenario = council.scenario_of(variant)
    progress(f"{size.people} people, {size.people * size.tasks_each} cases, {size.pile:,} others")
    names = council.add_people(office, variant, scenario, size.people)
    people = council.give_cases(office, variant, scenario, names, each=size.tasks_each, copies=size.pile)
    plan = folder / "plan.json"
    Plan(
        people=tuple(people), answers=council.answers_of(scenario), seconds=size.seconds,
        least_thought=size.least_thought, most_thought=size.most_thought,
    ).write(plan)  # fmt: skip
    lasts = _SIGNING_IN + size.seconds
    council.set_timers(
        office, lasts * size.timers_per_second, apart=timedelta(seconds=1 / size.timers_per_second), first=timedelta()
    )
    with (
        processes.web_server(environment, folder / "server.log") as address,
        processes.worker(environment, folder / "worker.log"),
    ):
        progress(f"{size.people} people sign in, then work for {size.seconds} seconds")
        processes.work_as_people(address, plan, size.people, log=folder / "people.log", within=lasts + 60)
    work = read_work(folder / "work.json")
    if not work.began_at:
        said = f" The first error: {work.errors[0]}" if work.errors else ""
        raise MeasurementBrokenError(f"Not everybody could sign in.{said}")
    for error in dict.fromkeys(work.errors):
        progress(error)
    with office.database.read() as connection:
        fired = timers.count_fired(
            connection, datetime.fromtimestamp(work.began_at, UTC), datetime.fromtimestamp(work.ended_at, UTC)
        )
    return figures_of(work, timers_fired=fired)
