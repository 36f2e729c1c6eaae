"""Files that people hand in, kept by what is in them (SHA-256): outside the web root, and never executed."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import Protocol

from engine.errors import FileGoneError

_DIGEST = re.compile(r"[0-9a-f]{64}")


class FileStore(Protocol):
    """Where files lie. The same content is kept once."""

    def put(self, data: bytes) -> str:
        """Keep `data`; gives its digest (SHA-256, hexadecimal). Keeping it again changes nothing."""

    def get(self, digest: str) -> bytes:
        """The content of that digest. Raises FileGoneError where it is not there, or is no longer what was kept."""

    def delete(self, digest: str) -> None:
        """Keep the content of that digest no longer; nothing where it is not there."""


class FolderFiles:
    """Files in a folder: the content of digest `abcdef…` lies in `ab/cdef…`.

    A file is written aside and appears whole by one rename; nobody but the service may read it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        place = self._place(digest)
        if place.exists():
            return digest
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, aside = tempfile.mkstemp(prefix=".being-written-", dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(aside).replace(place)
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise
        return digest

    def get(self, digest: str) -> bytes:
        try:
            data = self._place(digest).read_bytes()
        except FileNotFoundError:
            raise FileGoneError(digest) from None
        if hashlib.sha256(data).hexdigest() != digest:
            raise FileGoneError(digest)
        return data

    def delete(self, digest: str) -> None:
        self._place(digest).unlink(missing_ok=True)

    def _place(self, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise FileGoneError(digest)
        return self._folder / digest[:2] / digest[2:]


class MemoryFiles:
    """Files in memory, for scenarios and tests."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def put(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        self._kept[digest] = data
        return digest

    def get(self, digest: str) -> bytes:
        try:
            return self._kept[digest]
        except KeyError:
            raise FileGoneError(digest) from None

    def delete(self, digest: str) -> None:
        self._kept.pop(digest, None)
