"""A policy owner sees from the command line what a draft does to open cases, moves them, and moves them back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calls import Asb
from tests.cli.test_policies import copied

CASE = "HBC-2026-0001"


@pytest.fixture
def here(simulated: Asb, tmp_path: Path) -> Asb:
    """One case is open; the folder is a copy, which the test may edit."""
    return Asb(home=simulated.home, more={"ASB_VARIANTS": str(copied(tmp_path))})


def give_more_time(tmp_path: Path) -> None:
    file = tmp_path / "policies" / "hertsmere" / "variant.toml"
    text = file.read_text()
    file.write_text(text + '\n[limits]\n"acknowledge" = "4 working days"\n')


def test_a_case_gets_more_time_and_has_it_back(here: Asb, tmp_path: Path) -> None:
    assert here.done("impact", "hertsmere") == "1 open: 1 of it already.\n"
    give_more_time(tmp_path)
    told = here.done("impact", "hertsmere")
    assert told.startswith("1 open: 1 with a later day.\n")
    assert "“Acknowledge the application”: Tuesday 3 March 2026 → Thursday 5 March 2026" in " ".join(told.split())
    (case,) = here("impact", "hertsmere", "--format", "json").json["cases"]
    assert (case["case"], case["outcome"], case["days"][0]["now"]) == (CASE, "later", "2026-03-05")

    here.put_in_force("hertsmere")
    moved = here.done("migrate", "hertsmere", "--all", "--why", "The cabinet gave more time", "--as", "Owner 1")
    assert moved.endswith("1 case moved, 0 stay.\n")
    assert "Thursday 5 March" in " ".join(here.done("tasks").split())
    assert "Owner 1 moved the case to version 2: The cabinet gave more time." in " ".join(
        here.done("case", CASE).split()
    )
    again = here.done("migrate", "hertsmere", CASE, "--why", "Once more")
    assert again == "0 cases moved, 0 stay. 1 is of that version already.\n"

    back = here.done("migrate", "hertsmere", "--all", "--back", "--why", "Too early")
    assert back.endswith("1 case moved, 0 stay.\n")
    assert "Tuesday 3 March" in " ".join(here.done("tasks").split())
    assert here.done("verify", CASE, "--replay")


def test_a_case_that_cannot_move_stays_and_gives_1(here: Asb, tmp_path: Path) -> None:
    give_more_time(tmp_path)
    here.put_in_force("hertsmere")
    with_late = here("migrate", "hertsmere", "--all", "--to", "1", "--why", "Nothing changes")
    assert (with_late.code, with_late.out) == (0, "0 cases moved, 0 stay. 1 is of that version already.\n")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("migrate", "hertsmere", "--why", "x"), "Name the cases that are to be moved, or say --all."),
        (("migrate", "hertsmere", "--all", CASE, "--why", "x"), "Name the cases that are to be moved, or say --all."),
        (("migrate", "hertsmere", "HBC-2026-0009", "--why", "x"), "HBC-2026-0009 is no open case of hertsmere"),
        (("migrate", "hertsmere", "--all", "--to", "9", "--why", "x"), "hertsmere has no version 9. There are 1 to 1."),
        (("migrate", "hertsmere", "--all", "--why", " "), "Say why: the reason is kept in the record of each case."),
        (("migrate", "nowhere", "--all", "--why", "x"), "No policy of “nowhere” is in force"),
        (("migrate", "hertsmere", "--all", "--back", "--to", "1", "--why", "x"), "--back goes where each"),
        (("impact", "nowhere"), "There is no variant and no folder “nowhere”"),
        (("impact", "hertsmere", "HBC-2026-0009"), "HBC-2026-0009 is no open case of hertsmere"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(here: Asb, call: tuple[str, ...], said: str) -> None:
    answer = here(*call)
    assert answer.code == 2
    assert said in answer.err


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("[steps]\n", "has “steps”. It may have [elements.PROCESS] and [deadlines]."),
        ("[deadlines]\nacknowledge = 'never'\n", "“acknowledge” under [deadlines] is one of "),
        ("[elements]\nold = 'new'\n", "under [elements.old] write"),
        ("elements = 3\n", "“elements” is a heading"),
    ],
)
def test_a_table_with_a_slip_is_refused(here: Asb, tmp_path: Path, table: str, said: str) -> None:
    file = tmp_path / "table.toml"
    file.write_text(table)
    answer = here("impact", "hertsmere", "--table", str(file))
    assert answer.code == 2
    assert said in answer.err


def test_what_people_did_in_a_closed_case_is_done_again_by_the_draft(here: Asb, tmp_path: Path) -> None:
    answers = '{"withdrawn_because": "asked", "withdrawal_reasons": "It is quiet now."}'
    here.done("send", CASE, "withdraw", "--as", "Officer 1", "--answers", answers)
    assert here.done("impact", "hertsmere", "--closed") == "1 closed: 1 the same.\n"
    give_more_time(tmp_path)
    told = here.done("impact", "hertsmere", "--closed", "--sample", "5")
    assert told.startswith("1 closed: 1 with another day.\n")
    said = "“Acknowledge the application” would be due on Thursday 5 March 2026, not on Tuesday 3 March 2026."
    assert said in " ".join(told.split())
    found = here("impact", "hertsmere", CASE, "--closed", "--format", "json").json
    assert (found["closed"], found["totals"], found["cases"][0]["differences"][0]["about"]) == (1, {"day": 1}, "day")
    assert here.done("impact", "hertsmere", "--closed", "--since", "2026-03-03") == "0 closed.\n"
    assert here("impact", "hertsmere").out == "0 open.\n"


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("--since", "2026-03-03"), "--since and --sample choose among closed cases: add --closed."),
        (("--closed", "--since", "3 March"), "does not match the format"),
        (("--closed", "--sample", "0"), "0 is not in the range"),
        (("--closed", "HBC-2026-0009"), "HBC-2026-0009 is no closed case of hertsmere; `asb case` lists them."),
    ],
)
def test_what_chooses_no_closed_case_is_told_so(here: Asb, call: tuple[str, ...], said: str) -> None:
    answer = here("impact", "hertsmere", *call)
    assert answer.code == 2
    assert said in " ".join(answer.err.split())


def test_of_a_case_that_is_named_every_token_is_told(here: Asb, tmp_path: Path) -> None:
    give_more_time(tmp_path)
    told = " ".join(here.done("impact", "hertsmere", CASE).split())
    before, after = "task, Tuesday 3 March 2026", "task, Thursday 5 March 2026"
    acknowledge = "“Acknowledge the application”"
    assert f"{acknowledge} ({before}) → {acknowledge} ({after})." in told
    assert "(message) stays as it is." in told
    (case,) = here("impact", "hertsmere", CASE, "--format", "json").json["cases"]
    moves = {(move["was"]["kind"], move["was"]["on"], move["now"]["on"]) for move in case["places"]}
    assert ("task", "2026-03-03", "2026-03-05") in moves
    assert "places" not in here("impact", "hertsmere", "--format", "json").json["cases"][0]
