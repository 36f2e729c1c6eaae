"""A variant as one run of bytes, as a published version is kept: the same files always give the same bytes."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from engine.errors import BadInputError
from engine.variants.folder import MAX_FILES, MAX_FOLDER_BYTES

_FORMAT = 1
#: Room for names and sizes on top of the files themselves.
_MOST_BYTES = MAX_FOLDER_BYTES + 1_000_000


def pack(variant_id: str, files: Mapping[str, bytes], origin: Mapping[str, str]) -> bytes:
    """All `files`, scenarios included, with the folder that each came from."""
    listed = [[file, len(files[file]), origin[file]] for file in sorted(files)]
    header = {"format": _FORMAT, "id": variant_id, "files": listed}
    return join_contents(header, (files[file] for file in sorted(files)))


def unpack(data: bytes) -> tuple[str, dict[str, bytes], dict[str, str]]:
    """The id, files and origins that `pack` packed. Raises BadInputError where `data` is anything else."""
    try:
        header, rest = split_contents(data)
        if header["format"] != _FORMAT or len(header["files"]) > MAX_FILES:
            raise BadInputError(_REFUSED)
        files, origin, start = {}, {}, 0
        for file, size, folder in header["files"]:
            files[str(file)] = rest[start : start + size]
            origin[str(file)] = str(folder)
            start += size
    except (ValueError, KeyError, TypeError):
        raise BadInputError(_REFUSED) from None
    if start != len(rest):
        raise BadInputError(_REFUSED)
    return str(header["id"]), files, origin


def join_contents(header: Mapping[str, Any], contents: Iterable[bytes]) -> bytes:
    """`header` as a line of JSON, and what it lists behind it, compressed."""
    return zlib.compress(b"\n".join([json.dumps(header).encode(), b"".join(contents)]), level=9)


def split_contents(data: bytes) -> tuple[Any, bytes]:
    """The header and the rest of what `join_contents` joined. Raises ValueError where `data` is anything else, or
    grows beyond what a folder may hold."""
    try:
        reader = zlib.decompressobj()
        first, _, rest = reader.decompress(data, _MOST_BYTES).partition(b"\n")
        if not reader.eof or reader.unused_data:
            raise ValueError("there is more, or less, than was packed")
        return json.loads(first), rest
    except (zlib.error, RecursionError):
        raise ValueError("this is nothing that was packed") from None


_REFUSED = "This is no packed variant, or it is damaged. Publish the variant again."
