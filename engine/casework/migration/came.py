"""Since when what waits in a case is there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime


class Came:
    """By number. What has a row says it; of a token without one, what was made right after it in the same step."""

    def __init__(self, made: Sequence[tuple[int, datetime]], now: datetime) -> None:
        """`made`: in the order of their numbers."""
        self._numbers = [number for number, _ in made]
        self._made = [at for _, at in made]
        self._now = now

    def since(self, number: int) -> datetime:
        place = bisect_left(self._numbers, number)
        return self._made[place] if place < len(self._made) else self._now
