"""What a draft would have done to closed cases: what people did in them is done again, on a database of its own.

Each is played by the version it had first. Where that does not come out as it did then, nothing is said of the draft.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from engine.bootstrap import build_simulation_office
from engine.casework.migration.matches import PolicyMatches
from engine.casework.migration.table import NO_TABLE, OwnersTable
from engine.casework.policies.in_force import served_as
from engine.casework.step.office import Office
from engine.clock import local_date
from engine.errors import BadInputError
from engine.handler import PARCELS
from engine.scenarios.replays.deviations import Deviation, deviations
from engine.scenarios.replays.occurrences import Aspect, Renaming
from engine.scenarios.replays.past_case import PastCase, read_past_case, version_at_beginning
from engine.scenarios.replays.replay import Replay, occurrences_then, replay, unchanged
from engine.store import Database, cases
from engine.store.case_copy import copy_staff
from engine.store.cases import CaseRow
from engine.store.record import entries_of
from engine.variants import Variant
from engine.words import counted
from engine.workshop.judgement import Tell


class ReplayKind(StrEnum):
    """What a draft would have done to one case, in the words of the totals; of a case that which matters most."""

    INCOMPARABLE = "cannot be compared"
    DECISION = "with another decision"
    WAY = "with another way"
    END = "with another end"
    LETTER = "with another letter"
    DAY = "with another day"
    TASK = "with other tasks"
    QUESTION = "with other questions"
    STOPS = "the same as far as it fits"
    SAME = "the same"


@dataclass(frozen=True, kw_only=True)
class ReplayedCase:
    reference: str
    title: str
    closed_on: date
    kind: ReplayKind
    deviations: tuple[Deviation, ...]  #: what matters most first
    no_longer_fits: str  #: where what people did fits no more, in a sentence; "" where all of it does
    remarks: tuple[str, ...]  #: why it cannot be compared, or not to its end


@dataclass(frozen=True, kw_only=True)
class ClosedChoice:
    """Which closed cases: all, unless said otherwise."""

    since: date | None = None  #: closed on this day or later
    sample: int | None = None  #: so many of them, spread over all
    references: tuple[str, ...] = ()  #: only these


@dataclass(frozen=True, kw_only=True)
class PastImpact:
    council_id: str
    cases: tuple[ReplayedCase, ...]  #: in the order of `ReplayKind`; of each kind the last closed first

    @property
    def totals(self) -> Mapping[ReplayKind, int]:
        counts = Counter(case.kind for case in self.cases)
        return {kind: counts[kind] for kind in ReplayKind if counts[kind]}

    @property
    def sentence(self) -> str:
        """`40 closed: 36 the same, 3 with another day, 1 cannot be compared. In 2 …`"""
        parts = [f"{count} {kind}" for kind, count in reversed(list(self.totals.items()))]
        stopped = sum(bool(case.no_longer_fits) for case in self.cases)
        fits = f". In {stopped} what people did fits no more from some day on" if stopped else ""
        return f"{len(self.cases)} closed" + (f": {', '.join(parts)}" if parts else "") + fits


def impact_on_closed_cases(
    office: Office, variant: Variant, choice: ClosedChoice, *, tell: Tell, table: OwnersTable = NO_TABLE
) -> PastImpact:
    """Of the closed cases of the council `variant.id` that are chosen. Nothing is written, and no case is locked.

    `tell` hears how far it is. Raises BadInputError for a reference that is none.
    """
    chosen = _chosen(office, variant.id, choice)
    with _Stage.of(office, variant.id) as stage:
        found = []
        for number, row in enumerate(chosen, start=1):
            tell(f"Case {number} of {counted(len(chosen), 'closed case')}")
            found.append(_replayed(office, stage, row, variant, table))
    kinds = list(ReplayKind)
    return PastImpact(council_id=variant.id, cases=tuple(sorted(found, key=lambda case: kinds.index(case.kind))))


def _chosen(office: Office, council_id: str, choice: ClosedChoice) -> Sequence[CaseRow]:
    with office.database.read() as connection:
        rows = cases.closed_cases(connection, council_id)
    unknown = set(choice.references) - {row.reference for row in rows}
    if unknown:
        raise BadInputError(f"{min(unknown)} is no closed case of {council_id}; `asb case` lists them.")
    rows = [row for row in rows if not choice.references or row.reference in choice.references]
    rows = [row for row in rows if choice.since is None or _closed_on(row) >= choice.since]
    if choice.sample is None or choice.sample >= len(rows):
        return rows
    return [rows[place * len(rows) // choice.sample] for place in range(choice.sample)]


def _closed_on(row: CaseRow) -> date:
    return local_date(row.closed_at or row.opened_at)


@dataclass
class _Stage:
    """A database with the council's people and no case, on which one replay after the other leaves nothing."""

    office: Office
    aside: Database

    @classmethod
    @contextmanager
    def of(cls, office: Office, council_id: str) -> Iterator[_Stage]:
        aside = Database("sqlite://")
        aside.create_all()
        try:
            with office.database.read() as source, aside.begin() as target:
                copy_staff(source, target, council_id)
            yield cls(office, aside)
        finally:
            aside.close()

    def replay(self, past: PastCase, variant: Variant, renamed: Renaming = unchanged) -> Replay:
        with self.aside.rehearsal() as database:
            simulated = build_simulation_office(database=database)
            return replay(past, variant, replace(simulated, versions=self.office.versions.apart()), renamed=renamed)


def _replayed(office: Office, stage: _Stage, row: CaseRow, variant: Variant, table: OwnersTable) -> ReplayedCase:
    def found(
        kind: ReplayKind, *remarks: str, other: Sequence[Deviation] = (), no_longer_fits: str = ""
    ) -> ReplayedCase:
        return ReplayedCase(
            reference=row.reference, title=row.title, closed_on=_closed_on(row), kind=kind, deviations=tuple(other),
            no_longer_fits=no_longer_fits, remarks=remarks,
        )  # fmt: skip

    with office.database.read() as connection:
        entries = entries_of(connection, row.case_id)
        digest = version_at_beginning(entries)
        own = served_as(row.council_id, office.versions.get(connection, digest).variant) if digest is not None else None
    if own is None:
        return found(ReplayKind.INCOMPARABLE, "How it began has been erased.")
    handing_over = [handler.name for handler in office.handlers.values() if PARCELS in handler.ports]
    past = read_past_case(row.reference, entries, own, handing_over=handing_over)
    teams = {team.id: team.name for each in (own, variant) for team in each.settings.teams}
    again = stage.replay(past, own)
    strange = [
        each.in_full for each in deviations(occurrences_then(past), again.occurrences(unchanged, before=None), teams)
    ]
    if again.why or strange:
        said = again.why or strange[0]
        return found(ReplayKind.INCOMPARABLE, f"Played again by its own version, it comes out otherwise: {said}")
    renamed = _renaming(own, variant, table)
    now = stage.replay(past, variant, renamed) if variant.digest != own.digest else again
    was = again.occurrences(renamed, before=now.stopped_at)
    other = [*deviations(was, now.occurrences(unchanged, before=now.stopped_at), teams), *_unasked(again, now)]
    remarks = (past.said_of_end,) if past.ends_because and not now.why else ()
    kind = ReplayKind[other[0].aspect.name] if other else ReplayKind.STOPS if now.why else ReplayKind.SAME
    return found(kind, *remarks, other=other, no_longer_fits=now.why)


def _unasked(again: Replay, now: Replay) -> Iterator[Deviation]:
    """What the draft does not ask any more, and somebody answered."""
    known = {each.key for each in again.unasked}
    named = {each.key: each.name or each.key.replace("_", " ") for each in now.unasked if each.key not in known}
    for name in named.values():
        said = f"“{name}” would not be asked; what was answered is left out."
        yield Deviation(aspect=Aspect.QUESTION, sentence=said, in_full=said)


def _renaming(own: Variant, variant: Variant, table: OwnersTable) -> Renaming:
    """What the elements of the one version are called in the other."""
    matches = PolicyMatches(own.processes, variant.processes, table)
    found: dict[str, str] = {}
    for process_id in own.processes:
        of_process = matches.of(process_id)
        if of_process is not None:
            found |= {element_id: image.id for element_id, image in of_process.images.items()}
    return lambda element_id: found.get(element_id, element_id)
