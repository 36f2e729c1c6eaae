"""The folders of a line laid over one another, the oldest first: what has been put together so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.problems import Problem
from engine.variants.folder import SETTINGS_FILE
from engine.variants.overlay.edits import Edit


@dataclass(kw_only=True, slots=True)
class Sheet:
    files: dict[str, bytes] = field(default_factory=dict)
    origin: dict[str, str] = field(default_factory=dict)  #: file → the folder it came from
    settings: dict[str, Any] = field(default_factory=dict)  #: variant.toml
    clauses: dict[str, Any] = field(default_factory=dict)  #: policy.toml
    edits: list[Edit] = field(default_factory=list)
    #: facts, and ids of tasks, of processes that stand in no slot: whoever reads such a fact reads null
    untold: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def complain(self, key: str, sentence: str, file: str = SETTINGS_FILE) -> None:
        """Note what is wrong with a line of the folder that is being laid over."""
        self.problems.append(Problem(file=file, element_id=key, element_name=key, sentence=sentence))

    def inherited(self, ending: str, *, own: Mapping[str, bytes]) -> list[str]:
        """The files with this ending that the folder with these files of its own takes over."""
        return [file for file in self.files if file.endswith(ending) and file not in own]
