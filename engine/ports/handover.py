"""Handing over by files: what is put into a folder appears whole or not at all, and once under its name.

It is put together aside, on the disk before anything is said to have left, and two workers with one thing make one.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

_ASIDE = ".being-written-"


def key_in_names(once_key: str) -> str:
    """What stands for `once_key` in a file's name, safe whatever the key holds."""
    return hashlib.sha256(once_key.encode()).hexdigest()[:32]


def put_folder(where: Path, name: str, files: Mapping[str, bytes]) -> None:
    """Put a folder of `files` into `where`, unless one of that name is there. Raises OSError where it cannot be."""
    target = where / name
    if target.exists():
        return
    where.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=_ASIDE, dir=where) as aside:
        whole = Path(aside) / "whole"
        whole.mkdir()
        for each, data in files.items():
            _write(whole / each, data)
        _settle(whole)
        try:
            whole.rename(target)  # fails where another worker has put a filled folder there in the meantime
        except OSError:
            if not target.exists():
                raise
    _settle(where)


def put_file(where: Path, name: str, data: bytes) -> None:
    """Put a file into `where`, unless one of that name is there. Raises OSError where it cannot be."""
    target = where / name
    if target.exists():
        return
    where.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=_ASIDE, dir=where) as aside:
        whole = Path(aside) / "whole"
        _write(whole, data)
        whole.replace(target)  # where another worker has put it there in the meantime, it is the same again
    _settle(where)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _settle(folder: Path) -> None:
    """Have the folder's own entries on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
