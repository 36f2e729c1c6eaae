"""A scenario's file rewritten as its author wrote it: comments, blank lines and the order stay."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.clock import LONDON
from engine.errors import BadInputError
from engine.scenarios.reader import MORNING
from engine.toml import read_toml
from engine.variants.merge.toml_text import Edit, edited

_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*step[ \t]*\]\][^\n]*\n?", re.MULTILINE)
#: Where the library has lost the space in front of a table's closing brace.
_SPACE = re.compile(r"^([^\n=#]+ = \{ [^\n]*[^\s{])\}([ \t]*(?:#[^\n]*)?)$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """Something else that must be so behind a step."""

    step: int  #: of the file, from 1; 0 for the application
    key: tuple[str, ...]  #: of what must be so then: ("due", "decide_threshold"); ("on",) for the step's own day
    value: Any = None  #: None: nothing is said of it any more


@dataclass(frozen=True, kw_only=True, slots=True)
class NewStep:
    """A step as its author wrote it, without the day."""

    text: str  #: TOML, [[step]] and what belongs to it
    task: str  #: which it completes

    @classmethod
    def read(cls, data: bytes, *, name: str) -> NewStep:
        """The one step of a file. Raises BadInputError where there are none or several, or it says its day."""
        table = read_toml(data, name=name)
        steps = table.get("step")
        if not isinstance(steps, list) or len(steps) != 1 or len(table) != 1:
            raise BadInputError(f"{name} is not one step. Write [[step]] and below it by, task and [step.answers].")
        step = steps[0]
        if not isinstance(step, Mapping) or not isinstance(step.get("task"), str) or "by" not in step:
            raise BadInputError(
                f'{name} does not say which task is completed, and by whom. Add task = "…" and by = "…".'
            )
        for key in ("on", "at", "item"):
            if key in step:
                raise BadInputError(f"{name} has {key}, which is each scenario's own. Take it out.")
        text = data.decode("utf-8-sig").replace("\r\n", "\n").strip("\n")
        return cls(text=text, task=step["task"])

    @property
    def says_what_follows(self) -> bool:
        return "then" in read_toml(self.text, name="the step")["step"][0]


def with_changes(file: str, data: bytes, changes: Sequence[Change]) -> bytes:
    """The file with these. Raises BadInputError where it is written so that they cannot be made by themselves."""
    parts = _parts(file, data)
    for number in sorted({change.step for change in changes}):
        edits: list[Edit] = [_Edit(change).make for change in changes if change.step == number]
        parts[number] = _SPACE.sub(r"\1 }\2", edited(file, parts[number].encode(), edits).decode())
    return "".join(parts).encode()


def with_step(
    file: str, data: bytes, step: NewStep, *, behind: int, at: datetime, item: str, then: Mapping[str, Any]
) -> bytes:
    """The file with a step behind its step of that number (0: the application).

    `then`: what must be so behind the new one. Raises BadInputError where the file is written so that nobody can tell
    where one step ends.
    """
    parts = _parts(file, data)
    before, rest = "".join(parts[: behind + 1]).rstrip("\n"), "".join(parts[behind + 1 :]).strip("\n")
    written = "\n\n".join(part for part in (before, _written(step, at, item, then), rest) if part)
    return f"{written}\n".encode()


def _parts(file: str, data: bytes) -> list[str]:
    """The text of the application, and of each step with the comment above it; joined they are the file."""
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    steps = read_toml(data, name=file).get("step", [])
    places = [_above_comments(text, head.start()) for head in _HEADER.finditer(text)]
    parts = [text[start:end] for start, end in zip([0, *places], [*places, len(text)], strict=True)]
    if [step for part in parts for step in _steps_in(part)] != steps or len(parts) != len(steps) + 1:
        raise BadInputError(f"{file} is written so that nobody can tell where its steps end. Change it by hand.")
    return parts


def _steps_in(part: str) -> list[Any]:
    try:
        return list(read_toml(part, name="a step").get("step", []))
    except BadInputError:  # a text of several lines, in which a step seemed to begin
        return []


def _above_comments(text: str, place: int) -> int:
    """Where what belongs to a step begins: the lines of comment straight above it do."""
    while place > 0:
        start = text.rfind("\n", 0, place - 1) + 1
        if not text[start:place].lstrip().startswith("#"):
            break
        place = start
    return place


def _written(step: NewStep, at: datetime, item: str, then: Mapping[str, Any]) -> str:
    head = _HEADER.search(step.text)
    end = head.end() if head is not None else 0
    lines = [_moment(at)] + ([f"item = {json.dumps(item, ensure_ascii=False)}"] if item else [])
    follows = "" if step.says_what_follows or not then else "\n[step.then]\n" + "\n".join(_lines(then))
    return f"{step.text[:end].rstrip()}\n" + "\n".join(lines) + f"\n{step.text[end:].rstrip()}{follows}"


def _moment(at: datetime) -> str:
    local = at.astimezone(LONDON)
    if local.time() == MORNING:
        return f"on = {local.date().isoformat()}"
    return f"at = {local.replace(tzinfo=None).isoformat()}"


def _lines(then: Mapping[str, Any]) -> list[str]:
    """As a scenario writes what must be so: a line for each, tables in braces."""
    return [f"{key} = {_value(value)}" for key, value in then.items()]


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(name)} = {_value(inner)}" for name, inner in value.items()) + " }"
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(inner) for inner in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class _Edit:
    """A change as it is made in what is read of the part that it is in."""

    change: Change

    def make(self, document: Any) -> None:
        step = document["step"][0] if self.change.step else document["application"]
        if self.change.key == ("on",):
            _move(step, self.change.value)
            return
        *outer, last = ("then", *self.change.key)
        table = step
        for name in outer:
            table = table[name]
        if self.change.value is None:
            del table[last]
            if not table and len(self.change.key) > 1:
                del step["then"][self.change.key[0]]
        elif isinstance(table[last], str) and isinstance(self.change.value, date):
            table[last] = self.change.value.isoformat()
        else:
            table[last] = self.change.value


def _move(step: Any, day: date) -> None:
    """The step on another day, at its time where it says one."""
    if "at" in step:
        was = step["at"]
        step["at"] = datetime(day.year, day.month, day.day, was.hour, was.minute, was.second, tzinfo=was.tzinfo)
    else:
        step["on"] = day
