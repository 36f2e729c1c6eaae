"""Files of other installations on the command line: found, read and put where they are to be."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from engine.casework.handovers.dispatch import FileToBring, SealedFile
from engine.errors import BadInputError, ParcelNotFoundError
from engine.ports.handover import put_file
from engine.seals import LARGEST_FILE

_SHORTEST = 6


def named(found: Iterable[FileToBring], beginning: str) -> FileToBring:
    """The one whose number begins so. Raises ParcelNotFoundError where there is none, or several."""
    fitting = [each for each in found if len(beginning) >= _SHORTEST and each.parcel_id.startswith(beginning)]
    if len(fitting) != 1:
        raise ParcelNotFoundError(beginning)
    return fitting[0]


def put(folder: Path, file: SealedFile) -> Path:
    """Where it is then, whole; one of its name that is there already is left as it is."""
    put_file(folder, file.name, file.data)
    return folder / file.name


def read_parcel(path: Path) -> bytes:
    """No more of it than is ever taken in. Raises BadInputError where there is no such file."""
    if not path.is_file():
        raise BadInputError(f"There is no file “{path}”. Check its name.")
    with path.open("rb") as stream:
        return stream.read(LARGEST_FILE + 1)
