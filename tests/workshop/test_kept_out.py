"""What keeps a draft out, each with a sentence of its own that says what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.casework.policies.in_force import policy_in_force
from engine.casework.step.office import Office
from engine.errors import BadInputError, DraftRefusedError
from engine.store.policy_versions import PolicyVersionRow
from engine.variants import PolicySource, read_source
from engine.workshop import draft_from, publish, roll_back
from tests.workshop.folder import COUNCIL, edit, new_phone, publish_as, put, wanted


def refusal(office: Office, root: Path) -> str:
    with pytest.raises(DraftRefusedError) as refused:
        publish_as(office, root, wanted())
    assert policy_in_force(office, COUNCIL) is None
    return str(refused.value)


def test_a_setting_that_only_the_council_can_say_has_no_default(office: Office, root: Path) -> None:
    path = root / COUNCIL / "variant.toml"
    path.write_text(re.sub(r"(?m)^phone = .*\n", "", path.read_text(), count=1))
    assert re.search(r"only the council can say it, and it does not\. Write contact\.phone in", refusal(office, root))


def test_a_number_that_turns_away_whom_the_act_takes_is_passed_over_by_no_reason(office: Office, root: Path) -> None:
    path = root / COUNCIL / "variant.toml"
    path.write_text(path.read_text() + "\n[threshold]\ncomplaints = 4\n")
    said = refusal(office, root)
    assert "threshold.complaints is 4, and the floor 3 (L104.4)" in said
    assert "No reason given with a version passes over what the Act asks for" in said


def test_a_table_that_turns_away_whom_the_act_takes_needs_a_reason(office: Office, root: Path) -> None:
    with pytest.raises(DraftRefusedError, match=r"the Act's own threshold is met and .* says that it is not"):
        publish_as(office, root, wanted(despite=""))


def test_a_policy_owner_cannot_bring_a_law_of_their_own(office: Office, root: Path, tmp_path: Path) -> None:
    """Bases that came with a folder are held against those that the installation has."""
    source = read_source(root / COUNCIL, root)
    doctored = tuple(
        type(folder)(
            name=folder.name,
            files={
                file: data.replace(b"&gt;= 3", b"&gt;= 30") if file == "floor.dmn" else data
                for file, data in folder.files.items()
            },
        )
        for folder in source.folders
    )
    draft = draft_from(PolicySource(folders=doctored), COUNCIL, root)
    with pytest.raises(DraftRefusedError, match="holds otherwise what the Act asks for today"):
        publish(office, draft, wanted(), tell=lambda _: None)


def test_an_earlier_version_that_holds_less_than_the_act_asks_for_by_now_is_not_in_force_again(
    office: Office, root: Path
) -> None:
    law = root / "statutory" / "floor.dmn"
    law.write_text(law.read_text().replace("&gt;= 3", "&gt;= 30"))
    put(office, root, despite="They are known.")
    law.write_text(law.read_text().replace("&gt;= 30", "&gt;= 3"))
    put(office, root, despite="Nobody is turned away by it.")
    with pytest.raises(DraftRefusedError, match=r"Version 1 of .* is not put in force") as refused:
        roll_back(office, COUNCIL, 1, wanted(), root=root, tell=lambda _: None)
    assert "Publish the folder anew, with the base as it is now" in str(refused.value)


def test_what_was_changed_without_having_seen_the_last_version_overwrites_nothing(office: Office, root: Path) -> None:
    first = put(office, root, despite="They are known.")
    new_phone(root)
    second = put(office, root)
    edit(root, "variant.toml", "01234 000000", "01234 999999")
    with pytest.raises(BadInputError, match="Version 2 was put in force meanwhile, by Owner 1"):
        publish_as(office, root, wanted(follows=first.number))
    assert isinstance(publish_as(office, root, wanted(follows=second.number)), PolicyVersionRow)
