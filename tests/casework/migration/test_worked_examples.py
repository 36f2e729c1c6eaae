"""A council's worked examples, in which the case is moved to the same policy drawn anew again and again: each comes out
as it does undisturbed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.bootstrap import build_simulation_office
from engine.casework.migration.move_case import move_case
from engine.casework.migration.order import MoveOrder
from engine.casework.migration.whereabouts import VersionWords
from engine.casework.step.office import Office
from engine.errors import MoveRefusedError
from engine.model import RecordEntry
from engine.record_kinds import RecordKind
from engine.scenarios import Scenario, play, scenarios_of
from engine.store import cases
from engine.store.cases import store_version
from engine.variants import Variant, load_variant
from tests.house.checkout import ROOT

#: After any of these the case is moved, as soon as it has come to rest.
MOVED_AFTER = {RecordKind.TASK_COMPLETED, RecordKind.TIMER_FIRED, RecordKind.TOLD, RecordKind.APPLICATION_RECEIVED}
WORDS = VersionWords(was="the one", now="the other")


@pytest.fixture(scope="module")
def policies() -> tuple[Variant, Variant]:
    policy = load_variant(ROOT / "bpmn" / "hertsmere", root=ROOT / "bpmn")
    note = {"letters/of_another_version.md": b"---\ntitle: Nobody sends it\n---\nWords."}
    return policy, Variant.from_files({**policy.files, **note}, policy.id, origin=policy.origin)


class Mover:
    """Moves the case to the other version each time that something has happened."""

    def __init__(self, office: Office, policies: tuple[Variant, Variant]) -> None:
        self.office = office
        self.policies = policies
        self.moved = 0
        self.refused: list[str] = []
        with office.database.begin() as connection:
            for policy in policies:
                now = office.clock.now() - timedelta(days=1)
                store_version(connection, digest=policy.digest, council_id=policy.id, pack=policy.pack(), now=now)

    def listen(self, entry: RecordEntry) -> None:
        if entry.kind not in MOVED_AFTER:
            return
        with self.office.database.read() as connection:
            row = cases.all_cases(connection)[0]
        target = next(policy for policy in self.policies if policy.digest != row.variant_digest)
        order = MoveOrder(variant=target, words=WORDS, by="Owner 1", why="It is drawn anew.", despite="It is the same.")
        try:
            moved = move_case(self.office, row.reference, order)
        except MoveRefusedError as error:
            self.refused += error.sentences
            return
        self.moved += moved is not None
        assert moved is None or (moved.is_unchanged and not moved.warnings), moved


def names() -> list[str]:
    return sorted(path.stem for path in (ROOT / "bpmn" / "hertsmere" / "scenarios").glob("*.toml"))


def _prove(name: str, policies: tuple[Variant, Variant]) -> None:
    scenario: Scenario = next(each for each in scenarios_of(policies[0]) if each.name == name)
    office = build_simulation_office()
    mover = Mover(office, policies)
    outcome = play(scenario, policies[0], office, listen=mover.listen)
    assert mover.refused == []
    assert outcome.misses == ()
    assert mover.moved or not outcome.reference  # some open no case


@pytest.mark.parametrize("name", names()[::12])
def test_an_example_comes_out_as_it_does_though_its_case_is_moved(name: str, policies: tuple[Variant, Variant]) -> None:
    _prove(name, policies)


@pytest.mark.proof
@pytest.mark.parametrize("name", names())
def test_every_example_comes_out_as_it_does(name: str, policies: tuple[Variant, Variant]) -> None:
    _prove(name, policies)
