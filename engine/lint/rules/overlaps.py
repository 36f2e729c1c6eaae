"""No two shapes lie on each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from engine.lint.drawing import Drawing
from engine.lint.finding import Remark, error, warning
from engine.lint.geometry import overlap
from engine.lint.policy import Policy
from engine.lint.rule import Rule


def look(policy: Policy) -> Iterator[Remark]:
    for diagram in policy.diagrams.values():
        drawing = Drawing(diagram=diagram)
        for one, other in combinations(drawing.solid(), 2):
            ids = (one.element_id, other.element_id)
            if one.plane != other.plane or not overlap(one.bounds, other.bounds) or drawing.may_overlap(*ids):
                continue
            # A note that lies on something can be read around; what runs must be seen.
            said = error if all(drawn in drawing.elements for drawn in ids) else warning
            yield said(
                drawing.place(ids[1]),
                f"{_capital(drawing.called(ids[1]))} lies on {drawing.called(ids[0])}. Move one of them.",
            )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


RULE = Rule(name="overlaps", summary="No two shapes lie on each other.", look=look)
