"""What is to be worked out again, since something that it reads can be more than it was."""

from __future__ import annotations

from collections.abc import Callable, Container

#: Works out what one place gives, and tells the list what it read and what it gave.
Work = Callable[[], None]
_NOBODY = -1


class Worklist:
    """The places of a folder that give something, gone through until nothing new is found."""

    def __init__(self, shared: Container[str]) -> None:
        """`shared` are names whose values are changed in place: whoever was given one sees more of it unasked."""
        self._shared = shared
        self._works: list[Work] = []
        self._gives: list[set[str]] = []
        self._readers: dict[str, set[int]] = {}
        self._waiting: set[int] = set()  #: what is still to come in this round
        self._again: set[int] = set()  #: what has to be gone through in the next one
        self._changed: set[str] = set()  #: shared names that were given more in this round
        self._now = _NOBODY

    def add(self, work: Work) -> None:
        self._again.add(len(self._works))
        self._works.append(work)
        self._gives.append(set())

    def read(self, name: str) -> None:
        """What is worked out now has looked at the name."""
        self._readers.setdefault(name, set()).add(self._now)

    def give(self, name: str, *, is_more: bool) -> None:
        """What is worked out now has given the name something; `is_more` where that is new."""
        if self._now != _NOBODY:
            self._gives[self._now].add(name)
        if is_more:
            self._again |= self._readers.get(name, set()) - self._waiting
            if name in self._shared:
                self._changed.add(name)

    def go_through(self) -> bool:
        """Work out once all that is to be; whether there was anything."""
        self._waiting, self._again = self._again - {_NOBODY}, set()
        works = sorted(self._waiting)
        for work in works:
            self._now = work
            self._waiting.discard(work)
            self._works[work]()
        self._now = _NOBODY
        self._see_changed()
        return bool(works)

    def _see_changed(self) -> None:
        """What was changed in place is seen by all who were handed it, and by whom they handed it on to."""
        waiting, seen = [*self._changed], set(self._changed)
        while waiting:
            for reader in self._readers.get(waiting.pop(), set()) - {_NOBODY}:
                self._again.add(reader)
                new = self._gives[reader] - seen
                seen |= new
                waiting.extend(new)
        self._changed.clear()
