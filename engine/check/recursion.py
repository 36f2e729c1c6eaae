"""Processes that call themselves, directly or over others, and whether that can come to an end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.check.tokens import Level
from engine.diagram import ElementKind, Process


def endless(circle: Iterable[str], processes: Mapping[str, Process]) -> frozenset[str]:
    """Those of a circle of processes that call one another which no way leads out of without one more of these calls.

    A call for each item of a collection is such a way: the collection may be empty.
    """
    left = frozenset(circle)
    while True:
        still = frozenset(process_id for process_id in left if not _can_be_over(processes[process_id], left))
        if still == left:
            return left
        left = still


def _can_be_over(process: Process, endless_ones: frozenset[str]) -> bool:
    """Whether it can come to an end, or to an error, without calling one of the processes for good."""
    ending = {
        element.id: False
        for element in process.elements.values()
        if element.kind is ElementKind.CALL and element.loop is None and element.called_process in endless_ones
    }
    levels = [element.id for element in process.elements.values() if element.kind is ElementKind.SUBPROCESS]
    for level_id in reversed(levels):  # a sub-process comes before those inside it in the file
        ending[level_id] = _level_can_be_over(process, level_id, ending)
    return _level_can_be_over(process, None, ending)


def _level_can_be_over(process: Process, level_id: str | None, ending: Mapping[str, bool]) -> bool:
    games = Level(process, level_id, ending).play_all()
    is_over = any(game.ends or game.aborts or game.is_cut_short for game in games)
    cut_off = (s for s in process.event_starts.get(level_id, ()) if s.is_interrupting and ending.get(s.parent or ""))
    return is_over or next(cut_off, None) is not None
