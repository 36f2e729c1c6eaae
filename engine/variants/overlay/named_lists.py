"""Lists of named things of two folders in one, entry by entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.variants.policy import CONFLICTS

#: Lists whose entries are one thing each, known by one of their values.
IDENTITIES = {"agencies": "id", "areas": "id", "people": "name", "teams": "id"}


def merge_settings(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Tables merge key by key, and the lists of `IDENTITIES` entry by entry: what an entry does not say, the base's of
    the same name says. Any other value of `own` takes the place of the base's."""
    merged = dict(base)
    for key, value in own.items():
        before = merged.get(key)
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            merged[key] = merge_settings(before, value)
        elif key in IDENTITIES and _are_tables(before) and _are_tables(value):
            merged[key] = _merge_lists(before, value, IDENTITIES[key])
        else:
            merged[key] = value
    return merged


def setting_at(settings: Mapping[str, Any], key: str) -> Any:
    """The value of a setting by its keys joined by dots, an entry of a list by its id or name; None for none.

    `contact.phone`, `agencies.police.email`.
    """
    value: Any = settings
    path = key.split(".")
    for place, part in enumerate(path):
        if isinstance(value, Mapping):
            value = value.get(part)
        elif isinstance(value, list) and path[place - 1] in IDENTITIES:
            identity = IDENTITIES[path[place - 1]]
            value = next((e for e in value if isinstance(e, Mapping) and e.get(identity) == part), None)
        else:
            return None
    return value


def merge_clauses(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Two policy.toml in one. Conflicts add up, but that one's own about the same clauses takes the base's place."""
    merged = merge_settings(base, own)
    before, now = base.get(CONFLICTS), own.get(CONFLICTS)
    if _are_tables(before) and _are_tables(now):
        about = [each.get("clauses") for each in now or ()]
        merged[CONFLICTS] = [each for each in before or () if each.get("clauses") not in about] + list(now or ())
    return merged


def _merge_lists(base: Any, own: Any, identity: str) -> list[dict[str, Any]]:
    """The base's order; what is new comes after it."""
    by_name = {entry[identity]: entry for entry in own if isinstance(entry.get(identity), str)}
    known = [entry.get(identity) for entry in base]
    changed = [{**entry, **by_name.get(str(entry.get(identity)), {})} for entry in base]
    return changed + [entry for entry in own if entry.get(identity) not in known]


def _are_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(entry, Mapping) for entry in value)
