"""Running a step to rest, and to its end: what is at rest may be told, called or given more, until nothing moves."""

from __future__ import annotations

from engine.casework.step.children import add_elements
from engine.casework.step.closure import close_case
from engine.casework.step.deadlock import see_deadlock
from engine.casework.step.frames import set_days
from engine.casework.step.step import Step


def settle(step: Step) -> None:
    """Run everything to rest, with every delivery between this case's instances."""
    while True:
        step.rest()
        if step.facts.changed:  # before a call activity whose last child has just ended looks whether it is done
            changed = frozenset(step.facts.changed)
            step.facts.changed.clear()
            add_elements(step, changed)
        elif step.facts.is_news and (step.version.frames or step.version.time_starts):
            step.facts.is_news = False
            set_days(step)
        elif (action := step.next_action()) is not None:
            action()
        else:
            return


def finish(step: Step) -> None:
    """Settle, see whether the case waits in vain, save all, and close it if no process instance runs any more."""
    settle(step)
    see_deadlock(step)
    close_case(step)
    step.save()
