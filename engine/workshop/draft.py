"""A draft: a folder as it lies on disk, was handed in, or is edited in the database. Nothing of it holds until it is
published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from engine.casework.policies.in_force import served_as
from engine.variants import (
    PIN_FILE,
    BaseFolder,
    Commit,
    PolicySource,
    Variant,
    base_of_files_today,
    base_today,
    commit_of,
    find_variant,
    load_variant,
    named_where_it_fails,
    read_source,
    variant_of_files,
    variant_over,
)


@dataclass(frozen=True, kw_only=True)
class PolicyDraft:
    variant: Variant
    source: PolicySource | None  #: None for a version of which the folders were not kept
    home: Path  #: where its folder stands, or would: the folders of the other councils are beside it
    root: Path  #: where the folders of the installation stand
    bases: tuple[BaseFolder, ...] = ()  #: what it extends, as that lies there now
    again: int | None = None  #: the earlier version that it is
    commit: Commit | None = None  #: that it is checked out from; None where that is not known

    @property
    def extended(self) -> tuple[BaseFolder, ...]:
        """What it extends as it holds in it: as pinned, else as that lies there."""
        return self.variant.pin.folders if self.variant.pin is not None else self.bases


def draft_in(name_or_path: str, root: Path) -> PolicyDraft:
    """The draft of that name in `root`, or at that path. Raises VariantNotFoundError, PolicyUnreadableError."""
    folder = find_variant(name_or_path, root)
    with named_where_it_fails(folder):
        source = read_source(folder, root)
        variant = load_variant(folder, root=root)
        return PolicyDraft(
            variant=variant, source=source, home=folder, root=root, bases=base_today(folder, root),
            commit=commit_of(folder, source, root),
        )  # fmt: skip


def draft_of_files(files: Mapping[str, bytes], council_id: str, root: Path) -> PolicyDraft:
    """The draft that the council's own files are, its pin among them, over what they extend: that as it is pinned, or
    as it lies in `root` now. Raises as `draft_in`."""
    home = root / council_id
    with named_where_it_fails(home):
        variant, bases = variant_of_files(council_id, files, root)
        own = BaseFolder(name=council_id, files=files)
        source = PolicySource(folders=(own,) if variant.pin is not None else (own, *bases))
        today = bases if variant.pin is None else base_of_files_today(council_id, files, root)
    return PolicyDraft(variant=variant, source=source, home=home, root=root, bases=today)


def draft_from(source: PolicySource, council_id: str, root: Path, *, again: int | None = None) -> PolicyDraft:
    """The draft that these folders are, as the council's, among those in `root`. Raises as `draft_in`."""
    own, *bases = source.folders
    if PIN_FILE in own.files or not bases:
        return replace(draft_of_files(own.files, council_id, root), source=source, again=again)
    home = root / council_id
    with named_where_it_fails(home):  # what it was read with need not be what lies there now
        variant = served_as(council_id, variant_over(council_id, own.files, bases))
        today = base_of_files_today(council_id, own.files, root)
    return PolicyDraft(variant=variant, source=source, home=home, root=root, bases=today, again=again)
