"""Taking lines of a council's out of its TOML: the base then says what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

from engine.variants.merge.toml_text import Edit
from engine.variants.overlay.named_lists import IDENTITIES


def leave_out_key(*path: str) -> Edit:
    """The value at these keys, an entry of a list of named things by its name; what it leaves empty goes too."""

    def edit(table: Any) -> None:
        _leave_out(table, path)

    return edit


def _leave_out(table: Any, path: tuple[str, ...]) -> None:
    key, rest = path[0], path[1:]
    if not rest:
        del table[key]
        return
    inner = table[key]
    if isinstance(inner, list):
        number = next(n for n, entry in enumerate(inner) if entry.get(IDENTITIES[key]) == rest[0])
        _leave_out(inner[number], rest[1:])
        if set(inner[number]) == {IDENTITIES[key]}:
            del inner[number]
    else:
        _leave_out(inner, rest)
    if not inner:
        del table[key]


def leave_out_entry(key: str, is_meant: Callable[[Any], bool]) -> Edit:
    """The entries of a list that are meant; a list that they leave empty goes too."""

    def edit(table: Any) -> None:
        entries = table[key]
        for number in reversed([n for n, entry in enumerate(entries) if is_meant(entry)]):
            del entries[number]
        if not len(entries):
            del table[key]

    return edit


def leave_out_restated(clause: list[str], restated: str) -> Edit:
    """`restates` of a clause, or one of those that it names."""

    def edit(table: Any) -> None:
        for key in clause:
            table = table[key]
        if isinstance(table["restates"], list) and len(table["restates"]) > 1:
            table["restates"].remove(restated)
        else:
            del table["restates"]

    return edit


def say(path: tuple[str, ...], value: Any) -> Edit:
    """Write a value at these keys."""

    def edit(table: Any) -> None:
        for key in path[:-1]:
            if not isinstance(table.get(key), Mapping | MutableMapping):
                table[key] = {}
            table = table[key]
        table[path[-1]] = value

    return edit
