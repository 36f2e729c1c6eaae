"""The first page of a case: where it stands, what is to be done, and what its policy says belongs there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.casework.pages.case.frames import FrameSeen, frames_seen
from engine.casework.pages.case.history import happenings
from engine.casework.pages.case.known_facts import AnswerSeen, ItemSeen, answers_seen, items_seen
from engine.casework.pages.case.tasks import TaskSeen, open_ones, tasks_seen
from engine.casework.pages.case.viewpoint import Look, Looker, look_at
from engine.casework.step.office import Office
from engine.casework.words.sentences import NarratedEntry
from engine.casework.words.values import in_words
from engine.model import CaseSummary, RecordEntry
from engine.record_kinds import RecordKind
from engine.store import record
from engine.store.incidents import open_incidents

#: Entries of the history that the first page shows.
_LATEST = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleSeen:
    """A rule that matched."""

    table: str
    number: int  #: of the rule in its table, from 1
    because: tuple[str, ...]  #: what the policy owner wrote beside it


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionSeen:
    """How a decision table decided, the last time it did."""

    name: str
    value: str
    at: datetime
    read: tuple[tuple[str, str], ...]  #: (what its columns ask, what was read)
    rules: tuple[RuleSeen, ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    heading: str
    answers: tuple[AnswerSeen, ...]
    items: tuple[ItemSeen, ...]
    decisions: tuple[DecisionSeen, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SummaryPage:
    case: CaseSummary
    title: str
    policy: str  #: name of the council whose policy it is
    policy_version: str  #: the start of the version's hash
    sections: tuple[Section, ...]  #: those in which there is something
    open_tasks: tuple[TaskSeen, ...]  #: the most urgent first
    frames: tuple[FrameSeen, ...]  #: what has to be done as a whole
    stuck: tuple[tuple[int, str], ...]  #: (number, what is stuck)
    latest: tuple[NarratedEntry, ...]  #: the newest first


def read_summary(office: Office, reference: str, looker: Looker, *, council_id: str) -> SummaryPage:
    """The first page, as far as `looker` may see it. Raises CaseNotFoundError."""
    with look_at(office, reference, looker, council_id=council_id) as look:
        decided = (
            record.entries_of(look.connection, look.case_id, only=(RecordKind.DECISION_MADE,))
            if look.sees_everything
            else []
        )
        stuck = open_incidents(look.connection, case_id=look.case_id) if look.sees_everything else []
        return SummaryPage(
            case=look.summary,
            title=look.title,
            policy=look.settings.name,
            policy_version=look.row.variant_digest[:12],
            sections=tuple(_sections(look, decided)),
            open_tasks=open_ones(tasks_seen(look)),
            frames=frames_seen(look),
            stuck=tuple((row.number, row.message) for row in stuck),
            latest=tuple(happenings(look)[: -_LATEST - 1 : -1]),
        )


def _sections(look: Look, decided: Iterable[RecordEntry]) -> Iterator[Section]:
    latest: dict[str, RecordEntry] = {}
    for entry in decided:
        if entry.content is not None and not entry.content.get("item"):
            latest[str(entry.content.get("decision"))] = entry
    for heading, names in look.settings.case_page.items():
        section = Section(
            heading=heading,
            answers=tuple(answers_seen(look, names)),
            items=tuple(items_seen(look, names)),
            decisions=tuple(_decision(latest[name]) for name in names if name in latest),
        )
        if section.answers or section.items or section.decisions:
            yield section


def _decision(entry: RecordEntry) -> DecisionSeen:
    content = entry.content or {}
    explanation = content.get("explanation") or {}
    tables = [table for each in _with_required(explanation) for table in each.get("tables", ())]
    read = {
        str(column.get("label") or column.get("expression")): in_words(column.get("value"))
        for table in tables
        for column in table.get("inputs", ())
    }
    return DecisionSeen(
        name=str(explanation.get("decision_name") or content.get("element", "")),
        value=in_words(content.get("value")),
        at=entry.at,
        read=tuple(read.items()),
        rules=tuple(
            RuleSeen(
                table=str(table.get("name", "")),
                number=rule.get("number", 0),
                because=tuple(str(said) for said in rule.get("annotations", {}).values() if said),
            )
            for table in tables
            for rule in table.get("matched", ())
        ),
        clauses=tuple(content.get("clauses", ())),
    )


def _with_required(explanation: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A decision and the decisions that it stands on, itself first."""
    yield explanation
    for required in explanation.get("required", ()):
        yield from _with_required(required)
