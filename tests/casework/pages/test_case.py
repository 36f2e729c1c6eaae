"""A case page by page: everything for its officers, for an agency what the forms show to it, in few queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from engine.bootstrap import build_simulation_office
from engine.casework.background.sweep import bring_up_to_date
from engine.casework.cases.attachments import attach_file
from engine.casework.cases.corrections import correct_fact
from engine.casework.cases.entries import record_view
from engine.casework.cases.intake import open_case
from engine.casework.cases.notes import add_note
from engine.casework.pages.case import (
    Looker,
    find_cases,
    read_actions,
    read_correction,
    read_diagrams,
    read_file_of,
    read_files,
    read_history,
    read_known,
    read_letter,
    read_letters,
    read_notes,
    read_related,
    read_summary,
    read_tasks,
)
from engine.casework.pages.case.actions import PointKind
from engine.casework.step.office import Office
from engine.draw import Mark
from engine.errors import AttachmentNotFoundError, BadInputError, CaseNotFoundError, LetterNotFoundError
from engine.model import CaseStatus, InstanceStatus
from engine.scenarios import play, scenarios_of
from engine.variants import Variant, load_variant
from tests.casework.cases.test_attachments import PDF
from tests.house.checkout import ROOT
from tests.statements import counted

HERTSMERE: Variant = load_variant(ROOT / "bpmn" / "hertsmere", root=ROOT / "bpmn")
COUNCIL = "hertsmere"
OFFICER = Looker(name="Officer 1", teams=frozenset({"community_safety", "partner_agency"}))
INSPECTOR = Looker(
    name="Neighbourhood Inspector", teams=frozenset({"police", "panel"}), audiences=frozenset({"agencies", "panel"})
)
OTHER_AGENCY = Looker(name="Health Worker", teams=frozenset({"icb"}), audiences=frozenset({"agencies"}))


def played(name: str) -> tuple[Office, str]:
    scenario = next(each for each in scenarios_of(HERTSMERE) if each.name.startswith(name))
    office = build_simulation_office()
    outcome = play(scenario, HERTSMERE, office)
    assert outcome.is_right
    assert outcome.reference is not None
    return office, outcome.reference


@pytest.fixture(scope="module")
def ladder() -> tuple[Office, str]:
    """An action that climbed every rung; nothing is changed in it by a test."""
    return played("13_")


@pytest.fixture(scope="module")
def short() -> tuple[Office, str]:
    """A case at its beginning; nothing is changed in it by a test."""
    office = build_simulation_office()
    scenario = next(each for each in scenarios_of(HERTSMERE) if each.name.startswith("13_"))
    office.clock.set(scenario.applied_at)  # type: ignore[attr-defined]
    reference = open_case(office, HERTSMERE, scenario.application, by="the applicant")
    bring_up_to_date(office)
    return office, reference


def known_words(office: Office, reference: str, looker: Looker) -> str:
    page = read_known(office, reference, looker, council_id=COUNCIL)
    return " ".join(fact.now.words for group in page.groups for fact in group.facts if fact.now)


def test_the_first_page_shows_what_the_policy_says_under_its_headings(ladder: tuple[Office, str]) -> None:
    page = read_summary(*ladder, OFFICER, council_id=COUNCIL)
    # Nothing of the kind has happened in this case.
    empty = {"Appeals", "Requests for an update", "Taken up again", "The remedy"}
    headings = [heading for heading in HERTSMERE.settings.case_page if heading not in empty]
    assert [section.heading for section in page.sections] == headings
    who = page.sections[0]
    assert ("Name of the applicant", "Ms A") in [(answer.label, answer.words) for answer in who.answers]
    reported = page.sections[1]
    assert [item.name for item in reported.items] == ["report 1", "report 2", "report 3"]
    assert ("To whom?", "The police") in reported.items[1].facts


def test_the_threshold_says_which_rule_matched_and_what_it_read(ladder: tuple[Office, str]) -> None:
    page = read_summary(*ladder, OFFICER, council_id=COUNCIL)
    own, act = next(s for s in page.sections if s.heading == "How the threshold came out").decisions
    assert own.rules[0].number == 2
    assert "Three separate incidents" in own.rules[0].because[1]
    assert ("Separate qualifying complaints, preceding 6 months", "3") in own.read
    assert act.clauses == ("L104.4", "L104.11")


def test_open_tasks_say_why_they_are_due(short: tuple[Office, str]) -> None:
    (task,) = read_summary(*short, OFFICER, council_id=COUNCIL).open_tasks
    assert task.name == "Acknowledge the application"
    assert task.due_on == date(2026, 3, 4)
    assert "2 working days after" in (task.explanation or "")


def test_a_ladder_is_a_line_of_dates_with_every_rung(ladder: tuple[Office, str]) -> None:
    first, second = read_actions(*ladder, OFFICER, council_id=COUNCIL).actions
    assert [(point.on, point.kind, point.rung) for point in first.ladders[0].points] == [
        (date(2026, 5, 1), PointKind.DUE, None),
        (date(2026, 5, 23), PointKind.TAKEN, 1),
        (date(2026, 7, 2), PointKind.TAKEN, 2),
        (date(2026, 8, 2), PointKind.TAKEN, 3),
        (date(2026, 8, 20), PointKind.DONE, None),
    ]
    assert [point.kind for point in second.ladders[0].points] == [PointKind.DONE, PointKind.DUE]


def test_the_diagram_marks_where_the_case_is_and_what_it_has_passed(ladder: tuple[Office, str]) -> None:
    page = read_diagrams(*ladder, OFFICER, council_id=COUNCIL)
    main = page.instances[0]
    assert page.chosen is main
    assert main.stands_at == ("Note what was learned",)
    assert main.marks["note_lessons"] is Mark.NOW
    assert main.marks["procedure_begins"] is Mark.DONE
    assert page.svg.startswith("<svg")
    assert "Now: Note what was learned" in page.svg
    assert "style=" not in page.svg
    assert "Application received" in page.outline


def test_each_process_instance_can_be_chosen_and_stands_below_its_caller(ladder: tuple[Office, str]) -> None:
    office, reference = ladder
    page = read_diagrams(office, reference, OFFICER, council_id=COUNCIL)
    action = next(each for each in page.instances if each.about.startswith("action 1"))
    assert (action.depth, action.status, action.marks["second_rung"]) == (1, InstanceStatus.COMPLETED, Mark.DONE)
    chosen = read_diagrams(office, reference, OFFICER, council_id=COUNCIL, number=action.number).chosen
    assert chosen == action


def test_the_words_of_a_diagram_say_by_when_and_which_letter(ladder: tuple[Office, str]) -> None:
    office, reference = ladder
    drawn = read_diagrams(office, reference, OFFICER, council_id=COUNCIL).instances
    action = next(each for each in drawn if each.about.startswith("action 1"))
    words = read_diagrams(office, reference, OFFICER, council_id=COUNCIL, number=action.number).outline
    lines = [line.strip() for line in words.splitlines()]
    assert "Due: the day under “By when?”" in lines
    assert "When: 2 months after the day on which the action is due" in lines
    assert any(line.startswith("Letter: “") and line.endswith("(escalation-chief-executive)") for line in lines)
    assert not [line for line in lines if "=" in line or line.startswith(("Form:", "Handler:"))]


def test_of_a_case_that_is_over_the_last_whole_procedure_is_drawn() -> None:
    office, reference = played("20_")
    page = read_diagrams(office, reference, OFFICER, council_id=COUNCIL)
    assert page.case.status is CaseStatus.CLOSED
    assert page.chosen is not None
    assert (page.chosen.depth, page.chosen.ended_as) == (0, "Further review completed")
    assert page.chosen.stands_at == ()


def test_a_task_past_its_day_is_late_on_the_diagram() -> None:
    office, reference = played("13_")
    other = next(each for each in scenarios_of(HERTSMERE) if each.name.startswith("13_"))
    opened = open_case(office, HERTSMERE, other.application, by="the applicant")
    bring_up_to_date(office)
    office.clock.advance(timedelta(days=30))  # type: ignore[attr-defined]
    page = read_diagrams(office, opened, OFFICER, council_id=COUNCIL)
    assert page.chosen is not None
    assert page.chosen.late_at == ("Acknowledge the application",)
    assert page.chosen.marks["acknowledge_application"] is Mark.LATE
    assert reference != opened


def test_what_is_known_stands_in_the_form_that_asked_and_a_correction_keeps_what_was_said() -> None:
    office, reference = played("13_")
    correct_fact(office, reference, "panel_place", "Town Hall", reason="The room changed", by="Officer 1")
    page = read_known(office, reference, OFFICER, council_id=COUNCIL)
    assert page.groups[0].heading == "Apply for an ASB case review"
    arranged = next(group for group in page.groups if group.heading == "Arrange the panel")
    place = next(fact for fact in arranged.facts if fact.name == "panel_place")
    assert place.now is not None
    assert (place.now.words, place.now.source) == ("Town Hall", "Corrected: The room changed")
    assert [(value.words, value.source, value.by) for value in place.before] == [
        ("Civic Offices", "Arrange the panel", "Officer 1")
    ]


def test_a_fact_can_be_asked_again_with_its_own_question(ladder: tuple[Office, str]) -> None:
    office, reference = ladder
    again = read_correction(office, reference, "reported_to", "reports-2", OFFICER, council_id=COUNCIL)
    assert (again.label, again.about, again.was) == ("To whom?", "report 2", "The police")
    assert again.form.keys == ("reported_to",)
    with pytest.raises(BadInputError):
        read_correction(office, reference, "table_ground", "", OFFICER, council_id=COUNCIL)


def test_an_agency_sees_what_the_forms_show_to_it_and_no_more(ladder: tuple[Office, str]) -> None:
    everything, theirs = known_words(*ladder, OFFICER), known_words(*ladder, INSPECTOR)
    for hidden in ("ms.a@example.org", "1 Any Street", "One visit and one letter.", "Superintendent C"):
        assert hidden in everything
        assert hidden not in theirs
    assert "Shouting, banging and threats" in theirs
    assert "The visits were not followed up." in theirs  # the panel's
    assert "The visits were not followed up." not in known_words(*ladder, OTHER_AGENCY)


def test_an_agency_reads_its_own_letters_and_no_others(ladder: tuple[Office, str]) -> None:
    office, reference = ladder
    every = read_letters(office, reference, OFFICER, council_id=COUNCIL).letters
    theirs = read_letters(office, reference, INSPECTOR, council_id=COUNCIL).letters
    assert {letter.recipient for letter in theirs} == {"Neighbourhood Inspector", "Hertfordshire Constabulary"}
    assert not read_letters(office, reference, OTHER_AGENCY, council_id=COUNCIL).letters
    to_victim = next(letter for letter in every if letter.recipient == "Ms A")
    assert read_letter(office, reference, to_victim.number, OFFICER, council_id=COUNCIL).letter.text
    with pytest.raises(LetterNotFoundError):
        read_letter(office, reference, to_victim.number, INSPECTOR, council_id=COUNCIL)


def test_an_agency_learns_nothing_of_others_from_history_summary_and_names(ladder: tuple[Office, str]) -> None:
    history = read_history(*ladder, INSPECTOR, council_id=COUNCIL)
    told = " ".join(entry.sentence for entry in history.entries)
    assert "Ms A" not in told
    assert all(not entry.details for entry in history.entries)
    summary = read_summary(*ladder, INSPECTOR, council_id=COUNCIL)
    assert "1 Any Street" not in str(summary)
    assert all(not section.decisions for section in summary.sections)
    assert not read_related(*ladder, INSPECTOR, council_id=COUNCIL).cases


def test_the_history_is_paged_in_either_order_and_shows_views_when_asked() -> None:
    office, reference = played("13_")
    record_view(office, reference, "letters", by="Officer 2", council_id=COUNCIL)
    newest = read_history(office, reference, OFFICER, council_id=COUNCIL)
    assert "Officer 2 looked" not in newest.entries[0].sentence
    with_views = read_history(office, reference, OFFICER, council_id=COUNCIL, with_views=True)
    assert with_views.entries[0].sentence == "Officer 2 looked at the case: letters."
    oldest = read_history(office, reference, OFFICER, council_id=COUNCIL, oldest_first=True)
    assert oldest.entries[0].sentence.startswith("Application")
    last = read_history(office, reference, OFFICER, council_id=COUNCIL, page=9_999)
    assert (last.page, last.entries[-1]) == (last.pages, oldest.entries[0])


def test_notes_and_files_are_for_those_who_see_everything_or_brought_them() -> None:
    office, reference = played("13_")
    add_note(office, reference, "The victim is ill.", by="Officer 1", council_id=COUNCIL)
    own = attach_file(office, reference, None, "log.pdf", PDF, by=INSPECTOR.name, council_id=COUNCIL)
    other = attach_file(office, reference, None, "letter.pdf", PDF, by="Officer 1", council_id=COUNCIL)
    assert [note.text for note in read_notes(office, reference, OFFICER, council_id=COUNCIL).notes] == [
        "The victim is ill."
    ]
    assert not read_notes(office, reference, INSPECTOR, council_id=COUNCIL).notes
    assert len(read_files(office, reference, OFFICER, council_id=COUNCIL).files) == 2
    assert [seen.file for seen in read_files(office, reference, INSPECTOR, council_id=COUNCIL).files] == [own]
    assert read_file_of(office, reference, own.number, INSPECTOR, council_id=COUNCIL)[1] == PDF
    with pytest.raises(AttachmentNotFoundError):
        read_file_of(office, reference, other.number, INSPECTOR, council_id=COUNCIL)


def test_cases_that_say_the_same_of_people_or_addresses_are_related() -> None:
    office, reference = played("13_")
    first = next(each for each in scenarios_of(HERTSMERE) if each.name.startswith("13_")).application
    same = open_case(office, HERTSMERE, first, by="the applicant")
    neighbour = {**first, "applicant_name": "Mr B", "victim_name": "Mr B", "applicant_email": "b@example.org"}
    at_the_same_address = open_case(office, HERTSMERE, neighbour, by="the applicant")
    elsewhere = open_case(
        office, HERTSMERE, {**neighbour, "applicant_postal_address": "2 Any Street\nBorehamwood"}, by="the applicant"
    )
    found = read_related(office, reference, OFFICER, council_id=COUNCIL).cases
    assert [each.case.reference for each in found] == [same, at_the_same_address]
    assert elsewhere not in [each.case.reference for each in found]
    assert [text for _, text in found[1].shared] == ["1 Any Street Borehamwood"]
    assert not found[0].is_earlier


def test_the_list_finds_by_name_address_and_reference_and_filters(ladder: tuple[Office, str]) -> None:
    office, reference = ladder

    def found(search: str = "", looker: Looker = OFFICER, **more: Any) -> int:
        return find_cases(office, looker, council_id=COUNCIL, search=search, **more).count

    assert found() == found("any street") == found(reference) == found("0001") == 1
    assert found("nobody of this name") == found("!?") == 0
    assert found(status=CaseStatus.CLOSED) == 0
    assert found(looker=INSPECTOR) == 1
    assert found(looker=OTHER_AGENCY) == 0
    assert find_cases(office, OFFICER, council_id="another").count == 0


@pytest.mark.parametrize(
    ("read", "most"),
    [
        (read_summary, 7),
        (read_tasks, 5),
        (read_known, 4),
        (read_letters, 4),
        (read_actions, 4),
        (read_diagrams, 7),
        (read_history, 4),
        (read_notes, 4),
        (read_files, 5),
        (read_related, 5),
    ],
)
def test_a_page_costs_as_many_queries_for_a_long_case_as_for_a_short_one(
    ladder: tuple[Office, str], short: tuple[Office, str], read: Callable[..., Any], most: int
) -> None:
    asked = []
    for office, reference in (ladder, short):
        with counted(office.database) as statements:
            read(office, reference, OFFICER, council_id=COUNCIL)
        asked.append(len(statements))
    assert max(asked) <= most, asked


@pytest.mark.parametrize("read", [read_summary, read_tasks, read_known, read_letters, read_actions, read_diagrams,
                                  read_history, read_notes, read_files, read_related])  # fmt: skip
def test_another_council_finds_no_such_case(ladder: tuple[Office, str], read: Callable[..., Any]) -> None:
    with pytest.raises(CaseNotFoundError):
        read(*ladder, OFFICER, council_id="another")
