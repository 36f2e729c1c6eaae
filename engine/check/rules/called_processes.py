"""Every called process is there and can be called, none calls itself for ever, and none waits to be called in vain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.check.finding import Place, error, warning
from engine.check.graph import circles, leads_back
from engine.check.policy import Policy, place_of, quoted
from engine.check.recursion import endless
from engine.check.rule import Rule
from engine.check.suggestions import meant
from engine.diagram import Element, ElementKind, EventKind, Process
from engine.problems import Problem, Thing, ThingKind


def look(policy: Policy) -> Iterator[Problem]:
    processes = policy.variant.processes
    calls: dict[str, list[tuple[str, Element, Place]]] = {}
    is_computed = False
    for element, process, place in policy.elements():
        if element.kind is not ElementKind.CALL:
            continue
        called = element.called_process
        if not called:
            yield error(place, f"{quoted(element)} names no process to call. Write the called process's id.")
        elif called.startswith("="):
            is_computed = True
        elif called not in processes:
            hint = meant(called, list(processes))
            sentence = f"{quoted(element)} calls the process “{called}”, which no diagram has. {hint}"
            yield error(place, sentence, lacks=Thing(kind=ThingKind.PROCESS, name=called))
        else:
            calls.setdefault(process.id, []).append((called, element, place))
            if not _begins_when_called(processes[called]):
                yield error(
                    place,
                    f"{quoted(element)} calls “{processes[called].name or called}”, which has no plain start event."
                    " Draw one there.",
                )
    yield from _circles(calls, processes)
    for file, process in policy.processes:
        starts = process.entries()
        is_only_called = starts and all(_kind(start) is EventKind.NONE for start in starts)
        is_run = is_computed or process.id in policy.called or process.id in policy.begun_processes
        if is_only_called and not is_run:
            yield warning(
                place_of(file, process),
                f"Nothing starts the process “{process.name or process.id}”. Call it, or give it a message start"
                " event.",
            )


def _circles(calls: dict[str, list[tuple[str, Element, Place]]], processes: Mapping[str, Process]) -> Iterator[Problem]:
    following = {process: [called for called, _, _ in of_process] for process, of_process in calls.items()}
    for circle in circles(calls, following):
        if not leads_back(circle, following):
            continue
        without_end = endless(circle, processes)
        for process in sorted(without_end):
            for called, element, place in calls[process]:
                if called in without_end and element.loop is None:
                    yield error(
                        place,
                        f"{quoted(element)} calls “{called}”, which calls “{process}” again whatever the case: it would"
                        " go on for ever. Draw a way to an end that passes it by, or a message start event for what "
                        "starts anew.",
                    )


def _begins_when_called(process: Process) -> bool:
    """A start that is not run counts: another rule has said that."""
    return bool(process.beginnings()) or any(_kind(start) is EventKind.UNSUPPORTED for start in process.start_events())


def _kind(start: Element) -> EventKind:
    """What starts a process; without a start event it is only called."""
    return start.event.kind if start.kind is ElementKind.START and start.event is not None else EventKind.NONE


RULE = Rule(
    name="called-processes",
    summary="Every called process is there, and none calls itself for ever.",
    look=look,
    needs_variant=True,
)
