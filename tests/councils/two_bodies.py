"""Derby City and the Commissioner for Derbyshire in one office: what a test does on either side, by their examples."""

from __future__ import annotations

from dataclasses import replace

from engine.casework.step.office import Office
from engine.scenarios import Scenario, scenarios_of
from engine.scenarios.movement import go_to, rest, take_step, virtual_clock
from engine.store import cases, tasks
from engine.variants import load_variant
from tests.house.checkout import ROOT

BPMN = ROOT / "bpmn"
COMMISSIONER = load_variant(BPMN / "derbyshire_commissioner", root=BPMN)
DERBY = load_variant(BPMN / "derby_city", root=BPMN)
SCENARIOS = {scenario.name: scenario for scenario in scenarios_of(COMMISSIONER)}
AREAS = ("Amber Valley", "Bolsover", "Chesterfield", "Derby City", "Derbyshire Dales", "Erewash", "High Peak",
         "North East Derbyshire", "South Derbyshire")  # fmt: skip
OF_DERBY = {scenario.name: scenario for scenario in scenarios_of(DERBY)}


def until_the_appeal(scenario: Scenario) -> Scenario:
    """The scenario without what the other side does in it."""
    number = next(number for number, step in enumerate(scenario.steps) if step.tell == "appeal")
    return replace(scenario, steps=scenario.steps[: number + 1])


def act(office: Office, reference: str, scenario: Scenario, task: str) -> None:
    """Somebody does the task, or tells the message, as the scenario says, on the day on which it does."""
    step = next(each for each in scenario.steps if task in (each.task, each.tell) and each.refused is None)
    at = max(step.at, virtual_clock(office).now())
    go_to(office, at)
    take_step(office, reference, step)
    rest(office)


def references(office: Office, council: str) -> list[str]:
    with office.database.read() as connection:
        return [row.reference for row in cases.all_cases(connection) if row.council_id == council]


def open_in(office: Office, reference: str) -> list[str]:
    with office.database.read() as connection:
        return sorted(task.element_id for task in tasks.open_tasks(connection, reference=reference))
