"""Cases of Hertsmere's policy to look at: applications that came in, were acknowledged, left, or stuck."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from engine.casework.background.jobs import work_ready_jobs
from engine.casework.background.timers import fire_due_timers
from engine.casework.cases.intake import open_case
from engine.casework.step.office import Office
from engine.casework.tasks.completion import complete_task
from engine.handler import HandlerContext
from engine.model import TaskId
from engine.scenarios import scenarios_of
from engine.store import cases, schema, tasks
from tests.webui.office import Web

MANAGER, OFFICER, AGENCY_OFFICER = "Community Safety Manager", "Officer 1", "Neighbourhood Inspector"


def apply(web: Web, **answers: str) -> str:
    """A new case; gives its reference. To be acknowledged by Wednesday 4 March, where it comes on the first day."""
    scenario = scenarios_of(web.variant)[0]
    reference = open_case(web.office, web.variant, {**scenario.application, **answers}, by=scenario.applied_by)
    work(web.office)
    return reference


def acknowledge(web: Web, reference: str) -> None:
    answers = {"csio_name": OFFICER, "immediate_risk": "no"}
    complete_task(web.office, task_of(web, reference), answers, by=OFFICER)


def task_of(web: Web, reference: str) -> TaskId:
    """The case's one open task."""
    with web.office.database.read() as connection:
        (task,) = tasks.open_tasks(connection, reference=reference)
    return task.task_id


def wait(web: Web, **delta: float) -> None:
    web.clock.advance(timedelta(**delta))
    work(web.office)


def stick(web: Web) -> str:
    """A case whose letters could not be sent, however often; gives its reference."""

    def refuse(_context: HandlerContext) -> None:
        raise RuntimeError("the post answered <b>403</b>")

    handlers = {name: replace(each, function=refuse) for name, each in web.office.handlers.items()}  # type: ignore[arg-type]
    reference = apply(web)
    acknowledge(web, reference)
    for _ in range(12):
        work(replace(web.office, handlers=handlers))
        web.clock.advance(timedelta(hours=12))
    return reference


def take_rung(web: Web, reference: str, rung: int) -> None:
    """A rung of a ladder on the case's one open task was taken now."""
    task = task_of(web, reference)
    with web.office.database.begin() as connection:
        case = cases.find_case(connection, reference)
        row = tasks.load_task(connection, case.case_id, task.number)
        assert row is not None
        connection.execute(
            schema.timers.insert().values(
                case_id=case.case_id, number=900_000 + rung, council_id=case.council_id, instance=row.instance,
                element_id=f"rung_{rung}", host=row.number, fires_at=web.clock.now(), repeats=0, rung=rung,
                status="fired", fired_at=web.clock.now(),
            )
        )  # fmt: skip


def work(office: Office) -> None:
    while fire_due_timers(office) or work_ready_jobs(office):
        pass
