"""What a component says of the days that its question takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypedDict

from engine.feel import Expression
from engine.forms.model import DAYS, FieldKind


class DaySettings(TypedDict):
    earliest: Expression | None
    latest: Expression | None
    spread: int | None


def day_settings(
    properties: Mapping[str, Any],
    kind: FieldKind,
    parsed: Callable[[object, str], Expression | None],
    note: Callable[[str], None],
) -> DaySettings:
    """The properties `min`, `max` and `about`. `parsed` reads an expression, `note` takes what is wrong."""
    bounds: dict[str, Expression | None] = {}
    for name in ("min", "max"):
        written = properties.get(name)
        if written is not None and kind not in DAYS:
            note(
                f"The property {name} stands where no day is asked for. Ask for a day, or take the property out: "
                "Validation has its own."
            )
        bounds[name] = parsed(written, f"The property {name}") if written is not None and kind in DAYS else None
    return DaySettings(earliest=bounds["min"], latest=bounds["max"], spread=_spread(properties, kind, note))


def _spread(properties: Mapping[str, Any], kind: FieldKind, note: Callable[[str], None]) -> int | None:
    written = properties.get("about")
    if written is None:
        return None
    if kind is not FieldKind.DATE or not re.fullmatch(r"[1-9][0-9]?", str(written)):
        note("The property about says by how many days a date may be off. Write a number from 1 to 99.")
        return None
    return int(str(written))
