"""What a draft would do to the open cases of its council: each is moved to it on a copy, and nothing is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.casework.migration.order import MoveOrder
from engine.casework.migration.soundness import FreshGames
from engine.casework.migration.table import NO_TABLE, OwnersTable
from engine.casework.migration.whereabouts import VersionWords
from engine.casework.rehearsal.copies import CopiedCouncil
from engine.casework.rehearsal.moves import MovePreview, what_follows_moving
from engine.casework.step.office import SYSTEM, Office
from engine.store import cases
from engine.variants import Variant
from engine.words import counted
from engine.workshop.judgement import Tell

#: The reason in the record of a copy, which nobody keeps.
_TRIED = "It is only tried out."


class MoveKind(StrEnum):
    """What a move would be to one case, in the words of the totals."""

    CANNOT = "cannot be moved"
    AT_ONCE = "late, or with something sent, at once"
    EARLIER = "with an earlier day"
    LATER = "with a later day"
    OTHERWISE = "changed otherwise"
    UNCHANGED = "unchanged"
    THERE = "of it already"


@dataclass(frozen=True, kw_only=True)
class CaseImpact:
    preview: MovePreview
    outcome: MoveKind


@dataclass(frozen=True, kw_only=True)
class Impact:
    council_id: str
    cases: tuple[CaseImpact, ...]  #: those that cannot first, then in the order of `MoveKind`; each kind by age

    @property
    def totals(self) -> Mapping[MoveKind, int]:
        counts = Counter(case.outcome for case in self.cases)
        return {outcome: counts[outcome] for outcome in MoveKind if counts[outcome]}

    @property
    def sentence(self) -> str:
        """`41 open: 36 unchanged, 3 with a later day, 2 cannot be moved`"""
        parts = [f"{count} {outcome}" for outcome, count in reversed(list(self.totals.items()))]
        return f"{len(self.cases)} open" + (f": {', '.join(parts)}" if parts else "")


def impact_on_open_cases(
    office: Office,
    variant: Variant,
    *,
    tell: Tell,
    words: Callable[[str], VersionWords],
    table: OwnersTable = NO_TABLE,
    references: frozenset[str] | None = None,
    with_places: bool = False,
) -> Impact:
    """Of all open cases of the council `variant.id`, or of these. No case is locked, and none is read longer than it
    takes to copy it. `tell` hears how far it is; `words` gives what a case's own version, by its digest, and this one
    are called. `with_places`: with where every token of each would stand."""
    with office.database.read() as connection:
        rows = [
            row for row in cases.open_cases(connection, variant.id) if references is None or row.reference in references
        ]
    copies = CopiedCouncil(office, variant.id, variant)
    found, fresh = [], FreshGames()
    try:
        for number, row in enumerate(rows, start=1):
            tell(f"Case {number} of {counted(len(rows), 'open case')}")
            order = MoveOrder(
                variant=variant, words=words(row.variant_digest), by=SYSTEM, why=_TRIED, table=table, despite=_TRIED,
                fresh=fresh,
            )  # fmt: skip
            preview = what_follows_moving(copies, row, order, with_places=with_places)
            found.append(CaseImpact(preview=preview, outcome=_outcome(preview)))
    finally:
        copies.close()
    kinds = list(MoveKind)
    return Impact(council_id=variant.id, cases=tuple(sorted(found, key=lambda case: kinds.index(case.outcome))))


def _outcome(preview: MovePreview) -> MoveKind:
    moved, follows = preview.moved, preview.follows
    if preview.refusals:
        return MoveKind.CANNOT
    if moved is None or follows is None:
        return MoveKind.THERE
    if moved.warnings or follows.letters or follows.effects:
        return MoveKind.AT_ONCE
    goes = [day for day in moved.days if not day.is_kept]
    if any(day.now is not None and day.now < day.was for day in goes):
        return MoveKind.EARLIER
    if any(day.now is not None and day.now > day.was for day in goes):
        return MoveKind.LATER
    return MoveKind.UNCHANGED if moved.is_unchanged else MoveKind.OTHERWISE
