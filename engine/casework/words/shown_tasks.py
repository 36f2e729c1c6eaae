"""A task as it is shown: what every place that shows one says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskShown:
    name: str
    item: str  #: what people call the item it is about; "" for the case itself
    team: str  #: the team's name
    due_on: date | None  #: last day; None where there is no limit, or where its clock stands still
