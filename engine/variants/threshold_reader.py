"""The [threshold] of a variant.toml: numbers and words that tables read, and what the words may be."""

from __future__ import annotations

from typing import Any

from engine.variants.tables import TomlTable


def read_threshold(top: TomlTable) -> dict[str, Any]:
    """What tables read as `council.threshold`, and its words that are one of a few: `[threshold_choices]`."""
    values = top.table("threshold").rest()
    named = top.table("threshold_choices")
    choices = {key: named.texts(key) for key in named.keys}
    for key, words in choices.items():
        if key in values and values[key] not in words:
            listed = ", ".join(f"“{word}”" for word in words)
            top.complain(f"[threshold]: “{key}” is “{str(values[key])[:60]}”. It can be: {listed}.")
    return {"threshold": values, "threshold_choices": choices}
