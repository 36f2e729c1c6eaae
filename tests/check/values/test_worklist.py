"""What a fact can be is worked out again only where something that it is made of has become more."""

from __future__ import annotations

from engine.check.values.worklist import Worklist


class _Works:
    """Three places: the first gives `a`, the second makes `b` of it, the third reads nothing."""

    def __init__(self, *, shared: frozenset[str] = frozenset()) -> None:
        self.done: list[str] = []
        self.list = Worklist(shared)
        self.list.add(self._second)  # before what it reads is given
        self.list.add(self._first)
        self.list.add(self._third)
        self.list.add(self._last)
        self._is_given = False

    def _first(self) -> None:
        self.done.append("first")
        self.list.give("a", is_more=not self._is_given)
        self._is_given = True

    def _second(self) -> None:
        self.done.append("second")
        self.list.read("a")
        self.list.give("b", is_more=False)

    def _third(self) -> None:
        self.done.append("third")

    def _last(self) -> None:
        self.done.append("last")
        self.list.read("b")

    def all_rounds(self) -> list[str]:
        while self.list.go_through():
            pass
        return self.done


def test_only_what_reads_something_that_grew_is_worked_out_again() -> None:
    assert _Works().all_rounds() == ["second", "first", "third", "last", "second"]


def test_what_is_changed_in_place_is_seen_by_whom_it_was_handed_on_to() -> None:
    assert _Works(shared=frozenset({"a"})).all_rounds()[4:] == ["second", "last"]


def test_something_given_from_outside_wakes_its_readers() -> None:
    works = _Works()
    works.all_rounds()
    works.list.give("b", is_more=True)
    assert works.all_rounds()[5:] == ["last"]
