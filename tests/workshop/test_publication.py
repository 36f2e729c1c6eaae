"""A folder is put in force only where it is sound, and whoever asks later what changed and why reads it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from engine.casework.policies.in_force import policy_in_force
from engine.casework.step.office import Office
from engine.errors import BadInputError, DraftRefusedError
from engine.store import policy_versions
from engine.store.policy_versions import PolicyVersionRow
from engine.variants import Pin, PolicySource, bases_beside, write_source, write_together
from engine.workshop import Publication, draft_in, publish, roll_back, source_of_version
from tests.workshop.folder import COUNCIL, EXAMPLE, edit, put


def refusal(office: Office, root: Path, *, despite: str = "They are known.") -> str:
    with pytest.raises(DraftRefusedError) as refused:
        put(office, root, despite=despite)
    assert policy_in_force(office, COUNCIL) is None
    return str(refused.value)


def test_who_decided_when_and_why_is_kept_with_what_it_was_found_to_be(office: Office, root: Path) -> None:
    row = put(office, root, despite="They are known.")
    assert (row.number, row.put_by, row.why) == (1, "Owner 1", "The cabinet adopted it.")
    assert row.in_force_from == date(2026, 3, 2)
    judgement = json.loads(row.judgement)
    assert judgement["examples"] == 1
    assert judgement["warnings"]
    assert {warning["despite"] for warning in judgement["warnings"]} == {"They are known."}


def test_an_error_keeps_a_folder_from_being_put_in_force_whatever_is_said(office: Office, root: Path) -> None:
    edit(root, "variant.toml", 'extends = "model"', 'extends = "model"\nname_of_nothing = 1')
    assert "name_of_nothing" in refusal(office, root)


def test_a_broken_diagram_does(office: Office, root: Path) -> None:
    (root / COUNCIL / "case_review.bpmn").write_text("<broken")
    assert "is not put in force:\n- " in refusal(office, root)


def test_a_worked_example_that_comes_out_otherwise_does(office: Office, root: Path) -> None:
    example = root / COUNCIL / "scenarios" / f"{EXAMPLE}.toml"
    example.write_text(example.read_text() + '\n[[step]]\non = 2026-12-01\n[step.then]\nstatus = "nowhere"\n')
    said = refusal(office, root)
    assert f"The worked example {EXAMPLE} comes out otherwise" in said
    assert "nowhere" in said


def test_less_than_the_act_asks_for_does(office: Office, root: Path) -> None:
    law = root / "statutory" / "floor.dmn"
    held = law.read_text()
    law.write_text(held.replace("&gt;= 3", "&gt;= 30"))
    write_together(root / COUNCIL, Pin(folders=bases_beside(root / COUNCIL, root), pinned_on=date(2026, 3, 2)), {})
    law.write_text(held)
    assert "holds otherwise what the Act asks for today" in refusal(office, root)


def test_a_warning_does_until_somebody_gives_a_reason_and_is_not_asked_about_again(office: Office, root: Path) -> None:
    said = refusal(office, root, despite=" ")
    assert "Say why these warnings do not matter" in said
    put(office, root, despite="They are known.")
    edit(root, "variant.toml", "020 8207 7801", "01234 000000")
    row = put(office, root)
    assert {warning["despite"] for warning in json.loads(row.judgement)["warnings"]} == {"They are known."}


def test_what_changed_is_kept_in_sentences(office: Office, root: Path) -> None:
    put(office, root, despite="They are known.")
    edit(root, "variant.toml", "020 8207 7801", "01234 000000")
    (difference,) = json.loads(put(office, root).judgement)["differences"]
    assert "01234 000000" in difference["sentence"]
    assert "020 8207 7801" in difference["sentence"]


def test_silence_is_no_reason(office: Office, root: Path) -> None:
    with pytest.raises(BadInputError, match="Say why"):
        publish(office, draft_in(COUNCIL, root), Publication(by="Owner 1", why=" "), tell=lambda _: None)


def test_a_base_is_put_in_force_for_nobody(office: Office, root: Path) -> None:
    with pytest.raises(BadInputError, match="model is a base that councils extend"):
        publish(office, draft_in("model", root), Publication(by="Owner 1", why="It is time."), tell=lambda _: None)


@pytest.mark.parametrize("is_pinned", [False, True])
def test_every_version_can_be_had_again_as_the_folder_it_was_byte_by_byte(
    office: Office, root: Path, tmp_path: Path, is_pinned: bool
) -> None:
    home = root / COUNCIL
    if is_pinned:
        write_together(home, Pin(folders=bases_beside(home, root), pinned_on=date(2026, 3, 2)), {})
    kept = {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()}
    first = put(office, root, despite="They are known.")
    edit(root, "variant.toml", "020 8207 7801", "01234 000000")
    put(office, root)
    into = tmp_path / "again"
    homes = write_source(source_of_version(office, COUNCIL, 1), into)
    assert [path.name for path in homes] == ([COUNCIL] if is_pinned else [COUNCIL, "model", "statutory"])
    again = into / COUNCIL
    assert {str(path.relative_to(again)): path.read_bytes() for path in again.rglob("*") if path.is_file()} == kept
    assert draft_in(COUNCIL, into).variant.digest == first.digest
    with pytest.raises(BadInputError, match="is there already"):
        write_source(source_of_version(office, COUNCIL, 1), into)


@pytest.mark.parametrize("spoil", [lambda data: data[:-9], lambda data: b"", lambda data: data + b"x"])
def test_a_source_that_is_damaged_is_refused_in_a_sentence(office: Office, root: Path, spoil: object) -> None:
    data = draft_in(COUNCIL, root).source.pack()
    with pytest.raises(BadInputError, match="damaged"):
        PolicySource.unpack(spoil(data))  # type: ignore[operator]


def test_an_earlier_version_is_in_force_again_under_a_new_number(office: Office, root: Path) -> None:
    first = put(office, root, despite="They are known.")
    edit(root, "variant.toml", "020 8207 7801", "01234 000000")
    put(office, root)
    wanted = Publication(by="Owner 2", why="Nobody answers there.")
    again = roll_back(office, COUNCIL, 1, wanted, root=root, tell=lambda _: None)
    assert isinstance(again, PolicyVersionRow)
    assert (again.number, again.again, again.digest) == (3, 1, first.digest)
    assert again.source_digest == first.source_digest
    (difference,) = json.loads(again.judgement)["differences"]
    assert "020 8207 7801" in difference["sentence"]
    with office.database.read() as connection:
        assert [row.number for row in policy_versions.policy_versions_of(connection, COUNCIL)] == [3, 2, 1]
    with pytest.raises(BadInputError, match=r"has no version 7\. There are 1 to 3\."):
        roll_back(office, COUNCIL, 7, wanted, root=root, tell=lambda _: None)
