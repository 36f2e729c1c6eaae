"""What the policy owner says of a move: what became of elements that bear another id now, and which deadlines stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from engine.errors import BadInputError
from engine.toml import read_toml


class DeadlineChoice(StrEnum):
    """What is done with the deadlines of a limit that comes to another day by the new version."""

    ANEW = "anew"  #: the new version counts them, from where they have always counted
    KEPT = "kept"
    EARLIER = "earlier"  #: whichever day is the earlier


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnersTable:
    #: by process, as it is drawn, and element of the old version: the element that it became; "" for none
    elements: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    deadlines: Mapping[str, DeadlineChoice] = field(default_factory=dict)  #: by limit; of any other: anew

    def choice(self, limit: str) -> DeadlineChoice:
        return self.deadlines.get(limit, DeadlineChoice.ANEW)

    def turned_round(self) -> OwnersTable:
        """For moving back: what became of what, the other way. Deadlines are counted anew: so they were before."""
        return OwnersTable(
            elements={
                process: {now: was for was, now in became.items() if now} for process, became in self.elements.items()
            }
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "elements": {process: dict(became) for process, became in self.elements.items()},
            "deadlines": {limit: choice.value for limit, choice in self.deadlines.items()},
        }


NO_TABLE = OwnersTable()


def read_table(data: bytes, *, name: str) -> OwnersTable:
    """The table in a file of TOML. Raises BadInputError where a line of it is none."""
    table = read_toml(data, name=name)
    strange = sorted(table.keys() - {"elements", "deadlines"})
    if strange:
        raise BadInputError(f"{name} has “{strange[0]}”. It may have [elements.PROCESS] and [deadlines].")
    return OwnersTable(elements=_elements(table, name), deadlines=_deadlines(table, name))


def _elements(table: Mapping[str, Any], name: str) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for process, became in _table_of(table, "elements", name).items():
        if not isinstance(became, dict) or not all(isinstance(each, str) for each in became.values()):
            raise BadInputError(f'{name}: under [elements.{process}] write old_id = "new_id", or "" for none.')
        found[process] = became
    return found


def _deadlines(table: Mapping[str, Any], name: str) -> Mapping[str, DeadlineChoice]:
    found: dict[str, DeadlineChoice] = {}
    for limit, word in _table_of(table, "deadlines", name).items():
        if word not in tuple(DeadlineChoice):
            choices = ", ".join(f'"{choice}"' for choice in DeadlineChoice)
            raise BadInputError(f"{name}: “{limit}” under [deadlines] is one of {choices}.")
        found[limit] = DeadlineChoice(word)
    return found


def _table_of(table: Mapping[str, Any], heading: str, name: str) -> Mapping[str, Any]:
    found = table.get(heading, {})
    if not isinstance(found, dict):
        raise BadInputError(f"{name}: “{heading}” is a heading, [{heading}], with lines under it.")
    return found
