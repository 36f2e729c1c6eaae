"""Which elements and flows the scenarios take, and which none of them does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.diagram import Element, Flow, Process
from engine.variants import Variant


@dataclass(frozen=True, kw_only=True, slots=True)
class Untaken:
    """Something drawn that no scenario takes."""

    file: str
    id: str
    name: str  #: what a person calls it
    is_flow: bool

    def to_json(self) -> dict[str, object]:
        return {"file": self.file, "id": self.id, "name": self.name, "is_flow": self.is_flow}


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """What was taken while scenarios were played; `take` is the `Watch` of their office."""

    taken: set[tuple[str, str]] = field(default_factory=set)  #: process id, id of the element or flow

    def take(self, process_id: str, taken_id: str) -> None:
        self.taken.add((process_id, taken_id))

    def of(self, variant: Variant) -> tuple[int, tuple[Untaken, ...]]:
        """How many elements and flows the variant's diagrams have, and those that were not taken, file by file."""
        everything = 0
        missing: list[Untaken] = []
        run = variant.processes
        taken_in = {(run[id].drawn_in or id, each) for id, each in self.taken if id in run}
        for process_id, process in variant.drawn_processes.items():
            drawn: Iterable[Element | Flow] = (*process.elements.values(), *process.flows.values())
            for each in drawn:
                everything += 1
                if (process_id, each.id) not in taken_in:
                    missing.append(_untaken(variant.process_file[process_id], each, process))
        return everything, tuple(missing)


def _untaken(file: str, what: Element | Flow, process: Process) -> Untaken:
    if isinstance(what, Element):
        return Untaken(file=file, id=what.id, name=what.label, is_flow=False)
    source, target = process.elements.get(what.source), process.elements.get(what.target)
    way = f"{source.label if source else what.source} → {target.label if target else what.target}"
    return Untaken(file=file, id=what.id, name=f"{way} ({what.name})" if what.name else way, is_flow=True)
