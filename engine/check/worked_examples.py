"""What the worked examples of a folder say, as they are written: answers, days on which something is due, facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from engine.errors import BadInputError
from engine.toml import read_toml
from engine.variants import Variant

#: Files that are kept as they were read, by their content: a policy that is edited is checked again and again.
_MOST_KEPT = 1_000


@dataclass(frozen=True, kw_only=True, slots=True)
class ExampleStep:
    """The application, or a step that is taken and not refused."""

    file: str  #: "scenarios/01_met.toml"
    task: str = ""  #: the id of the element whose form is answered; "" where none is
    tell: str = ""  #: the name of the message that is told; "" where none is
    start: str = ""  #: of an application: the start of `[starts]` with which the case begins; "" for the plain one
    is_application: bool = False
    #: days and times as texts; without those that another example lends
    answers: Mapping[str, Any] = field(default_factory=dict)
    others: Mapping[str, Any] = field(default_factory=dict)  #: what the form takes there as well (`or`)
    due: tuple[str, ...] = ()  #: the tasks and time frames of which it says when they are due
    facts: Mapping[str, Any] = field(default_factory=dict)  #: by name, as they must be
    unknown: tuple[str, ...] = ()  #: facts that must not be known


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkedExample:
    file: str
    steps: tuple[ExampleStep, ...]
    extended: frozenset[str]  #: what is given another day in it
    uses: tuple[str, ...] = ()  #: processes that have to run in slots for it to come out so


def read_examples(variant: Variant) -> list[WorkedExample]:
    """The folder's own, in the order of their names. One that cannot be read is left out: playing it says so."""
    tables = {file: table for file in variant.scenario_files if (table := _read(file, variant.files[file])) is not None}
    return [_example(file, table, tables) for file, table in tables.items()]


@lru_cache(maxsize=_MOST_KEPT)
def _read(file: str, data: bytes) -> Mapping[str, Any] | None:
    try:
        return read_toml(data, name=file)
    except BadInputError:
        return None


def _example(file: str, table: Mapping[str, Any], tables: Mapping[str, Mapping[str, Any]]) -> WorkedExample:
    steps = [step for step in _tables(table.get("step")) if "refused" not in step]
    application = {**_table(table.get("application")), "start": _start(file, table, tables)}
    begun = [] if "refused" in application else [application]
    return WorkedExample(
        file=file,
        steps=(*(_step(file, each, is_application=True) for each in begun), *(_step(file, each) for each in steps)),
        extended=frozenset(str(step["extend"]) for step in steps if "extend" in step),
        uses=tuple(map(str, uses)) if isinstance(uses := table.get("uses"), list) else (),
    )


def _start(file: str, table: Mapping[str, Any], tables: Mapping[str, Mapping[str, Any]]) -> str:
    """With which start the case begins: of an example that continues another, that one's."""
    seen = {file}
    while "continues" in table:
        file = str(PurePosixPath(file).parent / f"{table['continues']}.toml")
        if file in seen or file not in tables:
            return ""
        seen.add(file)
        table = tables[file]
    return str(_table(table.get("application")).get("start", ""))


def _step(file: str, table: Mapping[str, Any], *, is_application: bool = False) -> ExampleStep:
    then = _table(table.get("then"))
    return ExampleStep(
        file=file,
        task=str(table.get("task", "")),
        tell=str(table.get("tell", "")),
        start=str(table.get("start", "")),
        is_application=is_application,
        answers=_plain(_table(table.get("answers"))),
        others=_plain(_table(table.get("or"))),
        due=tuple(_table(then.get("due"))),
        facts=_plain(_table(then.get("facts"))),
        unknown=tuple(map(str, unknown)) if isinstance(unknown := then.get("unknown"), list) else (),
    )


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _tables(value: Any) -> Iterator[Mapping[str, Any]]:
    return (each for each in value if isinstance(each, dict)) if isinstance(value, list) else iter(())


def _plain(value: Any) -> Any:
    """As a form's answers arrive: days and times as ISO texts."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value
