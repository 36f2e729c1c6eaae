"""Values in sentences, and in the record."""

from __future__ import annotations

import json
from typing import Any

from engine.errors import FeelError
from engine.feel import dump, to_json
from engine.feel.values import kind_of


def in_words(value: Any) -> str:
    """A value as a policy owner would write it in a cell, days in ISO form; cut short where it is long."""
    kind = kind_of(value)
    if kind in ("number", "string", "boolean", "Null"):
        written = dump(value)
    else:
        plain = shown(value)
        written = plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)
    return written if len(written) <= 120 else f"{written[:117]}..."


def shown(value: Any) -> Any:
    """A value as plain JSON for the record and for people; one that holds a function, which no JSON can, is named."""
    try:
        return to_json(value)
    except FeelError:
        return "a function" if kind_of(value) == "function" else f"a {kind_of(value)} that holds a function"
