"""A council is served by what was put in force for today; a folder, whatever is edited in it, is a draft."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engine.bootstrap import build_simulation_office
from engine.casework.background.sweep import bring_up_to_date
from engine.casework.background.verification import anchor_today, verify_records
from engine.casework.cases.intake import open_case
from engine.casework.policies.council_move import move_council
from engine.casework.policies.in_force import councils_served, known_councils, policy_for_new_cases, policy_in_force
from engine.casework.policies.put_in_force import PolicyDecision
from engine.casework.policies.put_in_force import put_in_force as put
from engine.casework.step.office import Office
from engine.casework.tasks.completion import complete_task
from engine.clock import SettableClock
from engine.errors import BadInputError, CouncilNotServedError
from engine.scenarios import scenarios_of
from engine.store import cases, letters, policy_versions, tasks
from engine.store.policy_versions import PolicyVersionRow
from engine.variants import Variant, load_variant
from tests.house.checkout import ROOT
from tests.in_force import put_folders_in_force


@pytest.fixture
def office() -> Iterator[Office]:
    made = build_simulation_office()
    clock_of(made).set(datetime(2026, 3, 2, 10, 15, tzinfo=UTC))
    yield made
    made.database.close()


def clock_of(office: Office) -> SettableClock:
    assert isinstance(office.clock, SettableClock)
    return office.clock


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("statutory", "model", "hertsmere"):
        shutil.copytree(ROOT / "bpmn" / name, tmp_path / name)
    shutil.copytree(ROOT / "bpmn" / "hertsmere", tmp_path / "othershire")
    edit(tmp_path / "othershire", '"HBC"', '"OBC"')
    return tmp_path


def edit(folder: Path, old: str, new: str) -> None:
    file = folder / "variant.toml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def read(root: Path, council_id: str = "othershire") -> Variant:
    return load_variant(root / council_id, root=root)


def decide(office: Office, variant: Variant, day: date | None = None, **more: object) -> PolicyVersionRow:
    return put(office, variant, PolicyDecision(by="Owner 1", why="It is time.", day=day, **more))  # type: ignore[arg-type]


def phone(office: Office, council_id: str = "othershire") -> str:
    return str(policy_for_new_cases(office, council_id).settings.contact["phone"])


def test_nothing_is_served_of_a_folder_that_nobody_put_in_force(office: Office, root: Path) -> None:
    assert councils_served(office) == []
    assert policy_in_force(office, "othershire") is None
    with pytest.raises(CouncilNotServedError, match="asb publish othershire"):
        policy_for_new_cases(office, "othershire")


def test_equal_folders_of_two_councils_are_served_each_under_its_own_name(office: Office, root: Path) -> None:
    put_folders_in_force(office, root)
    assert councils_served(office) == known_councils(office) == ["hertsmere", "othershire"]
    assert policy_for_new_cases(office, "othershire").id == "othershire"


def test_a_folder_that_is_edited_or_broken_or_gone_changes_nothing(office: Office, root: Path) -> None:
    decide(office, read(root))
    before = phone(office)
    edit(root / "othershire", before, "01234 000000")
    assert phone(office) == before
    (root / "othershire" / "case_review.bpmn").write_text("<broken")
    assert phone(office) == before
    shutil.rmtree(root / "othershire")
    assert phone(office) == before


def test_a_version_is_in_force_from_its_day_and_the_one_before_until_then(office: Office, root: Path) -> None:
    first = decide(office, read(root))
    before = phone(office)
    edit(root / "othershire", before, "01234 000000")
    second = decide(office, read(root), date(2026, 3, 9))
    assert (first.number, second.number) == (1, 2)
    assert phone(office) == before
    clock_of(office).set(datetime(2026, 3, 8, 23, 59, tzinfo=UTC))
    assert phone(office) == before
    clock_of(office).set(datetime(2026, 3, 9, 0, 0, tzinfo=UTC))
    assert phone(office) == "01234 000000"


def test_of_two_versions_for_one_day_the_last_decision_holds_and_both_stay_in_the_list(
    office: Office, root: Path
) -> None:
    decide(office, read(root))
    before = phone(office)
    edit(root / "othershire", before, "01234 000000")
    decide(office, read(root))
    assert phone(office) == "01234 000000"
    edit(root / "othershire", "01234 000000", before)
    again = decide(office, read(root), again=1)
    assert phone(office) == before
    with office.database.read() as connection:
        listed = policy_versions.policy_versions_of(connection, "othershire")
    assert [(row.number, row.again) for row in listed] == [(3, 1), (2, None), (1, None)]
    assert listed[0] == again
    assert listed[0].digest == listed[2].digest


def test_what_would_be_in_force_anyway_is_no_new_version(office: Office, root: Path) -> None:
    decide(office, read(root))
    with pytest.raises(BadInputError, match=r"Version 1 of othershire, in force from Monday 2 March 2026, is the same"):
        decide(office, read(root), date(2026, 4, 1))


def test_no_version_is_put_in_force_for_a_day_that_is_past(office: Office, root: Path) -> None:
    with pytest.raises(BadInputError, match="Sunday 1 March 2026 is past"):
        decide(office, read(root), date(2026, 3, 1))


def test_no_case_is_opened_by_what_has_no_main_process(office: Office, root: Path) -> None:
    with pytest.raises(BadInputError, match="statutory has no diagram of its cases"):
        decide(office, read(root, "statutory"))


def test_no_two_councils_have_references_that_begin_alike_now_or_later(office: Office, root: Path) -> None:
    decide(office, read(root, "hertsmere"), date(2026, 6, 1))
    edit(root / "othershire", '"OBC"', '"HBC"')
    with pytest.raises(BadInputError, match="begin with HBC, as those of hertsmere do"):
        decide(office, read(root))
    edit(root / "othershire", '"HBC"', '"OBC"')
    decide(office, read(root))
    edit(root / "othershire", '"OBC"', '"NBC"')
    decide(office, read(root))
    edit(root / "hertsmere", '"HBC"', '"OBC"')
    with pytest.raises(BadInputError, match="as those of othershire do"):  # its old cases keep their references
        decide(office, read(root, "hertsmere"), date(2026, 6, 2))


def open_one(office: Office, council_id: str) -> str:
    policy = policy_for_new_cases(office, council_id)
    return open_case(office, policy, scenarios_of(policy)[0].application, by="the applicant")


def test_a_renamed_council_is_moved_with_its_policy_and_cases_and_their_records_are_whole(
    office: Office, root: Path
) -> None:
    put_folders_in_force(office, root)
    reference, other = open_one(office, "othershire"), open_one(office, "hertsmere")
    anchor_today(office)
    (root / "othershire").rename(root / "newshire")
    assert move_council(office, root, "othershire", root / "newshire") == (0, 1)
    with office.database.read() as connection:
        assert cases.find_case(connection, reference).council_id == "newshire"
        assert cases.find_case(connection, other).council_id == "hertsmere"
    assert verify_records(office, replay=True) == (2, [])
    assert councils_served(office) == ["hertsmere", "newshire"]
    assert open_one(office, "newshire") == "OBC-2026-0002"


def letters_of(office: Office, reference: str) -> list[str]:
    with office.database.read() as connection:
        return [
            letter.text for letter in letters.letters_of(connection, cases.find_case(connection, reference).case_id)
        ]


def acknowledge(office: Office, reference: str) -> None:
    with office.database.read() as connection:
        task = next(
            t for t in tasks.open_tasks(connection, reference=reference) if t.element_id == "acknowledge_application"
        )
    complete_task(office, task.task_id, {"csio_name": "Officer 1", "immediate_risk": "no"}, by="Officer 1")
    bring_up_to_date(office)


def test_letters_of_open_cases_say_how_the_council_is_reached_by_the_policy_in_force_today(
    office: Office, root: Path
) -> None:
    put_folders_in_force(office, root)
    before = phone(office, "hertsmere")
    first, second, third = (open_one(office, "hertsmere") for _ in range(3))
    acknowledge(office, first)
    written = letters_of(office, first)
    assert before in written[0]
    edit(root / "hertsmere", before, "01234 000000")
    edit(root / "hertsmere", '"Hertsmere Borough Council"', '"Hertsmere City Council"')
    acknowledge(office, second)  # it is edited, and not in force
    assert before in letters_of(office, second)[0]
    decide(office, read(root, "hertsmere"))
    acknowledge(office, third)
    letter = letters_of(office, third)[0]
    assert "01234 000000" in letter
    assert "Hertsmere City Council" in letter
    assert before not in letter
    assert letters_of(office, first) == written  # what was written stays as it was
    with office.database.read() as connection:
        assert cases.find_case(connection, third).variant_digest == cases.find_case(connection, first).variant_digest


def test_no_council_is_moved_into_another_or_while_its_folder_is_there(office: Office, root: Path) -> None:
    put_folders_in_force(office, root)
    open_one(office, "othershire")
    with pytest.raises(BadInputError, match="is still there"):
        move_council(office, root, "othershire", root / "hertsmere")
    shutil.rmtree(root / "othershire")
    with pytest.raises(BadInputError, match="has people, cases or a policy in force of its own already"):
        move_council(office, root, "othershire", root / "hertsmere")
    with pytest.raises(BadInputError, match="Nothing is kept"):
        move_council(office, root, "nowhere", root / "hertsmere")
