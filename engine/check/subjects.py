"""What each process can be about: the case, or an item that the message which starts it makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from engine.diagram import Element, ElementKind, EventKind, Process
from engine.variants import Slot

#: Stands for the case among collections of items.
OF_CASE = ""


#: By process that stands in a slot: those that may stand there, itself among them.
Alternatives: TypeAlias = Mapping[str, frozenset[str]]


def alternatives_of(slots: Iterable[Slot]) -> Alternatives:
    """Which processes a call may run, where a council can choose: what holds in one holds in each."""
    return {slot.use: frozenset({slot.use, *slot.alternatives}) for slot in slots}


def subjects_of(processes: Iterable[Process], alternatives: Alternatives) -> Mapping[str, frozenset[str]]:
    """By process: the collections of which an instance of it can be about an item, and OF_CASE.

    A process that is called is about what those are about that call it; one called for each item of a list sees
    theirs beside its own. What may stand in a slot is called where the slot is.
    """
    every = {process.id: process for process in processes}
    found: dict[str, set[str]] = {process: set() for process in every}
    callers = {process: set[str]() for process in every}
    for process in every.values():
        for element in process.elements.values():
            if element.kind is ElementKind.CALL:
                for called in called_by(element, alternatives) & callers.keys():
                    callers[called].add(process.id)
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


def called_by(element: Element, alternatives: Alternatives) -> frozenset[str]:
    """The processes that a call activity may run."""
    called = element.called_process
    return frozenset() if called is None else alternatives.get(called, frozenset({called}))


def processes_for_each(processes: Iterable[Process], alternatives: Alternatives) -> frozenset[str]:
    """Processes called for each item of a list: what is told there is a fact of that item."""
    calls = (element for process in processes for element in process.elements.values() if element.loop is not None)
    return frozenset(called for call in calls for called in called_by(call, alternatives))


def told_with(element: Element, starts: Mapping[str, Element]) -> Element | None:
    """The start event that hears what the element throws inside the case; None where it throws none, or none does."""
    event = element.event
    if element.kind not in (ElementKind.THROW, ElementKind.END) or event is None or element.job is not None:
        return None
    if event.kind is EventKind.LINK:
        return None
    return starts.get(event.name or "")


def letter_of(element: Element) -> str:
    """The id of the letter that an element writes; "" for none."""
    return next((each.source for each in element.inputs if each.target == "letter"), "")
