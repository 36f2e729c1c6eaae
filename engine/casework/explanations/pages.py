"""What the log of second reports holds, for the screens and the command: what is still to be explained first of all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine import feel
from engine.calendar import DueDate
from engine.casework.explanations.form import check_may_log, log_of
from engine.casework.explanations.log import answers_of
from engine.casework.step.office import Office
from engine.casework.words.values import in_words
from engine.clock import LONDON, local_date
from engine.errors import ExplanationNotFoundError
from engine.store import explanations as stored
from engine.store.explanations import LogKind, LogRow, WantedReports
from engine.variants import ExplanationLog, Variant


@dataclass(frozen=True, kw_only=True, slots=True)
class LoggedReport:
    """A second report, as the log has it now."""

    number: int
    title: str  #: whose it is; "" where it was erased
    reported_on: date
    explained_on: date | None  #: None: nobody has explained it yet
    due: DueDate | None  #: by when it is to be; None where it is explained, or the council sets no limit
    is_erased: bool
    answers: Mapping[str, Any]  #: by key, as JSON

    def is_late(self, today: date) -> bool:
        return self.due is not None and self.due.due_on < today

    def to_json(self) -> dict[str, object]:
        due = self.due.due_on.isoformat() if self.due is not None else None
        explained = self.explained_on.isoformat() if self.explained_on is not None else None
        return {
            "number": self.number, "reported_on": self.reported_on.isoformat(), "explained_on": explained,
            "due_on": due, "is_erased": self.is_erased, "answers": dict(self.answers),
        }  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class LogEntry:
    """Something that was said of it."""

    at: datetime
    by: str
    kind: str  #: entered, changed or erased
    reason: str
    changes: tuple[str, ...]  #: what became otherwise, a sentence each


@dataclass(frozen=True, kw_only=True, slots=True)
class LogPage:
    reports: tuple[LoggedReport, ...]
    found: int  #: how many there are in all
    to_explain: int  #: how many of the council's nobody has explained yet
    today: date


def log_page(
    office: Office, variant: Variant, *, by: str | None, search: str = "", is_explained: bool | None = None,
    limit: int, offset: int = 0,
) -> LogPage:  # fmt: skip
    """The second reports of the council that a search finds. Three queries, whatever their number.

    `by`: who looks; None for whoever runs the installation. Raises NotAllowedError, BadInputError where none is kept.
    """
    log = _log_seen_by(office, variant, by)
    wanted = WantedReports(council_id=variant.id, search=search, is_explained=is_explained)
    to_explain = WantedReports(council_id=variant.id, is_explained=False)
    with office.database.read() as connection:
        rows = stored.reports_of(connection, wanted, limit=limit, offset=offset)
        found = stored.count_reports(connection, wanted)
        left = stored.count_reports(connection, to_explain)
    shown = _Shown(office, variant, log)
    return LogPage(
        reports=tuple(shown.report(row) for row in rows), found=found, to_explain=left,
        today=local_date(office.clock.now()),
    )  # fmt: skip


def logged_report(
    office: Office, variant: Variant, number: int, *, by: str | None
) -> tuple[LoggedReport, tuple[LogEntry, ...]]:
    """It, and everything that was said of it in order. Raises ExplanationNotFoundError, NotAllowedError."""
    log = _log_seen_by(office, variant, by)
    with office.database.read() as connection:
        rows = stored.history_of(connection, variant.id, number)
    if not rows:
        raise ExplanationNotFoundError(number)
    shown = _Shown(office, variant, log)
    return shown.report(rows[-1]), tuple(shown.history(rows))


def _log_seen_by(office: Office, variant: Variant, by: str | None) -> ExplanationLog:
    log = log_of(variant)
    if by is not None:
        check_may_log(office.settings_in_force(variant, variant.id), log, by)
    return log


class _Shown:
    def __init__(self, office: Office, variant: Variant, log: ExplanationLog) -> None:
        self._log = log
        self._row = variant.limits.get(log.limit)
        self._version = office.versions.put(variant)
        self._now = office.clock.now().astimezone(LONDON)
        self._fields = {question.field.key: question.field for question in variant.forms[log.form].questions}

    def report(self, row: LogRow) -> LoggedReport:
        answers = answers_of(row)
        title = answers.get(self._log.known_by)
        return LoggedReport(
            number=row.entry, title=in_words(title) if title is not None else "", reported_on=row.reported_on,
            explained_on=row.explained_on, due=self._due(row, answers), is_erased=row.kind == LogKind.ERASED,
            answers=answers,
        )  # fmt: skip

    def history(self, rows: list[LogRow]) -> Iterator[LogEntry]:
        before: dict[str, Any] = {}
        for row in rows:
            said = json.loads(row.content) if row.content is not None else {}
            answers = answers_of(row)
            yield LogEntry(
                at=row.at, by=said.get("by", ""), kind=row.kind, reason=said.get("reason") or "",
                changes=tuple(self._changes(before, answers)) if before and answers else (),
            )  # fmt: skip
            before = answers

    def _changes(self, before: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
        for key in (*self._fields, *sorted((before.keys() | now.keys()) - self._fields.keys())):
            was, becomes = before.get(key), now.get(key)
            if was != becomes:
                field = self._fields.get(key)
                name = field.name if field is not None else key
                yield f"“{name}”: {in_words(was, field)}, now {in_words(becomes, field)}"

    def _due(self, row: LogRow, answers: Mapping[str, Any]) -> DueDate | None:
        """By the council's own limit, counted from what it counts from; none where it sets none."""
        if self._row is None or row.explained_on is not None or row.kind == LogKind.ERASED:
            return None
        scope = {**feel.from_json(answers), **{key: None for key in self._fields if key not in answers}}
        scope[self._log.reported_on] = row.reported_on
        start = feel.parse(self._row.counted_from).evaluate(scope, now=self._now, functions=self._version.functions)
        start = local_date(start) if isinstance(start, datetime) else start
        return self._version.calendar.due(self._row.limit, start) if isinstance(start, date) else None
