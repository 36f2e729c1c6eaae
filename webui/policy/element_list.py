"""What is said of each element of a diagram, as a list for whoever has no editor."""

from __future__ import annotations

from dataclasses import dataclass

from engine.diagram import Element
from engine.workshop.elements import ElementSaid, elements_said
from webui.policy.shown import ShownPolicy
from webui.shell.office import office


@dataclass(frozen=True, kw_only=True)
class ListedElement:
    id: str
    label: str
    said: ElementSaid
    examples: str  #: address of the list of those that go through it


def listed_elements(shown: ShownPolicy, file: str) -> list[ListedElement]:
    """Those of which there is something to say, in the order of the file."""
    said = elements_said(office(), shown.variant, file, before=shown.before)
    return [
        ListedElement(
            id=element.id, label=element.label, said=said[element.id],
            examples=shown.url("examples", element=element.id, file=file),
        )
        for process in shown.variant.diagrams[file].processes.values()
        for element in process.elements.values()
        if _is_listed(element, said[element.id])
    ]  # fmt: skip


def _is_listed(element: Element, said: ElementSaid) -> bool:
    """What has no name, such as a gateway where ways meet again, only where something besides is said of it."""
    return bool(said.clauses or said.deadlines or said.letters or said.open_cases or (element.name and said.examples))
