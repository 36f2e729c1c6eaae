"""Policies in force for tests of what comes after: put there without the judgement, which has tests of its own."""

from __future__ import annotations

from pathlib import Path

from engine.casework.policies import put_in_force as use_case
from engine.casework.policies.in_force import policy_in_force
from engine.casework.step.office import Office
from engine.variants import Variant, is_base, load_variant, read_source
from engine.variants.installation import folders_in


def put_in_force(office: Office, *variants: Variant) -> None:
    """Each from today on, unless it is so already; the folders that it was read from are not kept."""
    for variant in variants:
        _put(office, variant, None)


def put_folders_in_force(office: Office, root: Path, *names: str) -> None:
    """The folders of these names in `root`, or every council's there, from today on."""
    for folder in folders_in(root):
        if names and folder.name not in names:
            continue
        variant = load_variant(folder, root=root)
        if not is_base(variant):
            source = read_source(folder, root)
            _put(office, variant, (source.digest, source.pack()))


def _put(office: Office, variant: Variant, source: tuple[str, bytes] | None) -> None:
    there = policy_in_force(office, variant.id)
    if there is None or there.digest != variant.digest:
        decision = use_case.PolicyDecision(by="Owner 1", why="A test needs it.", source=source)
        use_case.put_in_force(office, variant, decision)
