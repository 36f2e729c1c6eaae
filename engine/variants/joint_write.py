"""Several files of a folder and its pin written together: whoever reads the folder finds all of them, or none.

The pin goes first and holds what else is to be written; from then on it is what is read. When it stands in the files
themselves, the pin is written once more without it. A kill leaves the state before, or the one after.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from engine.errors import BadInputError
from engine.variants.folder import MAX_FILE_BYTES
from engine.variants.pin import PIN_FILE, Pin, pin_as_bytes, read_pin


def write_together(
    home: Path, pin: Pin, files: Mapping[str, bytes | None], *, read: Mapping[str, bytes] = MappingProxyType({})
) -> None:
    """Write the pin and these files of the folder's own; None takes a file away.

    `read`: the folder's own files as they were when it was worked out what to write. Raises BadInputError, with nothing
    written, where one of them is another by now, or a link leads a file out of the folder.
    """
    for file in files:
        _require_inside(home, file)
    found = {file: _digest(read.get(file)) for file in sorted({*read, *files})}
    for file, digest in found.items():
        if _digest_on_disk(home / file) != digest:
            raise BadInputError(
                f"{file} was changed while this ran, so that nothing is written. Run the command again, which then "
                "goes by the file as it is now."
            )
    _write(home, replace(pin, pending=files, found={file: found[file] for file in files}))


def _write(home: Path, pin: Pin) -> None:
    files = pin.pending
    _put(home / PIN_FILE, pin_as_bytes(pin))
    for file, data in files.items():
        if data is None:
            (home / file).unlink(missing_ok=True)
        else:
            _put(home / file, data)
    if files:
        _put(home / PIN_FILE, pin_as_bytes(replace(pin, pending={}, found={})))


def end_stopped_write(home: Path) -> bool:
    """Write what a stopped call of `write_together` left to be written; False where there is nothing of the kind.

    Raises BadInputError, with nothing written, where somebody has changed one of these files since.
    """
    pin = read_pin(home)
    if pin is None or not pin.pending:
        return False
    name = home.resolve().name
    for file, data in pin.pending.items():
        _require_inside(home, file)
        if _digest_on_disk(home / file) not in (None, _digest(data), pin.found.get(file)):
            raise BadInputError(
                f"{file} was changed after an update was stopped while it wrote it. Move yours out of the folder "
                f"{name}, run `asb update {name}`, which ends that update, and write into the file again what you "
                "changed."
            )
    _write(home, pin)
    return True


def _digest(data: bytes | None) -> str | None:
    return None if data is None else hashlib.sha256(data).hexdigest()


def _digest_on_disk(path: Path) -> str | None:
    """Of what stands there, read as far as a file of a policy can go; None where there is nothing."""
    try:
        with path.open("rb") as stream:
            return _digest(stream.read(MAX_FILE_BYTES + 1))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BadInputError(f"{path.name} cannot be read: {error.strerror}. Nothing is written.") from None


def _require_inside(home: Path, file: str) -> None:
    """Raises BadInputError where a link leads a file out of the folder."""
    if not (home / file).parent.resolve().is_relative_to(home.resolve()):
        raise BadInputError(f"{file} leads out of the folder {home}. Put a folder in the place of the link.")


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    filling = path.with_name(f".{path.name}.filling")  # hidden: nobody's policy
    filling.unlink(missing_ok=True)
    with filling.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    if path.exists():
        filling.chmod(path.stat().st_mode)
    filling.replace(path)
    held = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(held)  # so that the files stand on disk in the order in which they were written
    finally:
        os.close(held)
