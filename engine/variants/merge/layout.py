"""Where things are drawn: the council's own side wins, and what the base brings stands where it stands there."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from engine.variants.merge.drawn_file import DrawnFile, Way, same
from engine.variants.merge.redraw import free_id


def merge_layout(old: DrawnFile, own: DrawnFile, new: DrawnFile) -> None:
    """Bring the shapes of `own` to what is drawn in it."""
    if own.plane is None:
        return
    there = own.nodes.keys() | own.ways.keys() | own.lanes.keys()
    for key, shape in list(own.shapes.items()):
        if key not in there:
            own.plane.remove(shape)
    for key in there:
        mine, theirs, before = (each.shapes.get(key) for each in (own, new, old))
        source = theirs if theirs is not None else before
        if mine is None:
            if source is not None:
                copied = _copied(source, key, own)
                copied.set("id", free_id(own.root, copied.get("id", "")))
                own.plane.append(copied)
        elif theirs is not None and before is not None and _is_where(mine, before) and not _is_where(mine, theirs):
            copied = _copied(theirs, key, own)
            copied.set("id", mine.get("id", ""))
            own.plane.replace(mine, copied)
    own.read()


def _copied(shape: etree._Element, key: str | Way, own: DrawnFile) -> etree._Element:
    copied = deepcopy(shape)
    if not isinstance(key, str):
        copied.set("bpmnElement", own.ways[key].get("id", ""))
    return copied


def _is_where(one: etree._Element, other: etree._Element) -> bool:
    mine, theirs = list(one), list(other)
    return len(mine) == len(theirs) and all(same(*pair) for pair in zip(mine, theirs, strict=True))
