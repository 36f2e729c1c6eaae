"""Which facts a level of a process has to do with: what else was told on the way there makes no difference inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from engine import feel
from engine.check.subjects import letter_of
from engine.diagram import Element, ElementKind, Process
from engine.errors import EngineError
from engine.variants import Guard, Variant

_Level = tuple[Process, str | None]


@lru_cache(maxsize=4_000)
def names_in(text: str | None) -> frozenset[str]:
    """The names that an expression reads; none where it cannot be read."""
    try:
        return feel.parse(text.removeprefix("=")).names if text else frozenset()
    except EngineError:
        return frozenset()


def facts_touched(variant: Variant, process: Process, parent: str | None) -> frozenset[str]:
    """What is read or told in a level, in what lies in it and in the processes that it calls."""
    found: set[str] = set()
    seen: set[tuple[str, str | None]] = set()
    todo: list[_Level] = [(process, parent)]
    while todo:
        process, parent = todo.pop()
        if (process.id, parent) in seen:
            continue
        seen.add((process.id, parent))
        inside = [element for element in process.elements.values() if element.parent == parent]
        for element in inside:
            found |= _of_element(variant, process, element)
        todo += _entered(variant, process, inside)
    return frozenset(found)


def _entered(variant: Variant, process: Process, inside: Iterable[Element]) -> Iterator[_Level]:
    for element in inside:
        if element.kind is ElementKind.SUBPROCESS:
            yield process, element.id
        elif (called := variant.processes.get(element.called_process or "")) is not None:
            yield called, None


def _of_element(variant: Variant, process: Process, element: Element) -> set[str]:
    found = {name for flow in element.outgoing for name in names_in(process.flows[flow].condition)}
    for mapping in element.outputs:
        found |= {mapping.name, *(names_in(mapping.source) if mapping.source.startswith("=") else ())}
    found.add(element.properties.get("done_by", ""))
    form = variant.forms.get(element.form_id or element.properties.get("form", ""))
    if form is not None:
        found |= {*form.keys, *(name for q in form.questions for c in q.hidden_if for name in names_in(c.text))}
    told, letter = (frozenset(form.keys) if form is not None else frozenset()), letter_of(element)
    for guard in variant.settings.guards:
        if guard.facts & told or letter in guard.letters or element.id in guard.ends:
            found |= read_by(guard)
    return found


def read_by(guard: Guard) -> frozenset[str]:
    """The names that a guard reads."""
    return names_in(guard.when) | names_in(guard.unless)
