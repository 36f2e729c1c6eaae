"""Reading a variant's folder from disk: which files belong to it, and nothing from outside it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.errors import VariantNotFoundError
from engine.language import LANGUAGES
from engine.problems import Problem

#: Largest file read, in bytes.
MAX_FILE_BYTES = 5_000_000
#: Most files in one folder, and most bytes of all together.
MAX_FILES = 1_000
MAX_FOLDER_BYTES = 50_000_000

SETTINGS_FILE = "variant.toml"
POLICY_FILE = "policy.toml"
SCENARIOS = "scenarios/"
#: What a logo is called; any other picture is nobody's policy.
LOGO_FILES = ("logo.svg", "logo.png")

#: Where what is translated stands: in the folder itself in the first language, and in a folder for each other.
TRANSLATABLE = ("forms/", "letters/", "pages/")


def _in_languages(*places: str) -> tuple[str, ...]:
    return (*places, *(f"{place}{code}/" for place in places for code in LANGUAGES))


#: Where each kind of file stands.
_PLACES = {
    ".bpmn": ("",),
    ".dmn": ("",),
    ".form": _in_languages("forms/"),
    ".md": _in_languages("letters/", "pages/"),
    ".toml": (SCENARIOS,),
    ".json": (SCENARIOS,),
}
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ()&,'_.-]{0,98}[A-Za-z0-9])?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Folder:
    """The files of one folder, without what it inherits."""

    name: str
    files: dict[str, bytes]
    problems: tuple[Problem, ...]


def belongs(file: str) -> bool:
    """Whether a file of this name, with "/" before the name, is part of a variant."""
    if file in (SETTINGS_FILE, POLICY_FILE, *LOGO_FILES):
        return True
    place, slash, name = file.rpartition("/")
    return bool(_NAME.fullmatch(name)) and place + slash in _PLACES.get(Path(name).suffix, ())


def is_variant(folder: Path) -> bool:
    """Whether the folder holds a variant.toml, or may not be looked into: then whoever reads it says so."""
    try:
        return (folder / SETTINGS_FILE).is_file()
    except PermissionError:
        return bool(_NAME.fullmatch(folder.name))  # but for what a disk has of itself, such as lost+found
    except (OSError, ValueError):  # a name too long for a path, or with a NUL in it
        return False


def read_folder(folder: Path) -> Folder:
    """The files of `folder` that belong to a variant.

    A file that is too large, stands in the wrong place, has a name that is not portable or leads out of the folder
    is left out, and a Problem says so. Raises VariantNotFoundError where there is no such folder.
    """
    try:
        home = folder.resolve(strict=True)
        if not home.is_dir():
            raise VariantNotFoundError(f"{folder} is not a folder. Name the folder that holds {SETTINGS_FILE}.")
        return _Reading(home).read()
    except (OSError, RuntimeError) as error:  # RuntimeError: symbolic links in a circle
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "its links lead in a circle"
        raise VariantNotFoundError(f"The folder {folder} cannot be read: {reason}.") from None


class _Reading:
    def __init__(self, home: Path) -> None:
        self._home = home
        self._files: dict[str, bytes] = {}
        self._problems: list[Problem] = []
        self._bytes = 0

    def read(self) -> Folder:
        for file in _names(self._home):
            if belongs(file):
                self._take(file)
            elif sentence := misplaced(file):
                self._refuse(file, sentence)
        return Folder(name=self._home.name, files=self._files, problems=tuple(self._problems))

    def _refuse(self, file: str, sentence: str) -> None:
        self._problems.append(Problem(file=file, sentence=sentence))

    def _take(self, file: str) -> None:
        path = self._home / file
        if not _is_inside(path, self._home):
            self._refuse(file, "This file is a link that leads out of the folder or nowhere. Put the file itself here.")
        elif not path.is_file():
            self._refuse(file, "This is not a plain file. Put the file itself here.")
        elif len(self._files) >= MAX_FILES:
            self._refuse(file, f"The folder has more than {MAX_FILES:,} files; this one is not read.")
        else:
            self._read(file, path)

    def _read(self, file: str, path: Path) -> None:
        try:
            with path.open("rb") as stream:
                data = stream.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            self._refuse(file, f"This file cannot be read: {error.strerror}.")
            return
        if len(data) > MAX_FILE_BYTES:
            self._refuse(file, f"This file has more than {MAX_FILE_BYTES:,} bytes. Make it smaller.")
        elif self._bytes + len(data) > MAX_FOLDER_BYTES:
            self._refuse(file, f"The folder has more than {MAX_FOLDER_BYTES:,} bytes; this file is not read.")
        else:
            self._files[file] = data
            self._bytes += len(data)


def _is_inside(path: Path, home: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(home)
    except (OSError, RuntimeError):  # a link to nowhere, or in a circle
        return False


def _names(home: Path) -> Iterator[str]:
    """The names of the files, sorted, at most two folders deep, or three for a language; hidden ones are no policy."""
    found: list[str] = []
    for entry in _visible(home):
        found += _names_in(entry) if _is_folder(entry) else [entry.name]
        if len(found) > 4 * MAX_FILES:  # a folder that is something else altogether
            break
    # The settings first: without them the rest is no variant, whatever the caps leave of it.
    yield from sorted(found, key=lambda file: (file != SETTINGS_FILE, file))


def _names_in(folder: os.DirEntry[str]) -> Iterator[str]:
    for inner in _visible(folder):
        if f"{folder.name}/" in TRANSLATABLE and _is_folder(inner):
            yield from (f"{folder.name}/{inner.name}/{each.name}" for each in _visible(inner))
        else:
            yield f"{folder.name}/{inner.name}"


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=True)
    except OSError:  # a link in a circle
        return False


def _visible(folder: Path | os.DirEntry[str]) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return [entry for entry in entries if not entry.name.startswith((".", "_"))]


def misplaced(file: str) -> str | None:
    """Why a file that looks like a part of a policy is not read; None where it is plainly something else."""
    name = file.rpartition("/")[2]
    places = _PLACES.get(Path(name).suffix.lower(), ())
    if not places or name.lower() == "readme.md":
        return None
    if not _NAME.fullmatch(name) or Path(name).suffix not in _PLACES:
        return "This file is not read. Name it with plain letters and digits, its ending in small letters."
    where = " or ".join(place or f"the folder itself, beside {SETTINGS_FILE}" for place in places)
    return f"This file is not read. Move it to {where}."
