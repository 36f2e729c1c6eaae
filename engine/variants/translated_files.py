"""How the files of other languages are named: as their originals, in a folder of the language."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath


def original_of(file: str) -> str:
    """`letters/met.md` of `letters/cy/met.md`."""
    path = PurePosixPath(file)
    return str(path.parent.parent / path.name)


def language_of(file: str) -> str:
    """`cy` of `letters/cy/met.md`; "" of a file in the first language."""
    return file.split("/")[1] if file.count("/") == 2 else ""


def in_other_languages(files: Iterable[str], original: str) -> list[str]:
    """The translations of a file among `files`."""
    return [file for file in files if language_of(file) and original_of(file) == original]
