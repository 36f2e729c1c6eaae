"""The pin of a base: the folders that a variant extends, as they were when the council last took them over.

They stand in one file beside variant.toml, which `asb new` and `asb update` write
(docs/decisions/0009-a-council-runs-on-the-base-it-has-seen.md). What is read of it is as hostile as any other file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from engine.errors import BadInputError, VariantNotFoundError
from engine.variants.folder import MAX_FILE_BYTES, MAX_FILES, MAX_FOLDER_BYTES, belongs
from engine.variants.pack import join_contents, split_contents

PIN_FILE = "base.lock"
#: Most folders in it: as many as there can be in a line of descent.
MAX_FOLDERS = 8

_FORMAT = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class BaseFolder:
    """A folder that is extended: the files of its own."""

    name: str
    files: Mapping[str, bytes]


@dataclass(frozen=True, kw_only=True)
class Pin:
    folders: tuple[BaseFolder, ...]  #: what the variant extends, then what that extends, …
    pinned_on: date
    #: files of the variant's own that an update was about to write when it was stopped; None takes one away
    pending: Mapping[str, bytes | None] = field(default_factory=dict)
    #: SHA-256, in hexadecimal, of each of those as the update found it; None where there was none
    found: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def base(self) -> str:
        """The name of the folder that the variant extends."""
        return self.folders[0].name

    @cached_property
    def digest(self) -> str:
        return digest_of(self.folders)


def digest_of(folders: Sequence[BaseFolder]) -> str:
    """SHA-256, in hexadecimal, over the names and contents of all files of the folders, scenarios included."""
    whole = hashlib.sha256()
    for folder in folders:
        whole.update(hashlib.sha256(folder.name.encode()).digest())
        for file in sorted(folder.files):
            whole.update(hashlib.sha256(file.encode()).digest() + hashlib.sha256(folder.files[file]).digest())
    return whole.hexdigest()


def pin_as_bytes(pin: Pin) -> bytes:
    """The file. Raises BadInputError where the folders together are larger than one may be."""
    listed = [
        {"name": folder.name, "files": [[file, len(folder.files[file])] for file in sorted(folder.files)]}
        for folder in pin.folders
    ]
    pending = [[file, None if data is None else len(data)] for file, data in sorted(pin.pending.items())]
    contents = [folder.files[file] for folder in pin.folders for file in sorted(folder.files)]
    contents += [data for _, data in sorted(pin.pending.items()) if data is not None]
    if sum(map(len, contents)) > MAX_FOLDER_BYTES:
        raise BadInputError(
            f"The folders that {pin.base} is made of have more than {MAX_FOLDER_BYTES:,} bytes together, too many to "
            "be pinned. Take out what they do not need."
        )
    header = {
        "format": _FORMAT, "digest": pin.digest, "pinned_on": pin.pinned_on.isoformat(), "folders": listed,
        "pending": pending, "found": [[file, pin.found.get(file)] for file in sorted(pin.pending)],
    }  # fmt: skip
    return join_contents(header, contents)


def read_pin(home: Path) -> Pin | None:
    """The pin that stands in a folder; None where there is none. Raises VariantNotFoundError where it is damaged
    or may not be read."""
    path = home / PIN_FILE
    try:
        if not path.is_symlink() and not path.exists():
            return None
        if path.is_symlink() or not path.is_file():
            raise ValueError("it is no plain file")
        with path.open("rb") as stream:
            data = stream.read(MAX_FOLDER_BYTES + 1)
    except OSError as error:
        raise VariantNotFoundError(f"{home.name}/{PIN_FILE} cannot be read: {error.strerror}.") from None
    except ValueError:
        raise _damaged(home.name) from None
    return pin_in(data, home.name)


def pin_in(data: bytes, name: str) -> Pin:
    """The pin that these bytes are in the folder of that name. Raises VariantNotFoundError where they are damaged."""
    try:
        if len(data) > MAX_FOLDER_BYTES:
            raise ValueError("it is too large")
        return _read(*split_contents(data))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _damaged(name) from None


def _damaged(name: str) -> VariantNotFoundError:
    return VariantNotFoundError(
        f"{name}/{PIN_FILE}, which holds the base as it was pinned, is damaged. Bring the file back, or take it out of "
        f"the folder and run `asb update {name} --write`, which pins the base as it is now."
    )


def _read(header: Any, contents: bytes) -> Pin:
    rest = _Contents(contents)
    if header["format"] != _FORMAT or not 1 <= len(header["folders"]) <= MAX_FOLDERS:
        raise ValueError("not as it is written")
    folders = tuple(
        BaseFolder(name=_text(each["name"]), files={file: rest.take(size) for file, size in _listed(each["files"])})
        for each in header["folders"]
    )
    pending = {
        file: None if size is None else rest.take(size) for file, size in _listed(header["pending"], may_be_gone=True)
    }
    found = {_text(file): None if digest is None else _text(digest) for file, digest in header.get("found", [])}
    pin = Pin(folders=folders, pinned_on=date.fromisoformat(header["pinned_on"]), pending=pending, found=found)
    if pin.digest != header["digest"] or not rest.is_used_up:
        raise ValueError("its contents are not those that it was written with")
    return pin


class _Contents:
    def __init__(self, contents: bytes) -> None:
        self._contents = contents
        self._place = 0

    def take(self, size: int) -> bytes:
        taken = self._contents[self._place : self._place + size]
        if len(taken) != size:
            raise ValueError("there is less than it says")
        self._place += size
        return taken

    @property
    def is_used_up(self) -> bool:
        return self._place == len(self._contents)


def _listed(files: Any, *, may_be_gone: bool = False) -> Iterator[tuple[str, Any]]:
    """The names and sizes, each such as a folder may hold."""
    if len(files) > MAX_FILES:
        raise ValueError("there are too many files")
    for file, size in files:
        if not belongs(_text(file)):
            raise ValueError("it names a file that is no part of a variant")
        if not (may_be_gone and size is None) and not (type(size) is int and 0 <= size <= MAX_FILE_BYTES):
            raise ValueError("it says no size")
        yield file, size


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("it is no text")
    return value
