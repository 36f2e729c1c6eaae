"""Which rungs of the ladders of escalation were taken in a period (H13.2 to H13.4, say), and in which cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from engine.casework.overview.names import Names
from engine.casework.overview.outcomes import check_period
from engine.casework.step.office import Office
from engine.casework.words.shown_tasks import TaskShown
from engine.model import TaskId
from engine.store.overview import rungs as stored
from engine.variants import Variant


@dataclass(frozen=True, kw_only=True, slots=True)
class RungCount:
    process_id: str
    process: str  #: what the diagram is called
    rung: int
    name: str  #: as its boundary timer is called
    clauses: tuple[str, ...]
    teams: tuple[tuple[str, int], ...]  #: name of the team whose task it was, and how often; most first
    count: int
    in_cases: int
    still_open: int  #: of these, those whose ladder still goes on: a task on it is not done yet


@dataclass(frozen=True, kw_only=True, slots=True)
class RungOfPeriod(TaskShown):
    """A rung that was taken, with the task that stood on its ladder then, all of it empty where none did."""

    task_id: TaskId | None
    reference: str
    title: str
    process: str
    rung: int
    rung_name: str
    at: datetime
    holder: str
    is_open: bool  #: a task on the ladder is not done yet
    completed_on: date | None  #: when the last task on the ladder was done; None while one is open


@dataclass(frozen=True, kw_only=True, slots=True)
class Rungs:
    counts: tuple[RungCount, ...]  #: ladder by ladder, from the lowest rung
    total: int
    chosen: int  #: how many are of the process and rung that were asked for
    taken: tuple[RungOfPeriod, ...]  #: a page of those, the latest first


def rungs_reached(
    office: Office,
    variant: Variant,
    *,
    first: date,
    last: date,
    process_id: str | None = None,
    rung: int | None = None,
    limit: int,
    offset: int = 0,
) -> Rungs:
    """The rungs that were taken in the council's cases from `first` to `last`, both included. Four queries.

    A rung that was passed over because a higher one was due too was not taken. Raises BadInputError where the period
    ends before it begins.
    """
    check_period(first, last)
    with office.database.read() as connection:
        names = Names(office, connection, variant)
        counts = stored.rung_amounts(connection, variant.id, first, last)
        teams = stored.rung_teams(connection, variant.id, first, last)
        rows = stored.rungs_taken(
            connection, variant.id, first, last, process_id=process_id, rung=rung, limit=limit, offset=offset
        )
        chosen = [row for row in counts if process_id in (None, row.process_id) and rung in (None, row.rung)]
        return Rungs(
            counts=tuple(_counts(counts, teams, names)),
            total=sum(row.amount for row in counts),
            chosen=sum(row.amount for row in chosen),
            taken=tuple(_taken(row, names) for row in rows),
        )


def _counts(
    rows: Iterable[stored.RungAmount], of_teams: Iterable[stored.RungTeamAmount], names: Names
) -> Iterable[RungCount]:
    """One for each rung of a process, whatever version of the policy its cases keep; the last version names it."""
    found: dict[tuple[str, int], list[stored.RungAmount]] = {}
    for row in rows:
        found.setdefault((row.process_id, row.rung), []).append(row)
    teams: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for each in of_teams:
        teams.setdefault((each.process_id, each.rung), []).append((names.team(each.team), each.amount))
    for (process_id, rung), same in sorted(found.items()):
        row = same[-1]
        yield RungCount(
            process_id=process_id,
            process=names.process(row.variant_digest, process_id),
            rung=rung,
            name=names.element(row.variant_digest, process_id, row.element_id),
            clauses=names.clauses(row.variant_digest, process_id, row.element_id),
            teams=tuple(sorted(teams.get((process_id, rung), ()), key=lambda team: (-team[1], team[0]))),
            count=sum(each.amount for each in same),
            in_cases=sum(each.in_cases for each in same),
            still_open=sum(each.open for each in same),
        )


def _taken(row: stored.RungTakenRow, names: Names) -> RungOfPeriod:
    return RungOfPeriod(
        task_id=row.task_id,
        reference=row.reference,
        title=row.title,
        process=names.process(row.variant_digest, row.process_id),
        rung=row.rung,
        rung_name=names.element(row.variant_digest, row.process_id, row.element_id),
        at=row.fired_at,
        name=row.name or "",
        item=names.item(row.collection or "", row.item_id or ""),
        team=names.team(row.team),
        holder=row.holder,
        due_on=row.due_on,
        is_open=row.is_open,
        completed_on=row.completed_on,
    )
