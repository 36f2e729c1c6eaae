"""Single slips in the shipped policies are drawn by a seed, tried in a copy, and counted by who finds them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.bench.mutations.draw import HARMLESS, SLIPS, Mutation, draw_mutations
from engine.bench.mutations.edits import misspelt
from engine.bench.mutations.judge import Judge, Verdict
from engine.bench.mutations.measurement import MutationReport, measure_mutations
from tests.cli.calls import Asb

BPMN = Path(__file__).parents[2] / "bpmn"


@pytest.fixture(scope="module")
def drawn() -> list[Mutation]:
    """One of each kind."""
    return [*draw_mutations(BPMN, kinds=(*SLIPS, *HARMLESS), number=len(SLIPS) + len(HARMLESS), seed=3)]


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    return Judge(BPMN, tmp_path, plays=False)


def of_kind(name: str, *, seed: int = 1) -> Mutation:
    kind = next(kind for kind in (*SLIPS, *HARMLESS) if kind.name == name)
    return next(draw_mutations(BPMN, kinds=[kind], number=1, seed=seed))


def test_each_kind_of_slip_can_be_made_somewhere_in_the_shipped_policies(drawn: list[Mutation]) -> None:
    names = [kind.name for kind in (*SLIPS, *HARMLESS)]
    assert len(names) == len(set(names))
    assert {mutation.kind for mutation in drawn} == set(names)


def test_each_edit_changes_its_file_and_leaves_it_one_that_can_be_read(drawn: list[Mutation]) -> None:
    unchanged = [m.kind for m in drawn if (BPMN / m.folder / m.file).read_bytes() == m.data]
    assert unchanged == []


def test_the_same_seed_draws_the_same_slips(drawn: list[Mutation]) -> None:
    kinds = SLIPS[:8]
    assert [*draw_mutations(BPMN, kinds=kinds, number=8, seed=3)] == drawn[:8]
    assert [*draw_mutations(BPMN, kinds=kinds, number=8, seed=4)] != drawn[:8]


def test_a_misspelt_word_is_another_word() -> None:
    assert [misspelt(word) for word in ("yes", "no", "victim_name", "aa")] == ["yse", "nox", "victim_anme", "aax"]


def test_a_slip_is_found_at_its_place_and_nothing_is_said_of_what_is_none(judge: Judge) -> None:
    found = judge.judge(of_kind("diagram: letter misspelt"))
    assert (found.verdict, found.findings > 0) == (Verdict.AT_PLACE, True)
    assert judge.judge(of_kind("label of a question")).verdict is Verdict.NOBODY


def test_the_folder_is_as_it_was_after_a_slip_was_tried(judge: Judge) -> None:
    slip = of_kind("diagram: letter misspelt")
    judge.judge(slip)
    same = replace(slip, data=(BPMN / slip.folder / slip.file).read_bytes())
    assert judge.judge(same).verdict is Verdict.NO_CHANGE


def test_a_finding_that_has_nothing_to_do_with_the_slip_is_elsewhere(judge: Judge) -> None:
    slip = of_kind("diagram: letter misspelt")
    judged = judge.judge(replace(slip, file=slip.file, elements=frozenset({"nothing"}), named=frozenset()))
    assert judged.verdict is Verdict.ELSEWHERE


def test_what_the_check_does_not_find_is_played_through_the_worked_examples(tmp_path: Path) -> None:
    example = (BPMN / "derbyshire_commissioner/scenarios/01_upheld.toml").read_bytes()
    slip = replace(
        of_kind("diagram: letter misspelt"), council="derbyshire_commissioner", folder="derbyshire_commissioner",
        file="scenarios/01_upheld.toml", elements=frozenset(), named=frozenset(), players=("derbyshire_commissioner",),
        data=example.replace(b"take_in = 2022-05-20", b"take_in = 2022-05-23"),
    )  # fmt: skip
    judged = Judge(BPMN, tmp_path, plays=True).judge(slip)
    assert judged.verdict is Verdict.EXAMPLE
    assert judged.first.startswith("derbyshire_commissioner: 01_upheld: ")


def test_a_slip_in_a_base_is_played_through_the_examples_of_the_councils_whose_cases_go_through_it() -> None:
    kinds = [kind for kind in SLIPS if kind.name == "diagram: letter misspelt"]
    drawn = list(draw_mutations(BPMN, kinds=kinds, number=40, seed=1))
    of_base = [slip for slip in drawn if slip.council == "model"]
    assert of_base
    assert all("model" not in slip.players for slip in drawn)
    assert any("derby_city" in slip.players for slip in of_base)
    own = [slip for slip in drawn if slip.council != "model"]
    assert all(slip.players[0] == slip.council for slip in own)


def test_the_report_counts_by_kind_and_names_what_was_missed() -> None:
    report = measure_mutations(
        BPMN, number=1, seed=1, processes=1, progress=lambda _: None, kinds="condition in brackets", plays=False
    )
    assert (len(report.slips), len(report.harmless), report.false_findings) == (0, 1, 0)
    told = "\n".join(report.lines())
    assert "1 harmless edits: 0 with a finding (target 0)." in told


def test_a_target_is_missed_where_a_slip_is_found_by_nobody() -> None:
    report = measure_mutations(
        BPMN, number=2, seed=1, processes=1, progress=lambda _: None, kinds="diagram: letter misspelt", plays=False
    )
    assert not report.misses_a_target
    missed = [replace(each, verdict=Verdict.NOBODY, findings=0) for each in report.slips]
    assert MutationReport(seed=1, slips=missed, harmless=()).misses_a_target


def test_the_command_prints_the_kinds_and_their_sum(tmp_path: Path) -> None:
    asb = Asb(home=tmp_path / "home", more={})
    answer = asb(
        "bench", "check", "--kind", "diagram: letter misspelt", "--mutations", "1", "--processes", "1", "--no-examples"
    )
    assert answer.code == 0, answer.err
    assert "diagram: letter misspelt" in answer.out
    assert "1 slips of 1 kinds (seed 1): the check finds 100.0%" in answer.out
