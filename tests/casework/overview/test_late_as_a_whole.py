"""What is late as a whole is counted in full; of many the longest late are listed."""

from __future__ import annotations

from datetime import date

import pytest

from engine.casework.overview import late_now, late_tasks
from engine.casework.tasks.deadlines import suspend_deadline
from engine.store import Database
from tests.casework.builders import Play
from tests.casework.tasks.test_deadlines import LIMITS
from tests.casework.tasks.test_frames import WHOLE, frame_id, variant


def test_all_are_counted_though_not_all_are_listed(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(late_tasks, "MOST_FRAMES", 2)
    policy = variant(WHOLE)
    plays = [Play(database, policy) for _ in range(5)]
    suspend_deadline(plays[0].office, frame_id(plays[0]), reason="a trial", by="Officer 1")
    for element in ("first", "second"):
        plays[1].complete(element)
    plays[4].wait(days=20)
    assert late_now(plays[4].office, policy, limit=25).frames_in_all == 0
    plays[4].wait(days=1)
    late = late_now(plays[4].office, policy, limit=25)
    assert [(frame.reference, frame.due_on) for frame in late.frames] == [
        (play.reference, date(2026, 3, 22)) for play in plays[2:4]
    ]
    assert late.frames_in_all == 3


def test_what_an_earlier_policy_promised_is_late_though_todays_promises_nothing(database: Database) -> None:
    play = Play(database, variant(WHOLE))
    play.wait(days=21)
    today = variant(WHOLE, limits=LIMITS.replace(b"<text>20</text>", b"<text></text>"))
    assert late_now(play.office, today, limit=25).frames_in_all == 1
