"""What can come of one level of a process, as the walk through a case's courses finds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Told = frozenset[tuple[str, Any]]  #: facts by name, as they were told


@dataclass(kw_only=True)
class LevelOutcome:
    """What can come of one level of a process that was entered with certain facts."""

    done: set[Told] = field(default_factory=set)  #: at its end
    faults: set[tuple[str, Told]] = field(default_factory=set)  #: error codes that leave it
    seen: set[Told] = field(default_factory=set)  #: anywhere in it, at which an event can break in
    ends: set[tuple[str, Told]] = field(
        default_factory=set
    )  #: its own end events that are reached, and those by which it is cut off, by their ids

    def beside(self, rest: Told) -> LevelOutcome:
        """The same with facts that were told before, and with which the level has nothing to do."""
        if not rest:
            return self
        return LevelOutcome(
            done={told | rest for told in self.done},
            faults={(code, told | rest) for code, told in self.faults},
            seen={told | rest for told in self.seen},
            ends={(end, told | rest) for end, told in self.ends},
        )
