"""TOML written by anybody, read with everything bounded, and written again where two files have become one."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from engine.errors import BadInputError

#: Largest file read, in bytes: a policy.toml with every clause of a long policy stays below a quarter of it.
MAX_BYTES = 1_000_000
#: Deepest nesting of tables and arrays.
MAX_DEPTH = 16

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def read_toml(data: bytes | str, *, name: str) -> dict[str, Any]:
    """The table in `data`. `name` is what the reader calls the file, for the sentence of an error.

    Raises BadInputError where the bytes are no UTF-8, no TOML, too many or nested too deeply.
    """
    check_size(data, name=name)
    try:
        text = data if isinstance(data, str) else data.decode("utf-8-sig")
        # tomllib takes "\r\n" only between lines; editors on Windows write it inside long texts as well.
        table = tomllib.loads(text.replace("\r\n", "\n"))
    except UnicodeDecodeError:
        raise BadInputError(f"{name} is no text in UTF-8. Save it again as UTF-8.") from None
    except RecursionError:
        raise BadInputError(f"{name} nests tables or lists deeper than {MAX_DEPTH}. Make it flatter.") from None
    except ValueError as error:
        raise BadInputError(f"{name} cannot be read: {_plain(str(error))}.") from None
    if _is_deeper(table, MAX_DEPTH):
        raise BadInputError(f"{name} nests tables or lists deeper than {MAX_DEPTH}. Make it flatter.")
    return table


def check_size(data: bytes | str, *, name: str) -> None:
    """Raises BadInputError where there is more of it than is ever read."""
    if len(data) > MAX_BYTES:
        raise BadInputError(f"{name} has {len(data):,} bytes; at most {MAX_BYTES:,} are read. Make it smaller.")


def write_toml(table: Mapping[str, Any]) -> str:
    """`table` as TOML, in its own order: reading it again gives an equal table."""
    return "".join(_lines_of(table, ()))


def _plain(reason: str) -> str:
    reason = reason.rstrip(".")
    return reason[:1].lower() + reason[1:]


def _is_deeper(value: object, limit: int) -> bool:
    level = [value]
    for _ in range(limit + 1):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return False
    return True


def _lines_of(table: Mapping[str, Any], path: tuple[str, ...]) -> list[str]:
    """Plain values first: after a table's heading, what follows belongs to that table."""
    lines = [f"{_key(key)} = {_value(value)}\n" for key, value in table.items() if not isinstance(value, Mapping)]
    for key, value in table.items():
        if isinstance(value, Mapping):
            inner = (*path, key)
            lines += [f"\n[{'.'.join(map(_key, inner))}]\n", *_lines_of(value, inner)]
    return lines


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else _string(key)


def _string(text: str) -> str:
    # JSON's escapes are TOML's, but for DEL, which JSON leaves as it is.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)} = {_value(inner)}" for key, inner in value.items()) + "}"
    return repr(value)
