"""What the outline tells of one element: what it is, and one short line for each thing that it says."""

from __future__ import annotations

from collections.abc import Iterable

from engine.diagram import Element, ElementKind, Event, EventKind, TimerKind
from engine.draw.policy_words import Said

_TIMER_WORDS = {TimerKind.DATE: "at", TimerKind.DURATION: "after", TimerKind.CYCLE: "every"}


def kind_of(element: Element) -> str:
    """What an element is, in words; one that the engine does not know by the file's own word."""
    if element.kind is ElementKind.UNSUPPORTED:
        return element.tag
    if element.event is None or element.kind is ElementKind.RECEIVE:
        return element.what
    return event_kind(element.event, element.what)


def event_kind(event: Event, kind: str) -> str:
    """A timer is "timer start event", an event without a sign just "start event"."""
    return kind if event.kind is EventKind.NONE else f"{event.kind} {kind}"


def details_of(element: Element, said: Said) -> Iterable[str]:
    """What an element says besides its name, one short line each; times in words where `said` has them."""
    yield from element.documentation.splitlines()
    event = element.event
    if event is not None and event.timer is not None and event.expression:
        yield f"Time: {_in_words(said.at, event.expression) or f'{_TIMER_WORDS[event.timer]} {event.expression}'}"
    if event is not None and event.name and event.kind is not EventKind.NONE:
        yield f"{event.kind.capitalize()}: {event.name}{f' ({event.code})' if event.code else ''}"
    lines = (
        ("Form", element.form_id),
        ("Team", element.candidate_groups),
        ("Person", element.assignee),
        ("Due", _in_words(said.due, element.due_date) or element.due_date),
        ("Due as a whole", _in_words(said.whole, element.frame_due_date) or element.frame_due_date),
        ("Follow-up", element.follow_up_date),
        ("Handler", element.job.handler if element.job is not None else None),
        ("Letter", " or ".join(said.letters)),
        ("Decision", element.decision_id),
        ("Script", element.script),
        ("Runs the process", element.called_process),
    )
    yield from (f"{what}: {value}" for what, value in lines if value)
    if element.loop is not None:
        how = "one after another" if element.loop.is_sequential else "all at once"
        yield f"Once for each of {element.loop.input_collection or 'a collection that is not named'}, {how}"
        if element.loop.completion_condition:
            yield f"Complete as soon as {element.loop.completion_condition}"
    if element.clauses:
        yield f"Clauses: {', '.join(element.clauses)}"


def everyday_details_of(element: Element, said: Said) -> Iterable[str]:
    """What somebody who works on a case asks of a step: nothing of how it is drawn."""
    yield from element.documentation.splitlines()
    lines = (
        ("When", " or ".join(said.at)),
        ("Due", " or ".join(said.due)),
        ("Due as a whole", " or ".join(said.whole)),
        ("Letter", " or ".join(said.letters)),
        ("Clauses", ", ".join(element.clauses)),
    )
    yield from (f"{what}: {value}" for what, value in lines if value)


def _in_words(said: tuple[str, ...], written: str | None) -> str:
    """In words, with what is written in brackets; "" where there are no words for it."""
    return f"{' or '.join(said)} ({written})" if said else ""
