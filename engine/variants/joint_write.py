"""Several files of a folder and its pin written together: whoever reads the folder finds all of them, or none.

The pin goes first and holds what else is to be written; from then on it is what is read. When it stands in the files
themselves, the pin is written once more without it. A kill leaves the state before, or the one after.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from engine.errors import BadInputError
from engine.variants.pin import PIN_FILE, Pin, pin_as_bytes, read_pin


def write_together(home: Path, pin: Pin, files: Mapping[str, bytes | None]) -> None:
    """Write the pin and these files of the folder's own; None takes a file away."""
    for file in files:
        _require_inside(home, file)
    _put(home / PIN_FILE, pin_as_bytes(replace(pin, pending=files)))
    for file, data in files.items():
        if data is None:
            (home / file).unlink(missing_ok=True)
        else:
            _put(home / file, data)
    if files:
        _put(home / PIN_FILE, pin_as_bytes(replace(pin, pending={})))


def end_stopped_write(home: Path) -> bool:
    """Write what a stopped call of `write_together` left to be written; False where there is nothing of the kind."""
    pin = read_pin(home)
    if pin is None or not pin.pending:
        return False
    write_together(home, pin, pin.pending)
    return True


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
