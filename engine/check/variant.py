"""Checking a variant or a single diagram with every rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from engine.check.causes import folded
from engine.check.finding import Finding
from engine.check.identity import Identity, councils_beside
from engine.check.machine import Progress, run_rules
from engine.check.policy import Policy
from engine.check.rule import Rule
from engine.check.rules import RULES
from engine.diagram import Diagram
from engine.handler import Handler
from engine.variants import (
    Agreement,
    BaseFolder,
    Variant,
    agreements_beside,
    prefixes_beside,
    published_beside,
)


def check_variant(
    variant: Variant,
    *,
    handlers: Sequence[Handler] | None = None,
    others: Mapping[str, Identity] | None = None,
    neighbours: Mapping[str, str] | None = None,
    agreed: Mapping[str, tuple[Agreement, ...]] | None = None,
    publishing: Mapping[str, frozenset[str] | None] | None = None,
    base_today: tuple[BaseFolder, ...] | None = None,
    today: date | None = None,
    rules: Sequence[Rule] = RULES,
    on_progress: Progress | None = None,
) -> list[Finding]:
    """Everything that is to be said of a variant, causes with what follows from each; files are named as in its folder.

    `handlers` are those that its diagrams may name; without them no handler's name is judged. `others` are the councils
    whose folders stand beside it, by folder, and `neighbours` the prefixes of references that councils there have.
    `agreed` are the agreements of its parties that are there, by folder. `publishing` is which figures the councils of
    its areas publish. `base_today` is what it extends, as that lies on disk now. `today` is the day in London; without
    it nothing is judged by the day.
    """
    policy = Policy(
        diagrams=variant.diagrams,
        folder=variant,
        known_handlers=handlers,
        others=others or {},
        neighbours=neighbours or {},
        agreed=agreed or {},
        publishing=publishing,
        base_today=base_today,
        today=today,
    )
    return folded(run_rules(policy, rules, on_progress=on_progress), rules)


def check_in_folder(
    variant: Variant,
    folder: Path,
    *,
    root: Path | None,
    handlers: Sequence[Handler] | None,
    base_today: tuple[BaseFolder, ...] | None,
    today: date | None,
    rules: Sequence[Rule] = RULES,
    on_progress: Progress | None = None,
) -> list[Finding]:
    """The same of a variant that belongs into `folder`, with all that is read of the folders beside it: those in
    `root`, or next to it."""
    return check_variant(
        variant,
        handlers=handlers,
        others=councils_beside(folder),
        neighbours=prefixes_beside(folder, root=root),
        agreed=agreements_beside(variant, folder, root=root),
        publishing=published_beside(variant, folder, root=root),
        base_today=base_today,
        today=today,
        rules=rules,
        on_progress=on_progress,
    )


def check_diagram(
    diagram: Diagram, *, handlers: Sequence[Handler] | None = None, on_progress: Progress | None = None
) -> list[Finding]:
    """What can be said of a diagram without the folder it belongs to: no form, letter, limit or team is looked for."""
    policy = Policy(diagrams={diagram.file: diagram}, known_handlers=handlers)
    return folded(run_rules(policy, RULES, on_progress=on_progress), RULES)
