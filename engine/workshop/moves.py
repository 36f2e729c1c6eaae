"""Moving the open cases of a council to another version of its policy, or back, each in a step of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from engine.casework.migration.move_case import move_case
from engine.casework.migration.order import CaseMoved, MoveOrder
from engine.casework.migration.soundness import FreshGames
from engine.casework.migration.table import NO_TABLE, OwnersTable
from engine.casework.migration.whereabouts import VersionWords
from engine.casework.policies.in_force import served_as
from engine.casework.step.office import Office
from engine.errors import (
    BadInputError,
    CaseBusyError,
    CouncilNotServedError,
    DatabaseUnusableError,
    MoveRefusedError,
)
from engine.record_kinds import RecordKind, Trait
from engine.store import Connection, cases, moves
from engine.store import policy_versions as stored
from engine.store.cases import CaseRow
from engine.store.policy_versions import PolicyVersionRow
from engine.store.record import entries_of
from engine.variants import Variant
from engine.words import counted, typed_text, weekday_in_words
from engine.workshop.judgement import Tell
from engine.workshop.versions import version_numbered

log = logging.getLogger("asb.policies")


@dataclass(frozen=True, kw_only=True)
class MoveWanted:
    by: str
    why: str
    despite: str = ""  #: why what a move would do at once does not matter
    table: OwnersTable = NO_TABLE


@dataclass(frozen=True, kw_only=True)
class CaseOutcome:
    reference: str
    moved: CaseMoved | None  #: None where it was of that version already, or stays
    stays: tuple[str, ...]  #: why it stays; () where it does not


def version_to_move_to(office: Office, council_id: str, number: int | None) -> PolicyVersionRow:
    """The version of that number, or the one in force today.

    Raises BadInputError for one that is not there, or not in force yet; CouncilNotServedError.
    """
    if number is not None:
        row = version_numbered(office, council_id, number)
        if row.in_force_from > office.today:
            day = weekday_in_words(row.in_force_from)
            raise BadInputError(f"Version {number} is in force from {day}. Cases can be moved to it from that day.")
        return row
    with office.database.read() as connection:
        in_force = stored.version_in_force(connection, council_id, office.today)
    if in_force is None:
        raise CouncilNotServedError(council_id)
    return in_force


def cases_to_move(office: Office, row: PolicyVersionRow) -> list[str]:
    """The references of the open cases that are of another version, the oldest first."""
    return [
        case.reference for case in open_cases_named(office, row.council_id, ()) if case.variant_digest != row.digest
    ]


def variant_of_version(office: Office, council_id: str, digest: str) -> Variant:
    with office.database.read() as connection:
        return served_as(council_id, office.versions.get(connection, digest).variant)


def names_of_versions(office: Office, council_id: str, now: str) -> Callable[[str], VersionWords]:
    """What the version of a digest, from which a case is moved, is called, beside `now`, to which it is."""
    with office.database.read() as connection:
        numbers = {row.digest: row.number for row in reversed(stored.policy_versions_of(connection, council_id))}
    return lambda digest: VersionWords(
        was=f"version {numbers[digest]}" if digest in numbers else "its own version", now=now
    )


def open_cases_named(office: Office, council_id: str, references: Sequence[str]) -> list[CaseRow]:
    """The open cases of these references, or all of the council. Raises BadInputError where one of them is none."""
    with office.database.read() as connection:
        rows = cases.open_cases(connection, council_id)
    known = {row.reference for row in rows}
    unknown = [reference for reference in references if reference not in known]
    if unknown:
        raise BadInputError(f"{unknown[0]} is no open case of {council_id}; `asb case` lists them.")
    return [row for row in rows if not references or row.reference in references]


def move_open_cases(
    office: Office, row: PolicyVersionRow, references: Sequence[str], wanted: MoveWanted, *, tell: Tell
) -> Iterator[CaseOutcome]:
    """Each of these cases, or all that are open, to this version: one after the other, in a step of its own. Whatever
    breaks off, doing it again goes on where it was. `tell` hears how far it is.

    Raises BadInputError for no reason, or a reference that is none.
    """
    why = _reason(wanted)
    variant = variant_of_version(office, row.council_id, row.digest)
    words = names_of_versions(office, row.council_id, f"version {row.number}")
    chosen, fresh = open_cases_named(office, row.council_id, references), FreshGames()
    for number, case in enumerate(chosen, start=1):
        tell(f"Case {number} of {counted(len(chosen), 'open case')}")
        order = MoveOrder(
            variant=variant, words=words(case.variant_digest), by=wanted.by, why=why, table=wanted.table,
            despite=wanted.despite, fresh=fresh,
        )  # fmt: skip
        yield _moved(office, case, order)


def move_back(
    office: Office, council_id: str, references: Sequence[str], wanted: MoveWanted, *, tell: Tell
) -> Iterator[CaseOutcome]:
    """Each of these cases, or all that are open and were ever moved, to the version from which it was moved last."""
    why = _reason(wanted)
    chosen = open_cases_named(office, council_id, references)
    for number, case in enumerate(chosen, start=1):
        tell(f"Case {number} of {counted(len(chosen), 'open case')}")
        with office.database.read() as connection:
            made = moves.moves_of_case(connection, case.case_id)
            followed = _something_followed(connection, case, made[-1]) if made else ""
        if not made:
            if references:
                yield CaseOutcome(reference=case.reference, moved=None, stays=("It was never moved.",))
            continue
        if followed:
            since = f"{followed} It stays as it is; what is wrong with it now is put right case by case."
            yield CaseOutcome(reference=case.reference, moved=None, stays=(since,))
            continue
        last = made[-1]
        words = names_of_versions(office, council_id, "the version from which it came")
        order = MoveOrder(
            variant=variant_of_version(office, council_id, last.was_digest), words=words(case.variant_digest),
            by=wanted.by, why=why, table=OwnersTable(elements=last.elements).turned_round(), despite=why,
        )  # fmt: skip
        yield _moved(office, case, order)


def _something_followed(connection: Connection, case: CaseRow, last: moves.MoveRow) -> str:
    """The first thing that happened since the case was moved; "" where nothing did but what people looked at."""
    told = entries_of(connection, case.case_id, only={RecordKind.POLICY_CHANGED})[-1]
    since = entries_of(connection, case.case_id, without=RecordKind.having(Trait.QUIET), after=told.seq)
    later = next((entry for entry in since if entry.at > last.moved_at), None)  # what came of the move is of its moment
    return f"Something has happened since it was moved: {later.kind}." if later is not None else ""


def _moved(office: Office, case: CaseRow, order: MoveOrder) -> CaseOutcome:
    try:
        moved = move_case(office, case.reference, order, council_id=case.council_id)
    except (MoveRefusedError, CaseBusyError) as error:
        sentences = error.sentences if isinstance(error, MoveRefusedError) else (str(error),)
        return CaseOutcome(reference=case.reference, moved=None, stays=sentences)
    except (DatabaseUnusableError, BadInputError):
        raise
    except Exception as error:  # one case that cannot be moved must not keep the others from being moved
        log.exception("%s cannot be moved; the other cases go on.", case.reference)
        fault = f"A fault of asb itself keeps it where it is ({type(error).__name__}). Nothing of it was kept."
        return CaseOutcome(reference=case.reference, moved=None, stays=(fault,))
    return CaseOutcome(reference=case.reference, moved=moved, stays=())


def _reason(wanted: MoveWanted) -> str:
    why = typed_text(wanted.why)
    if not why:
        raise BadInputError("Say why: the reason is kept in the record of each case.")
    return why
