"""The folders of an installation, in which the councils that it serves have their policies."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from engine.errors import EngineError, VariantNotFoundError
from engine.variants.agreements import Agreement
from engine.variants.descent import bases_beside, bases_of_files
from engine.variants.folder import SETTINGS_FILE, is_variant
from engine.variants.loader import load_settings, load_variant, named_where_it_fails
from engine.variants.pin import PIN_FILE, BaseFolder
from engine.variants.variant import Variant


def folders_in(root: Path) -> list[Path]:
    """The folders of variants, by name; bases that councils extend are among them."""
    try:
        inside = sorted(root.iterdir()) if root.is_dir() else []
    except OSError:  # it may not be read: then nothing is in it
        return []
    return [entry for entry in inside if not entry.name.startswith((".", "_")) and is_variant(entry)]


def prefixes_beside(folder: Path, *, root: Path | None = None) -> Mapping[str, str]:
    """The prefixes of references of the other councils whose folders stand beside this one, by council id.

    A folder that cannot be read, and a base in which no case is opened, gives no references.
    """
    home = folder.resolve()
    found = _prefixes(home.parent, root, _stamps(home.parent, root))
    return {name: prefix for name, prefix in found.items() if name != home.name}


def _stamps(*places: Path | None) -> tuple[tuple[str, int, int], ...]:
    """What tells whether the settings of a folder there have changed: of each file when, and how large it is."""
    found = []
    for place in dict.fromkeys(each for each in places if each is not None):
        for file in (SETTINGS_FILE, PIN_FILE):
            for path in sorted(place.glob(f"*/{file}")):
                try:
                    told = path.stat()
                except OSError:  # it is gone again, or may not be looked at
                    continue
                found.append((str(path), told.st_mtime_ns, told.st_size))
    return tuple(found)


@lru_cache(maxsize=4)
def _prefixes(place: Path, root: Path | None, stamps: tuple[tuple[str, int, int], ...]) -> Mapping[str, str]:  # noqa: ARG001  # by them it is read anew
    found = {}
    for other in folders_in(place):
        try:
            with named_where_it_fails(other):
                variant = load_settings(other, root=root)
                if not is_base(variant):
                    found[other.name] = variant.settings.reference_prefix
        except EngineError:
            continue
    return found


def agreements_beside(
    variant: Variant, folder: Path, *, root: Path | None = None
) -> Mapping[str, tuple[Agreement, ...]]:
    """The agreements of those with whom the variant has some, where their folders stand beside it and can be read."""
    parties = {party for agreement in variant.settings.agreements for party in agreement.parties}
    found = {}
    for other in folders_in(folder.resolve().parent) if parties else ():
        if other.name in parties:
            try:
                with named_where_it_fails(other):
                    found[other.name] = load_variant(other, root=root).settings.agreements
            except EngineError:
                continue
    return found


def published_beside(
    variant: Variant, folder: Path, *, root: Path | None = None
) -> Mapping[str, frozenset[str] | None]:
    """Which figures the councils of the variant's areas publish whose folders stand beside it and can be read, by
    folder; None for one that publishes none."""
    named = {area.figures_of for area in variant.settings.areas}
    found: dict[str, frozenset[str] | None] = {}
    for other in folders_in(folder.resolve().parent) if named else ():
        if other.name in named:
            try:
                with named_where_it_fails(other):
                    settings = load_settings(other, root=root).settings
            except EngineError:
                continue
            ids = frozenset(settings.figures_table.figures or [figure.id for figure in settings.figures])
            found[other.name] = ids if settings.figures_table.is_public else None
    return found


def base_today(folder: Path, root: Path | None) -> tuple[BaseFolder, ...]:
    """What the folder extends, as that lies on disk now; () where it extends nothing, or what lies nowhere here."""
    try:
        return bases_beside(folder, root)
    except VariantNotFoundError:  # it is pinned
        return ()


def base_of_files_today(name: str, files: Mapping[str, bytes], root: Path) -> tuple[BaseFolder, ...]:
    """The same of a folder of that name in `root` that would hold these files."""
    try:
        return bases_of_files(name, files, root)
    except VariantNotFoundError:
        return ()


def is_base(variant: Variant) -> bool:
    """Whether it is there for councils to extend: no case is opened in it, or it leaves something for them to say."""
    told = {key for base in variant.bases for key in base.table("left_to_councils")}
    return variant.settings.main_process is None or bool(variant.settings.left_to_councils.keys() - told)
