"""Absences: who may set them, which days and deputies are taken, and when they end."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from engine.clock import SettableClock
from engine.errors import AbsenceNotFoundError, FormAnswersError, NotAllowedError
from engine.staff.absences import deputising_for, end_absence, list_absences, set_absence
from engine.store import Database
from engine.variants.settings import Person, Role, VariantSettings

CLOCK = SettableClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
SETTINGS = VariantSettings(
    name="Test Council",
    people=(
        Person(name="Officer 1", teams=("team",), line_manager="Line Manager"),
        Person(name="Officer 2", teams=("team",)),
        Person(name="Line Manager", teams=()),
        Person(name="Manager", teams=(), roles=(Role.MANAGER,)),
    ),
)


def leave(database: Database, **changed: Any) -> int:
    values = {
        "person": "Officer 1", "deputy": "Officer 2", "first_day": date(2026, 3, 9), "last_day": date(2026, 3, 13),
        "by": "Officer 1", **changed,
    }  # fmt: skip
    return set_absence(database, CLOCK, SETTINGS, "one", **values)


def stands_in(database: Database, day: date, *, council_id: str = "one") -> tuple[str, ...]:
    with database.read() as connection:
        return deputising_for(connection, council_id, "Officer 2", day)


def test_a_deputy_stands_in_from_the_first_day_to_the_last(database: Database) -> None:
    leave(database)
    days = [date(2026, 3, day) for day in (8, 9, 13, 14)]
    assert [stands_in(database, day) for day in days] == [(), ("Officer 1",), ("Officer 1",), ()]
    assert stands_in(database, date(2026, 3, 9), council_id="another") == ()


def test_one_sets_one_s_own_absence_and_managers_those_of_others(database: Database) -> None:
    for by in ("Line Manager", "Manager"):
        absence = leave(database, by=by)
        end_absence(database, CLOCK, SETTINGS, "one", absence, by=by)
    for by in ("Officer 2", "Somebody"):
        with pytest.raises(NotAllowedError, match="Officer 1"):
            leave(database, by=by)
    absence = leave(database)
    with pytest.raises(NotAllowedError, match="Officer 1"):
        end_absence(database, CLOCK, SETTINGS, "one", absence, by="Officer 2")


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"person": "Somebody"}, "person"),
        ({"deputy": "Somebody"}, "deputy"),
        ({"deputy": ""}, "deputy"),
        ({"deputy": "Officer 1"}, "deputy"),
        ({"last_day": date(2026, 3, 8)}, "last_day"),
        ({"first_day": date(2026, 2, 1), "last_day": date(2026, 3, 1)}, "last_day"),
        ({"last_day": date(2027, 6, 1)}, "last_day"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(database: Database, changed: dict[str, Any], path: str) -> None:
    with pytest.raises(FormAnswersError) as refused:
        leave(database, **changed)
    assert [found for found, _ in refused.value.problems] == [path]
    assert list_absences(database, "one", date(2026, 1, 1)) == []


def test_nobody_is_away_twice_at_once_and_no_deputy_is_away(database: Database) -> None:
    leave(database)
    with pytest.raises(FormAnswersError, match="away already from Monday 9 March 2026"):
        leave(database, first_day=date(2026, 3, 13), last_day=date(2026, 3, 20))
    with pytest.raises(FormAnswersError, match="Officer 1 is away"):
        leave(database, person="Officer 2", deputy="Officer 1", by="Officer 2")
    leave(database, first_day=date(2026, 3, 16), last_day=date(2026, 3, 20))
    assert len(list_absences(database, "one", date(2026, 3, 2))) == 2
    assert list_absences(database, "another", date(2026, 3, 2)) == []


def test_an_absence_ends_early_and_one_that_has_not_begun_is_called_off(database: Database) -> None:
    coming = leave(database)
    running = leave(database, first_day=date(2026, 2, 23), last_day=date(2026, 3, 6))
    assert stands_in(database, date(2026, 3, 2)) == ("Officer 1",)
    end_absence(database, CLOCK, SETTINGS, "one", running, by="Officer 1")
    assert stands_in(database, date(2026, 3, 2)) == ()
    assert [each.absence_id for each in list_absences(database, "one", date(2026, 3, 1))] == [running, coming]
    end_absence(database, CLOCK, SETTINGS, "one", coming, by="Officer 1")
    assert list_absences(database, "one", date(2026, 3, 2)) == []
    for gone in (coming, running, 99):
        with pytest.raises(AbsenceNotFoundError):
            end_absence(database, CLOCK, SETTINGS, "one", gone, by="Officer 1")
    with pytest.raises(AbsenceNotFoundError):
        end_absence(database, CLOCK, SETTINGS, "another", leave(database), by="Officer 1")
