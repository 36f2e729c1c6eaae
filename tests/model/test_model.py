"""The model procedure as a council has it that adds nothing of its own: its examples come out as they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.bootstrap import build_simulation_office, handlers_by_name
from engine.check import Severity, check_paths
from engine.scenarios import Scenario, play, scenarios_of
from engine.variants import Variant, load_variant

VARIANTS = Path(__file__).parents[2] / "bpmn"
FOLDER = Path(__file__).parent / "examplia"
EXAMPLIA = load_variant(FOLDER, root=VARIANTS)
SCENARIOS = scenarios_of(EXAMPLIA)


def errors_of(folder: Path) -> list[str]:
    findings = check_paths([folder], root=VARIANTS, handlers=tuple(handlers_by_name().values()))
    return [f"{each.file}: {each.sentence}" for each in findings if each.severity is Severity.ERROR]


def council_that_says(tmp_path: Path, lines: str) -> Path:
    """A council like Examplia, with these lines on top of its variant.toml."""
    folder = tmp_path / "examplia"
    folder.mkdir()
    told = (FOLDER / "variant.toml").read_text(encoding="utf-8")
    head, _, rest = told.partition("\n[contact]\n")
    (folder / "variant.toml").write_text(f"{head}\n{lines}\n[contact]\n{rest}", encoding="utf-8")
    return folder


def right(scenario: str, variant: Variant) -> None:
    found = next(each for each in scenarios_of(variant) if each.name == scenario)
    outcome = play(found, variant, build_simulation_office())
    assert not outcome.misses, "\n".join(f"{miss.where}: {miss.sentence}" for miss in outcome.misses)


def test_the_model_itself_has_no_error() -> None:
    assert errors_of(VARIANTS / "model") == []


def test_a_council_that_says_what_only_it_can_say_has_no_error() -> None:
    assert errors_of(FOLDER) == []


def test_a_council_that_says_nothing_is_told_what_it_has_to_say(tmp_path: Path) -> None:
    folder = tmp_path / "silent"
    folder.mkdir()
    (folder / "variant.toml").write_text('name = "Silent Council"\nextends = "model"\n', encoding="utf-8")
    said = errors_of(folder)
    left = load_variant(VARIANTS / "model", root=VARIANTS).settings.left_to_councils
    assert all(any(f"Write {name} in" in sentence for sentence in said) for name in left)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_scenario_comes_out_as_it_says(scenario: Scenario) -> None:
    outcome = play(scenario, EXAMPLIA, build_simulation_office())
    assert not outcome.misses, "\n".join(f"{miss.where}: {miss.sentence}" for miss in outcome.misses)


def test_other_limits_move_the_days_and_nothing_else(tmp_path: Path) -> None:
    lines = """[limits]
"acknowledge" = "1 working day after completed_on"
"threshold decision" = "20 working days after received_on"
"""
    variant = load_variant(council_that_says(tmp_path, lines), root=VARIANTS)
    for scenario in ("01_whole_way", "02_not_met"):
        right(scenario, variant)


@pytest.mark.parametrize("nth", range(max(len(slot.alternatives) for slot in EXAMPLIA.settings.slots) - 1))
def test_every_alternative_can_be_chosen_without_an_error(nth: int, tmp_path: Path) -> None:
    others = {slot.name: [each for each in slot.alternatives if each != slot.use] for slot in EXAMPLIA.settings.slots}
    chosen = "".join(f'{slot} = "{each[nth % len(each)]}"\n' for slot, each in others.items() if each)
    # whoever hands appeals over says to whom
    agreed = '[agreements.appeals]\nwith = ["appeals_body"]\n' if "appeal_handed_over" in chosen else ""
    assert errors_of(council_that_says(tmp_path, f"[use]\n{chosen}{agreed}")) == []


def test_an_example_says_what_a_second_course_must_not_know_of_the_first(tmp_path: Path) -> None:
    folder = council_that_says(tmp_path, "")
    drawn = (VARIANTS / "model/taken_up_again.bpmn").read_text(encoding="utf-8")
    kept = drawn.replace('<zeebe:output source="=null" target="panel_outcome"/>', "")
    assert kept != drawn
    (folder / "taken_up_again.bpmn").write_text(kept, encoding="utf-8")
    variant = load_variant(folder, root=VARIANTS)
    example = next(each for each in scenarios_of(variant) if each.name == "81_second_course_begins_anew")
    (miss,) = play(example, variant, build_simulation_office()).misses
    assert miss.sentence.startswith("reviews-1.panel_outcome is 'The noise is measured")
    assert miss.sentence.endswith("and is not to be known")
