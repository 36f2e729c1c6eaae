"""What in a variant names clauses: whatever is drawn, rows of tables, questions of forms, letters, guards, figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from engine.dmn import Definitions
from engine.forms import Field
from engine.variants import SETTINGS_FILE, Variant

#: The annotation column of a decision table that names clauses, in small letters.
CLAUSE_COLUMN = "clause"


class CarrierKind(StrEnum):
    ELEMENT = "element"  #: an element, flow or process of a diagram, or a question of a form
    ROW = "row"  #: of a decision table
    LETTER = "letter"
    GUARD = "guard"  #: of variant.toml
    FIGURE = "figure"  #: that is published, of variant.toml


@dataclass(frozen=True, kw_only=True, slots=True)
class Carrier:
    """Something that carries clauses out."""

    kind: CarrierKind
    file: str
    id: str  #: of the element, form component, row, letter or guard
    name: str  #: what a person calls it
    clauses: tuple[str, ...]

    @property
    def key(self) -> str:
        """What names it among all: the letter's id, or the file and the id in it."""
        return self.id if self.kind is CarrierKind.LETTER else f"{self.file}#{self.id}"


def carriers_of(variant: Variant) -> tuple[Carrier, ...]:
    """Everything in `variant` that names at least one clause, in the order of its files."""
    found = (
        *_drawn(variant),
        *_questions(variant),
        *_rows(variant),
        *_letters(variant),
        *_guards(variant),
        *_figures(variant),
    )
    return tuple(carrier for carrier in found if carrier.clauses)


def _drawn(variant: Variant) -> Iterator[Carrier]:
    for file, diagram in variant.diagrams.items():
        for process in diagram.processes.values():
            clauses = _split(process.properties.get("clause", ""))
            yield _element(file, process.id, process.name or process.id, clauses)
            for element in process.elements.values():
                yield _element(file, element.id, element.label, element.clauses)
            for flow in process.flows.values():
                clauses = _split(flow.properties.get("clause", ""))
                yield _element(file, flow.id, flow.name or f"flow {flow.id}", clauses)


def _questions(variant: Variant) -> Iterator[Carrier]:
    for form in variant.forms.values():
        for field in _fields(form.fields):
            yield _element(form.file, field.id, field.name, field.clauses)


def _fields(fields: tuple[Field, ...]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from _fields(field.fields)


def _rows(variant: Variant) -> Iterator[Carrier]:
    for file, definitions in variant.definitions.items():
        yield from _rows_of(file, definitions)


def _rows_of(file: str, definitions: Definitions) -> Iterator[Carrier]:
    for decision in definitions.decisions.values():
        for rule in decision.table.rules if decision.table is not None else ():
            named = [text for column, text in rule.annotations.items() if column.strip().lower() == CLAUSE_COLUMN]
            yield Carrier(
                kind=CarrierKind.ROW,
                file=file,
                id=rule.rule_id or f"{decision.element_id}.{rule.number}",
                name=f"{decision.name}, row {rule.number}",
                clauses=_split(" ".join(named)),
            )


def _letters(variant: Variant) -> Iterator[Carrier]:
    for letter in variant.letters.values():
        yield Carrier(
            kind=CarrierKind.LETTER, file=letter.file, id=letter.id, name=letter.title, clauses=letter.clauses
        )


def _guards(variant: Variant) -> Iterator[Carrier]:
    for guard in variant.settings.guards:
        yield Carrier(
            kind=CarrierKind.GUARD, file=SETTINGS_FILE, id=guard.name, name=guard.sentence,
            clauses=_split(guard.clause),
        )  # fmt: skip


def _figures(variant: Variant) -> Iterator[Carrier]:
    """Without the clauses of the Act, which are in code: whatever a variant publishes, those are counted."""
    for figure in variant.settings.figures:
        yield Carrier(
            kind=CarrierKind.FIGURE, file=SETTINGS_FILE, id=figure.id, name=figure.label,
            clauses=tuple(clause for clause in figure.clauses if not clause.startswith("L")),
        )  # fmt: skip
    table = variant.settings.figures_table
    yield Carrier(
        kind=CarrierKind.FIGURE, file=SETTINGS_FILE, id="figures_table", name=table.title,
        clauses=tuple(clause for clause in table.clauses if not clause.startswith("L")),
    )  # fmt: skip


def _element(file: str, element_id: str, name: str, clauses: tuple[str, ...]) -> Carrier:
    return Carrier(kind=CarrierKind.ELEMENT, file=file, id=element_id, name=name, clauses=clauses)


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())
