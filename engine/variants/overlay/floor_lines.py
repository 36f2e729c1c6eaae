"""`[floors]`: those of the Act stay as a base gives them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.problems import Problem
from engine.variants.folder import SETTINGS_FILE
from engine.variants.overlay.sheet import Sheet
from engine.variants.policy import is_of_the_act

KEY = "floors"


def keep_the_acts_floors(sheet: Sheet, before: Mapping[str, Any], settings: Mapping[str, Any]) -> None:
    """Lay a folder's floors over those of its base, which `before` holds; the sheet says which it cannot change."""
    base, own = before.get(KEY), settings.get(KEY, {})
    if not isinstance(base, Mapping):
        return
    merged = dict(base)
    for setting, told in own.items() if isinstance(own, Mapping) else ():
        held = base.get(setting)
        if not isinstance(held, Mapping) or not is_of_the_act(held.get("clause")):
            merged[setting] = told
            continue
        sentence = (
            f'[{KEY}."{setting[:60]}"]: this is the floor of the Act ({held["clause"]}), and no council can change it. '
            "Take it out of the folder; the base's holds."
        )
        sheet.problems.append(Problem(file=SETTINGS_FILE, sentence=sentence))
    sheet.settings[KEY] = merged
