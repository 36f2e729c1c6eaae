"""A draft: a folder as it lies on disk. Nothing of it holds until it is published."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.variants import PolicySource, Variant, find_variant, load_variant, named_where_it_fails, read_source


@dataclass(frozen=True, kw_only=True)
class PolicyDraft:
    variant: Variant
    source: PolicySource
    folder: Path
    root: Path  #: where the other councils' folders stand


def draft_in(name_or_path: str, root: Path) -> PolicyDraft:
    """The draft of that name in `root`, or at that path. Raises VariantNotFoundError, PolicyUnreadableError."""
    folder = find_variant(name_or_path, root)
    with named_where_it_fails(folder):
        source = read_source(folder, root)
        return PolicyDraft(variant=load_variant(folder, root=root), source=source, folder=folder, root=root)
