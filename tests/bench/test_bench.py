"""Each measurement, tiny: that it works and says what it should. How fast this machine is today is no test."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.bench import report
from engine.bench.database.scratch import scratch_database
from engine.bench.figure import Measure, at_least, at_most, quantile
from engine.bench.report import MEASUREMENTS, Measurement, run
from engine.cli import main
from engine.cli.commands import bench
from engine.store import Database

TINY = {
    "steps": {"cases": 2, "rounds": 2},
    "two_processes": {"cases": 2},
    "timers": {"due": 3, "waiting": 20},
    "children": {"few": 2, "many": 3, "repeats": 1},
    "loop": {"cases": 1, "rounds": 4},
    "large_case": {"facts": 3, "items": 2, "rounds": 2, "samples": 2},
    "inbox": {"open_tasks": 200, "closed_each": 1, "pages": 1},
    "impact": {"few": 1, "many": 2},
    "memory": {"cases": 2},
    "expressions": {"evaluations": 10, "repeats": 1},
}

FIGURES = {
    "steps": {"steps_per_second", "step_p50", "step_p95", "bare_steps_per_second", "ratio_to_bare"},
    "two_processes": {"steps_per_second", "step_p50", "step_p95"},
    "timers": {"timers_per_second"},
    "children": {"children_seconds", "children_ratio"},
    "loop": {"tenth_ms", "hundredth_ms", "loop_ratio"},
    "large_case": {"small_ms", "large_ms", "large_ratio"},
    "inbox": {"mine_p95", "teams_p95", "all_p95", "no_deadline_p95", "search_p95", "ratio_to_count"},
    "impact": {"case_ms", "growth_ratio"},
    "memory": {"worker_peak_mb"},
    "expressions": {"evaluations_per_second"},
}


def tiny(measurement: Measurement) -> Measurement:
    return Measurement(
        name=measurement.name, title=measurement.title, measure=measurement.measure, size=TINY[measurement.name]
    )


@pytest.mark.parametrize("measurement", [tiny(each) for each in MEASUREMENTS], ids=lambda each: each.name)
def test_a_measurement_gives_its_figures_and_leaves_the_database_empty(
    measurement: Measurement, empty_database_url: str
) -> None:
    made = run([measurement], database_url=empty_database_url, progress=lambda words: None).to_json()
    figures = made["measurements"][measurement.name]["figures"]
    assert figures.keys() == FIGURES[measurement.name]
    assert all(figure["value"] > 0 for figure in figures.values())
    with scratch_database(empty_database_url) as url:  # refuses one that is not empty
        assert url == empty_database_url


def test_a_database_with_cases_in_it_is_refused_and_kept(database: Database) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    asked = CliRunner().invoke(main, ["bench", "--only", "expressions", "--database", url])
    assert asked.exit_code == 2
    assert "holds tables already" in asked.output
    assert database.property("anything") is None  # its tables are still there to be asked


def test_a_database_in_memory_is_refused() -> None:
    asked = CliRunner().invoke(main, ["bench", "--only", "expressions", "--database", "sqlite://"])
    assert (asked.exit_code, "Name a file" in asked.output) == (2, True)


def test_json_tells_the_machine_and_each_figure_with_its_target(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(report, "MEASUREMENTS", tuple(tiny(each) for each in MEASUREMENTS))
    printed = (
        CliRunner()
        .invoke(
            main,
            [
                "bench",
                "--format",
                "json",
                "--only",
                "expressions",
                "--database",
                f"sqlite:///{tmp_path / 'measured.db'}",
            ],
        )
        .stdout
    )
    printed_report = json.loads(printed)
    assert printed_report["machine"].keys() == {"cores", "python", "load_before", "database"}
    figure = printed_report["measurements"]["expressions"]["figures"]["evaluations_per_second"]
    assert figure.keys() == {"words", "value", "unit", "target", "reached"}
    assert figure["target"] == "≥ 50,000"


def test_text_says_of_each_target_whether_it_is_reached() -> None:
    slow = Measure(name="steps", words="steps per second", value=200, unit="/s", target=at_least(240))
    quick = Measure(name="p95", words="95 in 100 steps took at most", value=3.25, unit="ms", target=at_most(15))
    assert slow.line() == "      200 /s  steps per second (to reach: ≥ 240; NOT REACHED)"
    assert quick.line() == "     3.25 ms  95 in 100 steps took at most (to reach: ≤ 15; reached)"


def test_the_command_lists_every_measurement() -> None:
    assert [each.name for each in MEASUREMENTS] == list(bench._NAMES)


@pytest.mark.parametrize("missing", bench._BROUGHT)
@pytest.mark.parametrize("call", [["bench"], ["bench", "web"]], ids=" ".join)
def test_without_the_extra_a_sentence_says_what_to_install(
    call: list[str], missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "find_spec", lambda name: None if name == missing else find_spec(name))
    asked = CliRunner().invoke(main, call)
    assert (asked.exit_code, "pip install 'asb-case-review[bench]'" in asked.stderr) == (2, True)


def test_every_other_command_does_without_the_bench() -> None:
    program = "import sys; sys.modules['engine.bench'] = None; from engine.cli import main; main()"
    asked = subprocess.run([sys.executable, "-c", program, "bench", "--help"], capture_output=True, text=True)
    assert (asked.returncode, "two_processes" in asked.stdout) == (0, True)


def test_a_quantile_is_the_duration_below_which_that_share_lies() -> None:
    assert quantile([0.001 * place for place in range(100)], 0.95) == pytest.approx(95)
    assert quantile([0.004], 0.95) == pytest.approx(4)
