"""What a corrected day moves is seen before it is corrected: the days, and the letters that leave at once."""

from __future__ import annotations

from datetime import date

from engine.casework.cases.corrections import correct_fact
from engine.casework.rehearsal import Consequences, what_follows_correcting
from engine.casework.step.office import Office
from tests.casework.cases.test_told_later import agreed, at, letters


def seen(office: Office, reference: str, day: str) -> Consequences:
    return what_follows_correcting(
        office, reference, "due_on", day, reason="misread", by="Officer 1", item_id="actions-1"
    )


def test_the_days_that_would_move_are_told_and_none_has_moved() -> None:
    office, reference = agreed()
    follows = seen(office, reference, "2026-06-01")
    assert len(follows.moves) == 5  # the task, that it is late, and its three rungs
    assert "moved from 1 May 2026 to 1 June 2026" in follows.moves[0]
    assert follows.letters == ()
    at(office, date(2026, 5, 2))
    assert letters(office, reference) == ["action-late"]


def test_every_letter_is_shown_that_a_day_gone_by_brings() -> None:
    office, reference = agreed()
    at(office, date(2026, 4, 30))
    follows = seen(office, reference, "2026-04-02")
    assert {letter.letter for letter in follows.letters} == {"action-late", "escalation-line-manager"}
    correct_fact(office, reference, "due_on", "2026-04-02", reason="misread", by="Officer 1", item_id="actions-1")
    at(office, date(2026, 4, 30))
    assert sorted(letters(office, reference)) == ["action-late", "escalation-line-manager"]


def test_of_several_rungs_that_are_due_at_once_only_the_highest_acts() -> None:
    office, reference = agreed()
    correct_fact(office, reference, "due_on", "2027-01-01", reason="misread", by="Officer 1", item_id="actions-1")
    at(office, date(2026, 8, 20))
    follows = seen(office, reference, "2026-04-02")
    assert {letter.letter for letter in follows.letters} == {"action-late", "escalation-chief-executive"}
