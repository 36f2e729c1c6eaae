"""A folder that was handed in as a ZIP file, which says of names and sizes whatever somebody wants it to say.

Only the council's own folder is taken out of it. What that extends is taken from its pin, or from the installation.
"""

from __future__ import annotations

import io
import stat
import zlib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from engine.errors import BadInputError
from engine.variants import (
    MAX_FILE_BYTES,
    MAX_FILES,
    MAX_FOLDER_BYTES,
    PIN_FILE,
    SETTINGS_FILE,
    BaseFolder,
    PolicySource,
    belongs,
    misplaced,
    read_source,
    write_source,
)

#: Bytes of a ZIP file.
LARGEST_ZIP = 20_000_000
#: Entries that it may list: a folder's files, and what lies beside them.
_MOST_ENTRIES = 8 * MAX_FILES
_DAMAGED = (
    "This is no ZIP file that can be read. Make one of the council's folder: on Windows “Send to, Compressed folder”, "
    "on a Mac “Compress”."
)
_READING = (BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, OverflowError)


def source_in_zip(data: bytes, council_id: str, root: Path) -> PolicySource:
    """The council's folder in it, with what that extends among the folders in `root`.

    Raises BadInputError for what is no such file, has no such folder, or more in it than a folder may have; and as
    `read_source`.
    """
    if len(data) > LARGEST_ZIP:
        raise BadInputError(f"The ZIP file has more than {LARGEST_ZIP // 1_000_000} MB. Take out what is no policy.")
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            files = dict(_files(archive, council_id))
    except _READING:
        raise BadInputError(_DAMAGED) from None
    with TemporaryDirectory(prefix="asb-upload-") as aside:
        own = PolicySource(folders=(BaseFolder(name=council_id, files=files),))
        return read_source(write_source(own, Path(aside))[0], root)


def _files(archive: ZipFile, council_id: str) -> Iterator[tuple[str, bytes]]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > _MOST_ENTRIES:
        raise BadInputError(f"The ZIP file lists more than {_MOST_ENTRIES:,} files. Take out what is no policy.")
    place, seen, left = _place_of(entries, council_id), set[str](), MAX_FOLDER_BYTES
    for entry in entries:
        file = _name(entry).removeprefix(place)
        if not _name(entry).startswith(place) or any(part[:1] in (".", "_") for part in file.split("/")):
            continue
        if not (belongs(file) or file == PIN_FILE):
            if sentence := misplaced(file):
                raise BadInputError(f"{file[:100]}: {sentence}")
            continue
        if file in seen or len(seen) == MAX_FILES:
            wrong = f"{file} twice" if file in seen else f"more than {MAX_FILES:,} files of a policy"
            raise BadInputError(f"The ZIP file has {wrong}. Make it anew.")
        seen.add(file)
        content = _content(archive, entry, file, left)
        left -= len(content)
        yield file, content


def _place_of(entries: list[ZipInfo], council_id: str) -> str:
    """What the names of the council's own files begin with; "" where they stand in the ZIP file itself."""
    wanted = f"{council_id}/{SETTINGS_FILE}"
    homes = {_name(entry).removesuffix(SETTINGS_FILE) for entry in entries if f"/{_name(entry)}".endswith(f"/{wanted}")}
    if not homes and any(_name(entry) == SETTINGS_FILE for entry in entries):
        homes = {""}
    if len(homes) != 1:
        how_many = "more than one folder" if homes else "no folder"
        raise BadInputError(
            f"The ZIP file has {how_many} called {council_id} with a {SETTINGS_FILE} in it. Put that one folder "
            "into a ZIP file, under its name."
        )
    return homes.pop()


def _content(archive: ZipFile, entry: ZipInfo, file: str, left: int) -> bytes:
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise BadInputError(f"{file} is a link. Put the file itself into the ZIP file.")
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise BadInputError(f"{file} is packed in a way that is not read. Make an ordinary ZIP file.")
    if entry.flag_bits & 1:
        raise BadInputError(f"{file} is locked with a password. Make a ZIP file without one.")
    most = min(MAX_FOLDER_BYTES if file == PIN_FILE else MAX_FILE_BYTES, left)
    with archive.open(entry) as stream:  # what it says of its own size need not be so
        content = stream.read(most + 1)
    if len(content) > most:
        raise BadInputError(f"{file} has more than {most:,} bytes. Make it smaller.")
    return content


def _name(entry: ZipInfo) -> str:
    return entry.filename.replace("\\", "/")
