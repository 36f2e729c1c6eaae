"""Builders: a variant from a few lines of BPMN, and an office that runs it on a database made for the test."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from engine.casework.background.jobs import work_ready_jobs
from engine.casework.background.timers import fire_due_timers
from engine.casework.cases.intake import open_case
from engine.casework.step.office import Office
from engine.casework.tasks.completion import complete_task
from engine.clock import SettableClock
from engine.handler import Handler, HandlerContext, HandlerResult
from engine.model import TaskId
from engine.ports import Ports
from engine.store import Database, cases, tasks
from engine.store import record as chain
from engine.store.tasks import OpenTask
from engine.variants import Variant
from tests import bpmn

NO_PORTS = Ports()
START_AT = datetime(2026, 3, 2, 10, 15, tzinfo=UTC)

SETTINGS = """
name = "Test Council"
main_process = "main"
reference_prefix = "T"
[items]
actions = "action"
agencies = "agency"
reports = "report"
[[teams]]
id = "team"
name = "The Team"
[[teams]]
id = "other"
name = "Other Team"
[[people]]
name = "Officer 1"
teams = ["team"]
[[people]]
name = "Officer 2"
teams = ["team"]
[[people]]
name = "Other 1"
teams = ["other"]
"""


def user(id: str, *, boundary: str = "", more: str = "", team: str = "team") -> str:
    return (
        f'<bpmn:userTask id="{id}" name="{id}"><bpmn:extensionElements><zeebe:userTask/>'
        f'<zeebe:assignmentDefinition candidateGroups="{team}"/>{more}</bpmn:extensionElements></bpmn:userTask>'
        + boundary
    )


def job(id: str, *, handler: str = "work", inputs: str = "", outputs: str = "", boundary: str = "") -> str:
    """A service task. `inputs` and `outputs` are `target=source` pairs, separated by blanks."""
    mapping = "".join(
        f'<zeebe:{way} source="{source}" target="{target}"/>'
        for way, pairs in (("input", inputs), ("output", outputs))
        for target, _, source in (pair.partition("=") for pair in pairs.split())
    )
    return (
        f'<bpmn:serviceTask id="{id}" name="{id}"><bpmn:extensionElements><zeebe:taskDefinition type="{handler}"/>'
        f"<zeebe:ioMapping>{mapping}</zeebe:ioMapping></bpmn:extensionElements></bpmn:serviceTask>{boundary}"
    )


def timer(id: str, *, on: str, after: str, rung: int | None = None, interrupting: bool = False) -> str:
    """A boundary timer with a duration; with a rung it is one of a ladder."""
    ladder = (
        f'<bpmn:extensionElements><zeebe:properties><zeebe:property name="rung" value="{rung}"/></zeebe:properties>'
        "</bpmn:extensionElements>"
        if rung is not None
        else ""
    )
    return (
        f'<bpmn:boundaryEvent id="{id}" name="{id}" attachedToRef="{on}" cancelActivity="{str(interrupting).lower()}">'
        f'{ladder}<bpmn:timerEventDefinition id="{id}_timer"><bpmn:timeDuration>{after}</bpmn:timeDuration>'
        "</bpmn:timerEventDefinition></bpmn:boundaryEvent>"
    )


def flow(source: str, target: str, condition: str = "") -> str:
    inner = (
        f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{condition}</bpmn:conditionExpression>'
        if condition
        else ""
    )
    ends = f'sourceRef="{source}" targetRef="{target}"'
    return f'<bpmn:sequenceFlow id="{source}_to_{target}" {ends}>{inner}</bpmn:sequenceFlow>'


def chain_of(*ids: str) -> str:
    return "".join(flow(a, b) for a, b in pairwise(ids))


def process(body: str, id: str = "main") -> str:
    return f'<bpmn:process id="{id}" name="{id}" isExecutable="true">{body}</bpmn:process>'


def diagram(*processes: str, definitions: str = "") -> bytes:
    return bpmn.definitions(*processes, definitions)


def variant_of(*processes: str, definitions: str = "", files: dict[str, bytes] | None = None) -> Variant:
    return Variant.from_files(
        {"variant.toml": SETTINGS.encode(), "main.bpmn": diagram(*processes, definitions=definitions), **(files or {})},
        "test_council",
    )


def echo(context: HandlerContext) -> HandlerResult:
    """Give back what was given."""
    return HandlerResult(outputs={"given": dict(context.inputs)})


def office_on(
    database: Database, *, handlers: tuple[Handler, ...] = (), ports: Ports = NO_PORTS, at: datetime = START_AT
) -> Office:
    return Office(
        database=database,
        clock=SettableClock(at),
        handlers={h.name: h for h in handlers},
        ports=ports,
    )


class Play:
    """One case of one variant, driven as people and the clock drive it."""

    def __init__(
        self,
        database: Database,
        variant: Variant,
        *,
        handlers: tuple[Handler, ...] = (),
        ports: Ports = NO_PORTS,
        answers: dict | None = None,
    ) -> None:
        self.office = office_on(database, handlers=handlers, ports=ports)
        self.reference = open_case(self.office, variant, answers or {}, by="the applicant")
        self.work()

    def work(self) -> None:
        while fire_due_timers(self.office) or work_ready_jobs(self.office):
            pass

    def wait(self, **delta: float) -> None:
        self.office.clock.advance(timedelta(**delta))  # type: ignore[attr-defined]
        self.work()

    def tasks(self) -> list[OpenTask]:
        with self.office.database.begin() as connection:
            return tasks.open_tasks(connection, reference=self.reference)

    def open(self) -> list[str]:
        return sorted(t.element_id + (f":{t.item_id}" if t.item_id else "") for t in self.tasks())

    def complete(
        self, element: str, answers: dict | None = None, *, by: str = "Officer 1", item: str | None = None
    ) -> None:
        task = next(t for t in self.tasks() if t.element_id == element and item in (None, t.item_id))
        complete_task(self.office, task.task_id, answers or {}, by=by)
        self.work()

    def task_id(self, element: str) -> TaskId:
        return next(t.task_id for t in self.tasks() if t.element_id == element)

    def case(self):
        with self.office.database.begin() as connection:
            return cases.find_case(connection, self.reference)

    def record(self) -> list[tuple[str, dict]]:
        case_id = self.case().case_id
        with self.office.database.begin() as connection:
            return [(e.kind, dict(e.content or {})) for e in chain.entries_of(connection, case_id)]
