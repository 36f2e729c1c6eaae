"""What a draft would do to open cases, and moving them: totals first, each case in the one version or the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from engine.casework.cases.intake import open_case
from engine.casework.migration import move_case as use_case
from engine.casework.migration.table import OwnersTable
from engine.casework.step.office import Office
from engine.casework.step.versions import Versions
from engine.casework.tasks.completion import complete_task
from engine.errors import BadInputError
from engine.model import TaskId
from engine.store import Database, cases, tasks
from engine.store.policy_versions import PolicyVersionRow
from engine.variants import Variant
from engine.workshop import (
    Impact,
    MoveKind,
    MoveWanted,
    impact_on_open_cases,
    move_back,
    move_open_cases,
    names_of_versions,
    told_of_places,
    version_to_move_to,
)
from tests.casework.builders import office_on
from tests.casework.migration.test_days import DUE, drawn, limits
from tests.in_force import put_in_force
from tests.runtime.sketch import boundary, end, start, user, variant, wire
from tests.statements import counted

WANTED = MoveWanted(by="Owner 1", why="The cabinet gave more time.")
COUNCIL = "test_council"


def quiet(_sentence: str) -> None:
    pass


def office_with(database: Database, policy: Variant, count: int = 3) -> Office:
    office = office_on(database)
    put_in_force(office, policy)
    for _ in range(count):
        open_case(office, policy, {}, by="the applicant")
    return office


def impact_of(office: Office, draft: Variant) -> Impact:
    words = names_of_versions(office, COUNCIL, "the draft")
    return impact_on_open_cases(office, draft, tell=quiet, words=words)


def digests(office: Office) -> list[str]:
    with office.database.read() as connection:
        return [row.variant_digest for row in cases.all_cases(connection, COUNCIL)]


def published(office: Office, policy: Variant) -> PolicyVersionRow:
    put_in_force(office, policy)
    return version_to_move_to(office, COUNCIL, None)


def due_days(office: Office) -> set[date | None]:
    with office.database.read() as connection:
        return {task.due_on for task in tasks.open_tasks(connection, council_id=COUNCIL)}


def test_the_totals_say_what_a_draft_does_to_the_open_cases(database: Database) -> None:
    office = office_with(database, drawn(20))
    impact = impact_of(office, drawn(27))
    assert impact.sentence == "3 open: 3 with a later day"
    (day, _) = impact.cases[0].preview.moved.days  # type: ignore[union-attr]
    assert (day.was, day.now) == (date(2026, 3, 22), date(2026, 3, 29))
    assert impact.cases[0].preview.stands_at == ("a (due Sunday 29 March 2026)",)


def test_looking_changes_nothing(database: Database) -> None:
    office = office_with(database, drawn(20))
    before = digests(office), due_days(office)
    impact_of(office, drawn(27))
    assert (digests(office), due_days(office)) == before


def test_a_case_that_somebody_holds_is_looked_at_all_the_same(database: Database) -> None:
    office = office_with(database, drawn(20), count=1)
    with office.database.begin() as connection:
        cases.lock_case(connection, "T-2026-0001")
        assert impact_of(office, drawn(27)).sentence == "1 open: 1 with a later day"


@pytest.mark.parametrize(
    ("days", "outcome"),
    [(20, MoveKind.UNCHANGED), (27, MoveKind.LATER), (15, MoveKind.EARLIER), (2, MoveKind.AT_ONCE)],
)
def test_each_case_is_counted_under_what_matters_most(database: Database, days: int, outcome: MoveKind) -> None:
    office = office_with(database, drawn(20), count=1)
    office.clock.advance(date(2026, 3, 10) - date(2026, 3, 2))  # type: ignore[attr-defined]
    draft = Variant.from_files({**drawn(days).files, "letters/note.md": b"---\ntitle: A note\n---\nWords"}, COUNCIL)
    assert [case.outcome for case in impact_of(office, draft).cases] == [outcome]


def test_a_case_that_cannot_move_is_first_and_says_why(database: Database) -> None:
    office = office_with(database, drawn(20), count=1)
    (case,) = impact_of(office, variant(start() + user("b") + end() + wire("start b end"))).cases
    assert case.outcome is MoveKind.CANNOT
    assert case.preview.refusals == ("“a” is open, and the draft has no such step. Say what it became.",)


def test_all_some_or_one_are_moved_each_in_a_step_of_its_own(database: Database) -> None:
    office = office_with(database, drawn(20))
    row = published(office, drawn(27))
    first = list(move_open_cases(office, row, ["T-2026-0002"], WANTED, tell=quiet))
    assert [outcome.reference for outcome in first] == ["T-2026-0002"]
    assert [digest == row.digest for digest in digests(office)] == [False, True, False]
    rest = list(move_open_cases(office, row, [], WANTED, tell=quiet))
    assert [outcome.moved is not None for outcome in rest] == [True, False, True]
    assert set(digests(office)) == {row.digest}
    assert due_days(office) == {date(2026, 3, 29)}


def test_42_a_move_broken_off_half_way_goes_on_where_it_was(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = office_with(database, drawn(20))
    row = published(office, drawn(27))
    finish, calls = use_case.CaseMove.carry_out, []

    def breaks(move: use_case.CaseMove) -> object:
        done = finish(move)
        calls.append(done)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(use_case.CaseMove, "carry_out", breaks)
    with pytest.raises(KeyboardInterrupt):
        list(move_open_cases(office, row, [], WANTED, tell=quiet))
    assert [digest == row.digest for digest in digests(office)] == [True, False, False]
    monkeypatch.undo()
    list(move_open_cases(office, row, [], WANTED, tell=quiet))
    assert set(digests(office)) == {row.digest}


def test_a_fault_in_one_case_does_not_keep_the_others(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    office = office_with(database, drawn(20))
    row = published(office, drawn(27))
    carry_out = use_case.CaseMove.carry_out

    def fails(move: use_case.CaseMove) -> object:
        if move.step.case.reference == "T-2026-0002":
            raise KeyError("nothing like it")
        return carry_out(move)

    monkeypatch.setattr(use_case.CaseMove, "carry_out", fails)
    outcomes = list(move_open_cases(office, row, [], WANTED, tell=quiet))
    assert [outcome.moved is not None for outcome in outcomes] == [True, False, True]
    assert outcomes[1].stays == ("A fault of asb itself keeps it where it is (KeyError). Nothing of it was kept.",)


def test_what_would_be_late_at_once_is_moved_with_a_reason_alone(database: Database) -> None:
    office = office_with(database, drawn(20), count=1)
    office.clock.advance(date(2026, 3, 17) - date(2026, 3, 2))  # type: ignore[attr-defined]
    row = published(office, drawn(10))
    (stays,) = move_open_cases(office, row, [], WANTED, tell=quiet)
    assert stays.moved is None
    assert "overdue at once" in stays.stays[0]
    accepted = MoveWanted(by="Owner 1", why="The Act.", despite="They were phoned.")
    (moved,) = move_open_cases(office, row, [], accepted, tell=quiet)
    assert moved.moved is not None


def test_a_case_is_moved_back_while_nothing_followed(database: Database) -> None:
    office = office_with(database, drawn(20), count=2)
    before = digests(office)
    list(move_open_cases(office, published(office, drawn(27)), [], WANTED, tell=quiet))
    complete_task(office, TaskId(reference="T-2026-0002", number=_task(office, "T-2026-0002")), {}, by="Officer 1")
    open_case(office, drawn(27), {}, by="the applicant")
    outcomes = {each.reference: each for each in move_back(office, COUNCIL, [], WANTED, tell=quiet)}
    assert outcomes.keys() == {"T-2026-0001"}  # the second is closed, the third was never moved
    assert digests(office)[0] == before[0]
    assert date(2026, 3, 22) in due_days(office)


def test_a_case_in_which_something_followed_is_not_moved_back(database: Database) -> None:
    def two(days: int) -> Variant:
        return variant(start() + user("a") + user("b") + end() + wire("start a b end") + f"<!-- {days} -->")

    office = office_with(database, two(1), count=1)
    list(move_open_cases(office, published(office, two(2)), [], WANTED, tell=quiet))
    office.clock.advance(date(2026, 3, 3) - date(2026, 3, 2))  # type: ignore[attr-defined]
    complete_task(office, TaskId(reference="T-2026-0001", number=_task(office, "T-2026-0001")), {}, by="Officer 1")
    (stays,) = move_back(office, COUNCIL, [], WANTED, tell=quiet)
    assert stays.stays[0].startswith("Something has happened since it was moved: task completed.")


def test_nothing_is_moved_without_a_reason_or_by_a_reference_that_is_none(database: Database) -> None:
    office = office_with(database, drawn(20), count=1)
    row = published(office, drawn(27))
    with pytest.raises(BadInputError, match="Say why"):
        list(move_open_cases(office, row, [], MoveWanted(by="Owner 1", why=" "), tell=quiet))
    with pytest.raises(BadInputError, match="is no open case"):
        list(move_open_cases(office, row, ["T-2026-0009"], WANTED, tell=quiet))


def _task(office: Office, reference: str) -> int:
    with office.database.read() as connection:
        return tasks.open_tasks(connection, reference=reference)[0].task_id.number


def test_every_token_is_told_with_where_it_would_stand(database: Database) -> None:
    office = office_with(database, drawn(20), count=1)
    draft = variant(
        start() + user("x", more=DUE.format("=due(&quot;decide&quot;)")) + boundary("soon", "x", "timer", "P3D")
        + user("y") + end() + end("e2") + wire("start x end", "soon y e2"),
        files={"time_limits.dmn": limits(27)},
    )  # fmt: skip
    impact = impact_on_open_cases(
        office, draft, tell=quiet, words=names_of_versions(office, COUNCIL, "the draft"), with_places=True,
        table=OwnersTable(elements={"main": {"a": "x"}}),
    )  # fmt: skip
    assert told_of_places(impact.cases[0].preview) == [
        "main: “a” (task, Sunday 22 March 2026) → “x” (task, Sunday 29 March 2026).",
        "main: “late” (timer, Monday 23 March 2026) is no more.",
        "main: “soon” (timer, Thursday 5 March 2026) is new.",
    ]


def test_of_a_case_that_cannot_move_it_is_told_where_it_stands(database: Database) -> None:
    office = office_with(database, drawn(20), count=1)
    draft = variant(start() + user("b") + end() + wire("start b end"))
    words = names_of_versions(office, COUNCIL, "the draft")
    (case,) = impact_on_open_cases(office, draft, tell=quiet, words=words, with_places=True).cases
    assert told_of_places(case.preview)[0] == "main: “a” (task, Sunday 22 March 2026) stays as it is."


def test_a_version_in_force_that_is_no_case_s_and_not_the_draft_is_read_where_it_is_needed(database: Database) -> None:
    office = office_with(database, drawn(20), count=1)
    put_in_force(office, drawn(23))
    fresh = replace(office, versions=Versions())  # as in a process of its own
    assert impact_of(fresh, drawn(27)).sentence == "1 open: 1 with a later day"


def test_each_further_case_asks_the_database_the_same_few_things(database: Database) -> None:
    office = office_with(database, drawn(20), count=2)
    told: list[str] = []

    def asked() -> int:
        with counted(office.database) as seen:
            words = names_of_versions(office, COUNCIL, "the draft")
            impact_on_open_cases(office, drawn(27), tell=told.append, words=words)
        return len(seen)

    asked()  # what is read once is read
    of_two = asked()
    for _ in range(3):
        open_case(office, drawn(20), {}, by="the applicant")
    told.clear()
    of_five = asked()
    assert (of_five - of_two) % 3 == 0
    assert (of_five - of_two) // 3 <= 12  # a row or more of each table that a step of a case reads, and no more
    assert told == [f"Case {number} of 5 open cases" for number in range(1, 6)]
