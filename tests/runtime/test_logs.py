"""A worker's log is read by people: what moves inside a process stands in the record."""

from __future__ import annotations

import logging

import pytest

from tests.runtime.play import Case
from tests.runtime.sketch import end, start, user, wire


def test_a_case_that_moves_leaves_a_log_at_info_as_it_was(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    case = Case(start() + user("act") + end() + wire("start act end"))
    case.complete("act", {"met": True})
    assert case.is_closed
    assert [record.message for record in caplog.records if record.name.startswith("spiff")] == []
