"""What each process can be about: the case, or an item that the message which starts it makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.diagram import Element, ElementKind, Process

#: Stands for the case among collections of items.
OF_CASE = ""


def subjects_of(processes: Iterable[Process]) -> Mapping[str, frozenset[str]]:
    """By process: the collections of which an instance of it can be about an item, and OF_CASE.

    A process that is called is about what those are about that call it; one called for each item of a list sees
    theirs beside its own.
    """
    every = {process.id: process for process in processes}
    found: dict[str, set[str]] = {process: set() for process in every}
    callers = {process: set[str]() for process in every}
    for process in every.values():
        for element in process.elements.values():
            if element.kind is ElementKind.CALL and element.called_process in callers:
                callers[element.called_process].add(process.id)
    for process in every.values():
        made = {start.item for start in process.start_events() if start.item is not None}
        if made or not callers[process.id]:
            found[process.id] |= made or {OF_CASE}
    todo = list(every)
    while todo:  # what a caller is about is passed on until nothing new is found
        process_id = todo.pop()
        for called in (other for other in every if process_id in callers[other]):
            if not found[process_id] <= found[called]:
                found[called] |= found[process_id]
                todo.append(called)
    return {process: frozenset(about) or frozenset({OF_CASE}) for process, about in found.items()}


def processes_for_each(processes: Iterable[Process]) -> frozenset[str]:
    """Processes called for each item of a list: what is told there is a fact of that item."""
    calls = (element for process in processes for element in process.elements.values() if element.loop is not None)
    return frozenset(call.called_process for call in calls if call.called_process is not None)


def told_with(element: Element, starts: Mapping[str, Element]) -> Element | None:
    """The start event that hears what the element throws inside the case; None where it throws none, or none does."""
    event = element.event
    if element.kind not in (ElementKind.THROW, ElementKind.END) or event is None or element.job is not None:
        return None
    return starts.get(event.name or "")
