"""A process instance loaded into a step."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any

from engine import feel
from engine.casework.step.scope import Seen
from engine.model import InstanceStatus, Subject
from engine.runtime import ProcessRun
from engine.runtime.tokens import pack_tokens
from engine.store.instances import InstanceRow, InstanceState


@dataclass(frozen=True, kw_only=True, slots=True)
class Before:
    """What a step may change in a running process instance, as it was."""

    state: bytes
    variables: str
    output: str | None
    ended_as: str | None

    @classmethod
    def of(cls, row: InstanceRow) -> Before:
        return cls(state=row.state, variables=row.variables, output=row.output, ended_as=row.ended_as)

    def columns(self) -> InstanceState:
        """Those of a running instance, as it was."""
        return {
            "state": self.state,
            "variables": self.variables,
            "output": self.output,
            "ended_as": self.ended_as,
            "status": InstanceStatus.RUNNING,
        }

    def to_json(self) -> list[str | None]:
        return [base64.b64encode(self.state).decode(), self.variables, self.output, self.ended_as]

    @classmethod
    def from_json(cls, values: list[feel.Value]) -> Before:
        state, variables, output, ended_as = values
        return cls(state=base64.b64decode(state), variables=variables, output=output, ended_as=ended_as)


@dataclass(kw_only=True, slots=True, eq=False)
class Loaded:
    number: int
    process_id: str
    parent: int | None
    parent_token: int | None
    position: int
    subject: Subject  #: the item it is about, or the case
    within: tuple[Subject, ...]  #: items within which that one stands, the innermost first
    #: the name under which it sees its element of the parent's collection; "" if it sees it not, None: it has none
    element_name: str | None
    element_value: feel.Value
    variables: dict[str, Any]
    run: ProcessRun
    frame: int | None = None  #: number of the nearest time frame round it
    status: InstanceStatus = InstanceStatus.RUNNING
    output: feel.Value = None
    ended_as: str | None = None
    before: Before | None = None  #: as it was read; None for one that was not running then
    saved: InstanceState | None = None  #: the columns as the database has them; None if not known

    @classmethod
    def of(cls, row: InstanceRow, run: ProcessRun) -> Loaded:
        """From its row, with its tokens in `run`."""
        element = feel.load(row.element_value) if row.element_value is not None else {}
        return cls(
            number=row.number,
            process_id=row.process_id,
            parent=row.parent,
            parent_token=row.parent_token,
            position=row.position,
            subject=Subject(collection=row.collection, item_id=row.item_id),
            within=tuple(Subject.of_item(item_id) for item_id in json.loads(row.within or "[]")),
            element_name=element.get("name"),
            element_value=element.get("value"),
            variables=feel.load(row.variables),
            run=run,
            frame=row.frame,
            status=row.status,
            output=None if row.output is None else feel.load(row.output),
            ended_as=row.ended_as,
            before=Before.of(row) if row.status == InstanceStatus.RUNNING else None,
            saved={**Before.of(row).columns(), "status": row.status},
        )

    @property
    def has_begun(self) -> bool:
        """Whether it runs, and does not only wait for the time at which it begins."""
        return self.status is InstanceStatus.RUNNING and not self.run.waits_to_begin

    def state(self) -> InstanceState:
        """The columns that a step changes."""
        return {
            "state": pack_tokens(self.run.tokens.values()),
            "variables": feel.dump(self.variables),
            "status": self.status,
            "ended_as": self.ended_as,
            "output": None if self.output is None else feel.dump(self.output),
        }

    @property
    def element(self) -> dict[str, Seen]:
        """Its element of the parent's collection, by the name under which it is seen; empty where it has none."""
        if not self.element_name:
            return {}
        return {self.element_name: (self.element_value, self.items[0] if self.items else None)}

    @property
    def items(self) -> tuple[Subject, ...]:
        """What it sees before the case: its item, then those within which that one stands."""
        return self.within if self.subject.is_case else (self.subject, *self.within)

    def within_column(self) -> str | None:
        return json.dumps([subject.item_id for subject in self.within]) if self.within else None

    def element_column(self) -> str | None:
        if self.element_name is None:
            return None
        return feel.dump({"name": self.element_name, "value": self.element_value})
