"""What a draft is found to be before it may be put in force: checked by every rule, its worked examples played."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.bootstrap import build_simulation_office, handlers_by_name
from engine.check import Finding, Severity, check_variant
from engine.check.identity import councils_beside
from engine.scenarios import ScenarioOutcome, play, scenarios_of
from engine.variants import (
    PolicySource,
    Variant,
    agreements_beside,
    base_today,
    named_where_it_fails,
    prefixes_beside,
    published_beside,
    write_source,
)
from engine.workshop.draft import PolicyDraft, draft_in

Tell = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What every rule of the check says of a draft, as `asb check` finds it."""

    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    @classmethod
    def of(cls, found: list[Finding]) -> Checked:
        return cls(
            errors=tuple(finding for finding in found if finding.severity is Severity.ERROR),
            warnings=tuple(finding for finding in found if finding.severity is Severity.WARNING),
        )


def check_draft(draft: PolicyDraft, *, today: date) -> Checked:
    variant, folder, root = draft.variant, draft.folder, draft.root
    with named_where_it_fails(folder):
        found = check_variant(
            variant,
            handlers=tuple(handlers_by_name().values()),
            others=councils_beside(folder),
            neighbours=prefixes_beside(folder, root=root),
            agreed=agreements_beside(variant, folder, root=root),
            publishing=published_beside(variant, folder, root=root),
            base_today=base_today(folder, root),
            today=today,
        )
    return Checked.of(found)


def check_source(source: PolicySource, *, today: date) -> Checked:
    """A version that was put in force before, as the folder that it was read from, with no other beside it."""
    with TemporaryDirectory(prefix="asb-version-") as aside:
        home = write_source(source, Path(aside))[0]
        return check_draft(draft_in(str(home), Path(aside)), today=today)


def play_examples(variant: Variant, tell: Tell) -> list[ScenarioOutcome]:
    """All of them, each in an office of its own. `tell` hears which is played."""
    chosen, outcomes = scenarios_of(variant), []
    for number, scenario in enumerate(chosen, start=1):
        tell(f"Worked example {number} of {len(chosen)}: {scenario.name}")
        outcomes.append(play(scenario, variant, build_simulation_office()))
    return outcomes
