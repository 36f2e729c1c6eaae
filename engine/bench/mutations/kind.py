"""A kind of slip: where it is made, and every place of a file at which it could be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.bench.mutations.edits import FileEdit, PolicyFile

Look = Callable[[PolicyFile], Iterator[FileEdit]]


@dataclass(frozen=True, kw_only=True, slots=True)
class EditKind:
    name: str  #: "condition: choice misspelt"
    ending: str  #: of the files in which it is made: ".bpmn"
    look: Look
    #: what it does is not a mistake: nothing may be found
    is_harmless: bool = False
