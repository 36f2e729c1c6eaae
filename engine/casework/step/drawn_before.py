"""What was drawn by a version that a case had before it was moved: of what is over, people still ask what it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias

from engine.casework.step.versions import Versions
from engine.diagram.model import Element, Process
from engine.store import Connection, moves
from engine.variants import Variant

#: Gives the policies that a case had before the one that it has, the latest first.
FormerPolicies: TypeAlias = Callable[[], Sequence[Variant]]


def never_moved() -> Sequence[Variant]:
    return ()


def former_policies(versions: Versions, connection: Connection, case_id: int) -> FormerPolicies:
    """Nothing is read before it is asked for."""
    return partial(_former_policies, versions, connection, case_id)


def process_drawn(variant: Variant, process_id: str, element_id: str, former: FormerPolicies) -> Process:
    """The process with this element by the version that the case has or, where that does not have it, by the last one
    that had it.

    Raises KeyError where none had.
    """
    process = variant.processes.get(process_id)
    if process is not None and element_id in process.elements:
        return process
    for before in former():
        process = before.processes.get(process_id)
        if process is not None and element_id in process.elements:
            return process
    raise KeyError(element_id)


def element_drawn(variant: Variant, process_id: str, element_id: str, former: FormerPolicies) -> Element:
    """The element, as `process_drawn` finds it."""
    return process_drawn(variant, process_id, element_id, former).elements[element_id]


def ids_before(connection: Connection, case_id: int, element_ids: Sequence[str]) -> list[str]:
    """These ids, and those under which the same elements stood in the versions that the case had before."""
    found = list(element_ids)
    for move in reversed(moves.moves_of_case(connection, case_id)):
        for became in move.elements.values():
            found += [was for was, now in became.items() if now in found and was not in found]
    return found


def _former_policies(versions: Versions, connection: Connection, case_id: int) -> Sequence[Variant]:
    rows = reversed(moves.moves_of_case(connection, case_id))
    return [versions.get(connection, row.was_digest).variant for row in rows]
