"""Which elements of a process a process instance has passed, from those that left a trace of it.

Only what people, jobs, timers and tables did leaves a trace. What lies between is worked out: what has a single way
in was reached by that way, and what never waits was passed with what leads to it alone.
"""

from __future__ import annotations

from collections.abc import Set

from engine.diagram.model import Element, ElementKind, Process


def passed_elements(process: Process, traces: Set[str], stands: Set[str]) -> set[str]:
    """The ids of the elements that were passed. `traces`: those known to have been run; `stands`: where it is now."""
    passed = {each for each in traces if each in process.elements}
    if passed or stands:
        passed |= {start.id for start in _only_start(process)}
    to_look = [*passed, *(each for each in stands if each in process.elements)]
    while to_look:
        element = process.elements[to_look.pop()]
        for before in _surely_before(process, element):
            if before not in passed:
                passed.add(before)
                to_look.append(before)
    for each in tuple(passed - set(stands)):
        passed |= _surely_after(process, process.elements[each])
    return passed - set(stands)


def _surely_after(process: Process, element: Element) -> set[str]:
    """What is passed together with the element: what only passes, joins or ends on its only way out."""
    found: set[str] = set()
    while len(element.outgoing) == 1 and element.outgoing[0] in process.flows:
        element = process.elements[process.flows[element.outgoing[0]].target]
        is_join = element.kind is ElementKind.EXCLUSIVE and len(element.outgoing) == 1
        if element.id in found or not (is_join or element.kind in (ElementKind.END, ElementKind.PLAIN)):
            break
        found.add(element.id)
    return found


def _surely_before(process: Process, element: Element) -> list[str]:
    """What must have been passed to get there: the source of its only way in, what it hangs on or stands in."""
    found = [each for each in (element.attached_to, element.parent) if each is not None]
    if len(element.incoming) == 1 and element.incoming[0] in process.flows:
        found.append(process.flows[element.incoming[0]].source)
    return [each for each in found if each in process.elements]


def _only_start(process: Process) -> list[Element]:
    starts = list(process.entries())
    return starts if len(starts) == 1 else []
