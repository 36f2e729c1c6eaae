"""What a draft would do is worked out in the background, by whichever worker lives, and kept until it is asked anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.casework.step.office import Office
from engine.clock import SettableClock
from engine.store import Database
from engine.workshop.impacts import (
    KeptImpact,
    ask_for_impact,
    background,
    has_impact_to_work_out,
    kept_impact,
    told,
    work_out_next_impact,
)
from tests.casework.migration.test_days import drawn
from tests.workshop.test_impact import office_with


class Killed(BaseException):
    """What ends a process does not pass by any of its handlers."""


def kept(office: Office) -> KeptImpact:
    found = kept_impact(office, drawn(27))
    assert found is not None
    return found


def later(office: Office) -> None:
    assert isinstance(office.clock, SettableClock)
    office.clock.advance(background.LEASE + timedelta(seconds=1))


def test_it_is_found_once_and_stays_until_it_is_asked_for_anew(database: Database) -> None:
    office = office_with(database, drawn(20))
    assert kept_impact(office, drawn(27)) is None
    assert not work_out_next_impact(office)
    ask_for_impact(office, drawn(27))
    ask_for_impact(office, drawn(27))
    assert (kept(office).is_waiting, kept(office).found) == (True, None)
    assert work_out_next_impact(office)
    first = kept(office)
    assert first.found is not None
    assert first.found.open.sentence == "3 open: 3 with a later day."
    assert (first.is_waiting, first.found.closed.sentence) == (False, "0 closed.")
    assert first.found_at == office.clock.now()
    later(office)
    ask_for_impact(office, drawn(27))
    assert kept(office).found == first.found  # until it is found anew
    assert has_impact_to_work_out(office)
    assert work_out_next_impact(office)
    assert kept(office).found_at == office.clock.now()


def test_of_many_cases_some_are_told_and_all_are_counted(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "MOST_TOLD", 2)
    office = office_with(database, drawn(20))
    ask_for_impact(office, drawn(27))
    work_out_next_impact(office)
    found = kept(office).found
    assert found is not None
    (kind,) = found.open.kinds
    assert (kind.words, kind.count, len(kind.cases)) == ("with a later day", 3, 2)
    assert kind.cases[0].places[0] == "main: “a” (task, Sunday 22 March 2026) → “a” (task, Sunday 29 March 2026)."


def test_what_a_worker_that_died_had_in_hand_is_worked_out_by_the_next(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = office_with(database, drawn(20), count=1)
    ask_for_impact(office, drawn(27))

    def dies(*_args: object, **_more: object) -> None:
        raise Killed

    monkeypatch.setattr(background, "impact_on_closed_cases", dies)
    with pytest.raises(Killed):
        work_out_next_impact(office)
    assert kept(office).progress == "Case 1 of 1 open case"
    assert not work_out_next_impact(office)
    later(office)
    monkeypatch.undo()
    assert work_out_next_impact(office)
    assert kept(office).found is not None


def test_what_kills_every_worker_is_given_up_with_a_sentence(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = office_with(database, drawn(20), count=1)
    ask_for_impact(office, drawn(27))

    def dies(*_args: object, **_more: object) -> None:
        raise Killed

    monkeypatch.setattr(background, "impact_on_open_cases", dies)
    for _ in range(background.MOST_ATTEMPTS):
        with pytest.raises(Killed):
            work_out_next_impact(office)
        later(office)
    assert work_out_next_impact(office)
    assert kept(office).why_not == "It was begun three times, and the program was stopped each time."
    assert not kept(office).is_waiting


def test_what_the_program_stumbles_over_ends_that_one_alone(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = office_with(database, drawn(20), count=1)
    ask_for_impact(office, drawn(27))

    def stumbles(*_args: object, **_more: object) -> None:
        raise KeyError("nothing like it")

    monkeypatch.setattr(background, "impact_on_open_cases", stumbles)
    assert work_out_next_impact(office)
    assert kept(office).why_not.startswith("asb itself failed over it (KeyError).")


def test_a_worker_that_is_to_end_gives_it_back(database: Database) -> None:
    office = office_with(database, drawn(20), count=1)
    ask_for_impact(office, drawn(27))
    assert work_out_next_impact(office, is_stopping=lambda: True)
    assert (kept(office).is_waiting, kept(office).progress) == (True, "")
    assert work_out_next_impact(office)
    assert kept(office).found is not None
