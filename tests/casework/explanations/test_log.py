"""G1: that there are case reviews is explained to everybody who makes a second report, and logged; there is no case."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from engine.casework.background.verification import verify_records
from engine.casework.explanations.log import (
    change_explanation,
    enter_explanation,
    erase_explanation,
    forget_old_explanations,
)
from engine.casework.explanations.pages import LogPage, log_page, logged_report
from engine.casework.overview.figures import count_figures
from engine.casework.step.office import Office
from engine.clock import SettableClock
from engine.errors import BadInputError, ExplanationNotFoundError, FormAnswersError, NotAllowedError
from engine.store import Database, council_move
from engine.variants import Variant, load_variant
from tests.house.checkout import ROOT
from tests.in_force import put_in_force

BPMN = ROOT / "bpmn"
COVENTRY = load_variant(BPMN / "coventry", root=BPMN)
TOLD: dict[str, Any] = {
    "told_to": "Ms Ånsgar", "second_report_on": "2026-03-06", "report_taken_by": "police",
    "second_report_reference": "P/77",
}  # fmt: skip
EXPLAINED = {"review_explained_on": "2026-03-09", "review_explained_how": "phone", "review_explained_by": "Officer 2"}
WHOLE = {"limit": 20_000}


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(datetime(2026, 3, 9, 12, tzinfo=UTC))


@pytest.fixture
def office(database: Database, clock: SettableClock) -> Office:
    return Office(database=database, clock=clock, handlers={})


def council(council_id: str = "coventry", *, limits: str = "", log: str = "") -> Variant:
    """Coventry's folder, with further lines below [limits] and in [explanations]."""
    files = dict(COVENTRY.files)
    if limits:
        table = files["time_limits.dmn"].decode()
        row = table.index('id="limit_explain_the_review"')
        files["time_limits.dmn"] = (table[:row] + table[row:].replace("<text>null</text>", limits, 1)).encode()
    if log:
        files["variant.toml"] = files["variant.toml"].replace(b"[explanations]\n", f"[explanations]\n{log}\n".encode())
    return replace(Variant.from_files(files, council_id), id=council_id)


def enter(office: Office, answers: dict[str, Any] = TOLD, *, of: Variant = COVENTRY, **more: Any) -> int:
    return enter_explanation(office, of, answers, by="Officer 1", **more)


def page(office: Office, of: Variant = COVENTRY, **wanted: Any) -> LogPage:
    return log_page(office, of, by="Officer 1", **{**WHOLE, **wanted})


def test_what_nobody_has_explained_yet_stands_in_the_list_until_somebody_has(office: Office) -> None:
    number = enter(office)
    (report,) = page(office, is_explained=False).reports
    assert (report.title, report.reported_on, report.explained_on) == ("Ms Ånsgar", date(2026, 3, 6), None)

    change_explanation(office, COVENTRY, number, {**TOLD, **EXPLAINED}, by="Officer 1")

    assert page(office, is_explained=False).reports == ()
    (report,) = page(office, is_explained=True).reports
    assert (report.explained_on, report.answers["review_explained_by"]) == (date(2026, 3, 9), "Officer 2")


def test_it_can_be_entered_with_its_explanation_at_once(office: Office) -> None:
    enter(office, {**TOLD, **EXPLAINED})
    assert page(office).to_explain == 0


def test_without_a_limit_of_the_council_nothing_is_late(office: Office, clock: SettableClock) -> None:
    enter(office)
    clock.advance(timedelta(days=200))
    found = page(office)
    assert found.reports[0].due is None
    assert not found.reports[0].is_late(found.today)


def test_with_one_it_is_due_and_then_late(office: Office, clock: SettableClock) -> None:
    strict = council(limits="<text>5</text>")
    enter(office, of=strict)
    (report,) = page(office, strict).reports
    assert report.due is not None
    # 6 March 2026 is a Friday
    assert report.due.due_on == date(2026, 3, 13)
    clock.set(datetime(2026, 3, 14, 9, tzinfo=UTC))
    found = page(office, strict)
    assert found.reports[0].is_late(found.today)


def test_a_correction_says_why_and_the_old_answer_stays(office: Office) -> None:
    number = enter(office)
    corrected = {**TOLD, "told_to": "Mr B"}
    with pytest.raises(FormAnswersError, match="Say why “Who made the second report"):
        change_explanation(office, COVENTRY, number, corrected, by="Officer 1")
    change_explanation(office, COVENTRY, number, corrected, by="Officer 2", reason="Misheard")

    report, history = logged_report(office, COVENTRY, number, by="Officer 1")
    assert report.title == "Mr B"
    assert [(entry.kind, entry.by, entry.reason) for entry in history] == [
        ("entered", "Officer 1", ""), ("changed", "Officer 2", "Misheard"),
    ]  # fmt: skip
    assert history[1].changes == ("“Who made the second report?”: Ms Ånsgar, now Mr B",)


def test_to_say_the_same_again_is_nothing(office: Office) -> None:
    number = enter(office)
    with pytest.raises(BadInputError, match="says already"):
        change_explanation(office, COVENTRY, number, TOLD, by="Officer 1")


@pytest.mark.parametrize(
    "answers",
    [
        {**TOLD, "second_report_on": "2026-03-10"},
        {**TOLD, **EXPLAINED, "review_explained_on": "2026-03-05"},
        {**TOLD, **EXPLAINED, "review_explained_on": "2026-03-10"},
        {**TOLD, "review_explained_on": "2026-03-09"},
        {**TOLD, "review_explained_how": "phone"},
        {**TOLD, "second_report_on": "roughly 6 March"},
        {**TOLD, "report_taken_by": "nobody"},
        {},
    ],
    ids=("tomorrow", "before", "not yet", "not how", "not when", "roughly", "no choice", "nothing"),
)
def test_what_cannot_be_is_not_taken(office: Office, answers: dict[str, Any]) -> None:
    with pytest.raises(FormAnswersError):
        enter(office, answers)
    assert page(office).found == 0


@pytest.mark.parametrize("who", ["Sergeant 1", "Nobody"])
def test_only_the_teams_that_the_policy_names_enter_and_see(office: Office, who: str) -> None:
    number = enter(office)
    for attempt in (
        lambda: enter_explanation(office, COVENTRY, TOLD, by=who),
        lambda: change_explanation(office, COVENTRY, number, {**TOLD, **EXPLAINED}, by=who),
        lambda: erase_explanation(office, COVENTRY, number, by=who, reason="So"),
        lambda: log_page(office, COVENTRY, by=who, **WHOLE),
        lambda: logged_report(office, COVENTRY, number, by=who),
    ):
        with pytest.raises(NotAllowedError):
            attempt()


def test_another_council_sees_nothing_of_it(office: Office) -> None:
    number = enter(office)
    other = council("othershire")
    assert page(office, other).found == 0
    assert page(office, other).to_explain == 0
    with pytest.raises(ExplanationNotFoundError):
        logged_report(office, other, number, by="Officer 1")
    with pytest.raises(ExplanationNotFoundError):
        change_explanation(office, other, number, {**TOLD, **EXPLAINED}, by="Officer 1")
    assert count_figures(office, other, first=date(2026, 1, 1), last=date(2026, 12, 31))[-1].count == 0


def test_a_page_that_is_sent_twice_is_entered_once(office: Office) -> None:
    assert enter(office, once="page-1") == enter(office, once="page-1")
    assert enter(office, once="page-2") != enter(office, once="page-1")
    assert page(office).found == 2


@pytest.mark.parametrize("search", ["ansgar", "P/77", "77", "MS ÅNS"])
def test_it_is_found_by_any_of_its_words(office: Office, search: str) -> None:
    enter(office)
    enter(office, {**TOLD, "told_to": "Mr B", "second_report_reference": "Q_9%"})
    assert [report.title for report in page(office, search=search).reports] == ["Ms Ånsgar"]
    assert page(office, search="%").found == 2  # no word at all


def test_the_figure_counts_by_the_day_of_the_explanation(office: Office) -> None:
    number = enter(office, {**TOLD, "second_report_on": "2026-02-27", **EXPLAINED})
    enter(office)
    (figure,) = (
        each for each in count_figures(office, COVENTRY, first=date(2026, 3, 1), last=date(2026, 3, 31))
        if each.figure.clauses == ("G1",)
    )  # fmt: skip
    assert [(case.day, case.words) for case in figure.cases] == [(date(2026, 3, 9), f"second report {number}")]


def test_where_it_is_erased_the_days_stay_and_nothing_else(office: Office, database: Database) -> None:
    number = enter(office, {**TOLD, **EXPLAINED})
    change_explanation(office, COVENTRY, number, {**TOLD, **EXPLAINED, "told_to": "Mr B"}, by="Officer 1", reason="So")
    erase_explanation(office, COVENTRY, number, by="Officer 1", reason="Asked for it")

    report, history = logged_report(office, COVENTRY, number, by="Officer 1")
    assert (report.title, report.is_erased, dict(report.answers)) == ("", True, {})
    assert history[-1].reason == "Asked for it"
    with database.read() as connection:
        kept = str(connection.execute(text("SELECT * FROM explanations")).all())
    assert "nsgar" not in kept
    assert "Mr B" not in kept
    assert "P/77" not in kept
    figures = count_figures(office, COVENTRY, first=date(2026, 3, 1), last=date(2026, 3, 31))
    assert figures[-1].count == 1
    assert verify_records(office) == (0, [])
    with pytest.raises(BadInputError, match="erased"):
        change_explanation(office, COVENTRY, number, TOLD, by="Officer 1", reason="So")


@pytest.mark.parametrize(
    "altered",
    [
        "UPDATE explanations SET content = replace(content, 'Mr B', 'Mr C')",
        "UPDATE explanations SET explained_on = NULL WHERE seq = 1",
        "UPDATE explanations SET kind = 'changed' WHERE seq = 1",
        "DELETE FROM explanations WHERE seq = 2",
        "DELETE FROM explanations WHERE seq = 1",
        "UPDATE explanations SET content = NULL, salt = NULL WHERE seq = 2",
    ],
)
def test_what_is_altered_behind_its_back_is_found(office: Office, database: Database, altered: str) -> None:
    enter(office, {**TOLD, **EXPLAINED})
    enter(office, {**TOLD, "told_to": "Mr B"})
    assert verify_records(office) == (0, [])
    with database.begin() as connection:
        connection.execute(text(altered))
    _, breaks = verify_records(office)
    assert {each.reference for each in breaks} == {"second reports of coventry"}
    assert verify_records(office, council_id="selby") == (0, [])


def test_a_council_with_another_name_keeps_its_log_and_the_chain_holds(office: Office, database: Database) -> None:
    enter(office)
    with database.begin() as connection:
        council_move.move_council(connection, "coventry", "othershire")
    enter(office, of=council("othershire"))
    assert page(office, council("othershire")).found == 2
    assert verify_records(office) == (0, [])


def test_what_is_older_than_the_council_keeps_anything_is_forgotten(office: Office, clock: SettableClock) -> None:
    put_in_force(office, COVENTRY)
    number = enter(office)
    clock.set(datetime(2032, 3, 8, 12, tzinfo=UTC))
    assert forget_old_explanations(office) == 0
    clock.set(datetime(2032, 3, 10, 12, tzinfo=UTC))
    assert forget_old_explanations(office) == 1
    assert forget_old_explanations(office) == 0
    report, history = logged_report(office, COVENTRY, number, by=None)
    assert report.is_erased
    assert history[-1].reason == "kept for 6 years"
    assert verify_records(office) == (0, [])


def test_a_council_that_keeps_its_log_elsewhere_keeps_none_here(office: Office) -> None:
    files = dict(COVENTRY.files)
    files["variant.toml"] = files["variant.toml"].replace(b"kept = true", b"kept = false")
    elsewhere = Variant.from_files(files, "coventry")
    assert elsewhere.settings.explanations is None
    with pytest.raises(BadInputError, match="keeps no log of second reports here"):
        enter(office, of=elsewhere)
