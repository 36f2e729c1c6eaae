"""What somebody wants played is played beside the sweeps of `asb work` and `asb serve`, after what is to be judged."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.bootstrap import build_office
from engine.casework.step.office import Office
from engine.cli.judgement import JudgingBeside
from engine.settings import Settings
from engine.workshop import draft_in, list_versions, propose
from engine.workshop.examples import ask_to_play, has_examples_to_play, played_examples
from tests.workshop.folder import COUNCIL, wanted


@pytest.fixture
def served(root: Path, migrated_sqlite: Path) -> Iterator[Office]:
    """An office on a file, which several threads use."""
    (root / "asb.sqlite").write_bytes(migrated_sqlite.read_bytes())
    made = build_office(Settings.from_environment({"ASB_HOME": str(root), "ASB_VARIANTS": str(root)}))
    yield made
    made.database.close()


def test_what_is_asked_for_is_played_and_what_is_proposed_is_judged_first(served: Office, root: Path) -> None:
    draft = draft_in(COUNCIL, root)
    ask_to_play(served, draft.variant)
    propose(served, draft, wanted())
    beside = JudgingBeside(served, root, threading.Event())
    beside.begin_where_one_waits()
    beside.end()
    assert played_examples(served, draft.variant).is_whole
    assert [version.number for version in list_versions(served, COUNCIL)] == [1]
    assert not has_examples_to_play(served)


def test_who_is_told_to_stop_gives_back_what_is_not_played_yet(served: Office, root: Path) -> None:
    variant, stop = draft_in(COUNCIL, root).variant, threading.Event()
    ask_to_play(served, variant)
    beside = JudgingBeside(served, root, stop)
    stop.set()
    beside.begin_where_one_waits()
    beside.end()
    assert has_examples_to_play(served)
    assert not played_examples(served, variant).rows
