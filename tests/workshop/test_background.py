"""What is proposed on the screens is judged in the background, by whichever worker lives."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine.casework.policies.in_force import policy_in_force
from engine.casework.step.office import Office
from engine.clock import SettableClock
from engine.errors import BadInputError
from engine.model import ProposalStatus
from engine.store.policy_proposals import ProposalRow
from engine.workshop import (
    Proposal,
    background,
    decline,
    draft_in,
    draft_of_version,
    has_proposal_to_judge,
    judge_next_proposal,
    list_versions,
    proposal_numbered,
    propose,
)
from tests.workshop.folder import COUNCIL, FIRST, ask_for_second_owner, edit, new_phone, put, wanted


class Killed(BaseException):
    """What ends a process does not pass by any of its handlers."""


def proposed(office: Office, root: Path, **more: int) -> ProposalRow:
    return propose(office, draft_in(COUNCIL, root), wanted(**more))


def found(office: Office, row: ProposalRow) -> Proposal:
    return proposal_numbered(office, COUNCIL, row.number)


def test_a_sound_one_is_in_force_once_it_was_judged(office: Office, root: Path) -> None:
    row = proposed(office, root)
    assert (row.status, policy_in_force(office, COUNCIL)) == (ProposalStatus.WAITING, None)
    edit(root, "variant.toml", "020 8207 7801", "broken")  # what is edited after it was sent does not count
    assert judge_next_proposal(office, root)
    after = found(office, row)
    assert (after.row.status, after.row.version, after.examples) == (ProposalStatus.IN_FORCE, 1, 1)
    (version,) = list_versions(office, COUNCIL)
    assert (version.digest, version.put_by, version.why) == (row.digest, FIRST, row.why)
    assert not has_proposal_to_judge(office)
    assert not judge_next_proposal(office, root)


def test_an_unsound_one_is_refused_with_every_reason(office: Office, root: Path) -> None:
    edit(root, "variant.toml", 'extends = "model"', 'extends = "model"\nname_of_nothing = 1')
    row = proposed(office, root)
    assert judge_next_proposal(office, root)
    after = found(office, row)
    assert after.row.status is ProposalStatus.REFUSED
    assert "name_of_nothing" in after.reasons[0]
    assert policy_in_force(office, COUNCIL) is None


def test_it_waits_for_the_second_owner_where_the_council_asks_for_one(office: Office, root: Path) -> None:
    ask_for_second_owner(root)
    row = proposed(office, root)
    assert judge_next_proposal(office, root)
    assert found(office, row).row.status is ProposalStatus.PROPOSED
    assert policy_in_force(office, COUNCIL) is None


def test_what_a_worker_had_in_hand_that_was_killed_is_judged_anew_by_the_next(
    office: Office, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = proposed(office, root)

    def die(*_given: object, **_more: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(background, "judge_as_wanted", die)
        with pytest.raises(Killed):
            judge_next_proposal(office, root)
    assert found(office, row).row.status is ProposalStatus.JUDGING
    assert not judge_next_proposal(office, root)  # it may still be at work
    _pass(office, background.LEASE)
    assert judge_next_proposal(office, root)
    assert found(office, row).row.status is ProposalStatus.IN_FORCE


def test_a_draft_over_which_workers_die_is_refused_in_the_end(
    office: Office, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = proposed(office, root)

    def die(*_given: object, **_more: object) -> None:
        raise Killed

    monkeypatch.setattr(background, "judge_as_wanted", die)
    for _ in range(background.MOST_ATTEMPTS):
        with pytest.raises(Killed):
            judge_next_proposal(office, root)
        _pass(office, background.LEASE)
    assert judge_next_proposal(office, root)
    after = found(office, row)
    assert after.row.status is ProposalStatus.REFUSED
    assert "was begun 3 times, and the program was stopped each time" in after.reasons[0]


def test_what_the_program_stumbles_over_ends_that_draft_alone(
    office: Office, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = proposed(office, root)

    def stumble(*_given: object, **_more: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(background, "judge_as_wanted", stumble)
    assert judge_next_proposal(office, root)
    assert "asb itself failed over it (ZeroDivisionError)" in found(office, row).reasons[0]


def test_a_worker_that_is_to_end_gives_it_back_at_once(office: Office, root: Path) -> None:
    row = proposed(office, root)
    assert judge_next_proposal(office, root, is_stopping=lambda: True)
    after = found(office, row).row
    assert (after.status, after.attempts) == (ProposalStatus.WAITING, 0)
    assert judge_next_proposal(office, root)
    assert found(office, row).row.status is ProposalStatus.IN_FORCE


def test_a_worker_that_lost_its_lease_puts_nothing_in_force(
    office: Office, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was so slow that another took over and finished."""
    row = proposed(office, root)
    judge = background.judge_as_wanted
    taken = []

    def overtaken(*given: object, **more: object) -> object:
        if not taken:
            taken.append(True)
            _pass(office, background.LEASE)
            assert judge_next_proposal(office, root)
        return judge(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(background, "judge_as_wanted", overtaken)
    assert judge_next_proposal(office, root)
    assert found(office, row).row.version == 1
    assert len(list_versions(office, COUNCIL)) == 1


def test_one_that_is_taken_back_while_it_is_judged_is_not_put_in_force(
    office: Office, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = proposed(office, root)
    judge = background.judge_as_wanted

    def taken_back(*given: object, **more: object) -> object:
        decline(office, COUNCIL, row.number, by=FIRST, why="", root=root)
        return judge(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(background, "judge_as_wanted", taken_back)
    assert judge_next_proposal(office, root)
    assert found(office, row).row.status is ProposalStatus.WITHDRAWN
    assert list_versions(office, COUNCIL) == []


def test_of_two_owners_at_once_the_second_overwrites_nothing(office: Office, root: Path) -> None:
    put(office, root, despite="They are known.")
    new_phone(root)
    first = proposed(office, root, follows=1)
    edit(root, "variant.toml", "01234 000000", "01234 999999")
    second = proposed(office, root, follows=1)
    assert judge_next_proposal(office, root)
    assert judge_next_proposal(office, root)
    assert found(office, first).row.version == 2
    after = found(office, second)
    assert (after.row.status, after.row.version) == (ProposalStatus.REFUSED, None)
    assert f"Version 2 was put in force meanwhile, by {FIRST}" in after.reasons[0]
    with pytest.raises(BadInputError, match="Version 2 was put in force meanwhile"):
        proposed(office, root, follows=1)


def test_an_earlier_version_is_judged_and_in_force_again(office: Office, root: Path) -> None:
    put(office, root, despite="They are known.")
    new_phone(root)
    put(office, root)
    row = propose(office, draft_of_version(office, COUNCIL, 1, root), wanted(despite=""))
    assert judge_next_proposal(office, root)
    assert found(office, row).row.version == 3
    assert list_versions(office, COUNCIL)[0].again == 1


def _pass(office: Office, time: timedelta) -> None:
    assert isinstance(office.clock, SettableClock)
    office.clock.set(office.clock.now() + time)
