"""The kinds of the entries of the record: what each is called, the sentence that tells it, and what more is known.

A kind is stored under its name and hashed into the chain, so a name is never changed; a kind that is no longer written
stays here, because older records hold it.
"""

from __future__ import annotations

from enum import Flag, StrEnum, auto
from functools import cache


class Trait(Flag):
    """What is known of some kinds beside their sentences."""

    NONE = 0
    QUIET = auto()  #: moves nothing in the case, so a completion before it can still be undone
    PLAIN = auto()  #: its sentence holds only names of people and of steps, no values and no free words
    DECIDES = auto()  #: something was decided, by a table, a gateway or a fault
    RUNS = auto()  #: says that an element was run; names the element and the item, not the process instance


class RecordKind(StrEnum):
    """One kind of entry. The words in braces in its sentence are the entry's; `about` is the item it is about."""

    sentence: str
    traits: Trait

    def __new__(cls, name: str, sentence: str, traits: Trait = Trait.NONE) -> RecordKind:
        kind = str.__new__(cls, name)
        kind._value_ = name
        kind.sentence = sentence
        kind.traits = traits
        return kind

    APPLICATION_RECEIVED = "application received", "Application {reference} received from {by}", Trait.PLAIN
    CASE_BEGUN = "case begun", "{word} {reference} begun by {by}", Trait.PLAIN
    TASK_CREATED = "task created", "{team} is to do “{element}”{about}.{due}"
    TASK_CLAIMED = "task claimed", "{by}{standing_in} claimed “{element}”"
    TASK_HANDED_BACK = "task handed back", "{by}{standing_in} handed “{element}” back"
    TASK_GIVEN = "task given", "{by}{standing_in} gave “{element}” to {to}{taken_from}"
    FOLLOW_UP_SET = "follow-up set", "{by}{standing_in} will come back to “{element}” on {day}"
    FOLLOW_UP_TAKEN_AWAY = (
        "follow-up taken away", "{by}{standing_in} no longer means to come back to “{element}” on a day",
    )  # fmt: skip
    TASK_COMPLETED = "task completed", "{by}{standing_in}{in_place} did “{element}”{about}{done_on}", Trait.PLAIN
    GUARD_HELD = "guard held", "{by} was held back at {at}: {sentence}", Trait.QUIET
    COMPLETION_UNDONE = (
        "completion undone", "{by} undid “{element}”{about}, which {completed_by} had done: {reason}",
    )  # fmt: skip
    TASK_CANCELLED = "task cancelled", "“{element}” is no longer needed"
    WAY_CHOSEN = "way chosen", "{element} {ways}", Trait.DECIDES | Trait.RUNS
    SCRIPT_RUN = "script run", "“{element}” gave {value}", Trait.RUNS
    DECISION_MADE = "decision made", "“{element}” was decided: {value}{because}", Trait.DECIDES | Trait.RUNS
    JOB_DONE = "job done", "“{element}” was done.{note}"
    JOB_UNDER_WAY = "job under way", "“{element}” is under way.{note}"
    JOB_FAILED = "job failed", "“{element}” failed (attempt {attempt}) and is tried again: {error}"
    BUSINESS_FAULT = "business fault", "“{element}” could not be done: {message}", Trait.DECIDES | Trait.RUNS
    LATE_RESULT = "late result", "A result came after what it was for had been cancelled; it moves nothing"
    LETTER_SENT = "letter sent", "Letter {letter} ({title}) {went}", Trait.PLAIN
    TIMER_FIRED = "timer fired", "Time has passed: “{element}”{about}{missed}", Trait.RUNS
    RUNG_PASSED = "rung passed", "“{element}”{about} had passed already; a higher rung acts"
    RUNG_TAKEN_TOO_SOON = (
        "rung taken before the news came",
        "It was done on {happened_on}, before rung {rung} was taken on {taken_at}; what was sent stays sent, and no "
        "further rung is taken",
        Trait.DECIDES,
    )
    TOLD = "told", "{by} told the case “{name}”{about}", Trait.PLAIN
    EVENT = "event", "This happened: “{element}”{about}", Trait.RUNS
    MESSAGE_DELIVERED = "message delivered", "“{name}” was passed on inside the case{about}"
    SIGNAL = "signal", "“{signal}” was heard in {heard} places of the case"
    ESCALATION_NOT_CAUGHT = "escalation not caught", "“{code}” in {process} was noted; nobody waits for it"
    INCIDENT = "incident", "“{element}” is stuck: {message}"
    INCIDENT_RETRIED = "incident retried", "{by} tried what was stuck again"
    INCIDENT_RESOLVED = "incident resolved", "{by} resolved what was stuck: {reason}"
    FRAME_DUE = "time frame due", "“{element}”{about} is to be done as a whole.{due}"
    DEADLINE_EXTENDED = "deadline extended", "{by} extended {deadline} from {was} to {now}: {reason}"
    DEADLINE_SHORTENED = (
        "deadline shortened",
        "{by} shortened the extension of {deadline} from {was} to {now}: {reason}",
    )
    DEADLINE_TAKEN_BACK = (
        "extension taken back",
        "{by} took back the extension of {deadline}, due {now} again: {reason}",
    )
    DEADLINE_FOLLOWED = "deadline followed", "“{element}”{about} moved from {was} to {now}. {why}"
    DEADLINE_STAYS = "deadline stays", "“{element}”{about} stays at {now}. {why}"
    DEADLINE_SUSPENDED = "deadline suspended", "{by} suspended {deadline}, due {was}: {reason}"
    DEADLINE_RESUMED = "deadline resumed", "{by} resumed {deadline}, now due {now}: {reason}"
    DEADLINE_MOVED = "deadline moved", "The calendar moved {deadline} from {was} to {now}: {reason}", Trait.PLAIN
    CALENDAR_CHANGED = (
        "calendar changed", "The working days of the case are counted by a later calendar from now on",
    )  # fmt: skip
    POLICY_CHANGED = "policy changed", "{by} moved the case to {version}: {reason}"
    FACT_CORRECTED = "fact corrected", "{by} corrected “{fact}”{about} from “{was}” to “{now}”: {reason}"
    FACT_RECORDED = "fact recorded", "{by} recorded “{fact}”{about} as “{now}”: {reason}"
    CASE_VIEWED = "case viewed", "{by} looked at the case: {page}", Trait.QUIET
    NOTE_ADDED = "note added", "{by} added a note: {text}", Trait.QUIET
    ORIGINAL_KEPT = (
        "original kept",
        "“{file}” was received on {received}, as {server} stamped it; its sender dated it {dated}",
    )
    FILE_ATTACHED = "file attached", "{by} added the file “{file}”{to_task}", Trait.QUIET
    PARCEL_TAKEN_IN = (
        "parcel taken in", "{by} handed over “{name}” under the agreement “{agreement}”{with_files}{by_file}",
    )  # fmt: skip
    PARCEL_FILE_FETCHED = "parcel file fetched", "{by} took the file with “{name}” for {to}", Trait.QUIET
    PARCEL_RECEIVED = (
        "parcel received",
        "{to} has received “{name}” on {received} as {reference}: {by} took in the receipt{although_given_up}",
    )
    PARCEL_GIVEN_UP = "parcel given up", "{by} no longer waits for the receipt of {to} for “{name}”: {reason}"
    COPY_MADE = "copy made", "{by} took a copy of the case file for {made_for}"
    CONTENTS_ERASED = "contents erased", "{by} erased what entries {entries} said: {reason}"
    PROCESS_ENDED = "process ended", "{process} ended{ended_as}", Trait.PLAIN
    CASE_CLOSED = "case closed", "The case is closed{closed_as}", Trait.PLAIN
    CASE_REOPENED = "case reopened", "The case is open again", Trait.PLAIN

    @classmethod
    @cache
    def having(cls, trait: Trait) -> frozenset[RecordKind]:
        """Every kind of which this is known."""
        return frozenset(kind for kind in cls if trait in kind.traits)


_BY_NAME = {kind.value: kind for kind in RecordKind}


def read_kind(name: str) -> RecordKind | str:
    """The kind of this name; the name itself where it is none of ours, because a byte of it was altered or a later
    version wrote it."""
    return _BY_NAME.get(name, name)
