"""What came of what people did, as the record of a case tells it: decisions, ways, letters, tasks with their days."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from engine.clock import local_date
from engine.model import RecordEntry
from engine.record_kinds import RecordKind

#: What an element of one version is called in another; itself where nothing is said of it.
Renaming = Callable[[str], str]


class Aspect(StrEnum):
    """What of a case comes out otherwise, that first which matters most."""

    DECISION = "another decision"
    WAY = "another way"
    END = "another end"
    LETTER = "another letter"
    DAY = "another day"
    TASK = "other tasks"
    QUESTION = "other questions"


@dataclass(frozen=True, kw_only=True, slots=True)
class Occurrence:
    aspect: Aspect
    what: tuple[str, ...]  #: the same in both versions: the element and the item, say
    label: str  #: what people call it
    value: str  #: what came out, in words where it is told so; "" where it only happened
    on: date  #: the day on which it happened, or on which it is due
    to: str = ""  #: whom a letter goes to


def occurrences_of(entry: RecordEntry, renamed: Renaming) -> Iterator[Occurrence]:
    """What an entry of the record tells; none for what is no consequence."""
    read = _READERS.get(entry.kind)
    if read is not None and entry.content is not None:
        yield from read(entry.content, local_date(entry.at), renamed)


def _decision(said: Mapping[str, Any], on: date, renamed: Renaming) -> Iterator[Occurrence]:
    value = json.dumps(said.get("value"), ensure_ascii=False, sort_keys=True)
    yield Occurrence(
        aspect=Aspect.DECISION, what=(renamed(said["element_id"]),), label=said["element"], value=value, on=on
    )


def _way(said: Mapping[str, Any], on: date, renamed: Renaming) -> Iterator[Occurrence]:
    ways = said.get("ways") or ()
    yield Occurrence(
        aspect=Aspect.WAY, what=(renamed(said["element_id"]),), label=said["element"],
        value=" and ".join(f"“{renamed(way)}”" for way in ways), on=on,
    )  # fmt: skip


def _letter(said: Mapping[str, Any], on: date, _renamed: Renaming) -> Iterator[Occurrence]:
    yield Occurrence(
        aspect=Aspect.LETTER, what=("letter", said["letter"], said["to"]), label=said["title"], value="", on=on,
        to=said["to"],
    )  # fmt: skip


def _task(said: Mapping[str, Any], on: date, renamed: Renaming) -> Iterator[Occurrence]:
    what, label = (renamed(said["element_id"]), said.get("item", "")), said["element"]
    yield Occurrence(aspect=Aspect.TASK, what=("task", *what), label=label, value=said["team"], on=on)
    yield from _due(what, label, said.get("due_on"))


def _frame(said: Mapping[str, Any], _on: date, _renamed: Renaming) -> Iterator[Occurrence]:
    yield from _due(("frame", said["element"], said.get("item", "")), said["element"], said.get("due_on"))


def _followed(said: Mapping[str, Any], _on: date, _renamed: Renaming) -> Iterator[Occurrence]:
    label = said["element"]
    yield from _due(("followed", label, said.get("item", "")), label, said.get("now"))


def _due(what: tuple[str, ...], label: str, day: str | None) -> Iterator[Occurrence]:
    if day is not None:
        yield Occurrence(
            aspect=Aspect.DAY, what=("due", *what), label=label, value="due", on=date.fromisoformat(day[:10])
        )


def _timer(said: Mapping[str, Any], on: date, renamed: Renaming) -> Iterator[Occurrence]:
    what = ("timer", renamed(said["element_id"]), said.get("item", ""))
    yield Occurrence(aspect=Aspect.DAY, what=what, label=said["element"], value="", on=on)


def _end(said: Mapping[str, Any], on: date, _renamed: Renaming) -> Iterator[Occurrence]:
    yield Occurrence(aspect=Aspect.END, what=("end",), label="The case", value=said.get("closed_as") or "closed", on=on)


_Reader = Callable[[Mapping[str, Any], date, Renaming], Iterable[Occurrence]]
_READERS: Mapping[RecordKind | str, _Reader] = {
    RecordKind.DECISION_MADE: _decision,
    RecordKind.WAY_CHOSEN: _way,
    RecordKind.LETTER_SENT: _letter,
    RecordKind.TASK_CREATED: _task,
    RecordKind.FRAME_DUE: _frame,
    RecordKind.DEADLINE_FOLLOWED: _followed,
    RecordKind.TIMER_FIRED: _timer,
    RecordKind.CASE_CLOSED: _end,
}
