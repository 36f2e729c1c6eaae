"""Everything in which two variants differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from engine.variants.comparison.diagrams import diagrams_between
from engine.variants.comparison.difference import Difference, How, instead
from engine.variants.comparison.limits import limits_between
from engine.variants.comparison.tables import tables_between
from engine.variants.comparison.texts import clauses_between, forms_between, letters_between
from engine.variants.folder import SETTINGS_FILE
from engine.variants.overlay.named_lists import IDENTITIES
from engine.variants.variant import Variant


def compare(before: Variant, after: Variant) -> tuple[Difference, ...]:
    """What the second says otherwise than the first: first what carries a clause out, by clause, then the rest.

    Where something is drawn, and worked examples, are no difference.
    """
    kinds = (
        clauses_between, limits_between, tables_between, diagrams_between, forms_between, letters_between,
        _settings_between, _logo_between,
    )  # fmt: skip
    found = [difference for kind in kinds for difference in kind(before, after)]
    return tuple(sorted(found, key=lambda each: _in_order(each.clauses)))


def _in_order(clauses: tuple[str, ...]) -> tuple[bool, list[tuple[str, int, str]]]:
    """Clauses as people count: H2 before H11."""
    parts = re.findall(r"([A-Za-z]*)(\d*)([^A-Za-z0-9]*)", clauses[0]) if clauses else []
    return (not clauses, [(letters, int(digits or 0), rest) for letters, digits, rest in parts])


def _settings_between(before: Variant, after: Variant) -> Iterator[Difference]:
    old, new = flat_settings(before.tables[SETTINGS_FILE]), flat_settings(after.tables[SETTINGS_FILE])
    for path in dict.fromkeys((*old, *new)):
        was, now = old.get(path), new.get(path)
        if was != now:
            how = How.ADDED if was is None else How.GONE if now is None else How.CHANGED
            key = ".".join(path)
            yield Difference(
                how=how, what="setting", sentence=f"{key} is {instead(_said(now), _said(was))}.", file=SETTINGS_FILE,
                element_id=key,
            )  # fmt: skip


def _logo_between(before: Variant, after: Variant) -> Iterator[Difference]:
    """Another picture under the same name; another name is a setting."""
    old, new = before.settings, after.settings
    if old.logo_file == new.logo_file and old.logo != new.logo:
        yield Difference(how=How.CHANGED, what="setting", sentence="The logo is another picture.", file=new.logo_file)


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


def _said(value: Any) -> Any:
    return ", ".join(map(str, value)) if isinstance(value, list) else value
