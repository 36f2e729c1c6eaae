"""Absences: between two days a deputy may do what somebody has claimed, or what is for them alone.

Who set and ended them is written to the log `asb.staff`; what the deputy does says in the record for whom.
"""

from __future__ import annotations

import logging
from datetime import date, timedelta

from engine.clock import Clock, local_date
from engine.errors import AbsenceNotFoundError, FormAnswersError, NotAllowedError
from engine.staff.roles import Right, rights_of
from engine.store import Connection, Database
from engine.store import absences as stored
from engine.store.absences import Absence
from engine.variants import VariantSettings
from engine.words import weekday_in_words

log = logging.getLogger("asb.staff")

_LONGEST = timedelta(days=366)


def list_absences(database: Database, council_id: str, today: date) -> list[Absence]:
    """Those that run today or are to come, the next first."""
    with database.read() as connection:
        return stored.absences_of(connection, council_id, today)


def deputising_for(connection: Connection, council_id: str, person: str, today: date) -> tuple[str, ...]:
    """The names of those for whom this person stands in today. One query."""
    return tuple(stored.people_away(connection, council_id, person, today))


def may_set_absences_of(settings: VariantSettings, by: str, person: str) -> bool:
    """One's own; a manager's also everybody else's, and a line manager's those of whom they manage."""
    setter, away = settings.person(by), settings.person(person)
    if setter is None or away is None:
        return False
    return (
        by == person
        or away.line_manager == by
        or {Right.SEE_ALL_TASKS, Right.SHARE_OUT_TASKS} <= rights_of(setter.roles)
    )


def set_absence(
    database: Database, clock: Clock, settings: VariantSettings, council_id: str, *,
    person: str, deputy: str, first_day: date, last_day: date, by: str,
) -> int:  # fmt: skip
    """Gives its id. `settings` are those in force, with the council's own people.

    Raises NotAllowedError, and FormAnswersError with the paths person, deputy, first_day and last_day.
    """
    if settings.person(person) is None:
        raise FormAnswersError((("person", "Select who will be away."),))
    if not may_set_absences_of(settings, by, person):
        raise NotAllowedError(f"Only {person}, their line manager or a manager can say that {person} is away.")
    today = local_date(clock.now())
    with database.begin() as connection:
        others = stored.absences_of(connection, council_id, today)
        problems = [
            *_problems_of_days(first_day, last_day, today),
            *_problems_of_deputy(settings, person, deputy),
            *_clashes(others, person, deputy, first_day, last_day),
        ]
        if problems:
            raise FormAnswersError(tuple(problems))
        made = stored.add_absence(
            connection, council_id, person=person, deputy=deputy, first_day=first_day, last_day=last_day,
            set_by=by, set_at=clock.now(),
        )  # fmt: skip
    log.info("%s set that %s stands in for %s, %s to %s, in %s.", by, deputy, person, first_day, last_day, council_id)
    return made


def end_absence(
    database: Database, clock: Clock, settings: VariantSettings, council_id: str, absence_id: int, *, by: str
) -> None:
    """The person is back today; an absence that has not begun is called off.

    Raises AbsenceNotFoundError, NotAllowedError.
    """
    today = local_date(clock.now())
    with database.begin() as connection:
        row = stored.load_absence(connection, council_id, absence_id)
        if row is None or row.last_day < today:
            raise AbsenceNotFoundError(absence_id)
        # who is no longer among the people has nobody who may say so but managers
        if by != row.person and not may_set_absences_of(settings, by, row.person):
            raise NotAllowedError(f"Only {row.person}, their line manager or a manager can end this absence.")
        if row.first_day >= today:
            stored.delete_absence(connection, council_id, absence_id)
        else:
            stored.shorten_absence(connection, council_id, absence_id, today - timedelta(days=1))
    log.info("%s ended the absence of %s in %s.", by, row.person, council_id)


def _problems_of_days(first_day: date, last_day: date, today: date) -> list[tuple[str, str]]:
    if last_day < first_day:
        return [("last_day", "The last day must be the same as or after the first day.")]
    if last_day < today:
        return [("last_day", "The last day must be today or in the future.")]
    if last_day - first_day > _LONGEST:
        return [("last_day", "The last day must be within a year of the first day.")]
    return []


def _problems_of_deputy(settings: VariantSettings, person: str, deputy: str) -> list[tuple[str, str]]:
    if settings.person(deputy) is None:
        return [("deputy", "Select who stands in.")]
    return [("deputy", "Select somebody else: nobody stands in for themselves.")] if deputy == person else []


def _clashes(others: list[Absence], person: str, deputy: str, first_day: date, last_day: date) -> list[tuple[str, str]]:
    found = []
    for other in others:
        if other.first_day > last_day or other.last_day < first_day:
            continue
        days = f"from {weekday_in_words(other.first_day)} to {weekday_in_words(other.last_day)}"
        if other.person == person:
            found.append(
                ("first_day", f"{person} is away already {days}. End that absence first, or choose other days.")
            )
        elif other.person == deputy:
            found.append(("deputy", f"{deputy} is away {days}. Select somebody else."))
    return found
