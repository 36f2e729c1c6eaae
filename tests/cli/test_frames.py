"""`asb tasks`, `asb case` and `asb extend`, where the whole has to be done by a day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.scenarios import scenarios_of
from engine.variants import load_variant
from tests.cli.calls import Asb
from tests.model.test_model import VARIANTS, council_that_says

CASE = "EXA-2026-0001"


@pytest.fixture
def asb(tmp_path: Path) -> Asb:
    """A council that promises the whole in eight weeks, and an application of Monday 2 March 2026."""
    folder = council_that_says(tmp_path, '[limits]\n"whole review" = "8 weeks after completed_on"\n')
    scenarios = scenarios_of(load_variant(folder, root=VARIANTS))
    applied = next(each for each in scenarios if each.name == "02_not_met").application
    (tmp_path / "application.json").write_text(json.dumps(applied), encoding="utf-8")
    made = Asb(home=tmp_path / "home", more={})
    made.done("make-simulation", "--now", "2026-03-02T10:15")
    made.put_in_force(str(folder))
    made.done("open", str(folder), str(tmp_path / "application.json"))
    return made


def test_a_task_says_by_when_the_whole_is_to_be_done(asb: Asb) -> None:
    said = " ".join(asb.done("tasks").split())
    assert "As a whole, “The procedure” is to be done by Monday 27 April 2026" in said
    (task,) = asb("tasks", "--format", "json").json
    assert task["whole"]["due_on"] == "2026-04-27"


def test_a_case_says_why_and_gives_the_number_by_which_it_is_extended(asb: Asb) -> None:
    case = asb("case", CASE, "--format", "json").json
    (whole,) = case["wholes"]
    shown = " ".join(asb.done("case", CASE).split())
    assert f"As a whole {whole['task']} The procedure. Deadline: Monday 27 April 2026: 8 weeks after" in shown

    given = ("--until", "2026-05-15", "--reason", "The landlord is ill", "--as", "Officer A")
    asb.done("extend", whole["task"], *given)
    assert asb("case", CASE, "--format", "json").json["wholes"][0]["due_on"] == "2026-05-15"
    told = " ".join(asb.done("case", CASE).split())
    assert "Officer A extended the deadline of “The procedure” from 27 April 2026 to 15 May 2026" in told


def test_what_is_late_as_a_whole_says_so(asb: Asb) -> None:
    asb.done("tick", "--now", "2026-04-28T09:00")
    said = " ".join(asb.done("tasks").split())
    assert "OVERDUE as a whole: “The procedure” was to be done by Monday 27 April 2026" in said
