"""No two shapes lie on each other."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.finding import warning
from engine.check.geometry import Places, overlap
from engine.check.layout import Drawing
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.problems import Problem


def look(policy: Policy) -> Iterator[Problem]:
    for diagram in policy.diagrams.values():
        drawing = Drawing(diagram=diagram)
        shapes = list(drawing.solid())
        number = {shape.element_id: position for position, shape in enumerate(shapes)}
        places = Places((shape.bounds, shape) for shape in shapes)
        for one in shapes:
            for _, other in places.between(one.bounds.x, one.bounds.x + one.bounds.width):
                is_later = number[other.element_id] > number[one.element_id]  # so that each pair is said once
                if is_later and one.plane == other.plane and overlap(one.bounds, other.bounds):
                    yield from _problems(drawing, one.element_id, other.element_id)


def _problems(drawing: Drawing, below: str, above: str) -> Iterator[Problem]:
    if not drawing.may_overlap(below, above):
        words = f"{drawing.called(above)} lies on {drawing.called(below)}. Move one of them."
        yield warning(drawing.place(above), _capital(words))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


RULE = Rule(name="overlaps", summary="No two shapes lie on each other.", look=look)
