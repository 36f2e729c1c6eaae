"""What people did in a case, done again: by its own version it comes out as it did, whatever it was that they did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from engine.bootstrap import build_simulation_office
from engine.model import RecordEntry
from engine.scenarios import Scenario, play, scenarios_of
from engine.scenarios.replays.deviations import deviations
from engine.scenarios.replays.past_case import PastCase, read_past_case
from engine.scenarios.replays.replay import occurrences_then, replay, unchanged
from engine.store import cases
from engine.store.record import entries_of
from engine.variants import Variant, load_variant
from tests.house.checkout import ROOT

#: Of each council so many of its worked examples, spread over all; those with the names besides.
_OF_EACH = 8
_BESIDES = {
    "derby_city": ("19_commissioner_is_not_here", "20_not_here_any_more"),
    "derbyshire_commissioner": ("22_council_is_not_here_any_more",),
    "hertsmere": ("the-whole-story",),
}


def _worked() -> Iterator[tuple[str, str]]:
    for council in ("hertsmere", "derby_city", "selby", "coventry", "derbyshire_commissioner"):
        names = sorted(path.stem for path in (ROOT / "bpmn" / council / "scenarios").glob("*.toml"))
        chosen = names[:: max(1, len(names) // _OF_EACH)]
        for name in dict.fromkeys((*chosen, *_BESIDES.get(council, ()))):
            yield council, name


_variants: dict[str, Variant] = {}


def variant_of(council: str) -> Variant:
    if council not in _variants:
        _variants[council] = load_variant(ROOT / "bpmn" / council, root=ROOT / "bpmn")
    return _variants[council]


def played(scenario: Scenario, variant: Variant) -> list[RecordEntry]:
    office = build_simulation_office()
    outcome = play(scenario, variant, office)
    with office.database.read() as connection:
        entries = entries_of(connection, cases.find_case(connection, outcome.reference or "").case_id)
    office.database.close()
    return entries


def past_case(entries: list[RecordEntry], variant: Variant) -> PastCase:
    return read_past_case("HBC-2026-0417", entries, variant, handing_over=("hand-over",))


@pytest.mark.parametrize(("council", "name"), list(_worked()))
def test_a_worked_case_done_again_by_its_own_version_comes_out_the_same(council: str, name: str) -> None:
    variant = variant_of(council)
    scenario = next(each for each in scenarios_of(variant) if each.name == name)
    if scenario.unstaffed or scenario.refused:
        pytest.skip("nothing comes of it")
    past = past_case(played(scenario, variant), variant)
    assert past.ends_because == ""
    office = build_simulation_office()
    again = replay(past, variant, office)
    office.database.close()
    assert again.why == ""
    then, now = occurrences_then(past), again.occurrences(unchanged, before=None)
    assert len(then) > 2
    assert deviations(then, now, {}) == ()


def test_what_was_undone_is_not_done_again() -> None:
    variant = variant_of("hertsmere")
    entries = played(next(each for each in scenarios_of(variant) if each.name == "01_threshold_just_met"), variant)
    before = past_case(entries, variant)
    done = [entry for entry in entries if entry.kind == "task completed"][-1]
    undoing = replace(
        entries[-1], seq=len(entries) + 1, kind=type(done.kind)("completion undone"),
        content={"entries": [done.seq], "by": "Officer 1"},
    )  # fmt: skip
    after = past_case([*entries, undoing], variant)
    assert len(after.scenario.steps) == len(before.scenario.steps) - 1


def test_a_record_of_which_something_was_erased_is_read_up_to_there() -> None:
    variant = variant_of("hertsmere")
    entries = played(next(each for each in scenarios_of(variant) if each.name == "01_threshold_just_met"), variant)
    seq = next(entry.seq for entry in entries if entry.kind == "task completed")
    past = past_case([replace(e, content=None) if e.seq == seq else e for e in entries], variant)
    assert "something was said that has been erased since" in past.said_of_end
    assert len(past.scenario.steps) == 1  # the clock alone
