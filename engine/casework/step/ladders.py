"""Which ladder a task stands on: one on its own edge, or one on the edge of a sub-process round it."""

from __future__ import annotations

from engine.casework.step.versions import Version
from engine.diagram.model import Element
from engine.runtime import ProcessRun, Token


def ladder_around(run: ProcessRun, task: Token) -> int | None:
    """The innermost sub-process with rungs round the task; None where the task has rungs itself, or none has."""
    for held in run.outward(task):
        if any("rung" in event.properties for event in run.program.process.boundaries.get(held.element_id, ())):
            return None if held is task else held.number
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
