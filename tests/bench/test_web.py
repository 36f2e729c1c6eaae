"""The screens measured for a moment by a few people: that it works and says what it should, not how fast it is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.bench.report import MEASUREMENTS, Report
from engine.bench.web import measurement
from engine.bench.web.figures import KINDS, figures_of
from engine.bench.web.measurement import Size, measure_web
from engine.bench.web.plan import Work
from engine.cli import main
from engine.cli.commands import bench
from engine.errors import MeasurementBrokenError
from tests.databases import create_postgresql
from tests.house.checkout import ROOT

EVERY_KIND = {name: [0.050] * 20 for name in KINDS}


@pytest.fixture
def empty_url(postgresql_url: str) -> str:
    return create_postgresql(postgresql_url, "measured")


def test_people_work_on_a_real_server_while_timers_fire(empty_url: str) -> None:
    size = Size(people=3, seconds=6, pile=30, timers_per_second=5, least_thought=0.2, most_thought=0.4)
    report = measure_web(size, variants=ROOT / "bpmn", database_url=empty_url, progress=lambda words: None)
    told = report.to_json()["measurements"]["web"]
    assert (told["size"]["people"], told["size"]["seconds"], told["size"]["pile"]) == (3, 6, 30)
    figures = told["figures"]
    assert figures["errors"]["value"] == 0
    assert figures["timers_fired"]["value"] > 0
    assert {f"{kind}_{share}" for kind in KINDS for share in ("p50", "p95", "max")} < figures.keys()
    assert all(figures[f"{kind}_p50"]["value"] > 0 for kind in KINDS)


def test_what_was_started_is_stopped_when_it_is_stopped_half_way(tmp_path: Path, empty_url: str) -> None:
    call = [sys.executable, "-c", "from engine.cli import main; main(prog_name='asb')", "bench", "web", "--people", "2",
            "--database", empty_url]  # fmt: skip
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(call, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as measuring_:
        assert measuring_.stderr is not None
        for line in measuring_.stderr:
            if "sign in" in line:
                break
        started = processes_in(tmp_path)
        measuring_.send_signal(signal.SIGTERM)
        assert measuring_.wait(timeout=60) == 130
    assert started
    assert processes_in(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def processes_in(folder: Path) -> list[str]:
    """Commands that work with the folder, as Linux tells of them."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(folder).encode() in (process / "environ").read_bytes() and int(process.name) != os.getpid():
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue  # it has ended, or is somebody else's
    return found


def test_a_target_that_is_missed_gives_exit_code_1(monkeypatch: pytest.MonkeyPatch) -> None:
    def measured(milliseconds: float) -> int:
        work = Work(began_at=1, ended_at=11, seconds={**EVERY_KIND, "complete": [milliseconds / 1000]}, errors=())
        figures = figures_of(work, timers_fired=5)
        report = Report(database="", load=0, figures=[(MEASUREMENTS[0], figures)])
        monkeypatch.setattr(measurement, "measure_web", lambda *args, **more: report)
        return CliRunner().invoke(main, ["bench", "web", "--format", "json"]).exit_code

    assert measured(150) == 0
    assert measured(151) == 1


def test_an_error_misses_a_target_and_so_do_timers_that_do_not_fire() -> None:
    work = Work(began_at=1, ended_at=11, seconds=EVERY_KIND, errors=("GET /tasks was answered 500.",))
    missed = {figure.name for figure in figures_of(work, timers_fired=0) if figure.is_reached is False}
    assert missed == {"errors", "timers_fired"}


def test_a_kind_of_request_that_was_never_made_is_no_reached_target() -> None:
    work = Work(began_at=1, ended_at=11, seconds={"inbox": [0.05]}, errors=("POST /x was answered 400.",))
    with pytest.raises(MeasurementBrokenError, match=r"Nothing was measured of .*complete.*answered 400"):
        figures_of(work, timers_fired=5)


def test_the_command_says_as_many_people_and_seconds_as_are_measured_without_it() -> None:
    defaults = {option.name: option.default for option in bench.bench_web_command.params}
    assert (defaults["people"], defaults["seconds"]) == (Size().people, Size().seconds)


def test_nobody_runs_out_of_tasks() -> None:
    size = Size(seconds=60)
    assert size.tasks_each * measurement._ROUND * size.least_thought > size.seconds
