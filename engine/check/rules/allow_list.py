"""Only what the engine runs correctly may be drawn; everything else gets a sentence that says what to draw instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.check.finding import error, warning
from engine.check.policy import Policy, place_of, quoted
from engine.check.replacements import instead_of, tool_of
from engine.check.rule import Rule
from engine.check.suggestions import listed
from engine.diagram import ElementKind, Oddity
from engine.problems import Problem
from engine.words import counted

#: What the reader says of each and a sentence of its own needs to show.
_SHOWN_DETAIL = frozenset({"dangling-reference", "crosses-level", "duplicate-property", "language", "script"})


def look(policy: Policy) -> Iterator[Problem]:
    for file, diagram in policy.diagrams.items():
        of_tools: dict[str, list[Oddity]] = {}
        for oddity in diagram.oddities:
            if (tool := tool_of(oddity.what)) is None:
                yield error(place_of(file, oddity), _sentence(oddity))
            else:
                of_tools.setdefault(tool, []).append(oddity)
        for first, *further in of_tools.values():
            yield error(place_of(file, first), f"{_sentence(first)}{_also(first, further)}")
    for element, _, place in policy.elements():
        if element.kind is ElementKind.PLAIN:
            kind = "manual task" if element.tag == "manualTask" else "task of no kind"
            yield warning(
                place,
                f"{quoted(element)} is a {kind}: a case passes it, and nobody is asked to do it. Make it a user task "
                "where somebody is to be asked, or leave it as a reminder to those who read the diagram.",
            )


def _also(first: Oddity, further: Sequence[Oddity]) -> str:
    """Where else in the file the same tool has written something: one finding, since all of it goes the same way."""
    elements = {each.element_id: each.element_name or each.element_id for each in further}
    elements.pop(first.element_id, None)
    if not further:
        return ""
    said = f" This file has “{tool_of(first.what)}:…” {counted(len(further) + 1, 'time')}"
    others = listed((f"“{name}”" for name in elements.values()), most=6)
    return f"{said}, also in {others}." if elements else f"{said}."


def _sentence(oddity: Oddity) -> str:
    who = f"“{oddity.element_name or oddity.element_id}”" if oddity.element_name or oddity.element_id else "The file"
    sentence = instead_of(oddity.what, oddity.detail)
    shown = f" ({oddity.detail})" if oddity.what in _SHOWN_DETAIL and oddity.detail else ""
    return f"{who} {sentence}{shown}"


RULE = Rule(name="allow-list", summary="A diagram holds nothing that the engine does not run.", look=look)
