"""What a policy owner wants of a move, and what came of it in one case."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from engine.casework.migration.soundness import FreshGames
from engine.casework.migration.table import NO_TABLE, DeadlineChoice, OwnersTable
from engine.casework.migration.whereabouts import VersionWords
from engine.variants import Variant


@dataclass(frozen=True, kw_only=True)
class MoveOrder:
    variant: Variant  #: the version to which cases are to be moved
    words: VersionWords  #: what both versions are called
    by: str
    why: str
    table: OwnersTable = NO_TABLE
    fresh: FreshGames = field(default_factory=FreshGames, compare=False)  #: one for all cases that go to the version
    despite: str = ""  #: why warnings do not matter; "": a case with one stays


@dataclass(frozen=True, kw_only=True, slots=True)
class DayMove:
    """A deadline that comes to another day by the new version, whether it goes there or not."""

    number: int  #: of the task, timer or time frame
    label: str
    limit: str  #: "" where the day itself is a fact
    was: date
    now: date | None  #: None where it has none any more
    choice: DeadlineChoice
    is_kept: bool  #: it stays on the day on which it was


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseMoved:
    reference: str
    was_digest: str
    #: what bears another name now: (was, is)
    renamed: tuple[tuple[str, str], ...]
    armed: tuple[str, ...]  #: events that wait from now on
    ended: tuple[str, ...]  #: events that wait no more
    begun: tuple[str, ...]  #: sub-processes round what runs, and calls for what has none
    days: tuple[DayMove, ...]
    handed_back: tuple[str, ...]  #: tasks that whoever had them may not do any more
    warnings: tuple[str, ...]

    @property
    def is_unchanged(self) -> bool:
        """Whether people would see nothing of it."""
        return not (self.renamed or self.armed or self.ended or self.begun or self.days or self.handed_back)
