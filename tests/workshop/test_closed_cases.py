"""What a draft would have done to closed cases: totals, what comes out otherwise in each, and where it fits no more."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from engine.casework.background.incidents import resolve_incident, retry_incident
from engine.casework.background.timers import fire_due_timers
from engine.casework.cases.corrections import erase_contents
from engine.casework.cases.intake import open_case
from engine.casework.migration.table import OwnersTable
from engine.casework.step.office import Office
from engine.casework.tasks.completion import complete_task
from engine.casework.tasks.deadlines import extend_deadline
from engine.clock import SettableClock
from engine.errors import BadInputError
from engine.model import TaskId
from engine.scenarios.replays.deviations import deviations
from engine.scenarios.replays.occurrences import Aspect, Occurrence
from engine.store import Database, cases, tasks
from engine.store.incidents import open_incidents
from engine.variants import Variant
from engine.workshop import ClosedChoice, PastImpact, ReplayedCase, ReplayKind, impact_on_closed_cases, told_of_replay
from tests.casework.applications.test_applications_of_the_public import VARIANT as PUBLIC
from tests.casework.builders import office_on
from tests.casework.migration.test_days import drawn, limits
from tests.in_force import put_in_force
from tests.runtime.sketch import end, exclusive, rule, script, start, user, variant, wire

COUNCIL = "test_council"


def quiet(_sentence: str) -> None:
    pass


def office_with(database: Database, policy: Variant, count: int = 1) -> Office:
    """A day apart, an application, and two days later whatever is to be done, until nothing is."""
    office = office_on(database)
    put_in_force(office, policy)
    for _ in range(count):
        reference = open_case(office, policy, {}, by="the applicant")
        wait(office, 2)
        while done(office, reference):
            pass
    return office


def wait(office: Office, days: int) -> None:
    assert isinstance(office.clock, SettableClock)
    office.clock.advance(timedelta(days=days))
    while fire_due_timers(office):
        pass


def done(office: Office, reference: str, by: str = "Officer 1") -> bool:
    with office.database.read() as connection:
        waiting = tasks.open_tasks(connection, reference=reference)
    if waiting:
        complete_task(office, waiting[0].task_id, {}, by=by)
    return bool(waiting)


def impact(office: Office, draft: Variant, choice: ClosedChoice = ClosedChoice(), **more: OwnersTable) -> PastImpact:  # noqa: B008  # frozen
    return impact_on_closed_cases(office, draft, choice, tell=quiet, **more)


def only(found: PastImpact) -> ReplayedCase:
    (case,) = found.cases
    return case


def two(second: str = "b", *, team: str = "team", more: str = "") -> Variant:
    body = start() + user("a") + user(second, team=team, more=more) + end() + wire(f"start a {second} end")
    return variant(body, files={"time_limits.dmn": limits(20)})


def test_the_totals_come_first_and_each_case_says_its_days(database: Database) -> None:
    office = office_with(database, drawn(20), count=3)
    assert impact(office, drawn(20)).sentence == "3 closed: 3 the same"
    found = impact(office, drawn(27))
    assert found.sentence == "3 closed: 3 with another day"
    assert told_of_replay(found.cases[-1]) == ["“a” would be due on Sunday 29 March 2026, not on Sunday 22 March 2026."]


def test_nothing_is_written_and_a_case_that_somebody_holds_is_read_all_the_same(database: Database) -> None:
    office = office_with(database, drawn(20))
    with office.database.read() as connection:
        before = cases.all_cases(connection)
    with office.database.begin() as connection:
        cases.lock_case(connection, "T-2026-0001")
        assert impact(office, drawn(27)).sentence == "1 closed: 1 with another day"
    with office.database.read() as connection:
        assert cases.all_cases(connection) == before


def test_a_shorter_limit_lets_come_what_did_not_come(database: Database) -> None:
    case = only(impact(office_with(database, drawn(20)), drawn(1)))
    assert told_of_replay(case)[0] == "The case would not be closed."
    assert "“a” would be due on Tuesday 3 March 2026, not on Sunday 22 March 2026." in told_of_replay(case)
    assert "“late” would come by itself on Wednesday 4 March 2026." in told_of_replay(case)
    assert "“chase” would be asked of The Team." in told_of_replay(case)


def test_a_step_that_is_new_is_where_what_people_did_fits_no_more(database: Database) -> None:
    draft = variant(start() + user("a") + user("check") + user("b") + end() + wire("start a check b end"))
    found = impact(office_with(database, two()), draft)
    assert found.sentence == ("1 closed: 1 with other tasks. In 1 what people did fits no more from some day on")
    assert told_of_replay(only(found)) == [
        "“b” would not be asked.",
        "“check” would be asked of The Team.",
        "From there on what people did fits no more. On 4 March 2026 Officer 1 did “b”, which is not open then; open "
        "is “check”.",
    ]


def test_another_team_is_told_and_whoever_did_it_does_it_again(database: Database) -> None:
    case = only(impact(office_with(database, two()), two(team="other")))
    assert told_of_replay(case) == ["“b” would be for Other Team, not for The Team."]


def test_a_step_of_another_id_is_the_same_by_its_name_or_by_the_owners_table(database: Database) -> None:
    office = office_with(database, two())
    renamed = two("c").files
    assert only(impact(office, Variant.from_files(renamed, COUNCIL))).kind is ReplayKind.TASK
    table = OwnersTable(elements={"main": {"b": "c"}})
    assert only(impact(office, Variant.from_files(renamed, COUNCIL), table=table)).kind is ReplayKind.SAME


def test_a_decision_and_its_way_come_out_otherwise(database: Database) -> None:
    def split(condition: str) -> Variant:
        body = start() + exclusive("which", default="which_to_b") + user("a") + user("b") + end("e1") + end("e2")
        return variant(body + wire("start which a e1", "which b e2", which_to_a=condition))

    case = only(impact(office_with(database, split("=1 &gt; 2")), split("=2 &gt; 1")))
    assert case.kind is ReplayKind.WAY
    assert told_of_replay(case)[0] == "At “which” the way would be “a”, not “b”."
    assert case.no_longer_fits.startswith("On 4 March 2026 Officer 1 did “b”, which is not open then")


def test_what_a_form_of_the_draft_refuses_is_where_it_ends(database: Database) -> None:
    form = (
        b'{"id": "f", "type": "default", "components": [{"key": "reached", "id": "field_1", "type": "textfield", '
        b'"label": "Who was reached?", "validate": {"required": true}}]}'
    )
    asking = start() + user("a", more='<zeebe:formDefinition formId="f"/>') + end() + wire("start a end")
    draft = variant(asking, files={"forms/f.form": form})
    case = only(impact(office_with(database, variant(start() + user("a") + end() + wire("start a end"))), draft))
    assert case.kind is ReplayKind.STOPS
    assert case.no_longer_fits.startswith("On 4 March 2026 Officer 1 did “a”, and it would be refused:")
    assert "Answer “Who was reached?”" in case.no_longer_fits


def test_a_day_that_a_person_gave_is_given_again(database: Database) -> None:
    office = office_on(database)
    put_in_force(office, drawn(20))
    reference = open_case(office, drawn(20), {}, by="the applicant")
    with office.database.read() as connection:
        number = tasks.open_tasks(connection, reference=reference)[0].number
    task = TaskId(reference=reference, number=number)
    extend_deadline(office, task, until=date(2026, 4, 10), reason="They asked for it.", by="Officer 1")
    wait(office, 30)
    assert done(office, reference)
    assert only(impact(office, drawn(20))).kind is ReplayKind.SAME
    later = only(impact(office, drawn(60)))
    assert "What Officer 1 changed on 2 March 2026 cannot be changed so" in later.no_longer_fits
    assert "an extension must be to a later day" in later.no_longer_fits


def test_a_case_that_its_own_version_does_not_give_again_is_not_held_against_the_draft(database: Database) -> None:
    office = office_on(database)
    put_in_force(office, drawn(2))
    reference = open_case(office, drawn(2), {}, by="the applicant")
    assert isinstance(office.clock, SettableClock)
    office.clock.advance(timedelta(days=9))  # nobody swept meanwhile: what was due came days too late
    fire_due_timers(office)
    while done(office, reference):
        pass
    found = impact(office, drawn(20))
    assert found.sentence == "1 closed: 1 cannot be compared"
    assert told_of_replay(only(found)) == [
        "Played again by its own version, it comes out otherwise: “late” would come by itself on Thursday 5 March "
        "2026, not on Wednesday 11 March 2026."
    ]


def test_what_began_in_words_that_were_erased_cannot_be_compared(database: Database) -> None:
    office = office_with(database, drawn(20))
    erase_contents(office, "T-2026-0001", [1], reason="They asked for it.", by="Officer 1")
    assert told_of_replay(only(impact(office, drawn(27)))) == ["How it began has been erased."]


def test_cases_are_chosen_by_day_by_sample_or_by_name(database: Database) -> None:
    office = office_with(database, drawn(20), count=4)

    def chosen(choice: ClosedChoice) -> list[str]:
        return [case.reference[-1] for case in impact(office, drawn(20), choice).cases]

    assert chosen(ClosedChoice()) == ["4", "3", "2", "1"]
    assert chosen(ClosedChoice(since=date(2026, 3, 8))) == ["4", "3"]
    assert chosen(ClosedChoice(sample=2)) == ["4", "2"]
    assert chosen(ClosedChoice(references=("T-2026-0003",))) == ["3"]
    with pytest.raises(BadInputError, match="T-2026-0009 is no closed case of test_council"):
        chosen(ClosedChoice(references=("T-2026-0009",)))


def test_what_the_public_sent_is_sent_by_the_public_again(database: Database) -> None:
    office = office_on(database)
    put_in_force(office, PUBLIC)
    reference = open_case(office, PUBLIC, {"applicant_name": "Ms A"}, by="the applicant", from_public=True)
    wait(office, 1)
    assert done(office, reference)
    assert only(impact(office, PUBLIC)).kind is ReplayKind.SAME


def test_who_may_not_see_a_case_is_told_numbers_and_no_words_of_a_decision_nor_who_gets_a_letter() -> None:
    def decided(value: object) -> Occurrence:
        said = json.dumps(value)
        day = date(2026, 3, 4)
        return Occurrence(aspect=Aspect.DECISION, what=("who",), label="Who is told?", value=said, on=day)

    was, now = {"met": True, "who": "Ms A"}, {"met": False, "who": "Mr B"}
    (found,) = deviations([decided(was)], [decided(now)], {})
    assert found.in_full == "“Who is told?” would be decided “met: no; who: Mr B”, not “met: yes; who: Ms A”."
    assert found.sentence == "“Who is told?” would be decided “met: no”, not “met: yes”."
    (found,) = deviations([decided({"who": "Ms A"})], [decided({"who": "Mr B"})], {})
    assert found.sentence == "“Who is told?” would be decided otherwise."
    letter = Occurrence(
        aspect=Aspect.LETTER,
        what=("letter", "x", "Ms A"),
        label="Your appeal",
        value="",
        on=date(2026, 3, 4),
        to="Ms A",
    )
    (found,) = deviations([letter], [], {})
    assert (found.sentence, found.in_full) == (
        "“Your appeal” would not leave.", "“Your appeal” would not leave (to Ms A).",
    )  # fmt: skip


def test_what_was_stuck_is_seen_to_again_and_a_draft_in_which_nothing_is_goes_on_by_itself(database: Database) -> None:
    def with_middle(middle: str) -> Variant:
        return variant(start() + user("a") + middle + user("b") + end() + wire("start a count b end"))

    office, policy = office_on(database), with_middle(rule("count", "nothing_like_it", "number"))
    put_in_force(office, policy)
    reference = open_case(office, policy, {}, by="the applicant")
    assert done(office, reference)
    with office.database.read() as connection:
        (stuck,) = open_incidents(connection)
    incident = TaskId(reference=reference, number=stuck.number)
    retry_incident(office, incident, by="Officer 1")
    with office.database.read() as connection:
        (stuck,) = open_incidents(connection)
    wait(office, 1)
    incident = TaskId(reference=reference, number=stuck.number)
    resolve_incident(office, incident, reason="Counted by hand.", by="Officer 1")
    assert done(office, reference)
    assert only(impact(office, with_middle(rule("count", "nor_this", "number")))).kind is ReplayKind.SAME
    mended = only(impact(office, with_middle(script("count", "=1", "number"))))
    assert told_of_replay(mended) == ["“b” would be asked on Monday 2 March 2026, not on Tuesday 3 March 2026."]


def test_where_a_draft_gets_stuck_is_where_it_ends(database: Database) -> None:
    body = start() + user("a") + rule("count", "nothing_like_it", "number") + user("b") + end()
    case = only(impact(office_with(database, two()), variant(body + wire("start a count b end"))))
    assert case.no_longer_fits.startswith("By 4 March 2026 the case comes to a stand: ")
