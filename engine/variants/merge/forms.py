"""Forms: by question, each thing that is said of it by itself, choices by their values."""

from __future__ import annotations

import json
from typing import Any

from engine.errors import BadInputError
from engine.variants.merge.inquiry import Inquiry
from engine.variants.merge.values import asker, merge_values


def merge_forms(file: str, old: bytes, own: bytes, new: bytes, inquiry: Inquiry) -> bytes:
    """The form that holds. Raises BadInputError where one of the three is no form."""
    trees = (_tree(file, old), _tree(file, own), _tree(file, new))

    def say(path: tuple[str, ...]) -> str:
        return f"{file}, “{' '.join(each for each in path if each not in ('components', 'values')) or file}”"

    merged = merge_values((), trees, asker(inquiry, file, say), _identity)
    return (json.dumps(merged, ensure_ascii=False, indent=2) + "\n").encode()


def _identity(path: tuple[str, ...], entry: Any) -> str | None:
    if not path or not isinstance(entry, dict):
        return None
    if path[-1] == "components":
        return next((entry[key] for key in ("key", "path", "id") if isinstance(entry.get(key), str)), None)
    if path[-1] == "values":
        return entry["value"] if isinstance(entry.get("value"), str) else None
    return None


def _tree(file: str, data: bytes) -> Any:
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        raise BadInputError(f"{file} cannot be read as a form.") from None
    if not isinstance(tree, dict):
        raise BadInputError(f"{file} cannot be read as a form.")
    return tree
