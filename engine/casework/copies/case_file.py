"""A case file that leaves the system: everything, or a copy for somebody, with the verified chain behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from engine import feel
from engine.casework.step.office import Office
from engine.casework.words.copy_contents import AUDIENCES, Copy, current_by_subject
from engine.casework.words.items import item_names, number_of
from engine.casework.words.sentences import NarratedEntry, Narrator
from engine.errors import BadInputError
from engine.model import ACCESS_CODE, CaseSummary
from engine.store import Connection, cases, facts, record, tasks
from engine.store.cases import CaseRow
from engine.store.chain_links import ChainLink, links_of
from engine.store.facts import RecordedFact
from engine.store.letters import WholeLetter, letters_of
from engine.store.record import Break
from engine.store.tasks import OpenTask
from engine.variants import Variant, VariantSettings


@dataclass(frozen=True, kw_only=True, slots=True)
class FileFact:
    """Something that is, or was, known."""

    item_id: str  #: "" for the case itself
    name: str
    value: feel.Value  #: as JSON
    happened_on: date | None
    recorded_at: datetime
    recorded_by: str
    source: str
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """A case file as it is exported."""

    variant: Variant
    settings: VariantSettings  #: those in force
    case: CaseSummary
    made_for: str | None  #: victim, agency or ombudsman; None for the council itself
    made_at: datetime
    head: str  #: of the whole record, also where the copy does not hold all of it
    entry_count: int  #: of the whole record
    breaks: tuple[Break, ...]  #: empty where the record is whole
    names: Mapping[str, str]  #: what people call the items
    tasks: tuple[OpenTask, ...]  #: what is to be done
    facts: tuple[FileFact, ...]
    letters: tuple[WholeLetter, ...]
    history: tuple[NarratedEntry, ...]
    left_out: Mapping[str, int]  #: what is not in the copy, by kind; empty where nothing is left out
    chain: tuple[ChainLink, ...]  #: every entry with its links; () in a copy that leaves things out

    def to_json(self) -> dict[str, Any]:
        """The file as JSON; `chain` lets anybody verify the record."""
        case = self.case
        return {
            "case": case.reference, "council": case.council_id, "policy": case.variant_digest,
            "status": str(case.status), "opened_at": case.opened_at.isoformat(),
            "closed_at": case.closed_at.isoformat() if case.closed_at else None, "closed_as": case.closed_as,
            "made_at": self.made_at.isoformat(), "made_for": self.made_for,
            "left_out": dict(self.left_out),
            "record": {
                "head": self.head, "entries": self.entry_count, "is_whole": not self.breaks,
                "breaks": [each.sentence for each in self.breaks],
            },
            "tasks": [
                {"name": t.name, "team": self.settings.team_name(t.team), "item": t.item_id or None,
                 "due_on": _iso(t.due_on), "why": t.explanation}
                for t in self.tasks
            ],
            "facts": [
                {"item": f.item_id or None, "name": f.name, "value": f.value, "happened_on": _iso(f.happened_on),
                 "recorded_at": f.recorded_at.isoformat(), "recorded_by": f.recorded_by, "source": f.source,
                 "is_current": f.is_current}
                for f in self.facts
            ],
            "letters": [
                {"letter": d.letter, "title": d.title, "to": d.recipient, "channel": d.channel,
                 "sent_at": d.sent_at.isoformat(), "sha256": d.digest, "text": d.text}
                for d in self.letters
            ],
            "history": [
                {"seq": e.seq, "at": e.at.isoformat(), "sentence": e.sentence, "details": list(e.details)}
                for e in self.history
            ],
            "chain": [link.as_json() for link in self.chain],
        }  # fmt: skip


def read_case_file(
    office: Office, reference: str, *, made_for: str | None = None, council_id: str | None = None
) -> CaseFile:
    """The case file, for the council itself or a copy for `made_for` (victim, agency or ombudsman).

    A copy says how much it leaves out. Raises CaseNotFoundError, BadInputError for anybody else.
    """
    if made_for is not None and made_for not in AUDIENCES:
        raise BadInputError(f"Nobody is called “{made_for}”. A copy is made for {', '.join(AUDIENCES)}.")
    with office.database.read() as connection:
        row = cases.find_case(connection, reference, council_id)
        version = office.versions.get(connection, row.variant_digest)
        variant, settings = (
            version.variant,
            office.in_force(connection, version, row.council_id).settings,
        )
        told = facts.history(connection, row.case_id)
        copy = Copy(
            variant=variant, audience=AUDIENCES.get(made_for or ""), facts=current_by_subject(told),
            now=office.clock.now(), holds_code=made_for in (None, "victim"),
        )  # fmt: skip
        return _Reading(connection, row, variant, settings, copy).read(told, made_for)


class _Reading:
    def __init__(
        self, connection: Connection, row: CaseRow, variant: Variant, settings: VariantSettings, copy: Copy
    ) -> None:
        self.connection = connection
        self.row = row
        self.variant = variant
        self.settings = settings  #: those in force
        self.copy = copy
        self.left_out: dict[str, int] = {}

    def read(self, told: Sequence[RecordedFact], made_for: str | None) -> CaseFile:
        names = self._names()
        return CaseFile(
            variant=self.variant, settings=self.settings, case=cases.summary(self.row), made_for=made_for,
            made_at=self.copy.now, head=self.row.record_head, entry_count=self.row.record_seq,
            breaks=tuple(record.verify(self.connection, self.row.case_id)), names=names, tasks=self._tasks(),
            facts=self._kept_facts(told), letters=self._letters(), history=self._history(names),
            left_out={kind: number for kind, number in self._all_left_out().items() if number},
            chain=tuple(links_of(self.connection, self.row.case_id)) if self.copy.is_whole else (),
        )  # fmt: skip

    def _names(self) -> Mapping[str, str]:
        """What people call the items; in a copy that leaves things out their number alone, as a name may tell more."""
        if self.copy.is_whole:
            return item_names(self.connection, self.row.case_id, self.variant.settings)
        settings = self.variant.settings
        return {s.item_id: number_of(settings, s.collection, s.item_id) for s in self.copy.facts if not s.is_case}

    def _tasks(self) -> tuple[OpenTask, ...]:
        found = tasks.open_tasks(self.connection, council_id=self.row.council_id, reference=self.row.reference)
        return tuple(task for task in found if self.copy.has_item(task.item_id))

    def _kept_facts(self, told: Sequence[RecordedFact]) -> tuple[FileFact, ...]:
        kept = tuple(
            _fact(row)
            for row in told
            if self.copy.has_fact(row.subject, row.name) and (self.copy.is_whole or row.is_current)
        )
        # the applicant's code is a key, and nothing that is known of the case: it is not counted as left out
        there_are = sum(row.is_current for row in told if row.name != ACCESS_CODE)
        self.left_out["facts"] = there_are - sum(fact.is_current for fact in kept if fact.name != ACCESS_CODE)
        return kept

    def _letters(self) -> tuple[WholeLetter, ...]:
        found = letters_of(self.connection, self.row.case_id)
        kept = tuple(letter for letter in found if self.copy.has_letter(letter.recipient, letter.of_roles))
        self.left_out["letters"] = len(found) - len(kept)
        return kept

    def _history(self, names: Mapping[str, str]) -> tuple[NarratedEntry, ...]:
        narrator = Narrator(self.variant, lambda: names, settings=self.settings)
        entries = record.entries_of(self.connection, self.row.case_id)
        kept = []
        for entry in entries:
            told = narrator.narrate(entry)
            if self.copy.has_entry(entry):
                kept.append(told if self.copy.is_whole else replace(told, details=()))
        self.left_out["entries of the record"] = len(entries) - len(kept)
        return tuple(kept)

    def _all_left_out(self) -> dict[str, int]:
        words = self.variant.settings.items
        for subject in self.copy.facts:
            if subject.item_id in self.copy.left_out_items:
                kind = words.get(subject.collection, subject.collection)
                self.left_out[kind] = self.left_out.get(kind, 0) + 1
        return self.left_out


def _fact(row: RecordedFact) -> FileFact:
    return FileFact(
        item_id=row.item_id, name=row.name, value=feel.to_json(feel.load(row.value)), happened_on=row.happened_on,
        recorded_at=row.recorded_at, recorded_by=row.recorded_by, source=row.source, is_current=row.is_current,
    )  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
