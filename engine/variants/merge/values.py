"""Three-way merges of plain values: texts, tables, lists of things that have a name, and orders."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from typing import Any, TypeVar

from engine.variants.merge.inquiry import Inquiry, Side

K = TypeVar("K", bound=Hashable)


class Missing:
    """What is not there; nothing that a file holds equals it."""

    def __repr__(self) -> str:
        return ""


MISSING: Any = Missing()

#: A value as it was, the council's own, the base's.
Triple = tuple[Any, Any, Any]
#: Asks which side holds: (path of the thing, as it was, the council's own, the base's).
Ask = Callable[[tuple[str, ...], Any, Any, Any], Side]
#: By what the entries of a list at a path are known; None where its entries are no things of their own.
Identify = Callable[[tuple[str, ...], Any], str | None]


def asker(inquiry: Inquiry, file: str, say: Callable[[tuple[str, ...]], str]) -> Ask:
    """Asks about places in a file; `say` calls a path what people call it."""

    def ask(path: tuple[str, ...], before: Any, own: Any, base: Any) -> Side:
        return inquiry.ask_about(
            f"{file}:{'.'.join(path)}", file, say(path), (in_words(before), in_words(own), in_words(base))
        )

    return ask


def merge_values(path: tuple[str, ...], values: Triple, ask: Ask, identify: Identify) -> Any:
    """The value that holds of three: as it was, the council's own, the base's. MISSING for none."""
    old, own, new = values
    if own == new or old == new:
        return own
    if old == own:
        return new
    if isinstance(own, Mapping) and isinstance(new, Mapping):
        return _merge_tables(path, old if isinstance(old, Mapping) else {}, own, new, ask, identify)
    if isinstance(own, list) and isinstance(new, list):
        before = old if isinstance(old, list) else []
        named = [each for entries in (before, own, new) if (each := _by_name(path, entries, identify)) is not None]
        if len(named) == len(values):
            return _merge_lists(path, named[0], named[1], named[2], ask, identify)
    return own if ask(path, old, own, new) is Side.OWN else new


def _merge_tables(
    path: tuple[str, ...],
    old: Mapping[str, Any],
    own: Mapping[str, Any],
    new: Mapping[str, Any],
    ask: Ask,
    identify: Identify,
) -> dict[str, Any]:
    merged = {}
    for key in dict.fromkeys((*own, *new)):
        values = (old.get(key, MISSING), own.get(key, MISSING), new.get(key, MISSING))
        value = merge_values((*path, key), values, ask, identify)
        if value is not MISSING:
            merged[key] = value
    return merged


def _by_name(path: tuple[str, ...], entries: list[Any], identify: Identify) -> dict[str, Any] | None:
    """The entries by what they are known by; None where one has no such name, or two have the same."""
    named: dict[str, Any] = {}
    for entry in entries:
        name = identify(path, entry)
        if name is None or name in named:
            return None
        named[name] = entry
    return named


def _merge_lists(
    path: tuple[str, ...],
    old: dict[str, Any],
    own: dict[str, Any],
    new: dict[str, Any],
    ask: Ask,
    identify: Identify,
) -> list[Any]:
    merged = {}
    for name in dict.fromkeys((*own, *new, *old)):
        values = (old.get(name, MISSING), own.get(name, MISSING), new.get(name, MISSING))
        value = merge_values((*path, name), values, ask, identify)
        if value is not MISSING:
            merged[name] = value
    return [merged[name] for name in merged_order(list(old), list(own), list(new), merged)]


def merged_order(old: Sequence[K], own: Sequence[K], new: Sequence[K], kept: Collection[K]) -> list[K]:
    """The order of what is kept: whoever of the two moved things leads, the council where both did; what the other
    added stands behind what it stood behind there, and behind what the leader added in the same place."""
    lead, follow = (new, own) if not is_moved(old, own, new) and is_moved(old, new, own) else (own, new)
    order = [each for each in lead if each in kept]
    last: K | None = None
    for each in follow:
        if each in kept and each not in order:
            place = order.index(last) + 1 if last is not None else 0
            while place < len(order) and order[place] not in old and order[place] not in follow:
                place += 1
            order.insert(place, each)
        if each in order:
            last = each
    return order


def is_moved(old: Sequence[K], side: Sequence[K], other: Sequence[K]) -> bool:
    """Whether a side has what all three have in another order."""
    common = set(old) & set(side) & set(other)
    return [each for each in old if each in common] != [each for each in side if each in common]


def gaps(side: Sequence[K], old: Sequence[K]) -> set[K | None]:
    """Behind what of the old a side has added something; None for the beginning."""
    found: set[K | None] = set()
    last: K | None = None
    for each in side:
        if each in old:
            last = each
        else:
            found.add(last)
    return found


def in_words(value: Any) -> str:
    """A value as a sentence says it."""
    if value is MISSING or value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping | list):
        named = value.get("label") or value.get("text") if isinstance(value, Mapping) else None
        return str(named) if named else json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
