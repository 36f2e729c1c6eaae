"""Steps of a process that differ: everything that is drawn in it but the ways between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engine.diagram import Element, Flow, IoMapping, Process
from engine.variants.comparison.difference import Difference, How, details_of, is_there, sentence_of
from engine.variants.comparison.renamed import Renamed
from engine.variants.comparison.ways import condition_of
from engine.words import counted, listed

#: What of an element is compared as it is written, and what a sentence calls it.
_ASPECTS: Mapping[str, str] = {
    "name": "its name", "what": "its kind", "candidate_groups": "its team", "assignee": "whose it is",
    "form_id": "its form", "due_date": "its due date", "follow_up_date": "its follow-up date",
    "priority": "its priority", "decision_id": "its decision", "script": "its script",
    "result_variable": "what its result is kept as", "called_process": "the process it calls",
    "is_interrupting": "whether it interrupts", "is_zeebe_user_task": "whether it is a task of the inbox",
    "is_for_compensation": "whether it is for compensation", "documentation": "its description",
}  # fmt: skip
_OF_EVENT: Mapping[str, str] = {
    "kind": "what it is about", "name": "the message or signal", "code": "the code", "timer": "how its time is said",
    "expression": "when it happens", "correlation_key": "how its message finds it", "ref": "what it refers to",
}  # fmt: skip
_OF_LOOP: Mapping[str, str] = {
    "input_collection": "for each of which", "is_sequential": "whether one after the other",
    "completion_condition": "when it is complete", "input_element": "what each is called",
    "output_collection": "where its results go", "output_element": "what of each is kept",
}  # fmt: skip
#: So many neighbours of a step are named.
_MOST_NAMED = 2


def steps_between(was: Process, now: Process, file: str, names: Renamed) -> Iterator[Difference]:
    for element_id in dict.fromkeys((*was.elements, *now.elements)):
        before, after = was.elements.get(element_id), now.elements.get(element_id)
        if before is not None and after is not None:
            yield from _changed(before, after, was, now, file, names)
        elif after is not None and after.parent not in now.elements.keys() - was.elements.keys():
            yield _whole(after, now, How.ADDED, file)
        elif before is not None and after is None and before.parent not in was.elements.keys() - now.elements.keys():
            yield _whole(before, was, How.GONE, file)


def _whole(element: Element, process: Process, how: How, file: str) -> Difference:
    inside = _inside(element, process)
    what = f"{element.what}, {element.lane}" if element.lane else element.what
    holds = f", with {counted(len(inside), 'step')} in it" if inside else ""
    stands = _place(element, process)
    place = (f" It stood {stands}." if how is How.GONE else f" It stands {stands}.") if stands else ""
    clauses = dict.fromkeys(clause for each in (element, *inside) for clause in each.clauses)
    return Difference(
        how=how, what="step", clauses=tuple(clauses), file=file, element_id=element.id,
        sentence=f"“{element.label}” ({what}) in “{process.name or process.id}” is {is_there(how)}{holds}.{place}",
    )  # fmt: skip


def _inside(element: Element, process: Process) -> list[Element]:
    found: list[Element] = []
    for child in process.children.get(element.id, ()):
        found += [child, *_inside(child, process)]
    return found


def _place(element: Element, process: Process) -> str:
    """Behind and before what a step stands, in words; "" for one that stands alone."""
    host = process.elements.get(element.attached_to or "")
    parts = [f"at “{host.label}”"] if host is not None else []
    parts += _beside("after", ((process.flows[flow], process.flows[flow].source) for flow in element.incoming), process)
    ahead = "before" if parts or not element.outgoing else "first, before"
    parts += _beside(ahead, ((process.flows[flow], process.flows[flow].target) for flow in element.outgoing), process)
    return " and ".join(parts)


def _beside(where: str, others: Iterable[tuple[Flow, str]], process: Process) -> list[str]:
    named = [
        f"“{process.elements[other].label}”{condition_of(flow)}" for flow, other in others if other in process.elements
    ]
    more = [f"{counted(len(named) - _MOST_NAMED, 'other')}"] if len(named) > _MOST_NAMED else []
    return [f"{where} {listed([*named[:_MOST_NAMED], *more])}"] if named else []


def _changed(
    before: Element, after: Element, was: Process, now: Process, file: str, names: Renamed
) -> Iterator[Difference]:
    details = details_of(_aspects(before, after, was, now, names))
    if details:
        sentence = f"“{before.label}” in “{now.name or now.id}”: {sentence_of(details)}."
        yield Difference(
            how=How.CHANGED, what="step", sentence=sentence, clauses=after.clauses, file=file, element_id=after.id,
            details=details,
        )  # fmt: skip


_Aspect = tuple[str, Any, Any]


def _aspects(before: Element, after: Element, was: Process, now: Process, names: Renamed) -> Iterator[_Aspect]:
    for aspect, words in _ASPECTS.items():
        yield words, getattr(before, aspect), getattr(after, aspect)
    if names.lanes_differ(before.lane, after.lane):
        yield "its lane", before.lane, after.lane
    yield "what it stands in", _label(before.parent, was), _label(after.parent, now)
    yield "what it waits beside", _label(before.attached_to, was), _label(after.attached_to, now)
    yield "where it goes if nothing else fits", _default(before, was), _default(after, now)
    for aspect, words in _OF_EVENT.items():
        yield words, getattr(before.event, aspect, None), getattr(after.event, aspect, None)
    for aspect, words in _OF_LOOP.items():
        yield words, getattr(before.loop, aspect, None), getattr(after.loop, aspect, None)
    for aspect, words in (("handler", "its handler"), ("retries", "how often it is tried")):
        yield words, getattr(before.job, aspect, None), getattr(after.job, aspect, None)
    yield from _by_key("its setting “{}”", _headers(before), _headers(after))
    yield from _by_key("what it is given as “{}”", _mapped(before.inputs), _mapped(after.inputs))
    yield from _by_key("what it tells as “{}”", _mapped(before.outputs), _mapped(after.outputs))
    yield from _by_key("its “{}”", _properties(before), _properties(after))
    if names.clauses_differ(before.clauses, after.clauses):
        yield "the clause it carries out", before.clauses, after.clauses


def _mapped(mappings: Iterable[IoMapping]) -> Mapping[str, str]:
    return {mapping.target: mapping.source for mapping in mappings}


def _headers(element: Element) -> Mapping[str, str]:
    return element.job.headers if element.job is not None else {}


def _properties(element: Element) -> Mapping[str, str]:
    return {key: text for key, text in element.properties.items() if key != "clause"}


def _by_key(words: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[_Aspect]:
    for key in dict.fromkeys((*before, *after)):
        yield words.format(key), before.get(key), after.get(key)


def _label(element_id: str | None, process: Process) -> str | None:
    element = process.elements.get(element_id or "")
    return element.label if element is not None else element_id


def _default(element: Element, process: Process) -> str | None:
    flow = process.flows.get(element.default_flow or "")
    return _label(flow.target, process) if flow is not None else None


def marks_of_steps(was: Process, now: Process, names: Renamed) -> tuple[Mapping[str, How], Mapping[str, How]]:
    """How the steps of both are, by id: in the first those that are gone or others, in the second new or others."""
    changed = {
        element_id: How.CHANGED
        for element_id, before in was.elements.items()
        if (after := now.elements.get(element_id)) is not None and details_of(_aspects(before, after, was, now, names))
    }
    gone = dict.fromkeys(was.elements.keys() - now.elements.keys(), How.GONE)
    added = dict.fromkeys(now.elements.keys() - was.elements.keys(), How.ADDED)
    return gone | changed, added | changed
