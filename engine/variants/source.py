"""What a version was read from: the folder, and what it extends, file by file as they lay.

A version itself is its files together (docs/decisions/0008-a-version-is-its-files-together.md), from which the folder
that somebody edits cannot be had again; this can.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from engine.errors import BadInputError
from engine.variants.descent import bases_beside, own_files
from engine.variants.folder import MAX_FILES, belongs
from engine.variants.pack import join_contents, split_contents
from engine.variants.pin import MAX_FOLDERS, PIN_FILE, BaseFolder, digest_of

_FORMAT = 1
_DAMAGED = "The folder that this version was read from is damaged in the database. Restore it from a copy."


@dataclass(frozen=True, kw_only=True)
class PolicySource:
    """The council's own folder first, `base.lock` in it, and those that it extends unless it pins them."""

    folders: tuple[BaseFolder, ...]

    @cached_property
    def digest(self) -> str:
        """SHA-256, in hexadecimal, over the names and contents of all files."""
        return digest_of(self.folders)

    def pack(self) -> bytes:
        """As one run of bytes: the same folders always give the same."""
        listed = [
            {"name": folder.name, "files": [[file, len(data)] for file, data in sorted(folder.files.items())]}
            for folder in self.folders
        ]
        contents = (data for folder in self.folders for _, data in sorted(folder.files.items()))
        return join_contents({"format": _FORMAT, "folders": listed}, contents)

    @classmethod
    def unpack(cls, data: bytes) -> PolicySource:
        """What `pack` packed. Raises BadInputError where `data` is anything else."""
        try:
            header, rest = split_contents(data)
            folders, start = [], 0
            if header["format"] != _FORMAT or not 1 <= len(header["folders"]) <= MAX_FOLDERS:
                raise ValueError
            for each in header["folders"]:
                files = {}
                for file, size in each["files"][:MAX_FILES]:
                    if not (belongs(file) or file == PIN_FILE) or "/" in each["name"]:
                        raise ValueError
                    files[str(file)] = rest[start : start + size]
                    start += size
                folders.append(BaseFolder(name=str(each["name"]), files=files))
        except (ValueError, KeyError, TypeError):
            raise BadInputError(_DAMAGED) from None
        if start != len(rest):
            raise BadInputError(_DAMAGED)
        return cls(folders=tuple(folders))


def read_source(folder: Path, root: Path | None) -> PolicySource:
    """Raises as `load_variant`."""
    home, own = folder.resolve(), dict(own_files(folder))
    pin = home / PIN_FILE
    if pin.is_file():
        own[PIN_FILE] = pin.read_bytes()
    bases = () if PIN_FILE in own else bases_beside(folder, root)
    return PolicySource(folders=(BaseFolder(name=home.name, files=own), *bases))


def zip_of(source: PolicySource) -> bytes:
    """The folders as a ZIP file: the same folders always give the same bytes."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for folder in source.folders:
            for file, data in sorted(folder.files.items()):
                archive.writestr(ZipInfo(f"{folder.name}/{file}"), data, ZIP_DEFLATED)
    return made.getvalue()


def write_source(source: PolicySource, into: Path) -> list[Path]:
    """Each folder, under its name in `into`. Raises BadInputError, before anything is written, where one is there."""
    homes = [into / folder.name for folder in source.folders]
    for home in homes:
        if home.exists():
            raise BadInputError(f"{home} is there already. Name a folder in which there is none of that name.")
    for home, folder in zip(homes, source.folders, strict=True):
        for file, data in folder.files.items():
            path = home / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    return homes
