"""A diagram that differs as two pictures, with what is new, changed, moved and gone marked by colour, sign and word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.diagram import Element, Flow, Process
from engine.draw import draw_svg, title_of
from engine.variants import Variant
from engine.variants.comparison import How, marks_of
from engine.workshop.differences.whole import PolicyComparison

#: Where more than these moved, a mark on each would hide what else is otherwise; the sentence says how many.
_MOST_MOVED = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkedThing:
    how: How
    name: str
    anchor: str  #: its id in the picture


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkedPicture:
    svg: str  #: "" where there is no such diagram, or nothing is drawn in it
    marked: tuple[MarkedThing, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnBeside:
    title: str
    before: MarkedPicture
    after: MarkedPicture


def drawn_beside(compared: PolicyComparison, file: str) -> DrawnBeside:
    """The diagram `file` as it was and as it is. One that only one of the two has bears no marks."""
    sides = compared.before, compared.after
    is_in_both = all(file in side.diagrams for side in sides)
    marks = [_fewer(each) for each in marks_of(*sides, file)] if is_in_both else [{}, {}]
    drawn = [_drawn(side, file, each, known_as) for side, each, known_as in zip(sides, marks, _SIDES, strict=True)]
    title = next(title_of(side.diagrams[file]) for side in reversed(sides) if file in side.diagrams)
    return DrawnBeside(title=title, before=drawn[0], after=drawn[1])


_SIDES = ("before", "after")


def _fewer(marks: Mapping[str, How]) -> Mapping[str, How]:
    if sum(how is How.MOVED for how in marks.values()) <= _MOST_MOVED:
        return marks
    return {element_id: how for element_id, how in marks.items() if how is not How.MOVED}


def _drawn(variant: Variant, file: str, marks: Mapping[str, How], known_as: str) -> MarkedPicture:
    diagram = variant.diagrams.get(file)
    if diagram is None or not diagram.shapes:
        return MarkedPicture(svg="", marked=())
    svg = draw_svg(diagram, title=f"{title_of(diagram)}: {known_as}", marks=marks, known_as=known_as)
    things: list[tuple[Element | Flow, Process]] = []
    for process in diagram.processes.values():
        things += [(element, process) for element in process.elements.values()]
        things += [(flow, process) for flow in process.flows.values()]
    marked = (
        MarkedThing(how=marks[thing.id], name=thing.name or _called(thing, process), anchor=f"{known_as}-{thing.id}")
        for thing, process in things
        if thing.id in marks and (thing.id in diagram.shapes or thing.id in diagram.edges)
    )
    return MarkedPicture(svg=svg.partition("?>")[2].strip(), marked=tuple(marked))


def _called(thing: Element | Flow, process: Process) -> str:
    """What a nameless thing is called; a way by where it leads from and to."""
    if isinstance(thing, Element):
        return thing.label
    ends = [process.elements.get(end) for end in (thing.source, thing.target)]
    first, last = (f"“{end.label}”" if end is not None else "nowhere" for end in ends)
    return f"the way from {first} to {last}"
