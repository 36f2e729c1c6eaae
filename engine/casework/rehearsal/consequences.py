"""What would follow: plain values, worded for people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from engine.casework.words.shown_tasks import TaskShown
from engine.handler import Effect
from engine.record_kinds import RecordKind, Trait
from engine.store.letters import LetterMade


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskAhead(TaskShown):
    """A task that would open, or would no longer be needed."""

    element_id: str
    explanation: str | None  #: why it is due then


@dataclass(frozen=True, kw_only=True, slots=True)
class DeadlineAhead:
    """A deadline that would be set."""

    name: str  #: of the task or time frame, or of the event that comes when it has passed
    is_of_task: bool
    item: str  #: "" for the case itself
    due_on: date
    explanation: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TimerAhead:
    """Something that would happen by itself once time has passed, or that would no longer do so."""

    name: str
    item: str  #: "" for the case itself
    at: datetime
    rung: int | None
    sentence: str  #: when it comes, unless what is done, and what then


@dataclass(frozen=True, kw_only=True, slots=True)
class IncidentAhead:
    """Something that would be stuck until a person sees to it."""

    name: str
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Consequences:
    """Everything that would follow at once, with the letters and whatever else needs no person and no time."""

    new_tasks: tuple[TaskAhead, ...]  #: the most urgent first
    tasks_gone: tuple[TaskAhead, ...]  #: open now, and no longer needed then
    letters: tuple[LetterMade, ...]  #: that would leave at once
    effects: tuple[Effect, ...]  #: what else handlers would do in the world, in order
    deadlines: tuple[DeadlineAhead, ...]  #: the earliest first, those of the new tasks included
    by_itself: tuple[TimerAhead, ...]  #: the next first
    no_longer_by_itself: tuple[TimerAhead, ...]
    incidents: tuple[IncidentAhead, ...]
    record: tuple[tuple[RecordKind | str, str], ...]  #: (kind, sentence) of every entry, as the record would tell it
    closes: bool  #: the case is open now, and closed then
    closed_as: str | None  #: as what, where it closes
    reopens: bool
    is_cut_off: bool  #: more would follow at once than is rehearsed

    @property
    def decisions(self) -> tuple[str, ...]:
        """What would be decided on the way, in words."""
        return tuple(sentence for kind, sentence in self.record if kind in RecordKind.having(Trait.DECIDES))

    @property
    def moves(self) -> tuple[str, ...]:
        """Which days would move, or stay where a person set them, in words."""
        return tuple(
            sentence
            for kind, sentence in self.record
            if kind in (RecordKind.DEADLINE_FOLLOWED, RecordKind.DEADLINE_STAYS)
        )

    def without_words(self) -> Consequences:
        """What a person would notice, to tell two answers apart: the same letter in other words is the same."""
        letters = tuple(replace(letter, text="") for letter in self.letters)
        effects = tuple(effect.without_words() for effect in self.effects)
        return replace(self, letters=letters, effects=effects, record=())
