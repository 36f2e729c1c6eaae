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
    """Whether it stands on the edge of a time frame and moves with its own deadline. The rungs there are those of the
    tasks inside, and move with them."""
    return (timer.process_id, timer.attached_to) in version.frames and "rung" not in timer.properties
