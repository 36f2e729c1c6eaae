"""Diagrams that differ: processes, what is drawn in them, and the ways between. Where it is drawn is no difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.diagram import Element, Flow, Process
from engine.variants.comparison.difference import Difference, How, instead
from engine.variants.variant import Variant

#: What of an element is compared, and what a sentence calls it.
_ASPECTS: Mapping[str, str] = {
    "name": "its name", "kind": "its kind", "lane": "its lane", "candidate_groups": "its team",
    "assignee": "whose it is", "form_id": "its form", "due_date": "its due date",
    "follow_up_date": "its follow-up date", "priority": "its priority", "job": "its handler",
    "decision_id": "its decision", "script": "its script",
    "called_process": "the process it calls", "event": "its event", "loop": "for each of which",
    "is_interrupting": "whether it interrupts", "inputs": "what it is given", "outputs": "what it tells",
    "properties": "its properties", "documentation": "its documentation",
}  # fmt: skip


def diagrams_between(before: Variant, after: Variant) -> Iterator[Difference]:
    for process_id in dict.fromkeys((*before.drawn_processes, *after.drawn_processes)):
        was, now = before.drawn_processes.get(process_id), after.drawn_processes.get(process_id)
        if was is None or now is None:
            process = was or now
            if process is not None:
                yield _whole(process, How.ADDED if was is None else How.GONE, before, after)
        else:
            file = after.process_file[process_id]
            yield from _steps(was, now, file, _Names(before, after))
            yield from _ways(was, now, file)


def _whole(process: Process, how: How, before: Variant, after: Variant) -> Difference:
    file = (after if how is How.ADDED else before).process_file[process.id]
    name, there = process.name or process.id, "new" if how is How.ADDED else "gone"
    clauses = tuple(dict.fromkeys(clause for each in process.elements.values() for clause in each.clauses))
    return Difference(
        how=how, what="step", sentence=f"The process “{name}” is {there}.", clauses=clauses, file=file,
        element_id=process.id,
    )  # fmt: skip


def _steps(was: Process, now: Process, file: str, names: _Names) -> Iterator[Difference]:
    for element_id in dict.fromkeys((*was.elements, *now.elements)):
        before, after = was.elements.get(element_id), now.elements.get(element_id)
        element = after or before
        if element is None:
            continue
        where = f"in “{now.name or now.id}”"
        if before is None or after is None:
            how = How.ADDED if before is None else How.GONE
            sentence = f"“{element.label}” ({element.kind}) {where} is {'new' if before is None else 'gone'}."
        else:
            how = How.CHANGED
            said = [f"{words} is {instead(*pair)}" for words, pair in _changed(before, after, names)]
            if not said:
                continue
            sentence = f"“{before.label}” {where}: {'; '.join(said)}."
        yield Difference(
            how=how, what="step", sentence=sentence, clauses=element.clauses, file=file, element_id=element_id
        )


class _Names:
    """What is the same under another name: a lane whose team is called otherwise, a clause that another restates."""

    def __init__(self, before: Variant, after: Variant) -> None:
        self._before = {name: team for team, name in before.settings.team_names.items()}
        self._after = {name: team for team, name in after.settings.team_names.items()}
        self._clauses = after.policy

    def aspect(self, element: Element, aspect: str, *, is_after: bool) -> Any:
        value = getattr(element, aspect)
        if aspect == "lane":
            return (self._after if is_after else self._before).get(value, value)
        if aspect == "properties":
            return {key: text for key, text in value.items() if key != "clause"}
        return value

    def clauses_changed(self, before: Element, after: Element) -> bool:
        return before.clauses != after.clauses and all(clause in self._clauses for clause in before.clauses)


def _changed(before: Element, after: Element, names: _Names) -> Iterator[tuple[str, tuple[str, str]]]:
    for aspect, words in _ASPECTS.items():
        old, new = names.aspect(before, aspect, is_after=False), names.aspect(after, aspect, is_after=True)
        if old != new:
            was, now = (old, new) if aspect != "lane" else (before.lane, after.lane)
            yield words, (_said(now, was), _said(was, now))
    if names.clauses_changed(before, after):
        yield "the clause it carries out", (", ".join(after.clauses), ", ".join(before.clauses))


#: What of a value of several parts is told.
_PARTS = ("handler", "kind", "name", "expression", "code", "input_collection")


def _said(value: Any, other: Any) -> str:
    """A value as a sentence says it: of many, only those that the other has not."""
    if isinstance(value, Mapping):
        there = other if isinstance(other, Mapping) else {}
        return ", ".join(f"{key}: {text}" for key, text in value.items() if there.get(key) != text)
    if isinstance(value, tuple):
        mapped = other if isinstance(other, tuple) else ()
        return ", ".join(f"{each.target} from {each.source}" for each in value if each not in mapped)
    if value is None or isinstance(value, str | bool):
        return str(value or "")
    return " ".join(str(word) for word in (getattr(value, name, None) for name in _PARTS) if word)


def _ways(was: Process, now: Process, file: str) -> Iterator[Difference]:
    old, new = ({(flow.source, flow.target, flow.name): flow for flow in each.flows.values()} for each in (was, now))
    for ends in dict.fromkeys((*old, *new)):
        before, after = old.get(ends), new.get(ends)
        flow = after or before
        if flow is None or (before is not None and after is not None and before.condition == after.condition):
            continue
        held_by = now if after is not None else was
        how = How.ADDED if before is None else How.GONE if after is None else How.CHANGED
        way = f"The way from {_end(flow.source, held_by)} to {_end(flow.target, held_by)}"
        way += f" (“{flow.name}”)" if flow.name else ""
        if before is not None and after is not None:
            sentence = f"{way} is taken where {instead(after.condition, before.condition)}."
        else:
            sentence = f"{way} is {'new' if before is None else 'gone'}."
        yield Difference(how=how, what="way", sentence=sentence, clauses=_clauses(flow), file=file, element_id=flow.id)


def _end(element_id: str, process: Process) -> str:
    element = process.elements.get(element_id)
    return f"“{element.label}”" if element is not None else element_id


def _clauses(flow: Flow) -> tuple[str, ...]:
    return tuple(flow.properties.get("clause", "").replace(",", " ").split())
