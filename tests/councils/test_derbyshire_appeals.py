"""What becomes of an appeal at the Commissioner's that is incomplete, late, about a procedure, or of a council that is
not in the installation; and what the appellant and the council read of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from lxml import etree

from engine.bootstrap import build_simulation_office, handlers_by_name
from engine.casework.copies.case_file import read_case_file
from engine.casework.overview import yearly_figures
from engine.casework.step.office import Office
from engine.check import Severity, check_paths
from engine.scenarios import Expectation, Scenario, play
from engine.store import cases, incidents, parcels
from tests.casework.handovers.shipped import office_serving
from tests.casework.handovers.two_sides import known_in
from tests.councils.two_bodies import (
    AREAS,
    BPMN,
    COMMISSIONER,
    DERBY,
    OF_DERBY,
    SCENARIOS,
    act,
    open_in,
    references,
    until_the_appeal,
)

#: Where something goes back to a council: the diagram, what catches that the council is not here, and what hands over.
NOT_HERE = (
    ("appeal_taken_in.bpmn", "council_is_not_here", "send_back"),
    ("appeal_heard.bpmn", "file_is_not_asked", "request_file"),
    ("council_told.bpmn", "council_gets_no_answer", "answer_council"),
)


def letters_in(office: Office, reference: str) -> dict[str, str]:
    """What stands in the last letter of each id that the case sent, on one line."""
    file = read_case_file(office, reference)
    return {each.letter: " ".join(each.text.split()) for each in file.letters}


def told(scenario: Scenario) -> dict[str, str]:
    office = build_simulation_office()
    outcome = play(scenario, COMMISSIONER, office)
    assert outcome.misses == ()
    return letters_in(office, outcome.reference or "")


def test_what_is_missing_is_asked_of_the_council_and_taken_in_by_the_same_case() -> None:
    office = office_serving(DERBY, COMMISSIONER)
    at_derby, theirs = OF_DERBY["18_appeal_comes_back"], SCENARIOS["11_incomplete_goes_back"]
    ours = play(until_the_appeal(at_derby), DERBY, office).reference or ""
    (heard,) = references(office, "derbyshire_commissioner")
    asked = next(step for step in theirs.steps if step.answers.get("what_it_is") == "incomplete")
    act(office, heard, replace(theirs, steps=(asked,)), "take_in")
    assert (open_in(office, ours), open_in(office, heard)) == (["complete_appeal"], ["receive_missing"])
    act(office, ours, at_derby, "complete_appeal")
    assert references(office, "derbyshire_commissioner") == [heard]
    assert (open_in(office, ours), open_in(office, heard)) == (["await_appeal_answer"], ["take_in"])
    assert known_in(office, heard)["appeal_points"] == '"My first report was not counted."'
    assert known_in(office, heard)["appeal_received_on"] == '{"@":"2022-04-11"}'
    act(office, heard, replace(theirs, steps=theirs.steps[-1:]), "take_in")
    assert open_in(office, heard) == ["receive_file"]
    assert open_in(office, ours) == ["await_appeal_answer", "hand_file_over"]


def test_who_withdraws_while_something_is_missing_withdraws_at_the_council_too() -> None:
    office = office_serving(DERBY, COMMISSIONER)
    theirs = SCENARIOS["11_incomplete_goes_back"]
    ours = play(until_the_appeal(OF_DERBY["18_appeal_comes_back"]), DERBY, office).reference or ""
    (heard,) = references(office, "derbyshire_commissioner")
    asked = next(step for step in theirs.steps if step.answers.get("what_it_is") == "incomplete")
    act(office, heard, replace(theirs, steps=(asked,)), "take_in")
    act(office, heard, SCENARIOS["19_withdrawn_while_something_is_missing"], "appeal_withdrawn")
    assert (open_in(office, ours), open_in(office, heard)) == ([], [])
    assert known_in(office, ours)["appeal_outcome"] == '"withdrawn"'


def test_a_late_appeal_that_is_not_considered_is_no_dismissed_one_at_the_council_either() -> None:
    office = office_serving(DERBY, COMMISSIONER)
    late = SCENARIOS["02_a_day_late_and_not_considered"]
    scenario = OF_DERBY["14_appeal_a_day_late"]
    number = [number for number, step in enumerate(scenario.steps) if step.tell == "appeal"][-1]
    ours = play(replace(scenario, steps=scenario.steps[: number + 1]), DERBY, office).reference or ""
    heard = references(office, "derbyshire_commissioner")[-1]
    act(office, heard, late, "take_in")
    assert open_in(office, heard) == []
    with office.database.read() as connection:
        assert cases.find_case(connection, heard).closed_as == "Not considered, because it came late"
    assert known_in(office, ours)["appeal_outcome"] == '"not_considered"'
    text = letters_in(office, ours)["appeal_outcome"]
    assert "not considered, because it came late: the last day for it was 2 January 2023" in text.replace("**", "")
    assert "dismissed" not in text


def test_a_council_whose_appeal_is_a_complaint_hears_that_and_waits_no_longer() -> None:
    office = office_serving(DERBY, COMMISSIONER)
    ours = play(until_the_appeal(OF_DERBY["12_appeal_goes_to_the_commissioner"]), DERBY, office).reference or ""
    (heard,) = references(office, "derbyshire_commissioner")
    act(office, heard, SCENARIOS["21_a_complaint_that_the_council_handed_over"], "take_in")
    assert (open_in(office, ours), open_in(office, heard)) == ([], [])
    text = letters_in(office, ours)["appeal_outcome"]
    assert "no appeal to them: they tell whoever appealed where it belongs" in text.replace("**", "")
    assert "It says nothing about the decision." in text


@pytest.mark.parametrize(("notice", "words"), [("2022-04-19", "one day late"), ("2022-04-17", "3 days late")])
def test_how_late_it_came_is_told_in_the_right_words(notice: str, words: str) -> None:
    late = SCENARIOS["02_a_day_late_and_not_considered"]
    application = {**late.application, "notice_delivered_on": notice}
    letter = told(replace(without_expectations(late), application=application))["appeal_not_considered"]
    assert words in letter
    assert "We have not looked at whether the decision is right" in letter


def test_who_appeals_as_a_procedure_was_not_followed_reads_of_both_ways() -> None:
    text = told(SCENARIOS["09_procedure_not_followed_an_appeal"])["appeal_acknowledged"]
    for words in ("both ways are open to you", "complaints procedure", "lgo.org.uk", "policeconduct.gov.uk",
                  "A second person never looked at the refusal"):  # fmt: skip
        assert words in text
    assert "both ways" not in told(SCENARIOS["01_upheld"])["appeal_acknowledged"]


@pytest.mark.parametrize("name", ["01_upheld", "02_a_day_late_and_not_considered", "11_incomplete_goes_back"])
def test_a_council_that_is_not_here_is_written_to_and_nothing_is_said_to_be_handed_over(name: str) -> None:
    """The appeal came from a council that was in the installation, and is in it no more."""
    scenario, office = SCENARIOS[name], office_serving(COMMISSIONER)
    outcome = play(without_expectations(scenario), COMMISSIONER, office)
    reference = outcome.reference or ""
    written = letters_in(office, reference)
    expected = {
        "01_upheld": {"file_asked", "council_told"},
        "02_a_day_late_and_not_considered": {"council_told"},
        "11_incomplete_goes_back": {"council_asked", "file_asked"},
    }[name]
    assert expected <= written.keys()
    with office.database.read() as connection:
        assert parcels.parcels_of(connection, "derbyshire_commissioner", reference) == []
        assert incidents.open_incidents(connection) == []
    assert not any("handed over" in text.lower() for text in written.values())


def without_expectations(scenario: Scenario) -> Scenario:
    steps = tuple(replace(step, then=Expectation()) for step in scenario.steps)
    return replace(scenario, steps=steps, after_application=Expectation())


@pytest.mark.parametrize(("file", "event", "task"), NOT_HERE)
def test_a_hand_over_back_to_a_council_without_a_way_for_one_that_is_not_here_is_warned_of(
    tmp_path: Path, file: str, event: str, task: str
) -> None:
    for name in ("derbyshire_commissioner", "model_appeals"):
        copytree(BPMN / name, tmp_path / name, ignore=ignore_patterns("scenarios"))
    diagram = tmp_path / "model_appeals" / file
    tree = etree.parse(diagram)
    (boundary,) = tree.xpath(f"//*[@id='{event}']")
    boundary.getparent().remove(boundary)
    for left in tree.xpath(
        f"//*[@sourceRef='{event}' or @bpmnElement='{event}' or starts-with(@bpmnElement, '{event}_')]"
    ):
        left.getparent().remove(left)
    tree.write(diagram)
    findings = check_paths([tmp_path / "derbyshire_commissioner"], handlers=tuple(handlers_by_name().values()))
    (found,) = [each for each in findings if each.rule == "faults" and "not-here" in each.sentence]
    assert (found.element_id, found.severity) == (task, Severity.WARNING)


def test_the_public_reads_by_when_to_appeal() -> None:
    page = COMMISSIONER.pages["apply"]
    assert COMMISSIONER.page_values("en")["limits"]["lodge_an_appeal"] == "28 days"
    assert "limits.lodge_an_appeal" in page.placeholders


@pytest.mark.parametrize(
    ("name", "area"), [("the-whole-story", "Derby City"), ("04_dismissed_with_recommendations", "High Peak")]
)
def test_an_appeal_counts_in_its_area_and_in_the_year_of_its_receipt(name: str, area: str) -> None:
    """P3b: nine areas, and a zero where there was none."""
    office = build_simulation_office()
    assert play(SCENARIOS[name], COMMISSIONER, office).is_right
    for first, expected in ((date(2022, 4, 1), 1), (date(2021, 4, 1), 0)):
        year = {"first": first, "last": date(first.year + 1, 3, 31)}
        table = yearly_figures(office, [COMMISSIONER], **year)
        (appeals,) = [each for each in table.figures if each.id == "appeals"]
        by_area = {row.area: row.number(appeals) for row in table.counted}
        # A year of which numbers were published, and in which nothing was counted here, has none counted.
        assert by_area == ({each: expected if each == area else 0 for each in AREAS} if expected else {})
        assert {row.area: row.count for row in table.entered if row.entered.figure == "appeals"} == (
            {} if expected else dict.fromkeys(AREAS, 0)
        )
        assert table.total(table.years[0], appeals) == expected


def test_the_areas_that_are_drawn_are_those_of_the_table_and_of_the_form() -> None:
    notes = {note.id: note.text for note in COMMISSIONER.diagrams["appeal_case.bpmn"].annotations}
    assert notes["nine_areas"] == ", ".join(AREAS)
    linked = {area.name: bool(area.form) for area in COMMISSIONER.settings.areas}
    assert notes["six_areas"] == ", ".join(area for area in AREAS if linked[area])
    assert notes["three_areas"] == ", ".join(area for area in AREAS if not linked[area])
