"""A process killed by SIGKILL before or after any of its commits leaves nothing half done: the next process goes on,
and every row and the record are the same at the end as if nothing had happened."""

from __future__ import annotations

import pytest

from engine.store import Database
from tests.databases import KINDS, create_postgresql
from tests.proofs.generator import Scenario, scenarios
from tests.proofs.interruptions import Kill, Runs

EVERY = tuple(scenarios())
#: A prime step takes some of every activity, event and place.
SAMPLE = EVERY[::53]


@pytest.fixture(scope="session", params=KINDS)
def runs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """One database for all runs: each is a case of its own in it."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('killed') / 'cases.db'}"
    else:
        url = create_postgresql(request.getfixturevalue("postgresql_url"), "killed")
    database = Database(url)
    database.upgrade()
    database.close()
    return Runs(url)


def _prove(runs: Runs, scenario: Scenario) -> None:
    undisturbed, commits = runs.run(scenario)
    assert undisturbed is not None
    assert "'status': 'closed'" in undisturbed["cases"][0]
    assert not any("'status': 'open'" in row for row in undisturbed["tasks"])
    assert commits > 2
    for commit in range(1, commits + 1):
        for is_after in (False, True):
            killed, _ = runs.run(scenario, Kill(commit=commit, is_after=is_after))
            assert killed == undisturbed, f"killed {'after' if is_after else 'before'} commit {commit}"


@pytest.mark.parametrize("scenario", SAMPLE, ids=str)
def test_a_case_killed_at_any_commit_ends_as_if_undisturbed(runs: Runs, scenario: Scenario) -> None:
    _prove(runs, scenario)


@pytest.mark.proof
@pytest.mark.parametrize("scenario", [each for each in EVERY if each not in SAMPLE], ids=str)
def test_every_generated_case_killed_at_any_commit_ends_as_if_undisturbed(runs: Runs, scenario: Scenario) -> None:
    _prove(runs, scenario)


def test_what_a_killed_process_leaves_before_the_next_goes_on_is_told_from_the_end(runs: Runs) -> None:
    scenario = EVERY[0]
    undisturbed, commits = runs.run(scenario)
    left, _ = runs.run(scenario, Kill(commit=commits, is_after=False), goes_on=False)
    whole, _ = runs.run(scenario, Kill(commit=commits, is_after=True), goes_on=False)
    assert left is not None
    assert left != undisturbed
    assert len(left["record"]) < len(undisturbed["record"])  # type: ignore[index]
    assert whole == undisturbed  # the last commit had closed the case


def test_every_kind_of_activity_boundary_and_place_is_in_the_sample() -> None:
    for part in ("host", "boundary", "is_part", "place"):
        assert {getattr(each, part) for each in SAMPLE} == {getattr(each, part) for each in EVERY}


def test_each_legal_combination_is_generated_once() -> None:
    # 11 activities bare; timer, message and signal on 11, both ways; errors on 8; escalations on 5, both ways; by a
    # boundary event or an event sub-process; what it waits for comes or not; each in three places
    assert len(EVERY) == len({str(each) for each in EVERY}) == 3 * (11 + 2 * 2 * (3 * 2 * 11 + 8 + 2 * 5))
