"""A file of TOML that two sides have changed: by table and key, comments and order as the one has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.errors import BadInputError
from engine.toml import read_toml
from engine.variants.merge.toml_text import edited


def merge_toml(file: str, was: bytes, own: bytes, their: bytes) -> tuple[bytes, list[str]]:
    """The draft's with what the other changed in tables and keys that it has not touched; and what both changed."""
    try:
        before, mine, other = (read_toml(data, name=file) for data in (was, own, their))
        changes = list(_changes(before, mine, other))
        taken = [(path, value) for path, value, is_clash in changes if not is_clash]
        content = edited(file, own, [lambda document: _put(document, taken)]) if taken else own
    except BadInputError:
        return own, ["both have changed it"]
    return content, [".".join(path) for path, _, is_clash in changes if is_clash]


_GONE = object()


def _changes(
    was: Mapping[str, Any], own: Mapping[str, Any], their: Mapping[str, Any], path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any, bool]]:
    """Where the other side differs from what was: the keys, its value, and whether the draft changed that too."""
    for key in dict.fromkeys((*was, *their)):
        before, mine, other = (table.get(key, _GONE) for table in (was, own, their))
        if other in (before, mine):
            continue
        if all(isinstance(each, Mapping) for each in (before, mine, other)):
            yield from _changes(before, mine, other, (*path, key))
        else:
            yield (*path, key), other, mine != before


def _put(document: Any, changes: list[tuple[tuple[str, ...], Any]]) -> None:
    for (*tables, key), value in changes:
        place = document
        for each in tables:
            place = place[each]
        if value is _GONE:
            del place[key]
        else:
            place[key] = value
