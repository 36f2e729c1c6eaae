"""Which ladder a task stands on: one on its own edge, or one on the edge of a sub-process round it."""

from __future__ import annotations

from engine.runtime import ProcessRun, Token


def ladder_around(run: ProcessRun, task: Token) -> int | None:
    """The innermost sub-process with rungs round the task; None where the task has rungs itself, or none has."""
    for held in run.outward(task):
        if any("rung" in event.properties for event in run.program.process.boundaries.get(held.element_id, ())):
            return None if held is task else held.number
    return None
