"""What stands in files of decisions, as each place sees the case from which a decision is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.check.finding import Place
from engine.check.values.decisions import DecisionTracer
from engine.check.values.domain import Possible, join
from engine.check.values.facts import Facts
from engine.check.values.scopes import Scope
from engine.check.values.slip import Misfit, Slip
from engine.diagram import ElementKind, Process
from engine.dmn import Definitions
from engine.dmn.model import DecisionTable


@dataclass(kw_only=True)
class MetTable:
    """A table, and what its columns can be wherever it is asked from."""

    file: str
    table: DecisionTable
    columns: tuple[Possible, ...]


@dataclass(kw_only=True)
class DecisionHomes:
    """The files of decisions of a folder, or one by itself, of whose facts nothing is known."""

    misfits: dict[Misfit, None] = field(default_factory=dict)
    tables: dict[tuple[str, str], MetTable] = field(default_factory=dict)

    def look(self, files: Mapping[str, Definitions], processes: Iterable[Process], facts: Facts | None) -> None:
        """Go through every decision and knowledge model."""
        of_processes: dict[str, set[str]] = {}
        for process in processes:
            for element in process.elements.values():
                if element.kind is ElementKind.RULE and element.decision_id:
                    of_processes.setdefault(element.decision_id, set()).add(process.id)
        for file, definitions in files.items():
            inner = {other for each in definitions.decisions.values() for other in each.requires_decisions}
            for process_id in ("", *sorted({p for d in definitions.decisions for p in of_processes.get(d, ())})):
                tracer = self._tracer(file, definitions, facts.scope(process_id) if facts is not None else _unknown)
                for decision_id in definitions.decisions:
                    is_asked = process_id in of_processes.get(decision_id, ())
                    is_left = not process_id and decision_id not in of_processes and decision_id not in inner
                    if is_asked or is_left:
                        tracer.decision(decision_id)
                if not process_id:
                    for model in definitions.knowledge_models.values():
                        tracer.model(model)

    def _tracer(self, file: str, definitions: Definitions, scope: Scope) -> DecisionTracer:
        def say(element_id: str, name: str, slip: Slip) -> None:
            self.misfits[Misfit(place=Place(file=file, element_id=element_id, element_name=name), slip=slip)] = None

        def meet(table: DecisionTable, columns: tuple[Possible, ...]) -> None:
            met = self.tables.get((file, table.element_id))
            both = columns if met is None else tuple(map(join, met.columns, columns))
            self.tables[file, table.element_id] = MetTable(file=file, table=table, columns=both)

        return DecisionTracer(definitions, scope, say, meet)


def _unknown(_name: str) -> None:
    """Of a file by itself nothing is known but what it declares."""
