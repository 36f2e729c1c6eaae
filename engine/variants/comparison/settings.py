"""Settings that differ, key by key; what only one of two has as a whole, such as a team or a guard, is told once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.variants.comparison.difference import Difference, How, details_of, in_words, instead, is_there, quoted
from engine.variants.folder import SETTINGS_FILE
from engine.variants.overlay.named_lists import IDENTITIES
from engine.variants.variant import Variant
from engine.words import counted, listed

#: The keys under which a value stands.
_Path = tuple[str, ...]

#: Which folder gives a guard: that follows from what the folders extend, and is no rule.
_GIVEN_BY = "given_by"
#: So many values of a whole thing are told.
_MOST_TOLD = 3


def settings_between(before: Variant, after: Variant) -> Iterator[Difference]:
    old, new = _told(before), _told(after)
    were, are = ({path[:2] for path in settings if len(path) > 2} for settings in (old, new))
    told = set[_Path]()
    for path in dict.fromkeys((*old, *new)):
        thing = path[:2]
        if len(path) > 2 and (thing in were) != (thing in are):
            if thing not in told:
                told.add(thing)
                yield _whole(thing, How.ADDED if thing in are else How.GONE, new if thing in are else old)
        elif old.get(path) != new.get(path):
            yield _value(path, old.get(path), new.get(path))


def _told(variant: Variant) -> Mapping[_Path, Any]:
    settings = flat_settings(variant.tables[SETTINGS_FILE])
    return {path: value for path, value in settings.items() if path[-1] != _GIVEN_BY}


def _whole(thing: _Path, how: How, settings: Mapping[_Path, Any]) -> Difference:
    values = [(".".join(path[2:]), value) for path, value in settings.items() if path[:2] == thing and len(path) > 2]
    said = [f"{key} {quoted(value)}" for key, value in values[:_MOST_TOLD]]
    said += [counted(len(values) - _MOST_TOLD, "other value")] if len(values) > _MOST_TOLD else []
    key = ".".join(thing)
    return Difference(
        how=how, what="setting", sentence=f"{key} is {is_there(how)}: {listed(said)}.", file=SETTINGS_FILE,
        element_id=key,
    )  # fmt: skip


def _value(path: _Path, was: Any, now: Any) -> Difference:
    how = How.ADDED if was is None else How.GONE if now is None else How.CHANGED
    key = ".".join(path)
    return Difference(
        how=how, what="setting", sentence=f"{key} is {instead(in_words(now), in_words(was))}.", file=SETTINGS_FILE,
        element_id=key, details=details_of(((key, was, now),)),
    )  # fmt: skip


def flat_settings(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    """Every value by its keys, an entry of a list of named things by its id or name."""
    found: dict[tuple[str, ...], Any] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            found |= flat_settings(value, (*path, key))
        elif key in IDENTITIES and isinstance(value, list) and all(isinstance(each, Mapping) for each in value):
            for entry in value:
                found |= flat_settings(entry, (*path, key, str(entry.get(IDENTITIES[key], ""))))
        else:
            found[*path, key] = value
    return found
