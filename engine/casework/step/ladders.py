"""Which ladder a task stands on: one on its own edge, or one on the edge of a sub-process or multi-instance activity
round it."""

from __future__ import annotations

from engine.casework.step.instance import Loaded
from engine.casework.step.sight import around
from engine.casework.step.step import Step
from engine.casework.step.versions import Version
from engine.diagram.model import Element
from engine.runtime import Token


def ladder_around(step: Step, instance: Loaded, task: Token) -> int | None:
    """The innermost sub-process with rungs round the task, or multi-instance activity whose task it is; None where the
    task has rungs itself, or none has."""
    number: int | None = task.number
    for each in around(step, instance):
        if number is None:
            break
        for held in each.run.outward(each.run.tokens[number]):
            events = each.run.program.process.boundaries.get(held.element_id, ())
            if any("rung" in event.properties for event in events):
                return None if held is task else held.number
        number = each.parent_token
    return None


def moves_with_frame(version: Version, timer: Element) -> bool:
    """Whether it waits beside a time frame and moves with its own deadline. The rungs there are those of the
    tasks inside, and move with them."""
    return is_beside_frame(version, timer) and "rung" not in timer.properties


def is_beside_frame(version: Version, timer: Element) -> bool:
    if not timer.waits_beside:
        return False
    process = version.program(timer.process_id).process
    return (timer.process_id, process.beside(timer)) in version.frames
