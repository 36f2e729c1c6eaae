"""What a measurement gives: numbers with their unit, and the target where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    bound: float
    is_least: bool  #: the value is to be at least the bound; otherwise at most

    def is_reached_by(self, value: float) -> bool:
        return value >= self.bound if self.is_least else value <= self.bound

    def __str__(self) -> str:
        return f"{'≥' if self.is_least else '≤'} {self.bound:,g}"


def at_least(bound: float) -> Target:
    return Target(bound=bound, is_least=True)


def at_most(bound: float) -> Target:
    return Target(bound=bound, is_least=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    name: str  #: stable, for programs: "steps_per_second"
    words: str  #: for people
    value: float
    unit: str
    target: Target | None = None

    @property
    def is_reached(self) -> bool | None:
        """None where nothing was to be reached."""
        return None if self.target is None else self.target.is_reached_by(self.value)

    def to_json(self) -> dict[str, object]:
        return {
            "words": self.words,
            "value": round(self.value, 3),
            "unit": self.unit,
            "target": None if self.target is None else str(self.target),
            "reached": self.is_reached,
        }

    def line(self) -> str:
        """For people: value, unit and words in columns, and what was to be reached."""
        value = f"{self.value:,.0f}" if self.value >= 100 else f"{self.value:,.2f}"
        words = f"{value:>9} {self.unit:3} {self.words}"
        if self.target is None:
            return words
        return f"{words} (to reach: {self.target}; {'reached' if self.is_reached else 'NOT REACHED'})"


def quantile(seconds: Sequence[float], share: float) -> float:
    """The value below which `share` of the measured durations lie, in milliseconds."""
    ordered = sorted(seconds)
    return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]
