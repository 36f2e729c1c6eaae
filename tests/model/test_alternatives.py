"""What a council chooses instead: other processes in the slots, and other limits. The examples come out as they say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.bootstrap import build_simulation_office
from engine.scenarios import play, scenarios_of
from engine.toml import read_toml
from engine.variants import load_variant
from tests.model.test_model import FOLDER, VARIANTS, council_that_says, errors_of, right

#: Each with the lines of a variant.toml that choose. The model's examples of the processes that it names are played in
#: it, and those beside the lines.
ALTERNATIVES = sorted(folder for folder in (Path(__file__).parent / "alternatives").iterdir() if folder.is_dir())


def _chosen(alternative: Path) -> frozenset[str]:
    return frozenset(read_toml((alternative / "lines.toml").read_bytes(), name="lines.toml").get("use", {}).values())


def _examples(alternative: Path) -> list[str]:
    chosen = _chosen(alternative)
    of_model = [name for name, uses in OF_THE_MODEL.items() if uses <= chosen]
    return [*of_model, *(file.stem for file in sorted(alternative.glob("scenarios/*.toml")))]


#: The model's examples that are about processes other than those that run in its slots, each with these processes.
OF_THE_MODEL = {
    file.stem: frozenset(uses)
    for file in sorted((VARIANTS / "model/scenarios").glob("*.toml"))
    if (uses := read_toml(file.read_bytes(), name=file.name).get("uses"))
}
EXAMPLES = [(folder, name) for folder in ALTERNATIVES for name in _examples(folder)]


def council_that_chooses(tmp_path: Path, alternative: Path) -> Path:
    folder = council_that_says(tmp_path, (alternative / "lines.toml").read_text(encoding="utf-8"))
    if (alternative / "scenarios").is_dir():
        shutil.copytree(alternative / "scenarios", folder / "scenarios")
    return folder


@pytest.mark.parametrize("alternative", ALTERNATIVES, ids=lambda folder: folder.name)
def test_a_council_that_chooses_other_processes_has_no_error(tmp_path: Path, alternative: Path) -> None:
    assert errors_of(council_that_says(tmp_path, (alternative / "lines.toml").read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(("alternative", "scenario"), EXAMPLES, ids=[name for _, name in EXAMPLES])
def test_an_example_of_it_comes_out_as_it_says(tmp_path: Path, alternative: Path, scenario: str) -> None:
    right(scenario, load_variant(council_that_chooses(tmp_path, alternative), root=VARIANTS))


def test_every_example_of_another_process_is_played_by_a_council_that_chooses_it() -> None:
    assert OF_THE_MODEL.keys() == {name for _, name in EXAMPLES} & OF_THE_MODEL.keys()


def test_an_example_of_another_process_is_none_of_a_council_that_does_not_choose_it() -> None:
    played = {each.name for each in scenarios_of(load_variant(FOLDER, root=VARIANTS))}
    assert played.isdisjoint(OF_THE_MODEL)
    assert "01_whole_way" in played


def test_the_review_goes_its_way_by_other_limits(tmp_path: Path) -> None:
    lines = """[limits]
"contact the victim" = "3 working days after met_sent_on"
"panel" = "40 working days after completed_on"
"papers" = "2 working days before panel_planned_on"
"outcome" = "5 days after panel_held_on"
"minutes" = "10 working days after panel_held_on"
"""
    right("30_review_to_the_close", load_variant(council_that_says(tmp_path, lines), root=VARIANTS))


def test_where_no_rung_is_set_nobody_above_is_told(tmp_path: Path) -> None:
    variant = load_variant(council_that_says(tmp_path, '[limits]\n"first rung" = "none"\n'), root=VARIANTS)
    found = next(each for each in scenarios_of(variant) if each.name == "35_action_outstanding")
    assert [miss.sentence for miss in play(found, variant, build_simulation_office()).misses] == [
        "letters sent are none, not escalation",
        "letters sent to Ms Brown are none, not escalation",
        "escalated_on is None, not '2026-05-22'",
    ]
