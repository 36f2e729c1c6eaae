"""Lanes: what they are called, and what stands in which."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from engine.variants.merge.drawn_file import DrawnFile
from engine.variants.merge.inquiry import Inquiry, Side


def merge_lanes(file: str, old: DrawnFile, own: DrawnFile, new: DrawnFile, inquiry: Inquiry) -> None:
    """Bring the lanes of `own` to what is drawn in it."""
    if not own.lanes and not new.lanes:
        return
    _merge_names(file, old, own, new, inquiry)
    wanted: dict[str, str] = {}
    for node in own.nodes:
        was, mine, theirs = (each.lane_of.get(node, "") for each in (old, own, new))
        lane = mine
        if node in new.nodes and theirs not in (was, mine):
            label = f"“{own.label(node)}” in {file}, its lane"
            names = (_lane_name(old, was), _lane_name(own, mine), _lane_name(new, theirs))
            if mine == was or Side.BASE is inquiry.ask_about(f"{file}:{node}.lane", file, label, names):
                lane = theirs
        if not lane and node not in old.nodes:
            lane = theirs
        if lane:
            wanted[node] = lane
    for lane_id in dict.fromkeys(wanted.values()):
        if lane_id not in own.lanes:
            _bring(lane_id, own, new)
    _write(own, wanted)


def _lane_name(drawing: DrawnFile, lane: str) -> str:
    return drawing.lanes[lane].get("name", lane) if lane in drawing.lanes else ""


def _merge_names(file: str, old: DrawnFile, own: DrawnFile, new: DrawnFile, inquiry: Inquiry) -> None:
    for lane_id in old.lanes.keys() & own.lanes.keys() & new.lanes.keys():
        was, mine, theirs = (_lane_name(each, lane_id) for each in (old, own, new))
        if theirs not in (was, mine) and (
            mine == was
            or Side.BASE is inquiry.ask_about(f"{file}:{lane_id}.name", file, f"A lane of {file}", (was, mine, theirs))
        ):
            own.lanes[lane_id].set("name", theirs)


def _bring(lane_id: str, own: DrawnFile, new: DrawnFile) -> None:
    """A lane that only the base has, beside those that there are."""
    beside = next(iter(own.lanes.values()), None)
    parent = beside.getparent() if beside is not None else None
    if lane_id in new.lanes and parent is not None:
        lane = deepcopy(new.lanes[lane_id])
        for ref in _refs(lane):
            lane.remove(ref)
        parent.append(lane)
        own.read()


def _write(own: DrawnFile, wanted: dict[str, str]) -> None:
    for lane_id, lane in own.lanes.items():
        for ref in _refs(lane):
            if wanted.get((ref.text or "").strip()) != lane_id:
                lane.remove(ref)
        there = {(ref.text or "").strip() for ref in _refs(lane)}
        for node in (node for node, its_lane in wanted.items() if its_lane == lane_id and node not in there):
            ref = lane.makeelement(f"{{{etree.QName(lane).namespace}}}flowNodeRef")
            ref.text = node
            lane.append(ref)
    own.read()


def _refs(lane: etree._Element) -> list[etree._Element]:
    return list(lane.iterchildren("{*}flowNodeRef"))
