"""Diagrams: by element and attribute, ways by their ends; steps that both made in one place are a question."""

from __future__ import annotations

from lxml import etree

from engine.variants.merge.drawn_file import DrawnFile, Way, join_ways
from engine.variants.merge.elements import ElementMerge, is_said_otherwise
from engine.variants.merge.inquiry import Inquiry, Side
from engine.variants.merge.lanes import merge_lanes
from engine.variants.merge.layout import merge_layout
from engine.variants.merge.redraw import move, put_in, take_out
from engine.variants.merge.steps import DrawnChange, steps_between
from engine.variants.overlay.xml_files import written
from engine.words import listed


def merge_diagrams(file: str, old: bytes, own: bytes, new: bytes, inquiry: Inquiry) -> bytes:
    """The diagram that holds. Raises XmlRefusedError where one of the three cannot be read."""
    before, mine, theirs = (DrawnFile(data, file=file) for data in (old, own, new))
    return _DiagramMerge(file, before, mine, theirs, inquiry).merge()


class _DiagramMerge:
    def __init__(self, file: str, old: DrawnFile, own: DrawnFile, new: DrawnFile, inquiry: Inquiry) -> None:
        self._file, self._old, self._own, self._new, self._inquiry = file, old, own, new, inquiry
        self._own_steps = steps_between(old, own)
        self._elements = ElementMerge(file, own, inquiry)

    def merge(self) -> bytes:
        for step in steps_between(self._old, self._new):
            if not any(step.is_within(mine) for mine in self._own_steps):
                self._take(step)
        self._ask_about_what_was_taken_out()
        self._merge_holders()
        self._merge_what_is_said()
        merge_lanes(self._file, self._old, self._own, self._new, self._inquiry)
        join_ways(self._own)
        merge_layout(self._old, self._own, self._new)
        return written(self._own.root)

    def _take(self, step: DrawnChange) -> None:
        clashing = [mine for mine in self._own_steps if step.clashes_with(mine)]
        changed = sorted(
            node
            for node in step.removed & self._own.nodes.keys()
            if is_said_otherwise(self._old.nodes[node], self._own.nodes[node])
        )
        if clashing or changed:
            own = [_done(mine, self._old, self._own, "put in", "took out", "led otherwise") for mine in clashing]
            own += [f"changed “{self._own.label(node)}”" for node in changed]
            base = _done(step, self._old, self._new, "puts in", "takes out", "leads otherwise")
            sentence = f"In {self._file} the base {base}, and you {listed(own)}."
            side = self._inquiry.ask(
                f"{self._file}:{_name(step)}", self._file, sentence, own="It stays as you have drawn it.",
                base="It is drawn as the base has it.",
            )  # fmt: skip
            if side is Side.OWN:
                return
            for mine in clashing:
                self._undo(mine)
        take_out(self._own, step.removed, step.removed_ways)
        put_in(self._own, step.added, step.added_ways, self._new)

    def _undo(self, mine: DrawnChange) -> None:
        take_out(self._own, mine.added, mine.added_ways)
        put_in(self._own, mine.removed, mine.removed_ways, self._old)
        self._own_steps = [each for each in self._own_steps if each is not mine]

    def _ask_about_what_was_taken_out(self) -> None:
        for mine in list(self._own_steps):
            for node in sorted(mine.removed & self._new.nodes.keys()):
                if not is_said_otherwise(self._old.nodes[node], self._new.nodes[node]):
                    continue
                side = self._inquiry.ask(
                    f"{self._file}:{node}", self._file,
                    f"In {self._file} the base changed “{self._new.label(node)}”, which you took out.",
                    own="It stays out.", base="It is drawn again, as the base has it.",
                )  # fmt: skip
                if side is Side.BASE:
                    self._undo(mine)
                    break

    def _merge_holders(self) -> None:
        for node in self._old.nodes.keys() & self._own.nodes.keys() & self._new.nodes.keys():
            was, mine, theirs = (each.holder[node] for each in (self._old, self._own, self._new))
            if theirs in (was, mine):
                continue
            label = f"“{self._own.label(node)}” in {self._file}, where it stands"
            if mine == was or Side.BASE is self._inquiry.ask_about(
                f"{self._file}:{node}.in", self._file, label, (was, mine, theirs)
            ):
                move(self._own, node, theirs)

    def _merge_what_is_said(self) -> None:
        defaults = {
            drawing.ways[way].get("id", ""): element.get("id", "")
            for drawing in (self._old, self._new)
            for way, element in self._own.ways.items()
            if way in drawing.ways
        }
        for node, element in list(self._own.nodes.items()):
            if node in self._new.nodes:
                before = self._old.nodes.get(node)
                self._elements.merge(
                    f"{self._file}:{node}", self._own.label(node), _blank(element) if before is None else before,
                    element, self._new.nodes[node], defaults,
                )  # fmt: skip
        for way, element in self._own.ways.items():
            if way in self._new.ways:
                before = self._old.ways.get(way)
                self._elements.merge(
                    f"{self._file}:{_called(way)}", self._own.way_in_words(way).removeprefix("the "),
                    _blank(element) if before is None else before, element, self._new.ways[way], {},
                )  # fmt: skip


def _blank(element: etree._Element) -> etree._Element:
    """What both added: nothing was said before."""
    return element.makeelement(element.tag)


def _called(way: Way) -> str:
    return f"{way[0]}_to_{way[1]}" + (f"_{way[2] + 1}" if way[2] else "")


def _name(step: DrawnChange) -> str:
    """What a question about a step is called by: its first element, else its first way."""
    return min(step.added or step.removed, default="") or _called(min(step.removed_ways or step.added_ways))


def _done(step: DrawnChange, old: DrawnFile, side: DrawnFile, adds: str, removes: str, leads: str) -> str:
    done = ((adds, side, step.added), (removes, old, step.removed))
    said = [
        f"{verb} {listed([f'“{drawing.label(node)}”' for node in sorted(nodes)])}"
        for verb, drawing, nodes in done
        if nodes
    ]
    ways = step.removed_ways or step.added_ways
    drawing = old if step.removed_ways else side
    return listed(said) if said else f"{leads}: {listed([drawing.way_in_words(way) for way in sorted(ways)])}"
