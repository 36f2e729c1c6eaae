"""Calling `asb`: within the test's own process, or as a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from engine.bootstrap import build_office
from engine.cli import main
from engine.settings import Settings
from engine.variants import find_variant, load_variant
from tests.house.checkout import ROOT
from tests.in_force import put_in_force

APPLICATION = ROOT / "bpmn" / "hertsmere" / "scenarios" / "application.json"
#: Runs the command as the installed script does.
PROGRAM = (sys.executable, "-c", "from engine.cli import main; main(prog_name='asb')")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a call gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True, kw_only=True)
class Asb:
    """`asb` with a home of its own."""

    home: Path
    more: Mapping[str, str]

    @property
    def environment(self) -> dict[str, str]:
        return {"ASB_HOME": str(self.home), "ASB_VARIANTS": str(ROOT / "bpmn"), "COLUMNS": "80", **self.more}

    def __call__(self, *arguments: str, given: str | bytes = "") -> Answer:
        result = CliRunner().invoke(main, arguments, input=given, env=self.environment)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Answer(code=result.exit_code, out=result.stdout, err=result.stderr)

    def start(self, *arguments: str, **how: Any) -> subprocess.Popen[str]:
        """The command as a process; standard output and error are kept unless `how` says otherwise."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("ASB_")}
        settings: dict[str, Any] = {
            "env": inherited | self.environment, "stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE, "text": True, "cwd": ROOT, "preexec_fn": _heed_interrupts,
        }  # fmt: skip
        return subprocess.Popen((*PROGRAM, *arguments), **(settings | how))

    def done(self, *arguments: str) -> str:
        """What it prints, where it succeeds."""
        answer = self(*arguments)
        assert answer.code == 0, answer.err
        return answer.out

    def put_in_force(self, council: str) -> None:
        """Its folder, from today on, without playing its worked examples first."""
        settings = Settings.from_environment(self.environment)
        variant = load_variant(find_variant(council, settings.variants), root=settings.variants)
        office = build_office(settings)
        put_in_force(office, variant)
        office.database.close()

    def task(self, element: str) -> str:
        """The open task of this element."""
        found = [task["task"] for task in self("tasks", "--format", "json").json if task["element_id"] == element]
        assert len(found) == 1, found
        return str(found[0])


def _heed_interrupts() -> None:
    """What a terminal gives a command. Tests that run in the background inherit that interrupts are ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
