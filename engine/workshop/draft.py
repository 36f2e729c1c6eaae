"""A draft: a folder as it lies on disk, or as it was handed in. Nothing of it holds until it is published."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.casework.policies.in_force import served_as
from engine.variants import (
    BaseFolder,
    PolicySource,
    Variant,
    base_today,
    find_variant,
    load_variant,
    named_where_it_fails,
    read_source,
    write_source,
)


@dataclass(frozen=True, kw_only=True)
class PolicyDraft:
    variant: Variant
    source: PolicySource | None  #: None for a version of which the folders were not kept
    home: Path  #: where its folder stands, or would: the folders of the other councils are beside it
    root: Path  #: where the folders of the installation stand
    bases: tuple[BaseFolder, ...] = ()  #: what it extends, as that lies there now
    again: int | None = None  #: the earlier version that it is


def draft_in(name_or_path: str, root: Path) -> PolicyDraft:
    """The draft of that name in `root`, or at that path. Raises VariantNotFoundError, PolicyUnreadableError."""
    folder = find_variant(name_or_path, root)
    with named_where_it_fails(folder):
        source = read_source(folder, root)
        variant = load_variant(folder, root=root)
        return PolicyDraft(variant=variant, source=source, home=folder, root=root, bases=base_today(folder, root))


def draft_from(source: PolicySource, council_id: str, root: Path, *, again: int | None = None) -> PolicyDraft:
    """The draft that these folders are, as the council's, among those in `root`. Raises as `draft_in`."""
    own, *bases = source.folders
    with TemporaryDirectory(prefix="asb-draft-") as made:
        aside = Path(made)
        home = write_source(PolicySource(folders=(replace(own, name=council_id),)), aside)[0]
        with named_where_it_fails(home):
            today = base_today(home, root)  # while those that it was read with do not stand beside it
            if bases:
                write_source(PolicySource(folders=tuple(bases)), aside)
            variant = load_variant(home, root=aside)
    return PolicyDraft(
        variant=served_as(council_id, variant), source=source, home=root / council_id, root=root, bases=today,
        again=again,
    )  # fmt: skip
