"""What is said of each element of a diagram: clauses, deadlines, letters, worked examples, and open cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.bootstrap import handlers_by_name
from engine.casework.step.office import Office
from engine.draw import PolicyWords, Said
from engine.runtime.tokens import unpack_tokens
from engine.scenarios import Scenario
from engine.store import instances
from engine.variants import Variant
from engine.workshop.examples.kept import PlayedExamples, played_examples

_NOT_PLAYED = "The worked examples were not played yet."
_NOT_ALL_PLAYED = "Not all worked examples were played yet."
_AS_BEFORE = "As they go through it in the policy in force: none was played on the draft as it is."


@dataclass(frozen=True, kw_only=True)
class ElementSaid:
    clauses: tuple[str, ...]
    deadlines: tuple[str, ...]  #: “Due: 2 working days after the application date”
    letters: tuple[str, ...]  #: those of which it writes one: “Risk assessment” (CT6)
    examples: tuple[Scenario, ...]  #: the worked examples that go through it, as far as they were played
    examples_note: str  #: on what they were played; "" where all were, on the policy as it is
    open_cases: int  #: of the council that stand on it, whichever version they run by

    def to_json(self) -> Mapping[str, Any]:
        return {
            "clauses": list(self.clauses),
            "deadlines": list(self.deadlines),
            "letters": list(self.letters),
            "examples": [{"name": each.name, "title": each.title} for each in self.examples],
            "examplesNote": self.examples_note,
            "openCases": self.open_cases,
        }


def elements_said(
    office: Office, variant: Variant, file: str, *, before: Variant | None = None
) -> Mapping[str, ElementSaid]:
    """Of each element of the diagram `file`, by its id. Three queries, or five.

    `before` is the policy in force, for a draft: while none of its examples was played, those of that say which go
    through what.
    """
    diagram = variant.diagrams[file]
    words = PolicyWords(variant, handlers_by_name().values()).of_diagram(diagram)
    examples, note = _examples_through(office, variant, file, before)
    standing = _cases_on(office, variant, file)
    return {
        element_id: _said(
            words.get(element_id, Said()), examples.get(element_id, ()), note, standing.get(element_id, 0)
        )
        for process in diagram.processes.values()
        for element_id in process.elements
    }


def _said(said: Said, examples: Sequence[Scenario], note: str, open_cases: int) -> ElementSaid:
    return ElementSaid(
        clauses=said.clauses,
        deadlines=tuple(f"{what} {words}" for what, words in said.deadlines),
        letters=said.letters,
        examples=tuple(examples),
        examples_note=note,
        open_cases=open_cases,
    )


def played_or_before(office: Office, variant: Variant, before: Variant | None) -> tuple[PlayedExamples, str]:
    """The examples of the policy, and what is to be said of them: where none was played on it, as they were played on
    `before`."""
    own = played_examples(office, variant)
    if own.is_whole:
        return own, ""
    if own.rows or before is None:
        return own, _NOT_ALL_PLAYED if own.rows else _NOT_PLAYED
    earlier = played_examples(office, before)
    return (earlier, _AS_BEFORE) if earlier.rows else (own, _NOT_PLAYED)


def _examples_through(
    office: Office, variant: Variant, file: str, before: Variant | None
) -> tuple[Mapping[str, Sequence[Scenario]], str]:
    played, note = played_or_before(office, variant, before)
    own = [process_id for process_id in variant.drawn_processes if variant.process_file[process_id] == file]
    found: dict[str, list[Scenario]] = {}
    titles = {scenario.name: scenario for scenario in played.scenarios}
    for name, example in played.played.items():
        for process_id in own:
            for element_id in example.taken.get(process_id, ()):
                found.setdefault(element_id, []).append(titles[name])
    return found, note


def _cases_on(office: Office, variant: Variant, file: str) -> Mapping[str, int]:
    """How many open cases have a token at each element of this id, by whichever version they run."""
    process_ids = [process_id for process_id in variant.processes if variant.process_file[process_id] == file]
    with office.database.read() as connection:
        rows = instances.open_states(connection, variant.id, process_ids)
    standing: dict[str, set[int]] = {}
    for row in rows:
        for token in unpack_tokens(row.state):
            if token.host is None:
                standing.setdefault(token.element_id, set()).add(row.case_id)
    return {element_id: len(case_ids) for element_id, case_ids in standing.items()}
