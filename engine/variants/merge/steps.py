"""Steps in which a side changed what is drawn: what belongs together is taken over together or not at all."""

from __future__ import annotations

from dataclasses import dataclass

from engine.variants.merge.drawn_file import DrawnFile, Way


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnChange:
    """One side's change of the shape of a process: an element put in, with its ways, or taken out."""

    added: frozenset[str]  #: ids of elements
    removed: frozenset[str]
    added_ways: frozenset[Way]
    removed_ways: frozenset[Way]

    @property
    def ends(self) -> frozenset[str]:
        """Every element that one of its added ways touches."""
        return frozenset(end for way in self.added_ways for end in way[:2])

    def is_within(self, other: DrawnChange) -> bool:
        return (
            self.added <= other.added
            and self.removed <= other.removed
            and self.added_ways <= other.added_ways
            and self.removed_ways <= other.removed_ways
        )

    def clashes_with(self, other: DrawnChange) -> bool:
        """Whether both cannot be done, or would both be done in one place."""
        return bool(
            self.removed_ways & other.removed_ways
            or self.added & other.added
            or self.added_ways & other.added_ways
            or self.removed & other.ends
            or other.removed & self.ends
        )


def steps_between(old: DrawnFile, side: DrawnFile) -> list[DrawnChange]:
    """What a side changed, the parts of each step together."""
    added, removed = side.nodes.keys() - old.nodes.keys(), old.nodes.keys() - side.nodes.keys()
    more_ways, gone_ways = side.ways.keys() - old.ways.keys(), old.ways.keys() - side.ways.keys()
    together = _Groups()
    for node in sorted(added | removed):
        together.join(node, node)
        drawing = side if node in added else old
        for other in _leans_on(drawing, node):
            if other in added | removed:
                together.join(node, other)
    for way in sorted(more_ways | gone_ways):
        together.join(way, way)
        for end in way[:2]:
            if end in added | removed:
                together.join(way, end)
    for more in more_ways:
        for gone in gone_ways:
            if more[0] == gone[0] or more[1] == gone[1]:  # the one leads where the other led
                together.join(more, gone)
    return [
        DrawnChange(
            added=frozenset(each for each in group if each in added),
            removed=frozenset(each for each in group if each in removed),
            added_ways=frozenset(each for each in group if each in more_ways),
            removed_ways=frozenset(each for each in group if each in gone_ways),
        )
        for group in together.groups()
    ]  # fmt: skip


def _leans_on(drawing: DrawnFile, node: str) -> list[str]:
    """What an element is attached to, stands in, or is drawn between."""
    element = drawing.nodes[node]
    named = [element.get(key, "") for key in ("attachedToRef", "sourceRef", "targetRef")]
    return [each for each in (*named, drawing.holder[node]) if each]


class _Groups:
    def __init__(self) -> None:
        self._of: dict[str | Way, list[str | Way]] = {}

    def join(self, one: str | Way, other: str | Way) -> None:
        first, second = (self._of.setdefault(each, [each]) for each in (one, other))
        if first is second:
            return
        first += second
        for each in second:
            self._of[each] = first

    def groups(self) -> list[list[str | Way]]:
        return list({id(group): group for group in self._of.values()}.values())
