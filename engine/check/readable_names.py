"""Which names an expression may read: what some form, mapping, script or decision of the policy gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.check.subjects import OF_CASE, alternatives_of, called_by, processes_for_each, subjects_of, told_with
from engine.diagram import ElementKind, Process
from engine.diagram.model import DEADLINE_CHANGED, DEADLINE_FACTS
from engine.forms import Field, FieldKind, facts_asked_by
from engine.model import ENGINE_FACTS
from engine.variants import Variant

#: What FEEL reads as `case`.
CASE_ENTRIES = frozenset({"reference", "opened_on", "council", "status"})


@dataclass(frozen=True, kw_only=True)
class KnownNames:
    """The names of a variant."""

    facts: frozenset[str]  #: of the case and of its items, from forms and output mappings
    collections: frozenset[str]
    council: frozenset[str]  #: entries of `council`
    variables: Mapping[str, frozenset[str]]  #: by process: what its scripts, decisions and callers give
    fields: frozenset[str]  #: entries of items, which a filter may name
    of_items: Mapping[str, frozenset[str]]  #: facts that items made by messages alone have, with their collections
    subjects: Mapping[str, frozenset[str]]  #: by process: what it can be about

    def has(self, name: str, process_id: str) -> bool:
        """Whether `name` is known in the process; without a process, in any."""
        return (
            (name in self.facts and not self.is_elsewhere(name, process_id))
            or name in self.collections
            or name in ("case", "council")
            or name in self.variables.get(process_id, ())
        )

    def is_elsewhere(self, name: str, process_id: str) -> bool:
        """Whether only items have the fact of which none is seen in the process."""
        about = self.subjects.get(process_id)
        return about is not None and name in self.of_items and not about & self.of_items[name]

    def problem(self, path: tuple[str, ...], process_id: str) -> str | None:
        """What of a path is not known, as a sentence names it; None where all is."""
        root = path[0]
        if not self.has(root, process_id):
            return root
        entries = {"case": CASE_ENTRIES, "council": self.council}.get(root)
        if entries is not None and len(path) > 1 and path[1] not in entries and root not in self.facts:
            return f"{root}.{path[1]}"
        return None

    def everything(self, process_id: str) -> list[str]:
        """All names, for finding the one that was meant."""
        return [*self.facts, *self.collections, *self.variables.get(process_id, ()), "case", "council"]


def read_known(variant: Variant, processes: Iterable[Process]) -> KnownNames:
    """The names that `variant` gives to expressions in `processes`."""
    processes = tuple(processes)
    facts: set[str] = {*ENGINE_FACTS, *variant.untold}
    collections = set(variant.settings.items)
    fields: set[str] = {"id"}
    log = variant.settings.explanations
    for form, question in variant.questions:
        if log is not None and form.id == log.form:  # what it asks is of no case
            continue
        field = question.field
        if field.kind is FieldKind.LIST:
            collections.add(field.key)
            fields.update(name for inner in _inside(field.fields) for name in facts_asked_by(inner))
        else:
            facts.update(facts_asked_by(field))
    alternatives = alternatives_of(variant.settings.slots)
    variables: dict[str, set[str]] = {}
    callers: dict[str, list[str]] = {}
    for process in processes:
        own = variables.setdefault(process.id, set())
        for element in process.elements.values():
            facts.update(mapping.name for mapping in element.outputs if mapping.name)
            told = (element.properties.get(name) for name in ("happened_on", "done_by"))
            facts.update(name for name in told if name)
            if element.event is not None and element.event.name == DEADLINE_CHANGED:
                facts.update(DEADLINE_FACTS)
            if element.result_variable:
                own.add(element.result_variable)
            loop = element.loop
            if loop is not None and loop.output_collection:
                own.add(loop.output_collection)
            for called in called_by(element, alternatives) if element.kind is ElementKind.CALL else ():
                child = variables.setdefault(called, set())
                callers.setdefault(called, []).append(process.id)
                child.update(mapping.name for mapping in element.inputs if mapping.name)
                if loop is not None and loop.input_element:
                    child.add(loop.input_element)
    for process in processes:  # a caller stands before what is drawn in it
        if process.drawn_in is not None:
            for caller in callers.get(process.id, ()):
                variables[process.id] |= variables[caller]
    subjects = subjects_of(processes, alternatives)
    of_items = _of_items(variant, processes, subjects)
    facts.update(of_items)
    return KnownNames(
        facts=frozenset(facts | fields),
        collections=frozenset(collections),
        council=variant.settings.council_names | {"agencies", "areas", "efforts", "languages", "threshold"},
        variables={process: frozenset(names) for process, names in variables.items()},
        fields=frozenset(fields | facts),
        of_items=of_items,
        subjects=subjects,
    )


def _of_items(
    variant: Variant, processes: Iterable[Process], subjects: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """The facts that are told in processes about items of their own and nowhere else, each with the collections."""
    starts = {
        start.event.name: start
        for process in processes
        for start in process.start_events()
        if start.event is not None and start.event.name
    }
    for_each = processes_for_each(processes, alternatives_of(variant.settings.slots))
    given: dict[str, set[str]] = {}
    for process in processes:
        about = {OF_CASE} if process.id in for_each else set(subjects[process.id])
        for element in process.elements.values():
            form = variant.forms.get(element.form_id or element.properties.get("form", ""))
            for name in form.keys if form is not None else ():
                of_case = form is not None and name in form.keys_of_case
                given.setdefault(name, set()).update({OF_CASE} if of_case else about)
            for mapping in element.outputs:
                given.setdefault(mapping.name, set()).update(about)
            start = told_with(element, starts)
            for mapping in element.inputs if start is not None else ():
                made = start.item if start is not None else None
                given.setdefault(mapping.name, set()).update({made} if made is not None else about)
    return {name: frozenset(collections) for name, collections in given.items() if name and OF_CASE not in collections}


def _inside(fields: tuple[Field, ...]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from _inside(field.fields)
