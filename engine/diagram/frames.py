"""Time frames, as diagrams draw them: processes, sub-processes and call activities with a deadline for all inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from engine.diagram.model import ElementKind, Process

#: What a frame can be, besides a whole process.
FRAMING = frozenset({ElementKind.SUBPROCESS, ElementKind.CALL})
_ONE_LIMIT = re.compile(r'=\s*due\(\s*"([^"]+)"\s*\)\s*')


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawnFrame:
    process_id: str
    element_id: str | None  #: sub-process or call activity; None: the process itself
    name: str
    due_date: str  #: as written

    @property
    def limit(self) -> str | None:
        """The limit whose day it is; None where something is worked out."""
        found = _ONE_LIMIT.fullmatch(self.due_date)
        return found[1] if found is not None else None


def frames_of(process: Process) -> Iterator[DrawnFrame]:
    """Those of a process, the whole one first."""
    if process.frame_due_date is not None:
        yield DrawnFrame(
            process_id=process.id, element_id=None, name=process.name or process.id, due_date=process.frame_due_date
        )
    for element in process.elements.values():
        if element.kind in FRAMING and element.frame_due_date is not None:
            yield DrawnFrame(
                process_id=process.id, element_id=element.id, name=element.label, due_date=element.frame_due_date
            )
