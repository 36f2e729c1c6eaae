"""What is said to be seen to in code is there, and a test shows that it is done."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from engine.check.rules import RULES
from engine.clauses import IN_CODE, CodeRule
from tests.clauses.taken_out import function_named
from tests.house.checkout import ROOT, texts

#: Name → the test that shows it, as pytest is asked for it.
SHOWN_BY = {
    "act-holds": "tests/scenarios/test_hertsmere.py::test_a_scenario_comes_out_as_it_says[04_act_requires_a_review]",
    "floor-checked": "tests/check/rules/test_floor.py::test_a_table_with_a_shorter_period_is_shown",
    "days-beginning-with": "tests/time/test_limits.py::test_a_period_beginning_with_a_day_counts_that_day",
    "figures-counted": "tests/scenarios/test_hertsmere_figures.py::test_the_figures_of_an_example",
    "procedures-in-pictures": "tests/draw/test_outline.py::test_pictures_and_outlines_are_written_side_by_side",
    "clauses-accounted-for": "tests/check/rules/test_clauses.py::test_a_clause_that_nothing_carries_out_is_pointed_out",
    "consulted-before-revised": (
        "tests/check/rules/test_conflicts.py::test_each_conflict_is_a_warning_that_names_its_clauses_and_what_is_done"
    ),
    "record-chained": (
        "tests/casework/background/test_record.py::test_one_changed_byte_of_what_an_entry_says_is_found_and_named"
    ),
    "left-out-for-the-victim": (
        "tests/casework/copies/test_case_file.py::test_the_victims_copy_leaves_out_what_is_kept_from_the_victim_and_says_so"
    ),
    "another-person-decides": "tests/casework/tasks/test_rights.py::test_who_did_the_one_task_may_not_do_the_other",
    "highest-rung-acts": (
        "tests/casework/background/test_timers.py"
        "::test_after_a_long_sleep_only_the_highest_rung_acts_and_the_passed_ones_are_recorded"
    ),
    "told-is-done": (
        "tests/casework/cases/test_told_later.py"
        "::test_an_action_told_on_day_20_and_entered_on_day_25_keeps_the_rung_taken_with_a_note_and_takes_no_further"
    ),
}


def carrier(rule: CodeRule) -> str:
    """The function that carries the rule out, with its module."""
    kind, _, name = rule.where.partition("check: ")
    return f"engine.check.rules.{name.replace('-', '_')}.look" if name else kind


def test_every_rule_in_code_has_a_name_of_its_own_clauses_and_a_sentence() -> None:
    assert len({rule.name for rule in IN_CODE}) == len(IN_CODE)
    assert [rule.name for rule in IN_CODE if not rule.clauses or not rule.sentence.endswith(".")] == []


@pytest.mark.parametrize("rule", IN_CODE, ids=lambda rule: rule.name)
def test_what_carries_it_out_is_a_function_or_a_rule_of_the_check_that_is_there(rule: CodeRule) -> None:
    assert callable(function_named(carrier(rule)))
    if rule.where.startswith("check: "):
        assert rule.where.removeprefix("check: ") in {each.name for each in RULES}


def test_each_is_shown_by_a_test_that_is_there() -> None:
    assert SHOWN_BY.keys() == {rule.name for rule in IN_CODE}
    for test in SHOWN_BY.values():
        path, _, name = re.sub(r"\[.*\]", "", test).partition("::")
        assert f"\ndef {name}(" in texts()[path], test


@pytest.mark.proof
@pytest.mark.parametrize("rule", IN_CODE, ids=lambda rule: rule.name)
def test_the_test_that_shows_it_fails_where_it_is_taken_out(rule: CodeRule) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "tests.clauses.taken_out", SHOWN_BY[rule.name]]
    environment = {**os.environ, "ASB_TAKEN_OUT": carrier(rule)}
    played = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert played.returncode == pytest.ExitCode.TESTS_FAILED
