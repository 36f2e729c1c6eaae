"""A case that is over, read from its record as what people did on which day: as a scenario that expects nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from engine.diagram.frames import frames_of
from engine.model import RecordEntry
from engine.record_kinds import RecordKind, Trait
from engine.scenarios.scenario import DeadlineDeed, Expectation, Scenario, ScenarioStep
from engine.variants import Variant
from engine.words import day_in_words

_BEGINS = frozenset({RecordKind.APPLICATION_RECEIVED, RecordKind.CASE_BEGUN})
_CORRECTS = frozenset({RecordKind.FACT_CORRECTED, RecordKind.FACT_RECORDED})
_SETTLES = frozenset({RecordKind.INCIDENT_RETRIED, RecordKind.INCIDENT_RESOLVED})
_CHANGES_DAY: Mapping[RecordKind | str, DeadlineDeed] = {
    RecordKind.DEADLINE_EXTENDED: DeadlineDeed.EXTEND,
    RecordKind.DEADLINE_SHORTENED: DeadlineDeed.EXTEND,
    RecordKind.DEADLINE_TAKEN_BACK: DeadlineDeed.TAKE_BACK,
    RecordKind.DEADLINE_SUSPENDED: DeadlineDeed.SUSPEND,
    RecordKind.DEADLINE_RESUMED: DeadlineDeed.RESUME,
}
#: What cannot be played again, each with the words of why.
_ENDS: Mapping[RecordKind | str, str] = {
    RecordKind.POLICY_CHANGED: "the case was moved to another version of the policy",
    RecordKind.CALENDAR_CHANGED: "its days were counted by a later calendar from then on",
    RecordKind.PARCEL_RECEIVED: "others sent the receipt for what was handed over to them",
    RecordKind.PARCEL_GIVEN_UP: "a receipt of others was waited for no more",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class PastCase:
    scenario: Scenario
    until: datetime  #: up to when it can be played
    ends_because: str  #: why not further; "" where that is its end
    entries: tuple[RecordEntry, ...]  #: what the record says up to then, without what was undone

    @property
    def said_of_end(self) -> str:
        """`On 3 May 2026 the case was moved …`; "" where it is played to its end."""
        return f"On {day_in_words(self.until.date())} {self.ends_because}." if self.ends_because else ""


def version_at_beginning(entries: Iterable[RecordEntry]) -> str | None:
    """The digest of the version by which the case was opened; None where it cannot be read any more."""
    first = next((entry for entry in entries if entry.kind in _BEGINS), None)
    return first.content["variant"] if first is not None and first.content is not None else None


def read_past_case(
    reference: str, entries: Sequence[RecordEntry], variant: Variant, *, handing_over: Collection[str]
) -> PastCase:
    """What was done in the case, the beginning of which can be read.

    `variant`: that it was opened by; `handing_over`: the names of the handlers that hand something over to others.
    """
    undone = {seq for entry in entries for seq in _undone_by(entry)}
    left = [
        entry
        for entry in entries
        if entry.seq not in undone and entry.kind not in RecordKind.having(Trait.QUIET)
    ]  # fmt: skip
    first = next(entry for entry in left if entry.kind in _BEGINS)
    began = first.content or {}
    reading = _Reading(left, variant, handing_over)
    reading.read()
    until = reading.end.at if reading.end is not None else left[-1].at
    seen = tuple(entry for entry in left if reading.end is None or entry.seq < reading.end.seq)
    has_original = any(entry.kind == RecordKind.ORIGINAL_KEPT and entry.at == first.at for entry in left)
    then = Expectation(stuck_at=frozenset(element for at in reading.stuck.values() for element in at))
    scenario = Scenario(
        file=reference,
        title=reference,
        clauses=(),
        applied_at=first.at,
        applied_by=began["by"],
        application=began["answers"],
        after_application=then,
        refused=None,
        steps=tuple(replace(step, then=then) for step in (*reading.steps, ScenarioStep(at=until))),
        start=began.get("start") or "",
        not_here=reading.not_here,
        from_public=bool(began.get("stamped")) and not has_original,
    )
    return PastCase(scenario=scenario, until=until, ends_because=reading.ends_because, entries=seen)


def _undone_by(entry: RecordEntry) -> Iterable[int]:
    """The numbers of the entries that it undid, and its own."""
    if entry.kind != RecordKind.COMPLETION_UNDONE:
        return ()
    return (entry.seq, *(entry.content or {}).get("entries", ()))


@dataclass
class _Reading:
    entries: Sequence[RecordEntry]
    variant: Variant
    handing_over: Collection[str]
    steps: list[ScenarioStep] = field(default_factory=list)
    end: RecordEntry | None = None  #: the first that cannot be played again
    ends_because: str = ""
    stuck: dict[int, frozenset[str]] = field(default_factory=dict)  #: by number of the incident: at which elements
    not_here: tuple[str, ...] = ()  #: whom nothing reached from the beginning
    _reaches_others: bool = True
    _tasks: dict[int, tuple[str, str]] = field(default_factory=dict)  #: by number: element and item
    _frames: dict[int, tuple[str, str]] = field(default_factory=dict)  #: by number: as a scenario names it, and item
    _agreements: dict[tuple[datetime, str], str] = field(default_factory=dict)  #: by moment and message

    def read(self) -> None:
        labels = dict(_frame_labels(self.variant))
        for entry in self.entries:
            kind, said = entry.kind, entry.content
            why = _ENDS.get(kind, "")
            if (
                not why
                and said is None
                and kind in (_BEGINS | _CORRECTS | {RecordKind.TASK_COMPLETED, RecordKind.TOLD})
            ):
                why = "something was said that has been erased since"
            if why:
                self._stop(entry, why)
                return
            if said is None:
                continue
            if kind == RecordKind.TASK_CREATED:
                self._tasks[said["task"]] = said["element_id"], said.get("item", "")
            elif kind == RecordKind.FRAME_DUE:
                self._frames[said["task"]] = labels.get(said["element"], ""), said.get("item", "")
            elif kind in (RecordKind.BUSINESS_FAULT, RecordKind.JOB_DONE):
                self._read_handing_over(kind, said)
            elif kind == RecordKind.INCIDENT:
                at = frozenset(each.id for each in self.variant.elements if each.label == said["element"])
                self.stuck[said["incident"]] = at
            elif kind == RecordKind.PARCEL_TAKEN_IN:
                self._agreements[entry.at, said["message"]] = said["agreement"]
            else:
                self._read_deed(entry, kind, said)
            if self.end is not None:
                return

    def _stop(self, entry: RecordEntry, why: str) -> None:
        self.end, self.ends_because = entry, why

    def _read_deed(self, entry: RecordEntry, kind: RecordKind | str, said: Mapping[str, Any]) -> None:
        if kind == RecordKind.TASK_COMPLETED:
            step = ScenarioStep(
                at=entry.at, by=said.get("for") or said["by"], task=said["element_id"], item=said.get("item"),
                answers=said["answers"],
            )  # fmt: skip
        elif kind == RecordKind.TOLD:
            agreement = self._agreements.get((entry.at, said["message"]))
            by = self._party(agreement) if agreement is not None else said["by"]
            if not by:
                self._stop(entry, "one of several others told it something under an agreement")
                return
            step = ScenarioStep(
                at=entry.at, by=by, tell=said["message"], item=said.get("item"), answers=said["answers"],
                agreement=agreement,
            )  # fmt: skip
        elif kind in _CORRECTS:
            step = ScenarioStep(
                at=entry.at, by=said["by"], correct=said["fact"], item=said.get("item"), to=said.get("now"),
                reason=said["reason"],
            )  # fmt: skip
        elif kind in _SETTLES:
            settled, reason = self.stuck.get(said["incident"], frozenset()), said.get("reason", "")
            step = ScenarioStep(at=entry.at, by=said["by"], settle=settled, reason=reason)
        elif kind in _CHANGES_DAY:
            changed = self._day_changed(entry, _CHANGES_DAY[kind], said)
            if changed is None:
                return
            step = changed
        else:
            return
        self.steps.append(step)

    def _read_handing_over(self, kind: RecordKind | str, said: Mapping[str, Any]) -> None:
        """Where what was handed over reached nobody, or did again, it was so from what people did before it."""
        element = next((each for each in self.variant.elements if each.id == said["element_id"]), None)
        if element is None or element.job is None or element.job.handler not in self.handing_over:
            return
        reaches = kind == RecordKind.JOB_DONE
        if reaches is self._reaches_others:
            return
        self._reaches_others = reaches
        others = {party for agreement in self.variant.settings.agreements for party in agreement.parties}
        not_here = () if reaches else tuple(sorted(others))
        if self.steps:
            self.steps[-1] = replace(self.steps[-1], not_here=not_here)
        else:
            self.not_here = not_here

    def _party(self, agreement: str) -> str:
        """The other side of an agreement, as a scenario names it: the id of its folder; "" where there are several."""
        parties = {
            party for each in self.variant.settings.agreements if each.name == agreement for party in each.parties
        }
        return parties.pop() if len(parties) == 1 else ""

    def _day_changed(self, entry: RecordEntry, deed: DeadlineDeed, said: Mapping[str, Any]) -> ScenarioStep | None:
        """None where it only followed: that of a timer moves with the task or frame by which it stands."""
        holder = self._tasks.get(said["task"]) or self._frames.get(said["task"])
        if holder is None:
            if not any(other.at == entry.at and other is not entry and self._leads(other) for other in self.entries):
                self._stop(entry, "somebody set by hand when something comes by itself")
            return None
        if not holder[0]:
            self._stop(entry, "a day was changed of something that the policy has twice under one name")
            return None
        now = said.get("now")
        return ScenarioStep(
            at=entry.at, by=said["by"], extend=holder[0], item=holder[1] or None, deed=deed, reason=said["reason"],
            to=date.fromisoformat(now) if now is not None else None,
        )  # fmt: skip

    def _leads(self, entry: RecordEntry) -> bool:
        """Whether days of timers can have followed from it: a change of that of a task or frame, or a task done."""
        if entry.kind == RecordKind.TASK_COMPLETED:
            return True
        number = (entry.content or {}).get("task")
        return entry.kind in _CHANGES_DAY and (number in self._tasks or number in self._frames)


def _frame_labels(variant: Variant) -> Iterator[tuple[str, str]]:
    """By the name of a time frame, how a scenario names it; "" where several have the name."""
    found: dict[str, set[str]] = {}
    for process in variant.processes.values():
        for frame in frames_of(process):
            found.setdefault(frame.name, set()).add(frame.element_id or frame.process_id)
    for name, labels in found.items():
        yield name, next(iter(labels)) if len(labels) == 1 else ""
