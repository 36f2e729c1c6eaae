"""What is served is what was found sound at the last start; a folder that is not, or is gone, is named."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from engine.bootstrap import build_simulation_office
from engine.casework.background.sweep import bring_up_to_date
from engine.casework.background.verification import anchor_today, verify_records
from engine.casework.cases.intake import open_case
from engine.casework.policies import take_up
from engine.casework.policies.council_move import move_council
from engine.casework.policies.served import ServedPolicy, kept_policy, refusals
from engine.casework.policies.take_up import take_up_policies
from engine.casework.step.office import Office
from engine.casework.tasks.completion import complete_task
from engine.clock import SettableClock
from engine.errors import BadInputError, CouncilNotServedError
from engine.scenarios import scenarios_of
from engine.store import cases, letters, tasks
from engine.variants import Pin, Variant, bases_beside, installation, is_base, write_together
from tests.house.checkout import ROOT


@pytest.fixture
def office() -> Iterator[Office]:
    made = build_simulation_office()
    assert isinstance(made.clock, SettableClock)
    made.clock.set(datetime(2026, 3, 2, 10, 15, tzinfo=UTC))
    yield made
    made.database.close()


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


def start(office: Office, root: Path) -> dict[str, ServedPolicy]:
    return {each.council_id: each for each in take_up_policies(office, root)}


def phone(policy: ServedPolicy | None) -> str:
    assert policy is not None
    return str(policy.sound().settings.contact["phone"])


def test_each_council_is_served_by_its_folder_and_a_base_by_nothing(office: Office, root: Path) -> None:
    taken = start(office, root)
    assert {council: each.refusal for council, each in taken.items()} == {"hertsmere": "", "othershire": ""}
    assert taken["othershire"].sound().id == "othershire"
    assert [kept_policy(office, base) for base in ("statutory", "model")] == [None, None]


def test_a_folder_that_is_edited_afterwards_changes_nothing_until_the_next_start(office: Office, root: Path) -> None:
    before = phone(start(office, root)["othershire"])
    edit(root / "othershire", before, "01234 000000")
    assert phone(kept_policy(office, "othershire")) == before
    assert phone(start(office, root)["othershire"]) == "01234 000000"


@pytest.mark.parametrize("slip", ["[broken", 'colour = "#ffd400"\n'])
def test_a_folder_with_an_error_is_named_and_what_was_sound_before_is_served(
    office: Office, root: Path, slip: str
) -> None:
    before = phone(start(office, root)["othershire"])
    file = root / "othershire" / "variant.toml"
    file.write_text(slip + file.read_text().replace(before, "01234 000000"))
    taken = start(office, root)
    assert phone(taken["othershire"]) == phone(kept_policy(office, "othershire")) == before
    assert ", othershire, " in taken["othershire"].refusal
    assert str(root) not in taken["othershire"].refusal
    assert "What was sound before goes on being served." in taken["othershire"].refusal
    assert refusals(office) == [taken["othershire"].refusal]
    assert taken["hertsmere"].refusal == ""


def _refuse_to_open(monkeypatch: pytest.MonkeyPatch, refused: Path) -> None:
    """As where the service has no right to look into the folder: whoever runs the tests may have every right."""
    real = Path.stat

    def stat(path: Path, **options: bool) -> os.stat_result:
        if refused in path.parents:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, **options)

    monkeypatch.setattr(Path, "stat", stat)


def test_a_council_that_pins_less_than_the_act_asks_for_is_not_served(office: Office, root: Path) -> None:
    folder, law = root / "othershire", root / "statutory" / "floor.dmn"
    held = law.read_text()
    law.write_text(held.replace("&gt;= 3", "&gt;= 30"))
    write_together(folder, Pin(folders=bases_beside(folder, root), pinned_on=date(2026, 3, 2)), {})
    law.write_text(held)
    taken = start(office, root)
    assert "holds otherwise what the Act asks for today: the decision “floor”" in taken["othershire"].refusal
    assert taken["hertsmere"].refusal == ""


def test_a_folder_that_may_not_be_looked_into_is_named_and_the_others_are_served(
    office: Office, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(office, root)
    _refuse_to_open(monkeypatch, root / "othershire")
    taken = start(office, root)
    assert "othershire" in taken["othershire"].refusal
    assert "cannot be read" in taken["othershire"].refusal
    assert not taken["othershire"].is_gone
    assert taken["othershire"].sound().id == "othershire"
    assert taken["hertsmere"].refusal == ""


def test_a_pin_that_may_not_be_read_is_named_and_the_others_are_served(
    office: Office, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "othershire" / "base.lock").write_bytes(b"")
    real = Path.open

    def refuse(path: Path, *args: Any, **options: Any) -> Any:
        if path.name == "base.lock":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *args, **options)

    monkeypatch.setattr(Path, "open", refuse)
    taken = start(office, root)
    assert "base.lock cannot be read: Permission denied" in taken["othershire"].refusal
    assert taken["hertsmere"].refusal == ""


@pytest.mark.parametrize("error", [TypeError("unhashable type: 'dict'"), RecursionError("too deep"), KeyError("M6")])
def test_whatever_a_folder_makes_the_software_stumble_over_keeps_no_other_council_from_being_served(
    office: Office, root: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    def stumble(variant: Variant) -> bool:
        if variant.id == "othershire":
            raise error
        return False

    for module in (take_up, installation):
        monkeypatch.setattr(module, "is_base", lambda variant: stumble(variant) or is_base(variant))
    taken = start(office, root)
    assert "othershire, cannot be read: The software stumbled over something in it" in taken["othershire"].refusal
    assert type(error).__name__ in taken["othershire"].refusal
    assert taken["hertsmere"].refusal == ""
    assert "othershire" in caplog.text


def test_a_council_that_was_never_sound_is_not_served(office: Office, root: Path) -> None:
    (root / "othershire" / "case_review.bpmn").write_text("<broken")
    with pytest.raises(CouncilNotServedError, match="othershire"):
        start(office, root)["othershire"].sound()


def test_a_council_whose_folder_is_gone_begins_nothing_new(office: Office, root: Path) -> None:
    start(office, root)
    shutil.rmtree(root / "othershire")
    gone = start(office, root)["othershire"]
    assert gone.is_gone
    assert gone.sound().id == "othershire"
    with pytest.raises(CouncilNotServedError, match="asb move-council othershire NEW"):
        gone.open_to_new_cases()


def test_who_has_a_prefix_keeps_it_and_whoever_comes_later_is_refused(office: Office, root: Path) -> None:
    edit(root / "othershire", '"OBC"', '"HBC"')
    late = root.parent / "othershire"
    shutil.move(root / "othershire", late)
    start(office, root)
    shutil.move(late, root / "othershire")
    taken = start(office, root)
    assert taken["hertsmere"].refusal == ""
    assert "as those of hertsmere do" in taken["othershire"].refusal
    assert taken["othershire"].variant is None


def test_of_two_new_councils_with_one_prefix_neither_is_served(office: Office, root: Path) -> None:
    edit(root / "othershire", '"OBC"', '"HBC"')
    taken = start(office, root)
    assert [each.variant for each in taken.values()] == [None, None]


def test_a_folder_that_was_renamed_is_told_how_to_be_moved(office: Office, root: Path) -> None:
    start(office, root)
    (root / "othershire").rename(root / "newshire")
    assert "asb move-council othershire newshire" in start(office, root)["newshire"].refusal


def open_one(office: Office, policy: ServedPolicy) -> str:
    return open_case(office, policy.sound(), scenarios_of(policy.sound())[0].application, by="the applicant")


def test_a_renamed_council_is_moved_with_its_cases_and_their_records_are_whole(office: Office, root: Path) -> None:
    taken = start(office, root)
    reference, other = open_one(office, taken["othershire"]), open_one(office, taken["hertsmere"])
    anchor_today(office)
    (root / "othershire").rename(root / "newshire")
    start(office, root)  # the services were started before anybody moved it
    assert move_council(office, root, "othershire", root / "newshire") == (0, 1)
    with office.database.read() as connection:
        assert cases.find_case(connection, reference).council_id == "newshire"
        assert cases.find_case(connection, other).council_id == "hertsmere"
    assert verify_records(office, replay=True) == (2, [])
    moved = start(office, root)
    assert moved["newshire"].refusal == ""
    assert "othershire" not in moved
    assert open_one(office, moved["newshire"]) == "OBC-2026-0002"


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


def test_letters_of_open_cases_say_how_the_council_is_reached_today(office: Office, root: Path) -> None:
    before = phone(start(office, root)["hertsmere"])
    policy = start(office, root)["hertsmere"]
    first, second = open_one(office, policy), open_one(office, policy)
    acknowledge(office, first)
    written = letters_of(office, first)
    assert before in written[0]
    edit(root / "hertsmere", before, "01234 000000")
    edit(root / "hertsmere", '"Hertsmere Borough Council"', '"Hertsmere City Council"')
    start(office, root)
    acknowledge(office, second)
    letter = letters_of(office, second)[0]
    assert "01234 000000" in letter
    assert "Hertsmere City Council" in letter
    assert before not in letter
    assert letters_of(office, first) == written  # what was written stays as it was
    with office.database.read() as connection:
        assert cases.find_case(connection, second).variant_digest == policy.sound().digest


def test_no_council_is_moved_into_another_or_while_its_folder_is_there(office: Office, root: Path) -> None:
    taken = start(office, root)
    open_one(office, taken["othershire"])
    open_one(office, taken["hertsmere"])
    with pytest.raises(BadInputError, match="is still there"):
        move_council(office, root, "othershire", root / "hertsmere")
    shutil.rmtree(root / "othershire")
    with pytest.raises(BadInputError, match="has people or cases of its own already"):
        move_council(office, root, "othershire", root / "hertsmere")
    with pytest.raises(BadInputError, match="Nothing is kept"):
        move_council(office, root, "nowhere", root / "hertsmere")
