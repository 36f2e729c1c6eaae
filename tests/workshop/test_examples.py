"""How worked examples come out is kept, and nobody waits twice for the same."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine.casework.step.office import Office
from engine.clock import SettableClock
from engine.variants import Variant
from engine.workshop import draft_in
from engine.workshop.examples import (
    PlayedExample,
    ask_to_play,
    background,
    has_examples_to_play,
    kept,
    play_kept,
    play_waiting_examples,
    played_examples,
)
from engine.workshop.playback import play_back, scenario_named
from tests.workshop.folder import COUNCIL, EXAMPLE, edit, new_phone, put


class Killed(BaseException):
    """What ends a process does not pass by any of its handlers."""


@pytest.fixture
def variant(root: Path) -> Variant:
    return draft_in(COUNCIL, root).variant


def never(*_: object) -> PlayedExample:
    raise AssertionError("It was played already.")


def test_what_a_version_was_judged_by_is_not_played_again(
    office: Office, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(office, root, despite="They are known.")
    found = played_examples(office, draft_in(COUNCIL, root).variant)
    (played,) = found.played.values()
    assert (found.is_whole, played.name, played.wrong) == (True, EXAMPLE, "")
    assert played.goes_through("application_to_decision", "acknowledge_application") or played.taken
    monkeypatch.setattr(kept, "play_example", never)
    assert play_kept(office, draft_in(COUNCIL, root).variant, lambda _: None) == [played]
    new_phone(root)
    assert not played_examples(office, draft_in(COUNCIL, root).variant).rows


def test_an_example_that_was_edited_is_played_anew_and_no_other(office: Office, root: Path, variant: Variant) -> None:
    play_kept(office, variant, lambda _: None)
    edit(root, f"scenarios/{EXAMPLE}.toml", "title = ", "title = 'Other' #")
    edited = draft_in(COUNCIL, root).variant
    assert edited.digest == variant.digest
    assert not played_examples(office, edited).rows
    assert played_examples(office, variant).is_whole


def test_it_is_played_in_the_background_once_somebody_asks(office: Office, variant: Variant) -> None:
    assert not has_examples_to_play(office)
    ask_to_play(office, variant)
    assert played_examples(office, variant).is_waiting
    assert play_waiting_examples(office, is_stopping=lambda: True)
    assert has_examples_to_play(office)  # it was given back
    assert play_waiting_examples(office)
    assert not has_examples_to_play(office)
    assert not play_waiting_examples(office)
    ask_to_play(office, variant)  # there is nothing left to play
    assert not has_examples_to_play(office)


def test_an_example_that_kills_whatever_plays_it_is_passed_over(
    office: Office, variant: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> PlayedExample:
        raise Killed

    monkeypatch.setattr(kept, "play_example", killed)
    ask_to_play(office, variant)
    assert isinstance(office.clock, SettableClock)
    for _ in range(background.MOST_ATTEMPTS):
        with pytest.raises(Killed):
            play_waiting_examples(office)
        assert not has_examples_to_play(office)  # that worker may still be at work
        office.clock.advance(background.LEASE + timedelta(seconds=1))
    assert play_waiting_examples(office)
    (row,) = played_examples(office, variant).rows.values()
    assert "stopped each time" in row.wrong


def test_what_a_draft_makes_the_program_stumble_over_is_wrong_with_the_example(
    variant: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.scenarios.player.take_step", lambda *_: 1 // 0)
    playback = play_back(variant, scenario_named(variant, EXAMPLE))
    assert "asb itself failed over it (ZeroDivisionError)" in playback.wrong
    assert playback.frames[0].stands("application.bpmn") == ("acknowledge_application",)


def test_what_goes_on_for_ever_ends(variant: Variant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.workshop.examples.course.MOST_TAKEN", 40)
    playback = play_back(variant, scenario_named(variant, EXAMPLE))
    assert "It goes on for ever" in playback.wrong
    assert playback.frames


def test_a_playback_says_day_by_day_what_happened_and_where_the_case_stands(variant: Variant) -> None:
    playback = play_back(variant, scenario_named(variant, EXAMPLE))
    assert playback.wrong == ""
    first, second = playback.frames[:2]
    assert first.sentences[0].startswith("Application HBC-2026-0001 received")
    assert [(each.process, each.elements) for each in second.standings][-1][1] == ("confirm_reports",)
    assert second.walked["application.bpmn"][0] == "acknowledge_application"  # not the way by which it came before
    (way,) = (
        flow for flow in variant.drawn_processes["application"].flows.values() if flow.target == "confirm_reports"
    )
    assert second.walked["application.bpmn"][-2:] == (way.id, "confirm_reports")
    assert playback.frames == tuple(sorted(playback.frames, key=lambda frame: frame.at))
    agencies = {
        each.about for frame in playback.frames for each in frame.standings if each.elements == ("answer_request",)
    }
    assert "Any Homes" in agencies
