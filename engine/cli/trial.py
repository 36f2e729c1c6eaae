"""A variant before and after a change, checked and played: what comes out worse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engine.bootstrap import build_simulation_office, handlers_by_name
from engine.check import Finding, Severity, check_in_folder, each_of
from engine.cli.layout import Progress
from engine.cli.moment import today
from engine.scenarios import ScenarioOutcome, play, scenarios_of
from engine.variants import Variant


@dataclass(frozen=True, kw_only=True)
class Trial:
    errors: tuple[Finding, ...]  #: that are only there afterwards
    played: tuple[ScenarioOutcome, ...]  #: afterwards
    wrong_before: int
    worse: tuple[ScenarioOutcome, ...]  #: wrong afterwards, and right or not there before

    @property
    def is_worse(self) -> bool:
        return bool(self.errors or self.worse)

    def to_json(self) -> dict[str, Any]:
        return {
            "errors": [finding.to_json() for finding in self.errors],
            "scenarios": {
                "played": len(self.played),
                "wrong_before": self.wrong_before,
                "worse": [
                    {
                        "scenario": outcome.scenario.name,
                        "misses": [{"where": miss.where, "sentence": miss.sentence} for miss in outcome.misses],
                    }
                    for outcome in self.worse
                ],
            },
        }


def try_out(before: Variant, after: Variant, folder: Path, root: Path) -> Trial:
    """Check and play both; `folder` is where the council stands, among its neighbours."""
    progress = Progress()
    known = {_told(finding) for finding in _errors(before, folder, root)}
    errors = [finding for finding in _errors(after, folder, root) if _told(finding) not in known]
    was = _played(before, progress, "before")
    now = _played(after, progress, "after")
    progress.clear()
    right_before = {name: outcome.is_right for name, outcome in was.items()}
    return Trial(
        errors=tuple(errors),
        played=tuple(now.values()),
        wrong_before=sum(not is_right for is_right in right_before.values()),
        worse=tuple(o for name, o in now.items() if not o.is_right and right_before.get(name, True)),
    )


def _errors(variant: Variant, folder: Path, root: Path) -> list[Finding]:
    handlers = tuple(handlers_by_name().values())
    found = check_in_folder(variant, folder, root=root, handlers=handlers, base_today=None, today=today())
    return [replace(each, follows=()) for each in each_of(found) if each.severity is Severity.ERROR]


def _told(finding: Finding) -> tuple[str, str, str, str]:
    return finding.rule, finding.file, finding.element_id, finding.sentence


def _played(variant: Variant, progress: Progress, when: str) -> Mapping[str, ScenarioOutcome]:
    outcomes = {}
    chosen = scenarios_of(variant)
    for number, scenario in enumerate(chosen, start=1):
        progress.say(f"{when}, {number} of {len(chosen)}: {scenario.name}")
        outcomes[scenario.name] = play(scenario, variant, build_simulation_office())
    return outcomes
