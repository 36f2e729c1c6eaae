"""Changes written into TOML as a person wrote it: comments, blank lines and the order stay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from engine.errors import BadInputError
from engine.toml import read_toml

#: Changes a table in place: one that was read, or the text's. Raises KeyError where what it is about is not there.
Edit = Callable[[Any], None]


def write_changes(document: Any, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Write into a document of tomlkit what differs."""
    for key in dict.fromkeys((*before, *after)):
        was, now = before.get(key), after.get(key)
        if was == now:
            continue
        if key not in after:
            del document[key]
        elif isinstance(was, Mapping) and isinstance(now, Mapping):
            write_changes(document[key], was, now)
        else:
            document[key] = now


def edited(file: str, data: bytes, edits: list[Edit]) -> bytes:
    """The file with these changes; everything else in it stays as it is written.

    Raises BadInputError where the text would not say afterwards what the changes say.
    """
    wanted = read_toml(data, name=file)
    for edit in edits:
        edit(wanted)
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    try:
        document = tomlkit.parse(text)
        for edit in edits:
            edit(document)
        written = tomlkit.dumps(document)
        if read_toml(written, name=file) == wanted:
            return written.encode()
    except (TOMLKitError, BadInputError, KeyError, TypeError, AttributeError, ValueError):
        pass
    raise BadInputError(
        f"{file} is written in a way in which these lines cannot be changed by themselves. Change them by hand, "
        "and run the command again."
    )
