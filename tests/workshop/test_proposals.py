"""Where the council's settings say so, a second policy owner has to approve what is put in force."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.casework.policies.in_force import policy_in_force
from engine.casework.step.office import Office
from engine.clock import SettableClock
from engine.errors import BadInputError, DraftRefusedError, NotAllowedError
from engine.model import ProposalStatus
from engine.store.policy_proposals import ProposalRow
from engine.store.policy_versions import PolicyVersionRow
from engine.variants import Commit
from engine.workshop import (
    approve,
    decline,
    judge_next_proposal,
    list_proposals,
    list_versions,
    proposal_numbered,
    roll_back,
)
from engine.workshop import proposals as use_case
from tests.variants.git import committed
from tests.workshop.folder import (
    COUNCIL,
    FIRST,
    SECOND,
    TODAY,
    add_second_owner,
    ask_for_second_owner,
    edit,
    new_phone,
    publish_as,
    put,
    wanted,
)


def say_nothing(_words: str) -> None:
    """Nobody looks on."""


@pytest.fixture
def proposed(office: Office, root: Path) -> ProposalRow:
    ask_for_second_owner(root)
    row = publish_as(office, root, wanted())
    assert isinstance(row, ProposalRow)
    return row


def test_the_commit_that_was_proposed_is_kept_with_the_version_and_with_that_version_again(
    office: Office, root: Path
) -> None:
    ask_for_second_owner(root)
    commit = Commit(id=committed(root), has_all=True)
    row = publish_as(office, root, wanted())
    assert proposal_numbered(office, COUNCIL, row.number).commit == commit
    new_phone(root)  # after it was proposed
    approve(office, COUNCIL, row.number, by=SECOND, root=root, tell=say_nothing)
    second = publish_as(office, root, wanted())
    approve(office, COUNCIL, second.number, by=SECOND, root=root, tell=say_nothing)
    third = roll_back(office, COUNCIL, 1, wanted(), root=root, tell=say_nothing)
    approve(office, COUNCIL, third.number, by=SECOND, root=root, tell=say_nothing)
    kept = [each.commit for each in list_versions(office, COUNCIL)]
    assert kept == [commit, Commit(id=commit.id, has_all=False), commit]


def test_what_is_proposed_is_judged_and_runs_not_before_another_owner_approves_it(
    office: Office, root: Path, proposed: ProposalRow
) -> None:
    assert proposed.status is ProposalStatus.PROPOSED
    assert policy_in_force(office, COUNCIL) is None
    found = proposal_numbered(office, COUNCIL, proposed.number)
    assert found.examples == 1
    assert found.passed_over
    version = approve(office, COUNCIL, proposed.number, by=SECOND, root=root, tell=say_nothing)
    assert version is not None
    assert (version.put_by, version.approved_by, version.digest) == (FIRST, SECOND, proposed.digest)
    after = proposal_numbered(office, COUNCIL, proposed.number).row
    assert (after.status, after.version, after.approved_by) == (ProposalStatus.IN_FORCE, 1, SECOND)
    with pytest.raises(BadInputError, match="waits for nobody: it is in force"):
        approve(office, COUNCIL, proposed.number, by=SECOND, root=root, tell=say_nothing)


@pytest.mark.parametrize(
    ("by", "said"),
    [(FIRST, "another policy owner who approves it"), ("Officer 1", "is no policy owner of"), ("", "is no policy own")],
)
def test_nobody_approves_their_own_and_no_stranger_does(
    office: Office, root: Path, proposed: ProposalRow, by: str, said: str
) -> None:
    with pytest.raises(NotAllowedError, match=said):
        approve(office, COUNCIL, proposed.number, by=by, root=root, tell=say_nothing)
    assert proposal_numbered(office, COUNCIL, proposed.number).row.status is ProposalStatus.PROPOSED
    assert policy_in_force(office, COUNCIL) is None


def test_whoever_proposes_is_a_policy_owner_too(office: Office, root: Path) -> None:
    ask_for_second_owner(root)
    with pytest.raises(NotAllowedError, match=f"“root” is no policy owner of .*: {FIRST} and {SECOND}"):
        publish_as(office, root, wanted(by="root"))


def test_nobody_takes_the_rule_away_alone(office: Office, root: Path, proposed: ProposalRow) -> None:
    approve(office, COUNCIL, proposed.number, by=SECOND, root=root, tell=say_nothing)
    edit(root, "variant.toml", "second_owner = true", "second_owner = false")
    assert isinstance(publish_as(office, root, wanted()), ProposalRow)


def test_an_earlier_version_is_brought_back_by_two_as_well(office: Office, root: Path) -> None:
    add_second_owner(root)
    put(office, root, despite="They are known.")
    edit(root, "variant.toml", "[[people]]", "[publishing]\nsecond_owner = true\n\n[[people]]")
    row = publish_as(office, root, wanted())
    approve(office, COUNCIL, row.number, by=SECOND, root=root, tell=say_nothing)
    again = roll_back(office, COUNCIL, 1, wanted(), root=root, tell=say_nothing)
    assert isinstance(again, ProposalRow)
    assert again.again == 1
    version = approve(office, COUNCIL, again.number, by=SECOND, root=root, tell=say_nothing)
    assert version is not None
    assert (version.number, version.again) == (3, 1)


def test_another_owner_declines_with_a_reason_and_the_own_is_taken_back_without(
    office: Office, root: Path, proposed: ProposalRow
) -> None:
    with pytest.raises(BadInputError, match=f"Say why: {FIRST} reads it"):
        decline(office, COUNCIL, proposed.number, by=SECOND, why=" ", root=root)
    with pytest.raises(NotAllowedError, match="is no policy owner"):
        decline(office, COUNCIL, proposed.number, by="Officer 1", why="No.", root=root)
    assert decline(office, COUNCIL, proposed.number, by=SECOND, why="Too soon.", root=root) is ProposalStatus.DECLINED
    found = proposal_numbered(office, COUNCIL, proposed.number)
    assert (found.reasons, found.row.ended_by) == (("Too soon.",), SECOND)
    with pytest.raises(BadInputError, match="has ended: it is declined"):
        decline(office, COUNCIL, proposed.number, by=FIRST, why="", root=root)
    again = publish_as(office, root, wanted())
    assert decline(office, COUNCIL, again.number, by=FIRST, why="", root=root) is ProposalStatus.WITHDRAWN
    assert list_proposals(office, COUNCIL, only_open=True) == []
    assert [each.row.status.value for each in list_proposals(office, COUNCIL)] == ["withdrawn", "declined"]


def test_one_that_another_version_came_before_is_refused_and_has_to_be_proposed_again(
    office: Office, root: Path, proposed: ProposalRow
) -> None:
    new_phone(root)
    other = publish_as(office, root, wanted(by=SECOND))
    approve(office, COUNCIL, other.number, by=FIRST, root=root, tell=say_nothing)
    with pytest.raises(BadInputError, match=f"Version 1 was put in force meanwhile, by {SECOND}"):
        approve(office, COUNCIL, proposed.number, by=SECOND, root=root, tell=say_nothing)
    found = proposal_numbered(office, COUNCIL, proposed.number)
    assert found.row.status is ProposalStatus.REFUSED
    assert "meanwhile" in found.reasons[0]
    assert [each.number for each in list_versions(office, COUNCIL)] == [1]


def test_one_whose_day_has_passed_is_refused(office: Office, root: Path) -> None:
    ask_for_second_owner(root)
    row = publish_as(office, root, wanted(day=TODAY + timedelta(days=1)))
    assert isinstance(office.clock, SettableClock)
    office.clock.set(office.clock.now() + timedelta(days=2))
    with pytest.raises(BadInputError, match="is past"):
        approve(office, COUNCIL, row.number, by=SECOND, root=root, tell=say_nothing)


def test_without_a_day_it_is_in_force_from_the_day_on_which_it_is_approved(
    office: Office, root: Path, proposed: ProposalRow
) -> None:
    assert isinstance(office.clock, SettableClock)
    office.clock.set(office.clock.now() + timedelta(days=3))
    version = approve(office, COUNCIL, proposed.number, by=SECOND, root=root, tell=say_nothing)
    assert version is not None
    assert version.in_force_from == date(2026, 3, 5)


def test_it_is_held_against_the_act_as_it_is_on_the_day_of_the_approval(
    office: Office, root: Path, proposed: ProposalRow
) -> None:
    edit(root, "floor.dmn", "&gt;= 3", "&gt;= 2", folder="statutory")
    with pytest.raises(DraftRefusedError, match="holds otherwise what the Act asks for today"):
        approve(office, COUNCIL, proposed.number, by=SECOND, root=root, tell=say_nothing)
    assert proposal_numbered(office, COUNCIL, proposed.number).row.status is ProposalStatus.REFUSED


def test_its_examples_are_played_again_where_the_program_has_changed(
    office: Office, root: Path, proposed: ProposalRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(use_case, "program_digest", lambda: "another")
    assert approve(office, COUNCIL, proposed.number, by=SECOND, root=root, tell=say_nothing) is None
    found = proposal_numbered(office, COUNCIL, proposed.number).row
    assert (found.status, found.approved_by) == (ProposalStatus.WAITING, SECOND)
    assert policy_in_force(office, COUNCIL) is None
    assert judge_next_proposal(office, root)
    after = proposal_numbered(office, COUNCIL, proposed.number).row
    assert after.status is ProposalStatus.IN_FORCE
    (version,) = list_versions(office, COUNCIL)
    assert (version.put_by, version.approved_by) == (FIRST, SECOND)


def test_a_council_that_does_not_ask_for_it_needs_no_second_owner(office: Office, root: Path) -> None:
    assert isinstance(publish_as(office, root, wanted(by="Owner 1")), PolicyVersionRow)
