"""What a scenario is: an application, what people do on which day, and what must then be so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Expectation:
    """What must be so after a step; None means that nothing is said about it."""

    tasks: tuple[str, ...] | None = None  #: exactly the open tasks: element ids, `element:item` for items
    no_tasks: tuple[str, ...] = ()  #: element ids that must not be open
    #: task or time frame → the day on which it is due, or the name of the limit by which it is
    due: Mapping[str, date | str] = field(default_factory=dict)
    letters: tuple[str, ...] | None = None  #: exactly the letters sent since the step before
    #: name of a recipient → exactly the letters sent to them since the step before
    letters_to: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()  #: facts that are not known, or not any more, named as those above
    status: str | None = None
    closed_as: str | None = None
    can_be_told: tuple[str, ...] | None = None  #: messages that are among those the case can be told
    #: ids of elements at which something may be stuck; a file names none, a case that is played again where it was
    stuck_at: frozenset[str] = frozenset()


class DeadlineDeed(StrEnum):
    """What a person does to a deadline."""

    EXTEND = "extend"
    TAKE_BACK = "take back"
    SUSPEND = "suspend"
    RESUME = "resume"


@dataclass(frozen=True, kw_only=True, slots=True)
class ScenarioStep:
    """Something a person does, or only the clock (none of task, tell, correct and extend)."""

    at: datetime
    by: str = ""
    task: str | None = None
    tell: str | None = None
    agreement: str | None = None  #: under which `by`, the folder of another council or body, tells it
    correct: str | None = None  #: a fact that is put right; None where none is
    extend: str | None = None  #: a task or time frame that is given another day; None where none is
    deed: DeadlineDeed = (
        DeadlineDeed.EXTEND
    )  #: what `extend` is; a file says no other, a case that is played again does
    #: ids of elements at one of which what is stuck is tried again or, with a reason, resolved; as with `deed`
    settle: frozenset[str] = frozenset()
    to: Any = None  #: what it is corrected to (None: it is not known after all), or the day until which it is extended
    reason: str = ""  #: why it is extended
    item: str | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    refused: str | None = None  #: words of the sentence with which the engine must refuse it
    not_here: tuple[str, ...] | None = None  #: folders of others that nothing reaches from now on; None: as before
    then: Expectation = Expectation()
    file: str = ""  #: the scenario in which it is written, which may be one that this one continues
    number: int = 0  #: which of the steps there, from 1

    @property
    def what(self) -> str | None:
        """What is done, as a scenario names it; None where only the clock moves."""
        return self.task or self.tell or self.correct or self.extend


@dataclass(frozen=True, kw_only=True, slots=True)
class Scenario:
    file: str
    title: str
    clauses: tuple[str, ...]
    applied_at: datetime
    applied_by: str
    application: Mapping[str, Any]
    after_application: Expectation
    refused: str | None  #: words with which the application itself must be refused
    steps: tuple[ScenarioStep, ...]
    #: a sentence for each whom it speaks of by team and role and the council does not have: it cannot be played then
    unstaffed: tuple[str, ...] = ()
    not_here: tuple[str, ...] = ()  #: folders of other councils and bodies that nothing reaches from the beginning
    start: str = ""  #: which of [starts] begins the case; "" for an application
    from_public: bool = False  #: the public itself applied; a file does not say so, a case that is played again does
    uses: tuple[str, ...] = ()  #: processes that have to run in slots for it to come out so; () where any may

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return PurePosixPath(self.file).stem
