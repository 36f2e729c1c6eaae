"""`[floors]` and `[owed]`: those of the Act stay as a base gives them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.problems import Problem
from engine.variants.folder import SETTINGS_FILE
from engine.variants.overlay.sheet import Sheet
from engine.variants.policy import is_of_the_act

KEYS = ("floors", "owed")


def keep_the_acts(sheet: Sheet, before: Mapping[str, Any], settings: Mapping[str, Any]) -> None:
    """Lay a folder's floors and what is owed over those of its base, which `before` holds; the sheet says which it
    cannot change."""
    for key in KEYS:
        base, own = before.get(key), settings.get(key, {})
        if not isinstance(base, Mapping):
            continue
        merged = dict(base)
        for name, told in own.items() if isinstance(own, Mapping) else ():
            held = base.get(name)
            if not isinstance(held, Mapping) or not is_of_the_act(held.get("clause")):
                merged[name] = told
                continue
            sentence = (
                f'[{key}."{name[:60]}"]: this is of the Act ({held["clause"]}), and no council can change it. Take it '
                "out of the folder; the base's holds."
            )
            sheet.problems.append(Problem(file=SETTINGS_FILE, sentence=sentence))
        sheet.settings[key] = merged
