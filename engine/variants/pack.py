"""A variant as one run of bytes, as a published version is kept: the same files always give the same bytes."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping

from engine.errors import BadInputError
from engine.variants.folder import MAX_FILES, MAX_FOLDER_BYTES

_FORMAT = 1
#: Room for names and sizes on top of the files themselves.
_MOST_BYTES = MAX_FOLDER_BYTES + 1_000_000


def pack(variant_id: str, files: Mapping[str, bytes], origin: Mapping[str, str]) -> bytes:
    """All `files`, scenarios included, with the folder that each came from."""
    listed = [[file, len(files[file]), origin[file]] for file in sorted(files)]
    header = json.dumps({"format": _FORMAT, "id": variant_id, "files": listed}).encode()
    return zlib.compress(b"\n".join([header, b"".join(files[file] for file in sorted(files))]), level=9)


def unpack(data: bytes) -> tuple[str, dict[str, bytes], dict[str, str]]:
    """The id, files and origins that `pack` packed. Raises BadInputError where `data` is anything else."""
    try:
        reader = zlib.decompressobj()
        content = reader.decompress(data, _MOST_BYTES)
        first, _, rest = content.partition(b"\n")
        header = json.loads(first)
        if not reader.eof or header["format"] != _FORMAT or len(header["files"]) > MAX_FILES:
            raise BadInputError(_REFUSED)
        files, origin, start = {}, {}, 0
        for file, size, folder in header["files"]:
            files[str(file)] = rest[start : start + size]
            origin[str(file)] = str(folder)
            start += size
    except (zlib.error, ValueError, KeyError, TypeError, RecursionError):
        raise BadInputError(_REFUSED) from None
    if start != len(rest):
        raise BadInputError(_REFUSED)
    return str(header["id"]), files, origin


_REFUSED = "This is no packed variant, or it is damaged. Publish the variant again."
