"""`asb explanations`: the log of second reports by hand, with bad input too."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.cli.calls import Asb

TOLD = {"told_to": "Ms A", "second_report_on": "2026-02-27", "report_taken_by": "police"}
EXPLAINED = {
    **TOLD, "review_explained_on": "2026-02-28", "review_explained_how": "phone", "review_explained_by": "Officer 2",
}  # fmt: skip
BY = ("--as", "Officer 1")


@pytest.fixture
def log(asb: Asb) -> Asb:
    """At Coventry, on a clock that stands still."""
    asb.done("make-simulation", "--now", "2026-03-02T10:15")
    for council in ("coventry", "derbyshire_commissioner"):
        asb.put_in_force(council)
    return asb


def enter(asb: Asb, answers: dict[str, str] = TOLD, *more: str) -> str:
    return asb.done("explanations", "coventry", *more, "--answers", json.dumps(answers), *BY)


def test_one_is_entered_explained_and_found(log: Asb) -> None:
    assert enter(log) == "Second report 1 is in the log.\n"
    assert "not explained yet" in log.done("explanations", "coventry", "--open", "--find", "police")
    enter(log, EXPLAINED, "1")
    assert log.done("explanations", "coventry", "--open") == "Nothing in the log is like that.\n"
    shown = log.done("explanations", "coventry", "1")
    assert "Second report 1 of 27 February 2026: explained 2026-02-28" in shown
    assert "changed by Officer 1" in shown
    (row,) = csv.DictReader(io.StringIO(log.done("explanations", "coventry", "--format", "csv")))
    assert (row["told_to"], row["explained_on"]) == ("Ms A", "2026-02-28")
    assert json.loads(log.done("explanations", "coventry", "--format", "json"))[0]["number"] == 1
    assert "second report 1" in log.done("figures", "coventry", "--from", "2026-02-01", "--to", "2026-02-28", "--cases")


def test_what_is_erased_is_said_to_be(log: Asb) -> None:
    enter(log)
    log.done("explanations", "coventry", "1", "--erase", "--reason", "Asked for it", *BY)
    assert "erased by Officer 1" in log.done("explanations", "coventry", "1")
    assert "Ms A" not in log.done("explanations", "coventry")
    assert log.done("verify") == "0 cases verified: whole.\n"


def test_the_questions_are_listed(log: Asb) -> None:
    assert "told_to  Who made the second report? (required)" in log.done("questions", "coventry", "--explanations")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("coventry", "--answers", "{}"), "Say who does it: --as NAME."),
        (("coventry", "--answers", "{}", *BY), "told_to: Answer “Who made the second report?”"),
        (("coventry", "--answers", "nonsense", *BY), "--answers is not JSON"),
        (("coventry", "--answers", json.dumps(TOLD), "--as", "Nobody"), "Nobody is not among the people"),
        (("coventry", "--answers", json.dumps(TOLD), "--as", "Sergeant 1"), "Sergeant 1 is in none of these teams"),
        (("coventry", "7", "--answers", json.dumps(TOLD), *BY), "has no entry 7"),
        (("coventry", "7"), "has no entry 7"),
        (("coventry", "--erase", *BY), "Say which is erased"),
        (("coventry", "1", "--erase", "--answers", "{}", *BY), "Either --answers or --erase"),
        (("coventry", "1", "--erase", *BY), "Say why it is erased"),
        (("derbyshire_commissioner",), "keeps no log of second reports here"),
        (("nowhere",), "nowhere"),
        (("coventry", "0"), "0 is not in the range"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(log: Asb, arguments: tuple[str, ...], sentence: str) -> None:
    answer = log("explanations", *arguments)
    assert answer.code == 2
    assert sentence in " ".join(answer.err.split())
