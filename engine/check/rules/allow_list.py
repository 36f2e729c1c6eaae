"""Only what the engine runs correctly may be drawn; everything else gets a sentence that says what to draw instead."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import error, warning
from engine.check.policy import Policy, place_of, quoted
from engine.check.replacements import instead_of
from engine.check.rule import Rule
from engine.diagram import ElementKind, Oddity
from engine.problems import Problem

#: What the reader says of each and a sentence of its own needs to show.
_SHOWN_DETAIL = frozenset({"dangling-reference", "crosses-level", "duplicate-property", "language", "script"})


def look(policy: Policy) -> Iterator[Problem]:
    for file, diagram in policy.diagrams.items():
        for oddity in diagram.oddities:
            yield error(place_of(file, oddity), _sentence(oddity))
    for element, _, place in policy.elements():
        if element.kind is ElementKind.PLAIN:
            kind = "manual task" if element.tag == "manualTask" else "task of no kind"
            yield warning(
                place,
                f"{quoted(element)} is a {kind}: a case passes it, and nobody is asked to do it. Make it a user task "
                "where somebody is to be asked, or leave it as a reminder to those who read the diagram.",
            )


def _sentence(oddity: Oddity) -> str:
    who = f"“{oddity.element_name or oddity.element_id}”" if oddity.element_name or oddity.element_id else "The file"
    sentence = instead_of(oddity.what, oddity.detail)
    shown = f" ({oddity.detail})" if oddity.what in _SHOWN_DETAIL and oddity.detail else ""
    return f"{who} {sentence}{shown}"


RULE = Rule(name="allow-list", summary="A diagram holds nothing that the engine does not run.", look=look)
